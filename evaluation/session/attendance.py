"""Who is connected: seats joined, left, taken over; links renewed; aids who are not there."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import SeatId
from evaluation.rules import N_, Refusal, rule
from evaluation.session.on_site import is_on_site
from evaluation.session.phases import IN_ROOM
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class Join:
    """The seat's page is open. Written by the server, as is Leave."""

    seat: SeatId


@TOPIC.command
@dataclass(frozen=True)
class Leave:
    """`since` is when the last page of the seat closed (ms since the epoch): departures are written after a grace."""

    seat: SeatId
    since: int | None = None


@TOPIC.command
@dataclass(frozen=True)
class TakeOverSeat:
    """X11: a second browser took the seat with the mailed code. Written by the server."""

    seat: SeatId


@TOPIC.command
@dataclass(frozen=True)
class RenewLink:
    """X11: a link may be in wrong hands. Its links and its browser hold the seat no more; a new link is mailed."""

    seat: SeatId


@TOPIC.event("session.seat_joined")
@dataclass(frozen=True)
class SeatJoined:
    seat: SeatId


@TOPIC.event("session.seat_left")
@dataclass(frozen=True)
class SeatLeft:
    seat: SeatId
    since: int | None = None


@TOPIC.event("session.seat_taken_over")
@dataclass(frozen=True)
class SeatTakenOver:
    seat: SeatId


@TOPIC.event("session.link_renewed")
@dataclass(frozen=True)
class LinkRenewed:
    """X11: the organizer gave the seat's person a new link. Links and browsers from before hold nothing any more."""

    seat: SeatId


@TOPIC.decides(Join)
def join(state: SessionState, command: Join, asked: Asked) -> tuple[object, ...]:
    return () if command.seat in state.present else (SeatJoined(command.seat),)


@TOPIC.decides(Leave)
def leave(state: SessionState, command: Leave, asked: Asked) -> tuple[object, ...]:
    if command.seat not in state.present:
        return ()
    return (SeatLeft(command.seat, min(command.since, asked.now) if command.since is not None else None),)


@TOPIC.decides(TakeOverSeat)
def take_over(state: SessionState, command: TakeOverSeat, asked: Asked) -> tuple[object, ...]:
    return (SeatTakenOver(command.seat),)


@TOPIC.decides(RenewLink)
def renew_link(state: SessionState, command: RenewLink, asked: Asked) -> tuple[object, ...]:
    if state.seat(command.seat) is None:
        raise Refusal("X11", N_("Cette place n’existe pas dans la session."))
    return (LinkRenewed(command.seat),)


@TOPIC.evolves(SeatJoined, SeatLeft)
def presence(state: SessionState, event: SeatJoined | SeatLeft, happened: Happened) -> SessionState:
    gone = state.present - {event.seat}
    if isinstance(event, SeatLeft):
        since = event.since if event.since is not None else happened.at
        return replace(state, present=gone, away={**state.away, event.seat: since})
    # A president who is back is no longer to be replaced: choices made meanwhile do not wait for the next absence.
    back = event.seat == state.president_of(state.focus.id if state.focus else None)
    return replace(state, present=gone | {event.seat}, votes={} if back else state.votes)


@TOPIC.evolves(SeatTakenOver, LinkRenewed)
def ways_in(state: SessionState, event: SeatTakenOver | LinkRenewed, happened: Happened) -> SessionState:
    return state


@rule("R10.1", permits=())
def absent_aids(state: SessionState, hearing: Hearing) -> tuple[SeatId, ...]:
    """The human aids who are not there while the candidate waits at the door or is in the room: whoever helps on site
    needs no page. A fact to be told to who goes on: the règlement grants the aid, and does not say that nothing begins
    without."""
    expected = hearing.aids if hearing.waiting or hearing.phase in IN_ROOM else ()
    return tuple(aid.id for aid in expected
                 if aid.id not in state.present and not is_on_site(state, hearing, aid.id))
