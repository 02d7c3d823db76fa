"""The board of delays reminds by itself (X6): whoever's turn it is gets one letter a day at most, which gathers what is
late and what comes due, whenever something new is among it."""
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from datetime import date

from evaluation.body.delay_reminding import STEPS, Reminding, reminded_of, step_of
from evaluation.body.kind import BODY
from evaluation.candidacy.delay_rows import DELAYS
from evaluation.deadlines import day_of
from evaluation.kinds import Row
from evaluation.offices import Office
from server.clock import Now
from server.journals.write_path import Journals
from server.storage.delay_reminders import DelayReminders, Reminded
from server.storage.letters import Letter
from server.storage.rows import Rows

UNENDED = "unended"
Lines = Mapping[Reminded, str]
"""With the kind of delay of each."""


class RemindingOfDelays:
    """`wake` is called once letters lie in the outbox."""

    def __init__(self, journals: Journals, rows: Rows, reminders: DelayReminders, now: Now, reminding: Reminding,
                 wake: Callable[[], None]) -> None:
        self._journals, self._rows, self._reminders, self._now = journals, rows, reminders, now
        self._reminding, self._wake = reminding, wake

    async def remind(self) -> None:
        """Whoever was not told of something that is due today. Whoever had a letter today waits until tomorrow."""
        now, told = self._now(), await self._reminders.told()
        today = day_of(now)
        had = {one.person for one, at in told.items() if day_of(at) == today}
        board = [one async for one in self._board()]
        for (person, body), lines in sorted((await self._due(board, today)).items()):
            new = lines.keys() - told.keys()
            if new and person not in had:
                had.add(person)
                await self._reminders.tell(_letter(person, body, lines), new, now)
                self._wake()
        standing = {name for name, _ in board}
        await self._reminders.forget([
            one for one, at in told.items() if one.delay not in standing and day_of(at) < today])

    async def _board(self) -> AsyncIterator[tuple[str, Row]]:
        for index in (DELAYS, UNENDED):
            for row in await self._rows.page(index):
                yield f"{index}/{row.key}", row

    async def _due(self, board: Iterable[tuple[str, Row]], today: date) -> Mapping[tuple[str, str], Lines]:
        """By person and awarding body."""
        found = defaultdict[tuple[str, str], dict[Reminded, str]](dict)
        offices = dict[str, tuple[Office, ...]]()
        for name, row in board:
            step = step_of(row.due_at, row.at or 0, today, self._reminding)
            if step is None or row.body is None:
                continue
            if row.body not in offices:
                body = await self._journals.state(BODY, row.body)
                offices[row.body] = body.all_offices() if body is not None else ()
            for person in reminded_of(str(row.data.get("waits_for", "")), offices[row.body], today):
                found[person, row.body][Reminded(person, name, step)] = row.status or UNENDED
        return found


def _letter(person: str, body: str, lines: Lines) -> Letter:
    """How many of each kind: whose they are is read on the board."""
    counts = {step: Counter(kind for one, kind in lines.items() if one.step == step) for step in STEPS}
    return Letter(person, "delays_due", {
        "body": body, **{step: dict(sorted(of.items())) for step, of in counts.items()}})
