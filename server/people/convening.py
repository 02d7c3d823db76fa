"""A day's notices given to everybody, as an act for many (R4.2, R4.4)."""
from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.body.accrediting import agreed_on
from evaluation.body.kind import BODY
from evaluation.deadlines import day_of
from evaluation.offices import OfficeRole, held
from evaluation.rules import N_, Refusal
from evaluation.session.kind import SESSION
from evaluation.session.notice_rules import arrives, examined_at, notice_to
from evaluation.session.state import BODY_TOLD, SessionState
from server.clock import Now
from server.journals.write_path import Journals
from server.people.day_letters import about_day
from server.storage.letter_reports import About
from server.storage.letters import Letter, Outbox
from server.storage.mass_acts import MassAct

CONVENE: Final = "convene"


class Convening:
    """`put`: a letter is in the outbox."""

    def __init__(self, journals: Journals, outbox: Outbox, now: Now, put: Callable[[], None]) -> None:
        self._journals, self._outbox, self._now, self._put = journals, outbox, now, put

    async def give(self, act: MassAct, item: str, key: str) -> None:
        """A `Handler` of acts for many: the notice of one seat, or the letter to the awarding body. Nothing for whoever
        has it: what was interrupted after it was done is done, whatever has ended since."""
        state = await self._journals.state(SESSION, act.stream)
        if state is None:
            raise LookupError(act.stream)
        if arrives(state, item):
            return
        if item == BODY_TOLD:
            await self._inform(state, act, key)
            return
        agreement = await self.agreement(state)
        hearing = examined_at(state, item)
        command = ("GiveNotice", {"hearing": hearing.id, "agreement": agreement}) if hearing is not None else (
            "Convene", {"seat": item, "agreement": agreement})
        await self._journals.execute(SESSION, act.stream, act.actor, *command, key=key, by_server=True)

    async def agreement(self, state: SessionState) -> dict[str, object]:
        """The quote of the provider's agreement on the day. Refusal where none runs then (R1.7)."""
        body = await self._journals.state(BODY, state.body)
        provider = body.providers.get(state.provider) if body is not None else None
        agreed = agreed_on(provider, date.fromisoformat(state.date)) if provider is not None else None
        if agreed is None:
            raise Refusal("R1.7", N_("L’organisme de formation n’a pas de convention en cours le {day}."),
                          day=state.date)
        return await self._journals.quote(state.body, agreed.position)

    async def _inform(self, state: SessionState, act: MassAct, key: str) -> None:
        """R4.4: a letter to each clerk of the awarding body, with the event or not at all."""
        before = notice_to(state, BODY_TOLD)
        about = About(state.id, BODY_TOLD, (before.number if before else 0) + 1)
        data = about_day(state, BODY_TOLD)
        sealed = await self._outbox.seal(
            [Letter(clerk, "body_informed", data, about) for clerk in await self._clerks(state)])
        if not sealed:
            raise Refusal("R4.4", N_("Personne ne tient le secrétariat de l’organisme certificateur aujourd’hui : la "
                                     "journée ne lui est pas annoncée. Prévenez-le autrement, puis convoquez de "
                                     "nouveau quand quelqu’un tient le secrétariat."))

        async def write(connection: AsyncConnection) -> None:
            await self._outbox.keep(connection, sealed)

        await self._journals.execute(
            SESSION, act.stream, act.actor, "InformBody", {}, key=key, by_server=True, together=write)
        self._put()

    async def _clerks(self, state: SessionState) -> list[str]:
        body = await self._journals.state(BODY, state.body)
        offices, today = (body.all_offices() if body is not None else ()), day_of(self._now())
        return sorted({one.person for one in offices
                       if one.role is OfficeRole.CLERK and held((one,), one.person, today)})
