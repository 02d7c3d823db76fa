"""Single images of the candidate, taken by a juror (X1)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, SeatId
from evaluation.quoted_events import CAPTURE_TAKEN
from evaluation.rules import N_, Refusal, rule
from evaluation.session.hearing_parts import CaptureRef
from evaluation.session.on_site import check_on_camera
from evaluation.session.phases import IN_ROOM
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class TakeCapture:
    """One frame the server decoded from the live stream; the picture lies encrypted outside the journal."""

    hearing: HearingId
    capture: str
    seat: SeatId
    source: str
    digest: str


@TOPIC.event(CAPTURE_TAKEN)
@dataclass(frozen=True)
class CaptureTaken:
    hearing: HearingId
    capture: str
    seat: SeatId
    source: str
    digest: str


@TOPIC.decides(TakeCapture)
def take_capture(state: SessionState, command: TakeCapture, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_capture(hearing, command.seat)
    check_on_camera(state, hearing)
    return (CaptureTaken(command.hearing, command.capture, command.seat, command.source, command.digest),)


@rule("X1")
def check_capture(hearing: Hearing, seat: SeatId) -> None:
    """Single images, of the candidate alone, while the candidate is in the room."""
    if hearing.phase not in IN_ROOM or seat != hearing.candidate.id:
        raise Refusal("X1", N_("On ne prend d’image que de la personne évaluée, pendant son épreuve."))


@TOPIC.evolves(CaptureTaken)
def capture_taken(state: SessionState, event: CaptureTaken, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    capture = CaptureRef(event.capture, event.seat, event.source, event.digest, happened.actor, happened.at)
    return state.with_hearing(replace(hearing, captures=(*hearing.captures, capture)))
