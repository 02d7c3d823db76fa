"""The examination itself: presentation, questions, dismissal, each with its clock."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.deadlines import day_of, results_due
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.cuts import SECOND
from evaluation.session.gates import check_all_told, check_gates, check_no_script, check_phase
from evaluation.session.lost_time import check_not_lost
from evaluation.session.pauses import check_running
from evaluation.session.phases import Phase, PhaseClock, check_floor, ended_early, extra_time, following, overrun
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class StartPresentation:
    hearing: HearingId


@TOPIC.command
@dataclass(frozen=True)
class StartQuestions:
    hearing: HearingId


@TOPIC.command
@dataclass(frozen=True)
class DismissCandidate:
    """R6.7. Under the questions' floor a reason is needed (R3.4, X7)."""

    hearing: HearingId
    words: Words | None = None


@TOPIC.event("session.phase_started")
@dataclass(frozen=True)
class PhaseStarted:
    """Seconds. Also written when an adjourned phase goes on: its clock then keeps what has elapsed."""

    hearing: HearingId
    phase: str
    floor: int
    ceiling: int
    extra: int


@TOPIC.event("session.phase_ended")
@dataclass(frozen=True)
class PhaseEnded:
    """Milliseconds. `overrun` past the ceiling is written down (R4.7); `early` is an end under the floor (R3.4)."""

    hearing: HearingId
    phase: str
    elapsed: int
    overrun: int
    early: bool
    words: Words | None


@TOPIC.event("session.candidate_dismissed")
@dataclass(frozen=True)
class CandidateDismissed:
    """R6.7: `results_by` is the last day (YYYY-MM-DD) by which results come."""

    hearing: HearingId
    results_by: str


@rule("R3.2")
def check_order(hearing: Hearing, phase: Phase) -> None:
    if following(hearing.phase, hearing.resume) is not phase:
        raise Refusal("R3.2", N_("Les étapes se suivent : accueil, présentation, questions."))


def _start(state: SessionState, hearing: Hearing, phase: Phase) -> PhaseStarted:
    timing = state.framework.phases[phase.value]
    return PhaseStarted(
        hearing.id, phase.value, timing.floor, timing.ceiling, extra_time(dict(hearing.extra_seconds), phase)
    )


def _end(hearing: Hearing, clock: PhaseClock, now: int, words: Words | None) -> PhaseEnded:
    early = ended_early(clock, now)
    return PhaseEnded(hearing.id, clock.phase.value, clock.elapsed(now), overrun(clock, now), early, words)


@TOPIC.decides(StartPresentation)
def start_presentation(state: SessionState, command: StartPresentation, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_order(hearing, Phase.PRESENTATION)
    check_no_script(hearing)
    check_gates(state, hearing)
    return (_start(state, hearing, Phase.PRESENTATION),)


@TOPIC.decides(StartQuestions)
def start_questions(state: SessionState, command: StartQuestions, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_order(hearing, Phase.QUESTIONS)
    check_no_script(hearing)
    if hearing.phase is Phase.WELCOME:
        check_gates(state, hearing)
        return (_start(state, hearing, Phase.QUESTIONS),)
    check_not_lost(state, hearing, asked.now)
    clock = check_running(hearing)
    return (_end(hearing, clock, asked.now, None), _start(state, hearing, Phase.QUESTIONS))


@TOPIC.evolves(PhaseStarted)
def phase_started(state: SessionState, event: PhaseStarted, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    phase = Phase(event.phase)
    clock = hearing.clocks.get(phase)
    if clock is None:
        clock = PhaseClock(
            phase, event.floor * SECOND, event.ceiling * SECOND, event.extra * SECOND, started_at=happened.at
        )
    return state.with_hearing(replace(hearing, phase=phase, resume=None).with_clock(clock.resume(happened.at)))


@TOPIC.evolves(PhaseEnded)
def phase_ended(state: SessionState, event: PhaseEnded, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    clock = hearing.clocks[Phase(event.phase)]
    return state.with_hearing(hearing.with_clock(clock.end(happened.at)))


@TOPIC.decides(DismissCandidate)
def dismiss(state: SessionState, command: DismissCandidate, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, Phase.QUESTIONS)
    check_no_script(hearing)
    check_all_told(hearing)
    check_not_lost(state, hearing, asked.now)
    clock = check_running(hearing)
    check_floor(clock, asked.now, command.words is not None)
    ended = _end(hearing, clock, asked.now, command.words if ended_early(clock, asked.now) else None)
    return (ended, CandidateDismissed(hearing.id, results_by(state, asked.now)))


@rule("R6.7", permits="")
def results_by(state: SessionState, now: int) -> str:
    """The last day by which results come, told to the candidate at dismissal (YYYY-MM-DD)."""
    return results_due(state.framework, day_of(now)).isoformat()


@TOPIC.evolves(CandidateDismissed)
def dismissed(state: SessionState, event: CandidateDismissed, happened: Happened) -> SessionState:
    hearing = replace(
        state.hearing(event.hearing), phase=Phase.GRADING, dismissed_at=happened.at, results_by=event.results_by
    )
    return state.with_hearing(hearing)
