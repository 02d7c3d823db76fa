"""Each juror's own grid: marks and their reasons; sealed until the deliberation (X7)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evaluation.framework import Framework
from evaluation.grading import Mark
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Reason, Refusal, rule
from evaluation.session.gates import check_phase
from evaluation.session.hearing_parts import Grid, OwnMark
from evaluation.session.jury import check_sits
from evaluation.session.phases import MARKING, Phase
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class SetMark:
    """R5.1, R3.5: a juror's own mark. An NA needs words or `not_shown` before the grid closes (X7)."""

    hearing: HearingId
    competency: str
    mark: Mark
    words: Words | None = None
    not_shown: bool = False


@TOPIC.command
@dataclass(frozen=True)
class ClearMark:
    hearing: HearingId
    competency: str


@TOPIC.command
@dataclass(frozen=True)
class CloseGrid:
    hearing: HearingId


@TOPIC.command
@dataclass(frozen=True)
class ReopenGrid:
    """Allowed until the deliberation opens."""

    hearing: HearingId


@TOPIC.event("session.mark_set")
@dataclass(frozen=True)
class MarkSet:
    hearing: HearingId
    competency: str
    mark: Mark
    words: Words | None
    not_shown: bool


@TOPIC.event("session.mark_cleared")
@dataclass(frozen=True)
class MarkCleared:
    hearing: HearingId
    competency: str


@TOPIC.event("session.grid_closed")
@dataclass(frozen=True)
class GridClosed:
    hearing: HearingId


@TOPIC.event("session.grid_reopened")
@dataclass(frozen=True)
class GridReopened:
    hearing: HearingId


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


def own_grid(state: SessionState, hearing_id: str, juror: str) -> tuple[Hearing, Grid]:
    check_sits(state, hearing_id, juror)
    hearing = state.hearing(hearing_id)
    return hearing, hearing.grid(juror)


@TOPIC.decides(SetMark)
def set_mark(state: SessionState, command: SetMark, asked: Asked) -> tuple[object, ...]:
    hearing, grid = own_grid(state, command.hearing, asked.actor)
    check_marking(hearing)
    check_open(grid)
    check_competency(state.framework, hearing, command.competency)
    check_not_shown(command.mark, command.not_shown)
    return (MarkSet(command.hearing, command.competency, command.mark, command.words, command.not_shown),)


@TOPIC.evolves(MarkSet)
def mark_set(state: SessionState, event: MarkSet, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    grid = hearing.grid(happened.actor)
    mark = OwnMark(event.mark, event.words, event.not_shown, happened.at)
    grid = replace(grid, marks={**grid.marks, event.competency: mark})
    return state.with_hearing(hearing.with_grid(happened.actor, grid))


@TOPIC.decides(ClearMark)
def clear_mark(state: SessionState, command: ClearMark, asked: Asked) -> tuple[object, ...]:
    hearing, grid = own_grid(state, command.hearing, asked.actor)
    check_marking(hearing)
    check_open(grid)
    check_competency(state.framework, hearing, command.competency)
    return (MarkCleared(command.hearing, command.competency),) if command.competency in grid.marks else ()


@TOPIC.evolves(MarkCleared)
def mark_cleared(state: SessionState, event: MarkCleared, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    grid = hearing.grid(happened.actor)
    left = {code: mark for code, mark in grid.marks.items() if code != event.competency}
    return state.with_hearing(hearing.with_grid(happened.actor, replace(grid, marks=left)))


@TOPIC.decides(CloseGrid)
def close_grid(state: SessionState, command: CloseGrid, asked: Asked) -> tuple[object, ...]:
    hearing, grid = own_grid(state, command.hearing, asked.actor)
    check_phase(hearing, Phase.QUESTIONS, Phase.GRADING)
    check_open(grid)
    for reason in against_closing(state.framework, hearing, grid):
        raise Refusal(reason.rule, reason.text, **dict(reason.values))
    return (GridClosed(command.hearing),)


@TOPIC.decides(ReopenGrid)
def reopen_grid(state: SessionState, command: ReopenGrid, asked: Asked) -> tuple[object, ...]:
    hearing, grid = own_grid(state, command.hearing, asked.actor)
    if hearing.phase not in MARKING or not grid.closed:
        raise Refusal("X7", N_("La grille ne peut plus être rouverte : la délibération est ouverte."))
    return (GridReopened(command.hearing),)


@TOPIC.evolves(GridClosed, GridReopened)
def grid_closed(state: SessionState, event: GridClosed | GridReopened, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    grid = replace(hearing.grid(happened.actor), closed=isinstance(event, GridClosed))
    return state.with_hearing(hearing.with_grid(happened.actor, grid))
