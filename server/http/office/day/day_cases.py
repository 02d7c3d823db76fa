"""What was noted during the day: each incident with the case that it opened, what that waits for, and the way to it."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from aiohttp import web

from evaluation.body.reading_rights import Register
from evaluation.case.terms import Stage
from evaluation.case_rules import Door
from evaluation.rules import N_
from server.http import parts
from server.http.office.case_board import CaseBoard, awaits_of, board_of
from server.http.office.case_marks import address_of
from server.http.office.day.one_day import OneDay
from server.http.office.day.sections import Section
from server.http.office.door import DESK, AtDesk
from server.storage.rows import Entry
from server.views.body.cases import DOORS, awaited_words, stage_cell
from server.views.table import Cell
from server.views.when import hour_words, iso


@dataclass(frozen=True)
class DayCaseLine:
    """`at` is when it was noted; `turn`: the case waits for whoever reads."""

    href: str
    iso: str
    hour: str
    name: str
    door: str
    kind: str
    stage: Cell
    awaits: str
    turn: bool


async def section(request: web.Request, day: OneDay) -> Section | None:
    """None for who may not know of cases, and before the day."""
    at = request[DESK]
    if not at.sees_of(Register.CASES, day.state.provider):
        return None
    board = await board_of(request, at)
    found = await _of_day(at, board, day)
    if not found and day.date > day.today:
        return None
    lines = await _lines(request, board, day, found)
    return Section("cases", day.say(N_("Incidents de la journée")), "_cases.html", lines)


async def _of_day(at: AtDesk, board: CaseBoard, day: OneDay) -> Sequence[Entry]:
    candidacies = tuple({one.candidacy for one in day.in_order if one.candidacy})
    if not candidacies:
        return ()
    rows = await board.page("cases", order="at", about=candidacies, **at.where(Register.CASES))
    return [one for one in rows if one.data["session"] == day.state.id and one.status != Stage.JOINED]


async def _lines(request: web.Request, board: CaseBoard, day: OneDay, rows: Sequence[Entry]) -> list[DayCaseLine]:
    people = await parts.accounts(request).profiles(one.person for one in rows)
    return [DayCaseLine(
        address_of(request[DESK], str(one.data["case"]), str(one.about)), iso(one.at or 0),
        hour_words(one.at or 0, day.locale), str(people.get(one.person or "", {}).get("name", "")),
        day.say(DOORS[cast("Door", one.data["door"])]), str(one.data["kind_title"]),
        stage_cell(Stage(one.status or ""), day.locale), awaited_words(awaits_of(one), day.locale), board.turn(one))
        for one in rows]
