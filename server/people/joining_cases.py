"""The cases of one failure that hit several hearings, made one (R7.1): as the organizer who noted it would join them,
once each is open."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from evaluation.body.kind import BODY
from evaluation.case.access import ESTABLISHES
from evaluation.case.kind import CASE
from evaluation.case.terms import case_id
from evaluation.deadlines import day_of
from evaluation.offices import held
from evaluation.people import HearingId
from evaluation.rules import N_, Refusal
from evaluation.session.kind import SESSION
from evaluation.session.state import SessionState
from server.clock import Now
from server.journals.write_path import Journals
from server.people.mass import NotYet
from server.storage.mass_acts import MassAct

JOIN_CASES: Final = "join-cases"
WHY: Final = "Un même fait, noté une seule fois pour plusieurs épreuves."
"""Kept in the case, in French as all that is kept there."""


def cases_to_join(state: SessionState, hearings: Sequence[HearingId]) -> tuple[str, ...]:
    """Of the incident that was noted last for each of these hearings: the items of an act for many, each the position
    of the first incident and of one whose case goes into the first's. A hearing from before candidacies were kept has
    no case."""
    noted = [state.hearing(one) for one in hearings]
    incidents = [one.incidents[-1].position for one in noted if one.candidacy and one.incidents]
    return tuple(f"{incidents[0]} {one}" for one in incidents[1:])


class JoiningCases:
    def __init__(self, journals: Journals, now: Now) -> None:
        self._journals, self._now = journals, now

    async def join(self, act: MassAct, item: str, key: str) -> None:
        """A `Handler` of acts for many."""
        first, other = (case_id(SESSION.name, act.stream, int(one)) for one in item.split(" "))
        state = await self._journals.state(SESSION, act.stream)
        if state is None:
            raise LookupError(act.stream)
        for case in (first, other):
            if await self._journals.state(CASE, case) is None:
                raise NotYet(case)
        person = next((one.person for one in (*state.organizers, *state.former) if one.id == act.actor), act.actor)
        await self._journals.execute(CASE, other, person, "JoinCase", {
            "into": await self._journals.quote(first, 1), "words": WHY,
            "office": await self._office(state, person)}, key=key, by_server=True)

    async def _office(self, state: SessionState, person: str) -> dict[str, object]:
        """The grant of the office under which they organize."""
        body = await self._journals.state(BODY, state.body)
        today = day_of(self._now())
        mine = next((one for one in (body.offices.values() if body is not None else ())
                     if one.office.role in ESTABLISHES and one.office.provider in (None, state.provider)
                     and held((one.office,), person, today)), None)
        if mine is None:
            raise Refusal("R7.1", N_("Vous n’avez plus de fonction d’organisation : les dossiers restent séparés, une "
                                     "autre personne peut les joindre."))
        return await self._journals.quote(state.body, mine.position)
