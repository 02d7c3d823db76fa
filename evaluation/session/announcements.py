"""A phase's end announced to the room: what the clockwork asks for by itself (R3.3)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId
from evaluation.rules import N_, Refusal
from evaluation.session.cuts import SECOND
from evaluation.session.pauses import check_running
from evaluation.session.phases import Phase, PhaseClock
from evaluation.session.state import SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class AnnounceTime:
    """A phase's end approaches; written by the clockwork once per phase and mark."""

    hearing: HearingId
    phase: str
    remaining: int


@TOPIC.event("session.time_announced")
@dataclass(frozen=True)
class TimeAnnounced:
    hearing: HearingId
    phase: str
    remaining: int


@TOPIC.decides(AnnounceTime)
def announce(state: SessionState, command: AnnounceTime, asked: Asked) -> tuple[object, ...]:
    clock = check_running(state.hearing(command.hearing))
    due = clock.remaining(asked.now) <= command.remaining * SECOND and command.remaining in state.framework.announce
    if clock.phase.value != command.phase or not due or command.remaining in clock.announced:
        raise Refusal("R3.3", N_("Il n’y a rien à annoncer."))
    return (TimeAnnounced(command.hearing, command.phase, command.remaining),)


@TOPIC.evolves(TimeAnnounced)
def announced(state: SessionState, event: TimeAnnounced, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    clock = hearing.clocks[Phase(event.phase)]
    return state.with_hearing(hearing.with_clock(replace(clock, announced=(*clock.announced, event.remaining))))


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


def due_commands(state: SessionState, now: int) -> tuple[object, ...]:
    """What the clockwork asks for now: each announcement of a phase's end that is due and was not made."""
    running = _running(state)
    if running is None:
        return ()
    hearing, clock = running
    reached = [m for m in state.framework.announce if m not in clock.announced and clock.remaining(now) <= m * 1000]
    return tuple(AnnounceTime(hearing, clock.phase.value, mark) for mark in sorted(reached, reverse=True))
