"""The message that prevents fraud: acknowledged or refused by the candidate (R6.1)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId
from evaluation.session.gates import check_phase, refused
from evaluation.session.phases import TO_CALL
from evaluation.session.state import SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class AcknowledgePrevention:
    """R6.1: kept with its time and the wording shown (`wording`: digest of the text)."""

    hearing: HearingId
    wording: str


@TOPIC.command
@dataclass(frozen=True)
class RefusePrevention:
    hearing: HearingId


@TOPIC.event("session.prevention_acknowledged")
@dataclass(frozen=True)
class PreventionAcknowledged:
    hearing: HearingId
    wording: str


@TOPIC.event("session.prevention_refused")
@dataclass(frozen=True)
class PreventionRefused:
    hearing: HearingId


@TOPIC.decides(AcknowledgePrevention)
def acknowledge(state: SessionState, command: AcknowledgePrevention, asked: Asked) -> tuple[object, ...]:
    check_phase(state.hearing(command.hearing), *TO_CALL)
    return (PreventionAcknowledged(command.hearing, command.wording),)


@TOPIC.decides(RefusePrevention)
def refuse_prevention(state: SessionState, command: RefusePrevention, asked: Asked) -> tuple[object, ...]:
    check_phase(state.hearing(command.hearing), *TO_CALL)
    return (PreventionRefused(command.hearing),)


@TOPIC.evolves(PreventionAcknowledged, PreventionRefused)
def prevention_answered(
    state: SessionState, event: PreventionAcknowledged | PreventionRefused, happened: Happened
) -> SessionState:
    hearing = state.hearing(event.hearing)
    if isinstance(event, PreventionAcknowledged):
        return state.with_hearing(replace(hearing, prevention="acknowledged"))
    return state.with_hearing(refused(replace(hearing, prevention="refused"), "prevention"))
