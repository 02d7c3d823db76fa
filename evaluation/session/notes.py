"""What a juror notes on the way: points of the presentation, competencies examined, private notes."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.framework import Framework
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.gates import check_phase
from evaluation.session.grids import check_competency, own_grid
from evaluation.session.phases import IN_ROOM, PRIVATE, TIMED, Phase
from evaluation.session.state import SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class CoverPoint:
    """R3.3: a juror ticks one of the presentation's points on their own list."""

    hearing: HearingId
    point: int
    covered: bool


@TOPIC.command
@dataclass(frozen=True)
class NoteExamined:
    """R3.4: a juror notes that the jury has examined this competency."""

    hearing: HearingId
    competency: str
    examined: bool


@TOPIC.command
@dataclass(frozen=True)
class WriteNote:
    """A juror's private notes, replaced whole."""

    hearing: HearingId
    words: Words | None


@TOPIC.event("session.point_covered")
@dataclass(frozen=True)
class PointCovered:
    hearing: HearingId
    point: int
    covered: bool


@TOPIC.event("session.examined_noted")
@dataclass(frozen=True)
class ExaminedNoted:
    hearing: HearingId
    competency: str
    examined: bool


@TOPIC.event("session.note_written")
@dataclass(frozen=True)
class NoteWritten:
    hearing: HearingId
    words: Words | None


@TOPIC.decides(CoverPoint)
def cover_point(state: SessionState, command: CoverPoint, asked: Asked) -> tuple[object, ...]:
    hearing, _ = own_grid(state, command.hearing, asked.actor)
    check_phase(hearing, *TIMED, Phase.GRADING)
    check_point(state.framework, command.point)
    return (PointCovered(command.hearing, command.point, command.covered),)


@rule("R3.3")
def check_point(framework: Framework, point: int) -> None:
    """The presentation's points are those the framework lists."""
    if not 0 <= point < len(framework.presentation_points):
        raise Refusal("R3.3", N_("Ce point de présentation n’existe pas."))


@TOPIC.evolves(PointCovered)
def point_covered(state: SessionState, event: PointCovered, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    grid = hearing.grid(happened.actor)
    points = grid.points | {event.point} if event.covered else grid.points - {event.point}
    return state.with_hearing(hearing.with_grid(happened.actor, replace(grid, points=frozenset(points))))


@TOPIC.decides(NoteExamined)
def note_examined(state: SessionState, command: NoteExamined, asked: Asked) -> tuple[object, ...]:
    hearing, _ = own_grid(state, command.hearing, asked.actor)
    check_phase(hearing, *TIMED)
    check_competency(state.framework, hearing, command.competency)
    return (ExaminedNoted(command.hearing, command.competency, command.examined),)


@TOPIC.evolves(ExaminedNoted)
def examined_noted(state: SessionState, event: ExaminedNoted, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    examined = hearing.examined | {event.competency} if event.examined else hearing.examined - {event.competency}
    return state.with_hearing(replace(hearing, examined=frozenset(examined)))


@TOPIC.decides(WriteNote)
def write_note(state: SessionState, command: WriteNote, asked: Asked) -> tuple[object, ...]:
    hearing, _ = own_grid(state, command.hearing, asked.actor)
    check_phase(hearing, Phase.SCHEDULED, Phase.ADJOURNED, Phase.POSTPONED, *IN_ROOM, *PRIVATE)
    return (NoteWritten(command.hearing, command.words),)


@TOPIC.evolves(NoteWritten)
def note_written(state: SessionState, event: NoteWritten, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    grid = replace(hearing.grid(happened.actor), note=event.words, note_at=happened.at)
    return state.with_hearing(hearing.with_grid(happened.actor, grid))
