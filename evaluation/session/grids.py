"""Each juror's own grid: marks, reasons, checklists, notes; sealed until the deliberation (X7)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from evaluation.framework import Framework
from evaluation.grading import Mark
from evaluation.rules import N_, Reason, Refusal, rule
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.dispatch import Asked, Happened, decides, evolves
from evaluation.session.events import Event
from evaluation.session.gates import check_phase
from evaluation.session.jury import check_sits
from evaluation.session.phases import IN_ROOM, MARKING, PRIVATE, TIMED, Phase
from evaluation.session.state import Grid, Hearing, OwnMark, SessionState


def sought(framework: Framework, hearing: Hearing) -> tuple[str, ...]:
    """The codes of the competencies that are examined: those of the blocks sought, not of the kept ones (X8)."""
    return tuple(competency.code for competency in framework.competencies(hearing.blocks))


@rule("R5.1")
def check_competency(framework: Framework, hearing: Hearing, competency: str) -> None:
    """Marks go to the competencies of the blocks that the candidate presents."""
    if competency not in sought(framework, hearing):
        raise Refusal("R5.1", N_("{competency} n’est pas évaluée dans cette épreuve."), competency=competency)


@rule("R5.1")
def check_not_shown(mark: Mark, not_shown: bool) -> None:
    """What was not shown is not acquired."""
    if not_shown and mark is not Mark.NOT_ACQUIRED:
        raise Refusal("R5.1", N_("Une compétence non démontrée est notée « non acquis »."))


@rule("R3.5")
def check_marking(hearing: Hearing) -> None:
    """Own marks are made from the presentation until the deliberation opens."""
    if hearing.phase not in MARKING:
        raise Refusal("R3.5", N_("La grille se remplit de la présentation à l’ouverture de la délibération."))


@rule("X7")
def check_open(grid: Grid) -> None:
    """A closed grid is frozen."""
    if grid.closed:
        raise Refusal("X7", N_("Votre grille est close : rouvrez-la pour la changer."))


@rule("X7", permits=())
def against_closing(framework: Framework, hearing: Hearing, grid: Grid) -> tuple[Reason, ...]:
    """Why a grid cannot close yet: a competency without mark, an NA without reason."""
    codes = sought(framework, hearing)
    unmarked = tuple(code for code in codes if code not in grid.marks)
    bare = tuple(code for code in codes if code in grid.marks and not _reasoned(grid.marks[code]))
    reasons: list[Reason] = []
    if unmarked:
        reasons.append(Reason("R3.5", N_("À noter encore : {codes}."), (("codes", ", ".join(unmarked)),)))
    if bare:
        reasons.append(Reason("X7", N_("Dites pourquoi « non acquis » : {codes}."), (("codes", ", ".join(bare)),)))
    return tuple(reasons)


def _reasoned(mark: OwnMark) -> bool:
    return mark.mark == "A" or mark.not_shown or mark.words is not None


@rule("R3.4", permits=())
def not_examined(framework: Framework, hearing: Hearing, grids: Mapping[str, Grid]) -> tuple[str, ...]:
    """The competencies that no juror has examined yet; says nothing of the marks."""
    touched = hearing.examined | {code for grid in grids.values() for code in grid.marks}
    return tuple(code for code in sought(framework, hearing) if code not in touched)


def _own(state: SessionState, hearing_id: str, juror: str) -> tuple[Hearing, Grid]:
    check_sits(state, hearing_id, juror)
    hearing = state.hearing(hearing_id)
    return hearing, hearing.grid(juror)


@decides(c.SetMark)
def set_mark(state: SessionState, command: c.SetMark, asked: Asked) -> tuple[Event, ...]:
    hearing, grid = _own(state, command.hearing, asked.actor)
    check_marking(hearing)
    check_open(grid)
    check_competency(state.framework, hearing, command.competency)
    check_not_shown(command.mark, command.not_shown)
    return (e.MarkSet(command.hearing, command.competency, command.mark, command.words, command.not_shown),)


@evolves(e.MarkSet)
def mark_set(state: SessionState, event: e.MarkSet, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    grid = hearing.grid(happened.actor)
    mark = OwnMark(event.mark, event.words, event.not_shown, happened.at)
    grid = replace(grid, marks={**grid.marks, event.competency: mark})
    return state.with_hearing(hearing.with_grid(happened.actor, grid))


@decides(c.ClearMark)
def clear_mark(state: SessionState, command: c.ClearMark, asked: Asked) -> tuple[Event, ...]:
    hearing, grid = _own(state, command.hearing, asked.actor)
    check_marking(hearing)
    check_open(grid)
    check_competency(state.framework, hearing, command.competency)
    return (e.MarkCleared(command.hearing, command.competency),) if command.competency in grid.marks else ()


@evolves(e.MarkCleared)
def mark_cleared(state: SessionState, event: e.MarkCleared, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    grid = hearing.grid(happened.actor)
    left = {code: mark for code, mark in grid.marks.items() if code != event.competency}
    return state.with_hearing(hearing.with_grid(happened.actor, replace(grid, marks=left)))


@decides(c.CloseGrid)
def close_grid(state: SessionState, command: c.CloseGrid, asked: Asked) -> tuple[Event, ...]:
    hearing, grid = _own(state, command.hearing, asked.actor)
    check_phase(hearing, Phase.QUESTIONS, Phase.GRADING)
    check_open(grid)
    for reason in against_closing(state.framework, hearing, grid):
        raise Refusal(reason.rule, reason.text, **dict(reason.values))
    return (e.GridClosed(command.hearing),)


@decides(c.ReopenGrid)
def reopen_grid(state: SessionState, command: c.ReopenGrid, asked: Asked) -> tuple[Event, ...]:
    hearing, grid = _own(state, command.hearing, asked.actor)
    if hearing.phase not in MARKING or not grid.closed:
        raise Refusal("X7", N_("La grille ne peut plus être rouverte : la délibération est ouverte."))
    return (e.GridReopened(command.hearing),)


@evolves(e.GridClosed, e.GridReopened)
def grid_closed(state: SessionState, event: e.GridClosed | e.GridReopened, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    grid = replace(hearing.grid(happened.actor), closed=isinstance(event, e.GridClosed))
    return state.with_hearing(hearing.with_grid(happened.actor, grid))


@decides(c.CoverPoint)
def cover_point(state: SessionState, command: c.CoverPoint, asked: Asked) -> tuple[Event, ...]:
    hearing, _ = _own(state, command.hearing, asked.actor)
    check_phase(hearing, *TIMED, Phase.GRADING)
    check_point(state.framework, command.point)
    return (e.PointCovered(command.hearing, command.point, command.covered),)


@rule("R3.3")
def check_point(framework: Framework, point: int) -> None:
    """The presentation's points are those the framework lists."""
    if not 0 <= point < len(framework.presentation_points):
        raise Refusal("R3.3", N_("Ce point de présentation n’existe pas."))


