"""Documents of a hearing: taken in from the candidate or the organizer, shown page by page as pictures with their text.

The file itself never goes back to a browser: a hostile PDF is drawn in a confined process, once, and its pictures are
kept encrypted beside it.
"""
from __future__ import annotations

from typing import get_args

from aiohttp import web

from evaluation.access import Door
from evaluation.codec import FieldError
from evaluation.commands import DocumentKind
from evaluation.gates import IDENTITY_KINDS
from evaluation.rules import N_
from evaluation.state import Document
from server.documents.intake import IntakeLimits, intake
from server.http import parts
from server.http.bodies import MULTIPART, read_file
from server.http.entry import VISIT, Visit, entry, through
from server.http.filing import file_away
from server.http.page_pictures import WEBP, pictures, worker_limits
from server.http.problem import Problem


@entry(through(Door.UPLOAD), takes=(MULTIPART,), rate="uploads")
async def upload(request: web.Request) -> web.StreamResponse:
    """`POST documents?hearing=ID&kind=portfolio_a`, one file → `{"document", "pages", "position"}`."""
    visit = request[VISIT]
    hearing, kind = request.query["hearing"], request.query.get("kind", "")
    if kind not in get_args(DocumentKind):
        raise FieldError("kind", N_("cette valeur n’existe pas (possibles : {choices})"),
                         choices=", ".join(get_args(DocumentKind)))
    limits = parts.limits(request)
    name, data = await read_file(request, limits.upload_bytes)
    taken = await intake(data, name, IntakeLimits(
        limits.upload_bytes, limits.upload_pages, limits.upload_pixels, worker_limits(parts.config(request))))
    stored, outcome = await file_away(
        request, visit, hearing, kind, taken.media_type, taken.data, "SupplyDocument",
        lambda file: {"hearing": hearing, "document": file.id, "kind": kind, "digest": file.digest,
                      "pages": taken.pages})
    answer = {"document": stored.id, "pages": taken.pages, "position": outcome.position}
    return web.json_response(answer, status=201)


def _found(visit: Visit, request: web.Request) -> tuple[str, Document] | None:
    wanted = request.match_info["document"]
    return next(((hearing.id, one) for hearing in visit.state.hearings.values() for one in hearing.documents
                 if one.id == wanted), None)


def _reads(visit: Visit, request: web.Request) -> bool:
    """R6.2: copies of identity documents have a door of their own."""
    found = _found(visit, request)
    if found is None:
        return False
    hearing, document = found
    door = Door.IDENTITY_COPY if document.kind in IDENTITY_KINDS else Door.DOCUMENTS
    return door in visit.rights.doors(hearing)


def _page_number(request: web.Request) -> int:
    found = _found(request[VISIT], request)
    number = int(request.match_info["page"])
    if found is None or not 1 <= number <= found[1].pages:
        raise Problem(404, N_("Ce document n’a pas cette page."))
    return number


@entry(_reads)
async def picture(request: web.Request) -> web.StreamResponse:
    """`GET documents/{document}/pages/{page}.webp`"""
    page = await pictures(request).page(request.match_info["document"], _page_number(request))
    return web.Response(body=page.picture, content_type=WEBP)


@entry(_reads)
async def text(request: web.Request) -> web.StreamResponse:
    """`GET documents/{document}/pages/{page}/text` → `{"width", "height", "runs": [{"text", "x", "y", "w", "h"}]}`."""
    page = await pictures(request).page(request.match_info["document"], _page_number(request))
    return web.Response(body=page.text, content_type="application/json")
