"""One candidate's record as the certification jury reads it: everything that the evaluation jury hands on (R3.8), and
the checklist of how the hearing went (R3.9). Whoever may open it is asked before."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from evaluation.people import HearingId, PersonId, Role, Seat
from evaluation.session.access import SeatRights
from evaluation.session.doors import Door
from evaluation.session.phases import OVER, Phase
from evaluation.session.regularity import regularity
from evaluation.session.state import Hearing, SessionState
from server.i18n import Locale
from server.journals.of_kind import Sessions
from server.views.session.contract.record_types import RecordView
from server.views.session.reading import Reading, words_inside
from server.views.session.record import record_view
from server.views.session.timeline import follow, words_of
from server.views.sitting.regularity_words import CheckedLine, checklist

HANDED_ON: Final = frozenset({Door.RECORD, Door.DOCUMENTS, Door.IDENTITY_COPY, Door.CAPTURES})
"""What the certification jury is given of a hearing that is over; the grids too, once the jury has signed them."""
NO_SEAT: Final = "certification"
"""A member has no seat in the session: whatever a seat may do there is refused to them."""


@dataclass(frozen=True)
class HandedOn:
    record: RecordView
    checked: list[CheckedLine]

    @property
    def to_look_at(self) -> int:
        return sum(1 for one in self.checked if one.standing != "kept")


def doors_for_jury(hearing: Hearing) -> frozenset[Door]:
    """Nothing before the hearing is over: till then all of it is the evaluation jury's (R3.8)."""
    if hearing.phase not in OVER:
        return frozenset()
    return HANDED_ON | {Door.ALL_GRIDS} if hearing.phase is Phase.CLOSED else HANDED_ON


async def handed_on(
    sessions: Sessions, state: SessionState, hearing: HearingId, person: PersonId, locale: Locale, now: int
) -> HandedOn | None:
    """None where nothing of it is handed on yet."""
    found = state.hearings.get(hearing)
    if found is None or not doors_for_jury(found):
        return None
    rights = SeatRights(hearings={hearing: doors_for_jury(found)})
    past = [one for one in await sessions.events(state.id) if one[0].position <= state.position]
    entries, voided = follow(past, hearing)
    reader, profiles = Seat(NO_SEAT, person, Role.OBSERVER), await _profiles(sessions, state)
    reading = Reading(state, reader, rights, now, locale, profiles, {})
    refs = [*(one.ref for one in words_inside(found)), *words_of(entries, rights.doors(hearing)),
            *(one.words.ref for one in voided)]
    reading = replace(reading, texts=await sessions.words(refs))
    record = record_view(reading, hearing, entries, voided)
    return HandedOn(record, checklist(reading, regularity(state, past, hearing, now), record))


async def _profiles(sessions: Sessions, state: SessionState) -> Mapping[PersonId, Mapping[str, Any]]:
    found: dict[PersonId, Mapping[str, Any]] = {}
    for one in (*state.seats(), *state.former):
        profile = await sessions.profile(one.person)
        if profile is not None:
            found[one.person] = profile
    return found
