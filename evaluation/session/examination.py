"""The examination itself: presentation, questions, dismissal; pauses, interruptions, what the jury notes on the way."""
from __future__ import annotations

from dataclasses import replace

from evaluation.deadlines import day_of, results_due
from evaluation.framework import Framework
from evaluation.people import SeatId
from evaluation.rules import N_, Refusal, rule
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.dispatch import Asked, Happened, decides, evolves
from evaluation.session.events import Event
from evaluation.session.gates import check_gates, check_phase
from evaluation.session.jury import JURY_SIZE
from evaluation.session.phases import (
    IN_ROOM,
    PRIVATE,
    TIMED,
    TO_CALL,
    Phase,
    PhaseClock,
    check_floor,
    ended_early,
    extra_time,
    overrun,
    too_much_lost,
)
from evaluation.session.state import CaptureRef, Hearing, SessionState

SECOND = 1000


@rule("R3.2")
def check_order(hearing: Hearing, phase: Phase) -> None:
    """The presentation follows the welcome, the questions the presentation; an adjourned phase goes on where it was."""
    before = {Phase.PRESENTATION: Phase.WELCOME, Phase.QUESTIONS: Phase.PRESENTATION}[phase]
    expected = Phase.WELCOME if hearing.resume is phase else before
    if hearing.phase is not expected or (hearing.resume is not None and hearing.resume is not phase):
        raise Refusal("R3.2", N_("Les étapes se suivent : accueil, présentation, questions."))


@rule("X9")
def check_not_lost(state: SessionState, hearing: Hearing, now: int) -> None:
    """When more than half of the candidate's time is lost, start again or postpone: nothing else goes on."""
    if lost_over_half(state, hearing, now):
        raise Refusal(
            "X9", N_("Plus de la moitié du temps de l’épreuve a été perdue : recommencez l’épreuve ou reportez-la."),
        )


def lost_over_half(state: SessionState, hearing: Hearing, now: int) -> bool:
    planned = sum(_ceiling(state.framework, phase) + extra_time(dict(hearing.extra_seconds), phase) for phase in TIMED)
    return too_much_lost(state.clocks(hearing), planned * SECOND, state.framework.lost_share, now)


def _ceiling(framework: Framework, phase: Phase) -> int:
    return framework.phases[phase.value].ceiling


def check_running(hearing: Hearing) -> PhaseClock:
    check_phase(hearing, *TIMED)
    clock = hearing.clock
    if clock is None or not clock.running:
        raise Refusal("X9", N_("L’horloge est en pause : reprenez d’abord."))
    return clock


def _start(state: SessionState, hearing: Hearing, phase: Phase) -> e.PhaseStarted:
    timing = state.framework.phases[phase.value]
    return e.PhaseStarted(
        hearing.id, phase.value, timing.floor, timing.ceiling, extra_time(dict(hearing.extra_seconds), phase)
    )


def _end(hearing: Hearing, clock: PhaseClock, now: int, words: c.Words | None) -> e.PhaseEnded:
    early = ended_early(clock, now)
    return e.PhaseEnded(hearing.id, clock.phase.value, clock.elapsed(now), overrun(clock, now), early, words)


