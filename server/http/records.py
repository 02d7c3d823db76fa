"""One candidate's record as a page, and the journal as a file that `visiojury verify` reads."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.access import Door
from server.http import parts
from server.http.entry import VISIT, Visit, entry, not_open, through
from server.http.language import locale_of
from server.http.login import seat_path
from server.http.pages import page
from server.views.record import record_of

JSON_LINES: Final = "application/jsonl"


@entry(through(Door.RECORD))
async def show(request: web.Request) -> web.StreamResponse:
    visit = request[VISIT]
    record = await record_of(parts.sessions(request), visit.state, visit.seat.id, request.match_info["hearing"],
                             locale_of(request), parts.now(request))
    if record is None:
        raise not_open()
    return page(request, "record/page.html", record=record, seat_path=seat_path(visit.seat.id))


def _exports(visit: Visit, _request: web.Request) -> bool:
    return visit.rights.journal


@entry(_exports)
async def journal(request: web.Request) -> web.StreamResponse:
    lines = [line async for line in parts.sessions(request).export(request[VISIT].session)]
    return web.Response(body=b"".join(lines), content_type=JSON_LINES, headers=_named("journal.jsonl"))


def _named(filename: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{filename}"'}
