"""An adjustment that is decided once the hearing is planned, after its notice too: its clocks follow (R10.1)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.candidacy import adjusting
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId
from evaluation.quotes import Quote
from evaluation.session.adding import check_adjustment
from evaluation.session.phases import TO_CALL
from evaluation.session.state import SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class TakeAdjustment:
    """Written by the server, as the disability officer decides."""

    hearing: HearingId
    adjustment: Quote


@TOPIC.event("session.adjustment_taken")
@dataclass(frozen=True)
class AdjustmentTaken:
    hearing: HearingId
    adjustment: Quote


@TOPIC.decides(TakeAdjustment)
def take(state: SessionState, command: TakeAdjustment, asked: Asked) -> tuple[object, ...]:
    """Nothing for a hearing of another candidacy of the person, and for one that has begun or is
    over."""
    hearing = None if state.closed else state.hearings.get(command.hearing)
    if hearing is None or hearing.candidacy != command.adjustment.stream or hearing.phase not in TO_CALL:
        return ()
    check_adjustment(command.adjustment, hearing.candidacy, hearing.candidate)
    return (AdjustmentTaken(command.hearing, command.adjustment),)


@TOPIC.evolves(AdjustmentTaken)
def taken(state: SessionState, event: AdjustmentTaken, happened: Happened) -> SessionState:
    decided = adjusting.quoted(event.adjustment)
    return state.with_hearing(replace(
        state.hearing(event.hearing), extra_seconds=decided.extra_seconds, break_minutes=decided.break_minutes,
        aid_kind=decided.aid, equipment=decided.equipment))
