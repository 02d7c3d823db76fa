"""The jury alone: the deliberation opened, suspended, resumed (R3.6)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, SeatId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.gates import check_phase
from evaluation.session.hearing_parts import Deliberation
from evaluation.session.jury import check_sits, check_three_present
from evaluation.session.phases import PRIVATE, Phase
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class OpenDeliberation:
    hearing: HearingId


@TOPIC.command
@dataclass(frozen=True)
class SuspendDeliberation:
    hearing: HearingId
    words: Words


@TOPIC.command
@dataclass(frozen=True)
class ResumeDeliberation:
    hearing: HearingId


@TOPIC.event("session.deliberation_opened")
@dataclass(frozen=True)
class DeliberationOpened:
    hearing: HearingId
    jurors: tuple[SeatId, ...]


@TOPIC.event("session.deliberation_suspended")
@dataclass(frozen=True)
class DeliberationSuspended:
    hearing: HearingId
    words: Words


@TOPIC.event("session.deliberation_resumed")
@dataclass(frozen=True)
class DeliberationResumed:
    hearing: HearingId


def deliberating(hearing: Hearing) -> Deliberation:
    if hearing.deliberation is None or hearing.phase is not Phase.DELIBERATION or hearing.suspended:
        raise Refusal("R3.6", N_("La délibération n’est pas ouverte."))
    return hearing.deliberation


@rule("R3.6", "X7")
def check_unsigned(deliberation: Deliberation) -> None:
    """After the first signature neither marks nor consensus nor recommendations change."""
    if deliberation.signatures:
        raise Refusal("X7", N_("Une signature est déjà posée : plus rien ne change."))


@rule("R3.6", "X7")
def check_grids_closed(state: SessionState, hearing: Hearing) -> None:
    """Own grids are complete and frozen before any is shown."""
    waiting = sum(1 for s in state.jurors_sitting(hearing.id) if not hearing.grid(s.id).closed)
    if waiting:
        raise Refusal(
            "R3.6", N_("Chaque membre du jury clôt d’abord sa grille : il en manque {waiting}."), waiting=waiting
        )


@TOPIC.decides(OpenDeliberation)
def open_deliberation(state: SessionState, command: OpenDeliberation, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, Phase.GRADING)
    if hearing.suspended:
        raise Refusal("R3.6", N_("La délibération est suspendue : reprenez-la d’abord."))
    check_three_present(state, hearing.id)
    check_grids_closed(state, hearing)
    return (DeliberationOpened(hearing.id, tuple(s.id for s in state.jurors_sitting(hearing.id))),)


@TOPIC.evolves(DeliberationOpened)
def opened(state: SessionState, event: DeliberationOpened, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(
        replace(hearing, phase=Phase.DELIBERATION, deliberation=Deliberation(happened.at, event.jurors))
    )


@TOPIC.decides(SuspendDeliberation)
def suspend(state: SessionState, command: SuspendDeliberation, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *PRIVATE)
    if hearing.suspended:
        raise Refusal("R3.6", N_("La délibération est déjà suspendue."))
    return (DeliberationSuspended(command.hearing, command.words),)


@TOPIC.decides(ResumeDeliberation)
def resume(state: SessionState, command: ResumeDeliberation, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    if not hearing.suspended:
        raise Refusal("R3.6", N_("La délibération n’est pas suspendue."))
    if state.current is not None:
        raise Refusal("R3.2", N_("Une autre épreuve est en cours : terminez-la ou suspendez-la d’abord."))
    return (DeliberationResumed(command.hearing),)


@TOPIC.evolves(DeliberationSuspended, DeliberationResumed)
def suspended(
    state: SessionState, event: DeliberationSuspended | DeliberationResumed, happened: Happened
) -> SessionState:
    stops = isinstance(event, DeliberationSuspended)
    hearing = replace(state.hearing(event.hearing), suspended=stops)
    return replace(state.with_hearing(hearing), current=None if stops else hearing.id)


def changing(state: SessionState, hearing_id: str, juror: str) -> tuple[Hearing, Deliberation]:
    """What may still be changed: the deliberation is open, the three are there, nobody has signed."""
    hearing = state.hearing(hearing_id)
    deliberation = deliberating(hearing)
    check_sits(state, hearing_id, juror)
    check_unsigned(deliberation)
    check_three_present(state, hearing_id)
    return hearing, deliberation