@evolves(e.PointCovered)
def point_covered(state: SessionState, event: e.PointCovered, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    grid = hearing.grid(happened.actor)
    points = grid.points | {event.point} if event.covered else grid.points - {event.point}
    return state.with_hearing(hearing.with_grid(happened.actor, replace(grid, points=frozenset(points))))


@decides(c.NoteExamined)
def note_examined(state: SessionState, command: c.NoteExamined, asked: Asked) -> tuple[Event, ...]:
    hearing, _ = _own(state, command.hearing, asked.actor)
    check_phase(hearing, *TIMED)
    check_competency(state.framework, hearing, command.competency)
    return (e.ExaminedNoted(command.hearing, command.competency, command.examined),)


@evolves(e.ExaminedNoted)
def examined_noted(state: SessionState, event: e.ExaminedNoted, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    examined = hearing.examined | {event.competency} if event.examined else hearing.examined - {event.competency}
    return state.with_hearing(replace(hearing, examined=frozenset(examined)))


@decides(c.WriteNote)
def write_note(state: SessionState, command: c.WriteNote, asked: Asked) -> tuple[Event, ...]:
    hearing, _ = _own(state, command.hearing, asked.actor)
    check_phase(hearing, Phase.SCHEDULED, Phase.ADJOURNED, Phase.POSTPONED, *IN_ROOM, *PRIVATE)
    return (e.NoteWritten(command.hearing, command.words),)


@evolves(e.NoteWritten)
def note_written(state: SessionState, event: e.NoteWritten, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    grid = replace(hearing.grid(happened.actor), note=event.words, note_at=happened.at)
    return state.with_hearing(hearing.with_grid(happened.actor, grid))
