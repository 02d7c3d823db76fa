"""A hearing adjourned, begun again, postponed (X9)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal
from evaluation.session.begun_ended import opened_by_end
from evaluation.session.gates import check_phase, check_told_or_why_not, leaves_untold
from evaluation.session.jury import JURY_SIZE
from evaluation.session.lost_time import lost_over_half
from evaluation.session.phases import IN_ROOM, PRIVATE, TIMED, TO_CALL, Phase
from evaluation.session.state import SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class AdjournHearing:
    """Interrupted, to go on another day: marks and elapsed time kept, identity and sheet anew. `untold`: as where it
    is stopped."""

    hearing: HearingId
    words: Words
    untold: bool = False


@TOPIC.command
@dataclass(frozen=True)
class RestartAttempt:
    """X9: start again; the attempt so far does not count."""

    hearing: HearingId
    words: Words


@TOPIC.command
@dataclass(frozen=True)
class PostponeHearing:
    """X9: another day; the attempt so far does not count. `untold`: as where it is stopped."""

    hearing: HearingId
    words: Words
    untold: bool = False


@TOPIC.event("session.hearing_adjourned")
@dataclass(frozen=True)
class HearingAdjourned:
    hearing: HearingId
    words: Words
    untold: bool = False


@TOPIC.event("session.attempt_voided")
@dataclass(frozen=True)
class AttemptVoided:
    """X9: what was done so far does not count. `postponed` to another day, else started again at once."""

    hearing: HearingId
    postponed: bool
    words: Words
    untold: bool = False


@TOPIC.decides(AdjournHearing)
def adjourn(state: SessionState, command: AdjournHearing, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *IN_ROOM)
    check_told_or_why_not(hearing, untold=command.untold)
    return (HearingAdjourned(command.hearing, command.words, leaves_untold(hearing)),)


@TOPIC.evolves(HearingAdjourned)
def adjourned(state: SessionState, event: HearingAdjourned, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    clock = hearing.clock
    going = hearing.phase if hearing.phase in TIMED else hearing.resume
    if clock is not None and hearing.phase in TIMED:
        hearing = hearing.with_clock(clock.resume(happened.at).pause(happened.at, lost=False))
    unasked = replace(hearing, phase=Phase.ADJOURNED, resume=going, check=None, gesture=None)
    return replace(state.with_hearing(unasked), current=None)


@TOPIC.decides(RestartAttempt)
def restart(state: SessionState, command: RestartAttempt, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TIMED)
    if not lost_over_half(state, hearing, asked.now):
        raise Refusal("X9", N_("On ne recommence que si plus de la moitié du temps de l’épreuve a été perdue."))
    return (AttemptVoided(command.hearing, False, command.words),
            *opened_by_end(state, hearing, command.words, asked.now))


@TOPIC.decides(PostponeHearing)
def postpone(state: SessionState, command: PostponeHearing, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    signed = hearing.deliberation is not None and bool(hearing.deliberation.signatures)
    broken = hearing.phase in PRIVATE and not signed and len(state.jurors_sitting(hearing.id)) < JURY_SIZE
    if not broken:
        check_phase(hearing, *IN_ROOM, *TO_CALL)
    check_told_or_why_not(hearing, untold=command.untold)
    return (AttemptVoided(command.hearing, True, command.words, leaves_untold(hearing)),
            *opened_by_end(state, hearing, command.words, asked.now))


@TOPIC.evolves(AttemptVoided)
def voided(state: SessionState, event: AttemptVoided, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    fresh = replace(
        hearing, clocks={}, grids={}, examined=frozenset(), resume=None, attempt=hearing.attempt + 1,
        deliberation=None, suspended=False, dismissed_at=None, results_by=None,
        phase=Phase.POSTPONED if event.postponed else Phase.WELCOME, waiting=False, check=None, gesture=None,
    )
    ends_here = event.postponed and state.current == hearing.id
    return replace(state.with_hearing(fresh), current=None if ends_here else state.current)
