"""The whole règlement of one session in two functions.

`decide` takes a state, a command, who asks and when, and answers with events or a `Refusal` that names the rule;
`evolve` folds one event into the state. Neither has a clock, a file or a network.
"""
from __future__ import annotations

from dataclasses import replace

from evaluation.rules import N_, Refusal
from evaluation.session import commands as c
from evaluation.session import deliberation, documents, examination, gates, grids, identity, incidents, planning
from evaluation.session import events as e
from evaluation.session.commands import Command
from evaluation.session.dispatch import Asked, Happened, decides, evolves
from evaluation.session.events import Event
from evaluation.session.phases import PhaseClock
from evaluation.session.state import SessionState

TOPICS = (planning, documents, gates, identity, examination, grids, deliberation, incidents)
"""The modules whose functions `decide` and `evolve` dispatch to; importing them registers those."""


# Presence --------------------------------------------------------------------------------------------------------


@decides(c.Join)
def join(state: SessionState, command: c.Join, asked: Asked) -> tuple[Event, ...]:
    return () if command.seat in state.present else (e.SeatJoined(command.seat),)


@decides(c.Leave)
def leave(state: SessionState, command: c.Leave, asked: Asked) -> tuple[Event, ...]:
    return (e.SeatLeft(command.seat),) if command.seat in state.present else ()


@decides(c.TakeOverSeat)
def take_over(state: SessionState, command: c.TakeOverSeat, asked: Asked) -> tuple[Event, ...]:
    return (e.SeatTakenOver(command.seat),)


@decides(c.RenewLink)
def renew_link(state: SessionState, command: c.RenewLink, asked: Asked) -> tuple[Event, ...]:
    if state.seat(command.seat) is None:
        raise Refusal("X11", N_("Cette place n’existe pas dans la session."))
    return (e.LinkRenewed(command.seat),)


@evolves(e.SeatJoined, e.SeatLeft)
def presence(state: SessionState, event: e.SeatJoined | e.SeatLeft, happened: Happened) -> SessionState:
    gone = state.present - {event.seat}
    if isinstance(event, e.SeatLeft):
        return replace(state, present=gone)
    # A president who is back is no longer to be replaced: choices made meanwhile do not wait for the next absence.
    back = event.seat == state.president_of(state.focus.id if state.focus else None)
    return replace(state, present=gone | {event.seat}, votes={} if back else state.votes)


@evolves(e.SeatTakenOver, e.LinkRenewed)
def ways_in(state: SessionState, event: e.SeatTakenOver | e.LinkRenewed, happened: Happened) -> SessionState:
    return state


# The clockwork ---------------------------------------------------------------------------------------------------


def _running(state: SessionState) -> tuple[str, PhaseClock] | None:
    hearing = state.in_room
    clock = hearing.clocks.get(hearing.phase) if hearing else None
    return (hearing.id, clock) if hearing and clock and clock.running else None


def next_due(state: SessionState, now: int) -> int | None:
    """When the clockwork must look again (ms since the epoch), None when nothing is coming by itself."""
    running = _running(state)
    if running is None:
        return None
    remaining = running[1].remaining(now)
    left = [mark for mark in state.framework.announce if mark not in running[1].announced]
    return now + max(0, remaining - max(left) * 1000) if left else None


def due_commands(state: SessionState, now: int) -> tuple[Command, ...]:
    """What the clockwork asks for now: each announcement of a phase's end that is due and was not made."""
    running = _running(state)
    if running is None:
        return ()
    hearing, clock = running
    reached = [m for m in state.framework.announce if m not in clock.announced and clock.remaining(now) <= m * 1000]
    return tuple(c.AnnounceTime(hearing, clock.phase.value, mark) for mark in sorted(reached, reverse=True))
