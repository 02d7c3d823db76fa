"""`appeals/again`: the records that the commission has ordered to be examined again, kept in view until a jury of
others has sat (R9.2)."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from evaluation.deadlines import day_of
from evaluation.kinds import Row
from server.http import parts
from server.http.entry import entry
from server.http.listing import Listing, listed
from server.http.office.appeals import HERE, door, unhidden
from server.http.office.case_marks import marks_of
from server.http.office.door import DESK, base, show
from server.views.candidacy.reexaminations import REEXAMINATIONS, AgainLine
from server.views.case_mark import CaseMark


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET appeals/again`."""

    async def opened(rows: Sequence[Row]) -> Sequence[AgainLine]:
        known = await parts.accounts(request).profiles(row.person for row in rows)
        marked = await marks_of(request, [row.about or "" for row in rows])
        return [_line(request, row, known.get(row.person or ""), marked.get(row.about or "")) for row in rows]

    where = {"body": request[DESK].body.id, "status": "ordered"}
    view = await listed(request, Listing(
        REEXAMINATIONS, await unhidden(request), opened, where, parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/reexaminations.html", here=HERE, list=view)


def _line(request: web.Request, row: Row, profile: Mapping[str, Any] | None, mark: CaseMark | None) -> AgainLine:
    at = request[DESK]
    provider = at.body.providers.get(row.scope or "")
    return AgainLine(f"{base(request)}candidacies/{row.about}", str((profile or {}).get("name", "")),
                     str(row.data["code"]), provider.name if provider else "", day_of(row.at or 0), at.today, mark)
