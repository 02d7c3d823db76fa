"""What may be read, or supplied, of each hearing: whatever is not named is closed."""
from __future__ import annotations

from enum import StrEnum

from evaluation.people import HearingId, Role, Seat
from evaluation.rules import rule
from evaluation.session.hearing_parts import Document
from evaluation.session.on_paper import scanned
from evaluation.session.phases import IN_ROOM, OVER, PRIVATE, TO_CALL, Phase
from evaluation.session.shown_papers import shown
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import IDENTITY_KINDS


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


@rule("R4.1", "R6.2", permits=True)
def may_read(state: SessionState, seat: Seat, hearing: HearingId | None, document: Document) -> bool:
    """Whether the pages of a candidate's paper, or (no hearing) of a version of the day's brief, are open to a seat.
    Copies of identity documents have a door of their own. Every version is open to the candidate and the organizer; to
    others what the jury is given. A scan of what was signed on paper is part of the record."""
    if hearing is None:
        return _may_read_brief(state, seat, document)
    found, copy = state.hearing(hearing), document.kind in IDENTITY_KINDS
    if document in map(scanned, found.scans):
        return Door.RECORD in doors_of(state, seat, found)
    if (Door.IDENTITY_COPY if copy else Door.DOCUMENTS) not in doors_of(state, seat, found):
        return False
    return copy or seat.role in (Role.ORGANIZER, Role.CANDIDATE) or document in shown(state, found)


def _may_read_brief(state: SessionState, seat: Seat, document: Document) -> bool:
    """The jury adopts it before anybody else is given it."""
    if seat.role is Role.ORGANIZER:
        return True
    published = any(one.document == document and one.published_at is not None for one in state.briefs)
    jury = any(one.id == seat.id for one in state.jurors_appointed(seat.hearing))
    return not state.closed and (published or jury)


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
