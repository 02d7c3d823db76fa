"""`cases`: what is looked into before anything is awarded: of a provider's people their own, of the awarding body's all
of it (R7.1). What waits for whoever reads comes first."""
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from aiohttp import web

from evaluation.body.reading_rights import ALL_OF_IT, Register
from evaluation.case.terms import Stage
from evaluation.case_rules import Door
from evaluation.deadlines import day_of
from evaluation.kinds import Row
from evaluation.rules import N_
from server.http import parts
from server.http.entry import entry
from server.http.language import locale_of
from server.http.listing import SEARCH, Listing, listed
from server.http.login import see_other
from server.http.office.case_board import CaseBoard, awaits_of, board_of
from server.http.office.case_marks import address_of
from server.http.office.door import DESK, AtDesk, desk_for, show
from server.i18n import Locale, say, say_plural
from server.views.body.cases import MINE, CaseLine, narrowed_by
from server.views.body.periods import short_day

HERE: Final = "cases"
door: Final = desk_for(Register.CASES)
NUMBER: Final = re.compile(r"\s*(\d{4})\s*-\s*([0-9A-Fa-f]{8})(?:-\d+)?\s*", re.ASCII)
"""Of a case, as its papers say it; a report adds its own."""


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET cases`. The number of a case leads to it."""
    at = request[DESK]
    board = await board_of(request, at)
    numbered = await _numbered(request, board)
    if numbered:
        return see_other(numbered)

    async def opened(rows: Sequence[Row]) -> Sequence[CaseLine]:
        known = await parts.accounts(request).profiles(row.person for row in rows)
        return [_line(request, board, row, known.get(row.person or "")) for row in rows]

    whole = at.sees(Register.CASES) is ALL_OF_IT
    table = narrowed_by({one.certification.code for one in at.body.in_force},
                        at.body.providers.values() if whole else ())
    view = await listed(request, Listing(
        table, board, opened, at.where(Register.CASES), parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/cases.html", here=HERE, list=view)


async def _numbered(request: web.Request, board: CaseBoard) -> str:
    """The address of the case whose number is searched; empty for anything else."""
    asked, at = NUMBER.fullmatch(request.query.get(SEARCH, "")), request[DESK]
    if asked is None:
        return ""
    rows = await board.page("cases", **at.where(Register.CASES))
    found = (row for row in rows if str(row.data["case"]).startswith(asked[2].lower())
             and day_of(row.at or 0).year == int(asked[1]))
    return next((address_of(at, str(row.data["case"]), str(row.about)) for row in found), "")


def _line(request: web.Request, board: CaseBoard, row: Row, profile: Mapping[str, Any] | None) -> CaseLine:
    at, data = request[DESK], row.data
    provider = at.body.providers.get(row.scope or "") if at.sees(Register.CASES) is ALL_OF_IT else None
    return CaseLine(
        address_of(at, str(data["case"]), str(row.about)), str((profile or {}).get("name", "")),
        cast("Door", data["door"]), str(data["kind_title"]), str(data["code"]), provider.name if provider else "",
        Stage(row.status or ""), awaits_of(row), day_of(row.at or 0),
        day_of(row.due_at - 1) if row.due_at is not None else None,
        row.due_at is not None and row.due_at <= parts.now(request), board.turn(row), at.today,
        int(str(data["together"])))


# What awaits the reader


async def cases_awaiting(request: web.Request, at: AtDesk) -> list[tuple[str, str]]:
    """What waits for an act of whoever reads, in words with its page: each case where they are few, else how many."""
    if at.sees(Register.CASES) == frozenset():
        return []
    locale, board = locale_of(request), await board_of(request, at)
    rows = await board.page("cases", order="due_at", awaits=MINE, **at.where(Register.CASES))
    if len(rows) > parts.config(request).lists.cases_named:
        words = say_plural(locale, "Un dossier attend quelque chose de vous.",
                           "{n} dossiers attendent quelque chose de vous.", len(rows), {})
        return [(words, f"cases?awaits={MINE}")]
    known = await parts.accounts(request).profiles(row.person for row in rows)
    return [(_told(row, str(known.get(row.person or "", {}).get("name", "")), locale),
             address_of(at, str(row.data["case"]), str(row.about)).removeprefix(at.address)) for row in rows]


def _told(row: Row, name: str, locale: Locale) -> str:
    """"Un dossier attend quelque chose de vous : Lina Morel, panne de courant, ouvert le 27 nov. 2026." """
    return say(locale, N_("Un dossier attend quelque chose de vous : {name}, {kind}, ouvert le {day}."), {
        "name": name or say(locale, N_("nom effacé"), {}), "kind": str(row.data["kind_title"]),
        "day": short_day(day_of(row.at or 0), locale)})
