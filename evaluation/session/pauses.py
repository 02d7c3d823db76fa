"""The clock paused, resumed, time given back; time lost (X9)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.framework import Framework
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.gates import check_phase
from evaluation.session.phases import TIMED, Phase, PhaseClock, extra_time, too_much_lost
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import PauseCause

TOPIC = Topic()
SECOND = 1000


@TOPIC.command
@dataclass(frozen=True)
class PauseClock:
    hearing: HearingId
    cause: PauseCause
    words: Words | None = None


@TOPIC.command
@dataclass(frozen=True)
class ResumeClock:
    hearing: HearingId


@TOPIC.command
@dataclass(frozen=True)
class GiveBackTime:
    """X9: time lost before the pause, given back."""

    hearing: HearingId
    seconds: int
    words: Words | None = None


@TOPIC.event("session.clock_paused")
@dataclass(frozen=True)
class ClockPaused:
    hearing: HearingId
    cause: PauseCause
    words: Words | None


@TOPIC.event("session.clock_resumed")
@dataclass(frozen=True)
class ClockResumed:
    hearing: HearingId


@TOPIC.event("session.time_given_back")
@dataclass(frozen=True)
class TimeGivenBack:
    hearing: HearingId
    seconds: int
    words: Words | None


@rule("X9")
def check_not_lost(state: SessionState, hearing: Hearing, now: int) -> None:
    """When more than half of the candidate's time is lost, start again or postpone: nothing else goes on."""
    if lost_over_half(state, hearing, now):
        raise Refusal(
            "X9", N_("Plus de la moitié du temps de l’épreuve a été perdue : recommencez l’épreuve ou reportez-la."),
        )


def lost_over_half(state: SessionState, hearing: Hearing, now: int) -> bool:
    planned = sum(_ceiling(state.framework, phase) + extra_time(dict(hearing.extra_seconds), phase) for phase in TIMED)
    return too_much_lost(hearing.ran, planned * SECOND, state.framework.lost_share, now)


def _ceiling(framework: Framework, phase: Phase) -> int:
    return framework.phases[phase.value].ceiling


def check_running(hearing: Hearing) -> PhaseClock:
    check_phase(hearing, *TIMED)
    clock = hearing.clock
    if clock is None or not clock.running:
        raise Refusal("X9", N_("L’horloge est en pause : reprenez d’abord."))
    return clock


@TOPIC.decides(PauseClock)
def pause(state: SessionState, command: PauseClock, asked: Asked) -> tuple[object, ...]:
    check_running(state.hearing(command.hearing))
    return (ClockPaused(command.hearing, command.cause, command.words),)


@TOPIC.evolves(ClockPaused)
def paused(state: SessionState, event: ClockPaused, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    if hearing.clock is None:
        return state
    return state.with_hearing(hearing.with_clock(hearing.clock.pause(happened.at, lost=event.cause == "technical")))


@TOPIC.decides(ResumeClock)
def resume(state: SessionState, command: ResumeClock, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TIMED)
    if hearing.clock is None or hearing.clock.running:
        raise Refusal("X9", N_("L’horloge n’est pas en pause."))
    return (ClockResumed(command.hearing),)


@TOPIC.evolves(ClockResumed)
def resumed(state: SessionState, event: ClockResumed, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(hearing.with_clock(hearing.clock.resume(happened.at))) if hearing.clock else state


@TOPIC.decides(GiveBackTime)
def give_back(state: SessionState, command: GiveBackTime, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TIMED)
    clock = hearing.clock
    ran = clock.elapsed(asked.now) - clock.given_back if clock else 0
    if not 0 < command.seconds * SECOND <= ran:
        raise Refusal("X9", N_("On ne peut rendre que du temps déjà écoulé dans cette étape."))
    return (TimeGivenBack(command.hearing, command.seconds, command.words),)


@TOPIC.evolves(TimeGivenBack)
def given_back(state: SessionState, event: TimeGivenBack, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    if hearing.clock is None:
        return state
    clock = replace(hearing.clock, given_back=hearing.clock.given_back + event.seconds * SECOND)
    # The end is further away again: what lies ahead once more is announced once more.
    announced = tuple(mark for mark in clock.announced if clock.remaining(happened.at) <= mark * SECOND)
    return state.with_hearing(hearing.with_clock(replace(clock, announced=announced)))
