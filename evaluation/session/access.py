"""Who may see, hear, speak, read and write, in each phase: the only place where a door is opened.

`rights` is a pure function of the state and a seat; whatever it does not name is closed.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evaluation.people import HearingId, Role, Seat, SeatId
from evaluation.rules import rule
from evaluation.session.doors import Door, doors_of, sealed
from evaluation.session.hearing_parts import Note, Problem
from evaluation.session.measured import Source
from evaluation.session.media_access import MAIN, NONE, media_of
from evaluation.session.phases import IN_ROOM, TO_CALL
from evaluation.session.state import Hearing, SessionState

OF_THE_LINE = frozenset({"not_hearing", "not_heard", "frozen"})
"""What a call for help may say of the connection: told to the jury, which goes on talking and lets the time run."""


@dataclass(frozen=True)
class SeatRights:
    """One seat's rights now: sources it may publish, seats it may see and hear, the room's event stream, doors by
    hearing, the day's board, the journal's export."""

    publish: frozenset[Source] = NONE
    view: frozenset[SeatId] = frozenset()
    events: bool = False
    hearings: Mapping[HearingId, frozenset[Door]] = field(default_factory=dict[HearingId, frozenset[Door]])
    board: bool = False
    journal: bool = False

    def doors(self, hearing: HearingId) -> frozenset[Door]:
        return self.hearings.get(hearing, frozenset())


CLOSED = SeatRights()


@rule("R3.6", "R2.3", "X7", permits=None)
def rights(state: SessionState, seat_id: SeatId) -> SeatRights:
    """What this seat may do now. Unknown seats and closed sessions: nothing in the room."""
    seat = state.seat(seat_id)
    if seat is None:
        return CLOSED
    publish, view = media_of(state, seat)
    hearings = {h.id: doors for h in state.hearings.values() if (doors := doors_of(state, seat, h))}
    organizer = seat.role is Role.ORGANIZER
    return SeatRights(
        publish, view, _events(state, seat), hearings, board=organizer, journal=organizer and not sealed(state)
    )


STAYS_AFTER_CLOSING = frozenset({Role.ORGANIZER, Role.CANDIDATE})


@rule("X11", permits=True)
def keeps_page(role: Role, closed: bool) -> bool:
    """Whether a seat is still somebody's way in. Once the session is closed nothing is left to do there but for the
    organizer, who reads the records, and the candidate, who may withdraw a consent."""
    return not closed or role in STAYS_AFTER_CLOSING


def phone_rights(state: SessionState, seat_id: SeatId) -> SeatRights:
    """What a phone that films at a seat may do: send the seat's second source, when the seat may. It sees nothing."""
    return SeatRights(publish=rights(state, seat_id).publish - MAIN)


def messages_for(state: SessionState, seat: Seat, hearing: Hearing | None) -> list[Note]:
    """What was said to the room is for those who were there: whoever has its events now reads nothing of what was said
    during another examination than theirs. The organizer, who wrote it, has it all."""
    helps, mine = seat.role is Role.ORGANIZER, (None, hearing.id if hearing else None)
    return [one for one in state.messages if helps or one.hearing in mine]


def calls_for(state: SessionState, seat: Seat) -> list[Problem]:
    """A call for help, with its words, is between who called and the organizer."""
    return [one for one in state.problems if seat.role is Role.ORGANIZER or one.by == seat.id]


def signalled_in(state: SessionState, hearing: Hearing) -> list[Problem]:
    """Of what the candidate or their aid reports, the jury learns the kind alone, while it concerns the line and nobody
    has settled it."""
    there = [seat.id for seat in (hearing.candidate, *hearing.aids)] if hearing.phase in IN_ROOM else []
    return [one for one in state.problems if one.by in there and one.kind in OF_THE_LINE and not one.settled]


# The event stream ------------------------------------------------------------------------------------------------


def _events(state: SessionState, seat: Seat) -> bool:
    if state.closed:
        return False
    if seat.role in (Role.CANDIDATE, Role.AID):
        hearing = state.hearing_of(seat)
        return hearing is not None and hearing.phase in IN_ROOM | TO_CALL
    private = state.in_private
    if private is not None:
        return stays_with_jury(state, seat, private)
    if seat.role is Role.JUROR:
        focus = state.focus
        return any(s.id == seat.id for s in state.jurors_appointed(focus.id if focus else None))
    return True


def stays_with_jury(state: SessionState, seat: Seat, hearing: Hearing) -> bool:
    """Who stays with the jury when it is alone: who is of it, and the observers unless the awarding body has set
    otherwise (R3.6, R2.3). To all others, how far the jury has come is nothing they may know."""
    if seat.role is Role.OBSERVER:
        return state.observers_in_deliberation
    return state.sits(seat.id, hearing.id)
