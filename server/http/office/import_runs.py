"""Lists of candidates registered line by line, beside requests: each as whoever handed it in, under their office of the
moment. It goes on where it stopped, whatever stopped it: a line has one key, and is registered once (X12)."""
from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from evaluation.codec import FieldError
from evaluation.rules import N_, Refusal
from server import logs
from server.http import parts
from server.http.forms import Sent, Wrong
from server.http.office.door import AtDesk, Unasked, desks_held
from server.http.office.enrolling import candidacy_of, enrol
from server.journals.write_path import KeyReused
from server.people.registration_columns import Line, check_lines
from server.rounds import go_rounds
from server.storage.imports import Import, LineDone
from server.storage.journal import StaleVersion
from server.storage.vault import Erased, Unreadable

log = logs.logger(__name__)
AT_ONCE: Final = N_("Quelqu’un d’autre a agi au même moment : essayez de nouveau.")
NO_OFFICE: Final = N_("Votre fonction a pris fin avant cette ligne : personne n’a été inscrit.")


class Noted(Sent):
    """What is refused of a line, so that it can be said in any language."""

    def __init__(self, key: str) -> None:
        super().__init__(key, {})
        self.refused = dict[str, tuple[str, Mapping[str, object]]]()

    def refuse(self, name: str, text: str, values: Mapping[str, object] | None = None) -> None:
        super().refuse(name, text, values)
        self.refused.setdefault(name, (text, values or {}))


class ImportRuns:
    """One task for each list, so that a long one holds up no other."""

    def __init__(self, app: web.Application, retry_seconds: float) -> None:
        self.app, self._retry = app, retry_seconds
        self._woken = asyncio.Event()
        self._under_way = set[str]()

    def wake(self) -> None:
        """One was begun."""
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as lists:
            async def begin() -> None:
                for one in await self.app[parts.IMPORTS].waiting():
                    if one.id not in self._under_way:
                        self._under_way.add(one.id)
                        lists.create_task(self._carry_out(one))

            await go_rounds(self._woken, begin, log, failed="import.failed", again_seconds=self._retry)

    async def _carry_out(self, one: Import) -> None:
        try:
            await self.register(one)
        except Exception as error:
            log.error("import.failed", exc_info=error, session=one.body)
            await asyncio.sleep(self._retry)
        self._under_way.discard(one.id)
        self._woken.set()  # it was begun again meanwhile, say, or it failed

    async def register(self, one: Import) -> None:
        """The lines that are left."""
        kept = self.app[parts.IMPORTS]
        try:
            lines, done = await kept.content(one.id), await kept.done(one.id)
        except (FileNotFoundError, Erased, Unreadable):  # forgotten meanwhile, or spoiled: nothing is left to register
            await kept.stop(one.id)
            return
        for number, values in lines:
            if number not in done:
                if await kept.find(one.id) is None:  # given up meanwhile, with whoever in it is erased
                    return
                await kept.note(one.id, await self._registered(one, Line(number, values)))

    async def _registered(self, one: Import, line: Line) -> LineDone:
        at = await self._desk_of(one)
        if at is None:
            return LineDone(line.number, None, [_told(NO_OFFICE)])
        asking, sent = Unasked(self.app, at), Noted(f"{one.id}-{line.number}")
        candidacy = candidacy_of(asking, sent)
        if await self.app[parts.ROWS].one("candidacies", candidacy) is not None:
            return LineDone(line.number, candidacy, ())
        (checked,) = check_lines((line,), at.today, self.app[parts.CONFIG].registration)
        if checked.clean is None:
            return LineDone(line.number, None, [_told(one.text, one.values) for one in checked.problems.values()])
        try:
            return LineDone(line.number, await enrol(asking, sent, checked.clean, one.code, one.provider), ())
        except Wrong:
            return LineDone(line.number, None, [_told(*one) for one in sent.refused.values()])
        except (StaleVersion, KeyReused):
            return LineDone(line.number, None, [_told(AT_ONCE)])
        except (Refusal, FieldError) as error:
            return LineDone(line.number, None, [_told(error.text, error.values)])

    async def _desk_of(self, one: Import) -> AtDesk | None:
        """None for who holds no office there any more."""
        return next((at for at in await desks_held(self, one.person) if at.body.id == one.body), None)


def _told(text: str, values: Mapping[str, object] | None = None) -> dict[str, Any]:
    return {"text": text, "values": dict(values or {})}