@decides(c.StartPresentation)
def start_presentation(state: SessionState, command: c.StartPresentation, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_order(hearing, Phase.PRESENTATION)
    check_gates(state, hearing)
    return (_start(state, hearing, Phase.PRESENTATION),)


@decides(c.StartQuestions)
def start_questions(state: SessionState, command: c.StartQuestions, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_order(hearing, Phase.QUESTIONS)
    if hearing.phase is Phase.WELCOME:
        check_gates(state, hearing)
        return (_start(state, hearing, Phase.QUESTIONS),)
    check_not_lost(state, hearing, asked.now)
    clock = check_running(hearing)
    return (_end(hearing, clock, asked.now, None), _start(state, hearing, Phase.QUESTIONS))


@evolves(e.PhaseStarted)
def phase_started(state: SessionState, event: e.PhaseStarted, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    phase = Phase(event.phase)
    clock = hearing.clocks.get(phase)
    if clock is None:
        clock = PhaseClock(
            phase, event.floor * SECOND, event.ceiling * SECOND, event.extra * SECOND, started_at=happened.at
        )
    return state.with_hearing(replace(hearing, phase=phase, resume=None).with_clock(clock.resume(happened.at)))


@evolves(e.PhaseEnded)
def phase_ended(state: SessionState, event: e.PhaseEnded, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    clock = hearing.clocks[Phase(event.phase)]
    return state.with_hearing(hearing.with_clock(clock.end(happened.at)))


@decides(c.DismissCandidate)
def dismiss(state: SessionState, command: c.DismissCandidate, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, Phase.QUESTIONS)
    check_not_lost(state, hearing, asked.now)
    clock = check_running(hearing)
    check_floor(clock, asked.now, command.words is not None)
    ended = _end(hearing, clock, asked.now, command.words if ended_early(clock, asked.now) else None)
    return (ended, e.CandidateDismissed(hearing.id, results_by(state, asked.now)))


@rule("R6.7", permits="")
def results_by(state: SessionState, now: int) -> str:
    """The last day by which results come, told to the candidate at dismissal (YYYY-MM-DD)."""
    return results_due(state.framework, day_of(now)).isoformat()


@evolves(e.CandidateDismissed)
def dismissed(state: SessionState, event: e.CandidateDismissed, happened: Happened) -> SessionState:
    hearing = replace(
        state.hearing(event.hearing), phase=Phase.GRADING, dismissed_at=happened.at, results_by=event.results_by
    )
    return state.with_hearing(hearing)


# Pauses, interruptions -------------------------------------------------------------------------------------------


@decides(c.PauseClock)
def pause(state: SessionState, command: c.PauseClock, asked: Asked) -> tuple[Event, ...]:
    check_running(state.hearing(command.hearing))
    return (e.ClockPaused(command.hearing, command.cause, command.words),)


@evolves(e.ClockPaused)
def paused(state: SessionState, event: e.ClockPaused, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    if hearing.clock is None:
        return state
    return state.with_hearing(hearing.with_clock(hearing.clock.pause(happened.at, lost=event.cause == "technical")))


@decides(c.ResumeClock)
def resume(state: SessionState, command: c.ResumeClock, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TIMED)
    if hearing.clock is None or hearing.clock.running:
        raise Refusal("X9", N_("L’horloge n’est pas en pause."))
    return (e.ClockResumed(command.hearing),)


@evolves(e.ClockResumed)
def resumed(state: SessionState, event: e.ClockResumed, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(hearing.with_clock(hearing.clock.resume(happened.at))) if hearing.clock else state


@decides(c.GiveBackTime)
def give_back(state: SessionState, command: c.GiveBackTime, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TIMED)
    clock = hearing.clock
    ran = clock.elapsed(asked.now) - clock.given_back if clock else 0
    if not 0 < command.seconds * SECOND <= ran:
        raise Refusal("X9", N_("On ne peut rendre que du temps déjà écoulé dans cette étape."))
    return (e.TimeGivenBack(command.hearing, command.seconds, command.words),)


@evolves(e.TimeGivenBack)
def given_back(state: SessionState, event: e.TimeGivenBack, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    if hearing.clock is None:
        return state
    clock = replace(hearing.clock, given_back=hearing.clock.given_back + event.seconds * SECOND)
    # The end is further away again: what lies ahead once more is announced once more.
    announced = tuple(mark for mark in clock.announced if clock.remaining(happened.at) <= mark * SECOND)
    return state.with_hearing(hearing.with_clock(replace(clock, announced=announced)))


@decides(c.AnnounceTime)
def announce(state: SessionState, command: c.AnnounceTime, asked: Asked) -> tuple[Event, ...]:
    clock = check_running(state.hearing(command.hearing))
    due = clock.remaining(asked.now) <= command.remaining * SECOND and command.remaining in state.framework.announce
    if clock.phase.value != command.phase or not due or command.remaining in clock.announced:
        raise Refusal("R3.3", N_("Il n’y a rien à annoncer."))
    return (e.TimeAnnounced(command.hearing, command.phase, command.remaining),)


@evolves(e.TimeAnnounced)
def announced(state: SessionState, event: e.TimeAnnounced, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    clock = hearing.clocks[Phase(event.phase)]
    return state.with_hearing(hearing.with_clock(replace(clock, announced=(*clock.announced, event.remaining))))


@decides(c.AdjournHearing)
def adjourn(state: SessionState, command: c.AdjournHearing, asked: Asked) -> tuple[Event, ...]:
    check_phase(state.hearing(command.hearing), *IN_ROOM)
    return (e.HearingAdjourned(command.hearing, command.words),)


@evolves(e.HearingAdjourned)
def adjourned(state: SessionState, event: e.HearingAdjourned, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    clock = hearing.clock
    going = hearing.phase if hearing.phase in TIMED else hearing.resume
    if clock is not None and hearing.phase in TIMED:
        hearing = hearing.with_clock(clock.resume(happened.at).pause(happened.at, lost=False))
    unasked = replace(hearing, phase=Phase.ADJOURNED, resume=going, check=None, gesture=None)
    return replace(state.with_hearing(unasked), current=None)


@decides(c.RestartAttempt)
def restart(state: SessionState, command: c.RestartAttempt, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TIMED)
    if not lost_over_half(state, hearing, asked.now):
        raise Refusal("X9", N_("On ne recommence que si plus de la moitié du temps de l’épreuve a été perdue."))
    return (e.AttemptVoided(command.hearing, False, command.words),)


@decides(c.PostponeHearing)
def postpone(state: SessionState, command: c.PostponeHearing, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    signed = hearing.deliberation is not None and bool(hearing.deliberation.signatures)
    broken = hearing.phase in PRIVATE and not signed and len(state.jurors_sitting(hearing.id)) < JURY_SIZE
    if not broken:
        check_phase(hearing, *IN_ROOM, *TO_CALL)
    return (e.AttemptVoided(command.hearing, True, command.words),)


@evolves(e.AttemptVoided)
def voided(state: SessionState, event: e.AttemptVoided, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    fresh = replace(
        hearing, clocks={}, grids={}, examined=frozenset(), resume=None, attempt=hearing.attempt + 1,
        deliberation=None, suspended=False, dismissed_at=None, results_by=None,
        phase=Phase.POSTPONED if event.postponed else Phase.WELCOME, waiting=False, check=None, gesture=None,
    )
    ends_here = event.postponed and state.current == hearing.id
    return replace(state.with_hearing(fresh), current=None if ends_here else state.current)


@decides(c.StopHearing)
def stop(state: SessionState, command: c.StopHearing, asked: Asked) -> tuple[Event, ...]:
    check_phase(state.hearing(command.hearing), *IN_ROOM, *TO_CALL)
    return (e.HearingStopped(command.hearing, command.words),)


@decides(c.RecordNoShow)
def no_show(state: SessionState, command: c.RecordNoShow, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TO_CALL)
    check_absent(state, hearing, asked.now)
    return (e.NoShowRecorded(command.hearing, command.words),)


@rule("R4.5")
def check_absent(state: SessionState, hearing: Hearing, now: int) -> None:
    """An absence is recorded after the appointed hour, of a candidate who is not there."""
    if hearing.candidate.id in state.present or now < hearing.starts_at:
        raise Refusal("R4.5", N_("L’absence se constate après l’heure de convocation, quand la personne n’est pas là."))


@evolves(e.HearingStopped, e.NoShowRecorded)
def ended_without_result(
    state: SessionState, event: e.HearingStopped | e.NoShowRecorded, happened: Happened
) -> SessionState:
    hearing = state.hearing(event.hearing)
    phase = Phase.STOPPED if isinstance(event, e.HearingStopped) else Phase.NO_SHOW
    if hearing.phase in TIMED and hearing.clock is not None:
        hearing = hearing.with_clock(hearing.clock.end(happened.at))
    return state.with_ended(replace(hearing, phase=phase, waiting=False, check=None, gesture=None))


# What the jury asks and notes ------------------------------------------------------------------------------------


@decides(c.RequireVisible)
def require_visible(state: SessionState, command: c.RequireVisible, asked: Asked) -> tuple[Event, ...]:
    check_visible_demand(state.hearing(command.hearing), command.required)
    return (e.VisibilityRequired(command.hearing, command.required),)


@rule("R6.4")
def check_visible_demand(hearing: Hearing, required: bool) -> None:
    """The jury may require that the candidate stays visible, while the candidate is there."""
    if hearing.phase not in IN_ROOM or hearing.visible_required == required:
        raise Refusal("R6.4", N_("La demande de rester visible se fait une fois, pendant l’épreuve."))


@evolves(e.VisibilityRequired)
def visibility_required(state: SessionState, event: e.VisibilityRequired, happened: Happened) -> SessionState:
    return state.with_hearing(replace(state.hearing(event.hearing), visible_required=event.required))


@decides(c.TakeCapture)
def take_capture(state: SessionState, command: c.TakeCapture, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_capture(hearing, command.seat)
    return (e.CaptureTaken(command.hearing, command.capture, command.seat, command.source, command.digest),)


@rule("X1")
def check_capture(hearing: Hearing, seat: SeatId) -> None:
    """Single images, of the candidate alone, while the candidate is in the room."""
    if hearing.phase not in IN_ROOM or seat != hearing.candidate.id:
        raise Refusal("X1", N_("On ne prend d’image que de la personne évaluée, pendant son épreuve."))


@evolves(e.CaptureTaken)
def capture_taken(state: SessionState, event: e.CaptureTaken, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    capture = CaptureRef(event.capture, event.seat, event.source, event.digest, happened.actor, happened.at)
    return state.with_hearing(replace(hearing, captures=(*hearing.captures, capture)))
