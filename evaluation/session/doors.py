"""What may be read, or supplied, of each hearing: whatever is not named is closed."""
from __future__ import annotations

from enum import StrEnum

from evaluation.people import Role, Seat
from evaluation.rules import rule
from evaluation.session.phases import IN_ROOM, OVER, PRIVATE, TO_CALL, Phase
from evaluation.session.state import Hearing, SessionState


class Door(StrEnum):
    """What can be read (or supplied) about one hearing."""

    DOCUMENTS = "documents"
    IDENTITY_COPY = "identity_copy"
    CAPTURES = "captures"
    OWN_GRID = "own_grid"
    ALL_GRIDS = "all_grids"
    RECORD = "record"
    UPLOAD = "upload"


@rule("R6.2", permits=frozenset(Door))
def doors_of(state: SessionState, seat: Seat, hearing: Hearing) -> frozenset[Door]:
    """What is open of one hearing; the copy of the identity document to the jury and the organizer alone."""
    by_role = {
        Role.CANDIDATE: _candidate_doors, Role.AID: _aid_doors, Role.JUROR: _juror_doors,
        Role.ORGANIZER: _organizer_doors, Role.OBSERVER: _observer_doors,
    }
    return frozenset(by_role[seat.role](state, seat, hearing))


def _candidate_doors(state: SessionState, seat: Seat, hearing: Hearing) -> set[Door]:
    if state.closed or hearing.candidate.id != seat.id or hearing.phase not in IN_ROOM | TO_CALL:
        return set()
    return {Door.DOCUMENTS, Door.UPLOAD}


def _aid_doors(state: SessionState, seat: Seat, hearing: Hearing) -> set[Door]:
    here = seat.hearing == hearing.id and hearing.phase in IN_ROOM and not state.closed
    return {Door.DOCUMENTS} if here else set()


def _juror_doors(state: SessionState, seat: Seat, hearing: Hearing) -> set[Door]:
    if state.closed or not any(s.id == seat.id for s in state.jurors_appointed(hearing.id)):
        return set()
    if not state.sits(seat.id, hearing.id):
        return {Door.DOCUMENTS} if hearing.phase in IN_ROOM | TO_CALL else set()
    doors = {Door.DOCUMENTS, Door.IDENTITY_COPY, Door.CAPTURES, Door.OWN_GRID, Door.RECORD}
    return doors | ({Door.ALL_GRIDS} if hearing.deliberation is not None else set())


def _organizer_doors(state: SessionState, seat: Seat, hearing: Hearing) -> set[Door]:
    if hearing.phase in PRIVATE:
        return set()
    doors = {Door.DOCUMENTS, Door.IDENTITY_COPY, Door.CAPTURES, Door.RECORD}
    if hearing.phase in TO_CALL and not state.closed:
        doors.add(Door.UPLOAD)
    return doors | ({Door.ALL_GRIDS} if hearing.phase is Phase.CLOSED else set())


def _observer_doors(state: SessionState, seat: Seat, hearing: Hearing) -> set[Door]:
    """R2.3: never the grids."""
    sees = not state.closed and (hearing.phase in IN_ROOM | TO_CALL or state.observers_in_deliberation)
    return {Door.DOCUMENTS} if sees else set()


def sealed(state: SessionState) -> bool:
    """Some marks are still the jury's own (R3.8): the journal, which holds them, stays closed. So are those of an
    attempt that does not count, and of a hearing that was stopped, as long as the same jury sits."""
    return any(_marks_are_the_jurys(state, hearing) for hearing in state.hearings.values())


def _marks_are_the_jurys(state: SessionState, hearing: Hearing) -> bool:
    marked = bool(hearing.grids)
    if hearing.phase is Phase.STOPPED:
        return not state.closed and (marked or hearing.attempt > 1)
    if hearing.phase in OVER:
        return False
    return marked or hearing.phase in PRIVATE or (not state.closed and hearing.attempt > 1)
