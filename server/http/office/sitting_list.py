"""`sittings`: the sittings of the certification jury, and `sittings/waiting`: the candidacies that wait for one (R3.9,
R8.1)."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from aiohttp import web

from evaluation.body.reading_rights import Register
from evaluation.deadlines import day_of
from evaluation.kinds import Row
from server.http import parts
from server.http.entry import entry
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.office.door import DESK, base, desk_for, keeps, show
from server.http.office.sitting_waiting import waiting_lines, waiting_rows
from server.views.body.periods import short_day
from server.views.body.sittings import OVER, SITTINGS, ListedSitting, WaitingLine, of_codes

HERE: Final = "sittings"
door: Final = desk_for(Register.SITTINGS)


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET sittings`."""
    async def opened(rows: Sequence[Row]) -> Sequence[ListedSitting]:
        return [_line(request, row) for row in rows]

    view = await listed(request, Listing(
        SITTINGS, parts.rows(request), opened, request[DESK].where(Register.SITTINGS)))
    if isinstance(view, web.StreamResponse):
        return view
    waiting = await waiting_lines(request, await waiting_rows(request, ("waiting",)))
    days = [one.hold_by for one in waiting if one.hold_by is not None]
    first = min(days, default=None)
    return await show(
        request, "office/sittings.html", here=HERE, list=view, waiting=len(waiting), convenes=keeps(request[DESK]),
        hold_by=short_day(first, locale_of(request)) if first is not None else "",
        late=first is not None and first < request[DESK].today)


def _line(request: web.Request, row: Row) -> ListedSitting:
    data: Any = row.data
    over = row.status in OVER
    return ListedSitting(
        f"{base(request)}sittings/{row.key}", day_of(row.at or 0), row.at or 0, data["mode"], int(data["count"]),
        int(data["decided"]), bool(data["three"]), row.status,
        day_of(row.due_at - 1) if row.due_at is not None and not over else None, request[DESK].today)


@entry(door)
async def show_waiting(request: web.Request) -> web.StreamResponse:
    """`GET sittings/waiting`."""
    async def opened(rows: Sequence[Row]) -> Sequence[WaitingLine]:
        return await waiting_lines(request, rows)

    table = of_codes({one.certification.code for one in request[DESK].body.in_force})
    view = await listed(request, Listing(table, parts.rows(request), opened, request[DESK].where(Register.SITTINGS),
                                         parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/sitting_waiting.html", here=HERE, list=view, convenes=keeps(request[DESK]))
