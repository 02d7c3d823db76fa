"""A try-out before the day: browser, camera, light, microphone, loudspeaker, and the way to the server and back (X4).

How much of each is asked comes with the command, from the server's settings: what a network or a camera must give
follows from how the server sends pictures, and no clause of the règlement speaks of it. What that makes of the measures
is decided here, and stands in the journal with both.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Role, Seat
from evaluation.rules import N_, Refusal, rule
from evaluation.session.answering import declined
from evaluation.session.phases import TO_CALL
from evaluation.session.state import SessionState
from evaluation.session.tried import Floors, Lack, Measures, TriedCamera, TriedLine, TryOut

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class RecordTryOut:
    measures: Measures
    floors: Floors


@TOPIC.event("session.tried_out")
@dataclass(frozen=True)
class TriedOut:
    measures: Measures
    floors: Floors
    lacks: tuple[Lack, ...]


@rule("X4")
def check_may_try(state: SessionState, seat: Seat | None) -> None:
    """Whoever is seen and heard tries out, as often as they like, while something of theirs is still to come."""
    if seat is None or not may_try(state, seat):
        raise Refusal("X4", N_("Pour cette place, il n’y a plus rien à essayer avant le jour."))


def may_try(state: SessionState, seat: Seat) -> bool:
    if state.closed:
        return False
    hearing = state.hearing_of(seat)
    if seat.role in (Role.CANDIDATE, Role.AID):
        return hearing is not None and hearing.phase in TO_CALL
    return seat.role is Role.JUROR and seat in state.jurors_appointed(seat.hearing)


# What is lacking --------------------------------------------------------------------------------------------------


@rule("X4", permits=())
def lacking(measures: Measures, floors: Floors, *, shows_document: bool) -> tuple[Lack, ...]:
    """What would keep the person from being seen and heard well, in the order of the page. `shows_document`: theirs is
    read at the camera (R6.3)."""
    return (*_of_browser(measures), *_of_camera(measures.camera, floors, shows_document), *_of_sound(measures),
            *_of_line(measures, floors))


def _of_browser(measures: Measures) -> Iterator[Lack]:
    if not measures.live_video:
        yield "video_off"


def _of_camera(camera: TriedCamera | None, floors: Floors, shows_document: bool) -> Iterator[Lack]:
    if camera is None:
        yield "no_camera"
        return
    if camera.width < floors.width:
        yield "small"
    if camera.behind > floors.behind:
        yield "backlit"
    elif camera.brightness < floors.brightness:
        yield "dark"
    if shows_document and camera.sharpness is None:
        yield "not_shown"
    elif shows_document and camera.sharpness is not None and camera.sharpness < floors.sharpness:
        yield "blurred"


def _of_sound(measures: Measures) -> Iterator[Lack]:
    if measures.heard is None:
        yield "no_microphone"
    elif not measures.heard:
        yield "not_heard"
    if not measures.sound:
        yield "no_sound"


def _of_line(measures: Measures, floors: Floors) -> Iterator[Lack]:
    """The worse way counts. TCP alone lacks nothing: what it loses by is measured. Without a camera how much gets
    through is not known, and with nothing to send nothing is."""
    line = measures.line
    if line is None:
        if measures.live_video and (measures.camera is not None or measures.heard is not None):
            yield "no_path"
        return
    if measures.camera is not None and _is_slow(line, floors):
        yield "slow"
    if max(line.lost_there, line.lost_back) > floors.lost:
        yield "lossy"
    if line.round_trip_ms > floors.round_trip_ms:
        yield "delayed"


def _is_slow(line: TriedLine, floors: Floors) -> bool:
    """A picture in which nothing moves takes little: what the way there would carry counts, and that it comes back."""
    return max(line.carries_bps, line.seen_bps) < floors.bps or 2 * line.returned_bps < line.seen_bps


# Who has not tried, or not well -----------------------------------------------------------------------------------


def awaited(state: SessionState) -> tuple[Seat, ...]:
    """Who will be seen and heard from a distance, in the day's order: candidates with their aids, then the jurors who
    have not said that they will not sit."""
    coming = [one for one in sorted(state.hearings.values(), key=lambda one: (one.starts_at, one.id))
              if one.phase in TO_CALL and one.mode != "on_site"]
    gone = {seat.id for seat in declined(state)}
    jurors = {seat.id: seat for one in coming for seat in state.jurors_appointed(one.id) if seat.id not in gone}
    return (*(seat for one in coming for seat in (one.candidate, *one.aids)), *jurors.values())


@rule("X4", permits=())
def untried(state: SessionState) -> tuple[Seat, ...]:
    return tuple(seat for seat in awaited(state) if seat.id not in state.try_outs)


@rule("X4", permits=())
def lacking_something(state: SessionState) -> tuple[Seat, ...]:
    """Whose last try-out did not show all that is asked."""
    return tuple(seat for seat in awaited(state) if seat.id in state.try_outs and state.try_outs[seat.id].lacks)


# The act ----------------------------------------------------------------------------------------------------------


@TOPIC.decides(RecordTryOut)
def record(state: SessionState, command: RecordTryOut, asked: Asked) -> tuple[object, ...]:
    seat = state.seat(asked.actor)
    check_may_try(state, seat)
    shows = seat is not None and seat.role is Role.CANDIDATE
    found = lacking(command.measures, command.floors, shows_document=shows)
    return (TriedOut(command.measures, command.floors, found),)


@TOPIC.evolves(TriedOut)
def tried_out(state: SessionState, event: TriedOut, happened: Happened) -> SessionState:
    last = TryOut(happened.at, event.lacks, event.measures.line)
    return replace(state, try_outs={**state.try_outs, happened.actor: last})
