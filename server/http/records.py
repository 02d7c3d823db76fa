"""One candidate's record as a page, the signed grid as a PDF, the journal as a file that `visiojury verify` reads."""
from __future__ import annotations

import json
from dataclasses import asdict
from typing import Final

from aiohttp import web

from evaluation.journal import Record
from evaluation.rules import N_
from evaluation.session.doors import Door
from evaluation.session.events import HearingClosed
from server.documents.record_pdf import deliberation_grid
from server.http import parts
from server.http.entry import VISIT, Visit, entry, not_open, through
from server.http.language import locale_of
from server.http.login import SEAT
from server.http.pages import page
from server.http.problem import Problem
from server.journals.of_kind import Sessions
from server.storage.openings import Opening
from server.views.session.grid_paper import grid_paper
from server.views.session.record import record_of

PDF: Final = "application/pdf"
JSON_LINES: Final = "application/jsonl"


@entry(through(Door.RECORD))
async def show(request: web.Request) -> web.StreamResponse:
    visit = request[VISIT]
    hearing = request.match_info["hearing"]
    record = await record_of(parts.sessions(request), visit.state, visit.seat.id, hearing, locale_of(request),
                             parts.now(request), await _opened(request, hearing))
    if record is None:
        raise not_open()
    return page(request, "record/page.html", record=record, seat_path=SEAT.path(visit.seat.id))


@entry(through(Door.RECORD))
async def accesses(request: web.Request) -> web.StreamResponse:
    """`GET records/{hearing}/accesses.jsonl`: who opened what, when and why (X1). Ids, as in the journal."""
    opened = await _opened(request, request.match_info["hearing"])
    lines = "".join(json.dumps(asdict(one), sort_keys=True) + "\n" for one in opened)
    return web.Response(text=lines, content_type=JSON_LINES, headers=_named("accesses.jsonl"))


async def _opened(request: web.Request, hearing: str) -> tuple[Opening, ...]:
    visit = request[VISIT]
    return await parts.openings(request).about(visit.session, visit.state.hearing(hearing).candidate.person)


@entry(through(Door.ALL_GRIDS))
async def grid(request: web.Request) -> web.StreamResponse:
    """`GET records/{hearing}/grid.pdf`, once the jury has signed; the paper is in French whoever reads it."""
    visit, hearing = request[VISIT], request.match_info["hearing"]
    sessions = parts.sessions(request)
    record = await record_of(sessions, visit.state, visit.seat.id, hearing, "fr", parts.now(request))
    closing = await closing_of(sessions, visit.session, hearing)
    if record is None or not record["grid_pdf"] or closing is None:
        raise Problem(404, N_("La grille n’est pas encore signée par le jury."))
    async with request.app[parts.PAPERS].turn():
        paper = await deliberation_grid(grid_paper(record, visit.state, closing.hash, closing.position))
    return web.Response(body=paper, content_type=PDF, headers=_named("grille.pdf"))


async def closing_of(sessions: Sessions, session: str, hearing: str) -> Record | None:
    """The record of the journal that closed the hearing."""
    past = await sessions.events(session)
    return next((record for record, event in reversed(past)
                 if isinstance(event, HearingClosed) and event.hearing == hearing), None)


def _exports(visit: Visit, _request: web.Request) -> bool:
    return visit.rights.journal


@entry(_exports)
async def journal(request: web.Request) -> web.StreamResponse:
    visit = request[VISIT]
    # No further than where the door was looked at: the next record may be a mark that is still sealed.
    lines = [line async for line in parts.sessions(request).export(visit.session, visit.state.position)]
    return web.Response(body=b"".join(lines), content_type=JSON_LINES, headers=_named("journal.jsonl"))


def _named(filename: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{filename}"'}
