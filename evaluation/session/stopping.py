"""A hearing that ends without result: stopped, or the candidate did not come (R4.5)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.begun_ended import opened_by_end
from evaluation.session.gates import check_no_script, check_phase, check_told_or_why_not, leaves_untold
from evaluation.session.phases import IN_ROOM, TIMED, TO_CALL, Phase
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class StopHearing:
    """`untold`: the candidate is not told of a suspicion that was noted; the words say why, too."""

    hearing: HearingId
    words: Words
    untold: bool = False


@TOPIC.command
@dataclass(frozen=True)
class RecordNoShow:
    hearing: HearingId
    words: Words | None = None


@TOPIC.event("session.hearing_stopped")
@dataclass(frozen=True)
class HearingStopped:
    hearing: HearingId
    words: Words
    untold: bool = False


@TOPIC.event("session.no_show_recorded")
@dataclass(frozen=True)
class NoShowRecorded:
    hearing: HearingId
    words: Words | None


@TOPIC.decides(StopHearing)
def stop(state: SessionState, command: StopHearing, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *IN_ROOM, *TO_CALL)
    if hearing.phase in IN_ROOM:
        check_no_script(hearing)
    check_told_or_why_not(hearing, untold=command.untold)
    stopped = HearingStopped(command.hearing, command.words, leaves_untold(hearing))
    return (stopped, *opened_by_end(state, hearing, command.words, asked.now))


@TOPIC.decides(RecordNoShow)
def no_show(state: SessionState, command: RecordNoShow, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TO_CALL)
    check_absent(state, hearing, asked.now)
    check_could_come(hearing)
    return (NoShowRecorded(command.hearing, command.words),)


@rule("R4.5")
def check_absent(state: SessionState, hearing: Hearing, now: int) -> None:
    """An absence is recorded after the appointed hour, of a candidate who is not there."""
    if hearing.candidate.id in state.present or now < hearing.starts_at:
        raise Refusal("R4.5", N_("L’absence se constate après l’heure de convocation, quand la personne n’est pas là."))


@rule("R4.5")
def check_could_come(hearing: Hearing) -> None:
    """Nobody is absent from an examination that they would not have been called in to."""
    if hearing.admission != "admitted":
        raise Refusal("R4.5", N_("Le jury n’aurait pas pu faire entrer cette personne : ce n’est pas une absence. "
                                 "L’organisation annule cette épreuve, ou la reporte."))


@TOPIC.evolves(HearingStopped, NoShowRecorded)
def ended_without_result(
    state: SessionState, event: HearingStopped | NoShowRecorded, happened: Happened
) -> SessionState:
    hearing = state.hearing(event.hearing)
    phase = Phase.STOPPED if isinstance(event, HearingStopped) else Phase.NO_SHOW
    if hearing.phase in TIMED and hearing.clock is not None:
        hearing = hearing.with_clock(hearing.clock.end(happened.at))
    return state.with_ended(replace(hearing, phase=phase, waiting=False, check=None, gesture=None))


def stopped(course: str, hearing: Hearing, words: Words | None) -> tuple[object, ...]:
    """What follows from a decision to stop. Refusal where the candidate would leave without knowing what was noted, or
    before the president has decided on it."""
    if course != "stop" or words is None:
        return ()
    check_no_script(hearing)
    check_told_or_why_not(hearing, untold=False)
    return (HearingStopped(hearing.id, words),)
