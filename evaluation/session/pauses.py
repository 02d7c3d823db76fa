"""The clock paused and resumed (X9)."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal
from evaluation.session.gates import check_no_script, check_not_apart, check_phase
from evaluation.session.phases import TIMED, PhaseClock
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import PauseCause

TOPIC = Topic()


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
    check_not_apart(hearing)
    if hearing.clock is None or hearing.clock.running:
        raise Refusal("X9", N_("L’horloge n’est pas en pause."))
    check_no_script(hearing)
    return (ClockResumed(command.hearing),)


@TOPIC.evolves(ClockResumed)
def resumed(state: SessionState, event: ClockResumed, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(hearing.with_clock(hearing.clock.resume(happened.at))) if hearing.clock else state
