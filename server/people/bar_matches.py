"""Which bars may be a candidate's (R6.6): found when a registration is made or corrected, and, for bars that are set
after it, looked for among the registrations that stand. The machine finds; the awarding body says who it is."""
from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.body.bars import bars_for
from evaluation.body.certifications import code_on
from evaluation.body.kind import BODY
from evaluation.body.state import Bar, BodyState
from evaluation.candidacy.examining import OpenExamination
from evaluation.candidacy.kind import CANDIDACY
from evaluation.deadlines import day_of
from evaluation.people import SYSTEM, PersonId
from server import logs
from server.clock import Now
from server.journals.ledger import Commit
from server.journals.write_path import Journals, NotDone
from server.rounds import go_rounds
from server.storage.accounts import Accounts
from server.storage.bar_names import BarNames, NamedBar
from server.storage.name_variants import called
from server.storage.rows import Entry, Rows

log = logs.logger(__name__)
EXAMINATIONS, CANDIDACIES = "examinations", "candidacies"
AT_ONCE = 50
"""Candidacies whose people's names are open at a time."""


class BarMatches:
    def __init__(self, names: BarNames, accounts: Accounts, rows: Rows, journals: Journals, now: Now,
                 retry_seconds: float) -> None:
        self.names = names
        self._accounts, self._rows, self._journals, self._now = accounts, rows, journals, now
        self._retry, self._woken = retry_seconds, asyncio.Event()

    # A registration

    async def possible(self, body: BodyState, person: PersonId, profile: Mapping[str, Any], certification: str
                       ) -> Possible:
        """`profile` is the person's as it is registered."""
        known = called(profile)
        digests = await self.names.digests(body.id, known) if known is not None else frozenset[str]()
        by_name = await self.names.find(digests)
        running = bars_for(body, certification, day_of(self._now()))
        settled = await self._settled(person)
        found = [one for one in running if (one.id in by_name or one.person == person) and one.id not in settled]
        quotes = tuple([await self._journals.quote(body.id, one.position) for one in found])
        return Possible(self.names, digests, by_name, quotes)

    async def _settled(self, person: PersonId) -> frozenset[str]:
        """Bars of which it was found that this person is somebody else: that is asked once."""
        rows = await self._rows.page(EXAMINATIONS, person=person, status="other")
        return frozenset(one.about for one in rows if one.about is not None)

    # Bars set after registrations

    def wake(self, commit: Commit[Any]) -> None:
        """A listener of `Journals.on_commit`: a bar may have been set."""
        if commit.kind.name == BODY.name and commit.records:
            self._woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        await go_rounds(self._woken, self._round, log, failed="bars.failed", again_seconds=self._retry)

    async def _round(self) -> float | None:
        return None if await self.look_again() else self._retry

    async def look_again(self) -> bool:
        """Each bar that was set since the last time, among the registrations that stand; whether none is left. Safe to
        repeat; a bar that fails holds up no other. A bar that a case decided has no names yet: the platform set it."""
        await self.name_older()
        await self._forget_lifted()
        left = [await self._looked(one) for one in await self.names.not_looked_at()]
        return all(left)

    async def _looked(self, one: NamedBar) -> bool:
        try:
            body = await self._journals.state(BODY, one.body)
            bar = body.bars.get(one.bar) if body is not None else None
            if body is not None and bar is not None:
                await self._look(body, bar)
            await self.names.looked_at(one.bar, self._now())
        except Exception as error:
            log.error("bars.failed", exc_info=error, session=one.body)
            return False
        return True

    async def name_older(self) -> None:
        """Bars that run and were set before names were kept, of people whose birth date is known."""
        known = await self.names.named()
        for row in await self._rows.page("bars", status="set"):
            if row.key not in known and (row.due_at or 0) > self._now():
                found = called(await self._accounts.profile(row.person or "") or {})
                if found is not None:
                    await self.names.add(row.stream, row.key, (found,))
                    self._woken.set()

    async def _forget_lifted(self) -> None:
        """Of bars that an appeal lifted nothing is kept: who lifts one at their desk forgets its names with it."""
        if known := await self.names.named():
            for row in await self._rows.page("bars", status="ended"):
                if row.key in known:
                    await self.names.drop(row.key)

    async def _look(self, body: BodyState, bar: Bar) -> None:
        today, sought = day_of(self._now()), await self.names.of_bar(bar.id)
        if bar not in bars_for(body, bar.certification, today):
            return
        code = code_on(body, bar.certification, today)
        known = {one.certification.code for one in body.in_force}
        codes = [one for one in sorted(known) if code_on(body, one, today) == code]
        standing = [one for one in await self._rows.page(CANDIDACIES, body=body.id, about=codes)
                    if one.data.get("registered") is not None and one.stream != _decided_in(bar)]
        for start in range(0, len(standing), AT_ONCE):
            for one in await self._alike(body.id, bar, sought, standing[start:start + AT_ONCE]):
                await self._examine(one, await self._journals.quote(body.id, bar.position), bar)

    async def _alike(self, body: str, bar: Bar, sought: Collection[str], some: Iterable[Entry]) -> list[Entry]:
        profiles, found = await self._accounts.profiles(one.person for one in some), list[Entry]()
        for one in some:
            known = called(profiles.get(one.person or "", {}))
            theirs = await self.names.digests(body, known) if known is not None else frozenset[str]()
            if one.person == bar.person or not theirs.isdisjoint(sought):
                found.append(one)
        return [one for one in found if bar.id not in await self._settled(one.person or "")]

    async def _examine(self, row: Entry, quote: Mapping[str, object], bar: Bar) -> None:
        await self._journals.execute(
            CANDIDACY, row.stream, SYSTEM, OpenExamination.__name__, {"bars": [quote]}, key=f"bar {bar.id}",
            by_server=True)


def _decided_in(bar: Bar) -> str | None:
    """The candidacy whose case set it: there it is known who that is."""
    return str(bar.decision.data.get("candidacy")) if bar.decision is not None else None


class BarsChanged(NotDone):
    """A bar was set meanwhile."""


class Possible:
    """The bars that may be a candidate's, as a command quotes them; `check` is for its transaction."""

    def __init__(self, names: BarNames, digests: frozenset[str], by_name: frozenset[str],
                 quotes: tuple[dict[str, object], ...]) -> None:
        self._names, self._digests, self._by_name = names, digests, by_name
        self.quotes = list(quotes)

    async def check(self, connection: AsyncConnection) -> None:
        """BarsChanged where one was set meanwhile that may be theirs."""
        now = await self._names.find(self._digests, connection)
        if not now <= self._by_name:
            raise BarsChanged
