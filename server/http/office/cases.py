"""`cases`: what is looked into before anything is awarded: of a provider's people their own, of the awarding body's all
of it (R7.1)."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiohttp import web

from evaluation.body.reading_rights import Register
from evaluation.case.case_rows import awaited_as
from evaluation.case.terms import Stage
from evaluation.deadlines import day_of
from evaluation.kinds import Row
from evaluation.offices import AT_PROVIDER
from server.http import parts
from server.http.entry import entry
from server.http.listing import Listing, listed
from server.http.office.door import DESK, AtDesk, base, desk_for, show
from server.views.body.cases import CASES, OPEN, CaseLine

HERE: Final = "cases"
door: Final = desk_for(Register.CASES)


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET cases`."""
    at = request[DESK]

    async def opened(rows: Sequence[Row]) -> Sequence[CaseLine]:
        known = await parts.accounts(request).profiles(row.person for row in rows)
        return [_line(request, row, known.get(row.person or "")) for row in rows]

    view = await listed(request, Listing(
        CASES, parts.rows(request), opened, at.where(Register.CASES), parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/cases.html", here=HERE, list=view)


def _line(request: web.Request, row: Row, profile: Mapping[str, Any] | None) -> CaseLine:
    at, data = request[DESK], row.data
    provider = at.body.providers.get(row.scope or "")
    return CaseLine(
        f"{base(request)}cases/{data['case']}#part-{row.about}", str((profile or {}).get("name", "")),
        str(data["door"]), str(data["kind_title"]), str(data["code"]), provider.name if provider else "",
        Stage(row.status or ""), _awaits(row), day_of(row.at or 0),
        day_of(row.due_at - 1) if row.due_at is not None else None, at.today)


def _awaits(row: Row) -> tuple[str, ...]:
    found: Any = row.data["awaits"]
    return tuple(str(one) for one in found)


# What awaits the reader


async def awaiting_of(request: web.Request, at: AtDesk) -> int:
    """How many candidates' parts wait for an act of whoever reads."""
    if at.sees(Register.CASES) == frozenset():
        return 0
    mine, where = awaited_as(at.offices), at.where(Register.CASES)
    rows = await parts.rows(request).page("cases", **where, status=OPEN)
    found = {row.key for row in rows if mine & set(_awaits(row))}
    asked = tuple(sorted({one.provider for one in at.offices if one.role in AT_PROVIDER and one.provider}))
    if asked:
        answers = await parts.rows(request).page("case_parties", body=at.body.id, scope=asked, status="waiting")
        found |= {f"{row.data['case']}/{row.about}" for row in answers if row.data["open"]}
    return len(found)
