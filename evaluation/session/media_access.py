"""Who may send what, and who sees and hears whom, in each phase."""
from __future__ import annotations

from evaluation.people import Role, Seat, SeatId
from evaluation.session.measured import Source
from evaluation.session.on_site import is_on_site
from evaluation.session.phases import PRIVATE, Phase
from evaluation.session.state import Hearing, SessionState

MAIN: frozenset[Source] = frozenset({"main"})
BOTH: frozenset[Source] = frozenset({"main", "second"})
NONE: frozenset[Source] = frozenset()


def room_rights(state: SessionState) -> tuple[dict[SeatId, frozenset[Source]], dict[SeatId, frozenset[SeatId]]]:
    """What every seat may publish, and whom each may see and hear: what the media room applies."""
    publish: dict[SeatId, frozenset[Source]] = {}
    view: dict[SeatId, frozenset[SeatId]] = {}
    for seat in state.seats():
        publish[seat.id], view[seat.id] = media_of(state, seat)
    return publish, view


def media_of(state: SessionState, seat: Seat) -> tuple[frozenset[Source], frozenset[SeatId]]:
    if state.closed:
        return NONE, frozenset()
    if state.in_private is not None:
        return _media_in_private(state, state.in_private, seat)
    hearing = state.in_room
    if hearing is None:
        return _media_between(state, seat)
    if hearing.mode == "on_site":
        return NONE, frozenset()
    return _media_in_room(state, hearing, seat)


def _media_in_room(state: SessionState, hearing: Hearing, seat: Seat) -> tuple[frozenset[Source], frozenset[SeatId]]:
    """Whoever attends in person publishes nothing (X13)."""
    jurors = {s.id for s in state.jurors_appointed(hearing.id)}
    everybody = jurors | _attending(hearing)
    sees = frozenset(everybody - {seat.id})
    here = is_on_site(state, hearing, seat.id)
    if seat.role in (Role.CANDIDATE, Role.AID):
        if seat.id not in _attending(hearing):
            return NONE, frozenset()
        return (NONE if here else BOTH if seat.role is Role.CANDIDATE else MAIN), sees
    if seat.role is Role.JUROR:
        return (NONE if here else BOTH, sees) if seat.id in jurors else (NONE, frozenset())
    return NONE, sees


def _media_between(state: SessionState, seat: Seat) -> tuple[frozenset[Source], frozenset[SeatId]]:
    """With no candidate in the room the jurors are among themselves, in the morning with who organizes and observes.
    Once they have judged somebody, what they still say of them as the deliberation is suspended or signed stays
    theirs (R3.6); who is recused for somebody whose deliberation is not over waits outside (R1.4)."""
    focus = state.focus
    if focus is not None and focus.mode == "on_site":
        return NONE, frozenset()
    apart = {juror for h in state.hearings.values() if h.phase in PRIVATE for juror in h.recused}
    jurors = frozenset(s.id for s in state.jurors_appointed(None)) - apart
    if seat.role is Role.JUROR:
        publish = NONE if is_on_site(state, focus, seat.id) else BOTH
        return (publish, jurors - {seat.id}) if seat.id in jurors else (NONE, frozenset())
    judged = any(h.phase in PRIVATE or h.phase is Phase.CLOSED for h in state.hearings.values())
    watches = seat.role in (Role.ORGANIZER, Role.OBSERVER) and not judged
    return NONE, jurors if watches else frozenset()


def _media_in_private(state: SessionState, hearing: Hearing, seat: Seat) -> tuple[frozenset[Source], frozenset[SeatId]]:
    """The jury is alone, with the observers unless the awarding body has set otherwise (R2.3)."""
    if hearing.mode == "on_site":
        return NONE, frozenset()
    jury = frozenset(s.id for s in state.jurors_sitting(hearing.id))
    if seat.id in jury:
        return NONE if is_on_site(state, hearing, seat.id) else BOTH, jury - {seat.id}
    if seat.role is Role.OBSERVER and state.observers_in_deliberation:
        return NONE, jury
    return NONE, frozenset()


def _attending(hearing: Hearing) -> set[SeatId]:
    """The candidate who is in the room, with their aids: nobody while the organizer keeps them apart (R4.4)."""
    return set() if hearing.apart is not None else {hearing.candidate.id, *(aid.id for aid in hearing.aids)}
