"""Documents of a hearing: taken in from the candidate or the organizer, shown page by page as pictures with their text.

The file itself never goes back to a browser: a hostile PDF is drawn in a confined process, once, and its pictures are
kept encrypted beside it.
"""
from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import get_args

from aiohttp import web

from evaluation.codec import FieldError
from evaluation.rules import N_
from evaluation.session.doors import Door, may_read
from evaluation.session.hearing_parts import Document
from evaluation.session.measured import IdentityDocument
from evaluation.session.on_paper import scanned
from evaluation.session.terms import IDENTITY_KINDS, DocumentKind
from server.checking.supplied import intake_limits
from server.documents.intake import intake
from server.http import parts
from server.http.bodies import MULTIPART, read_file
from server.http.entry import VISIT, Visit, entry, through
from server.http.filing import Once, file_away, write_down
from server.http.identity_copy import examined
from server.http.page_pictures import WEBP, Page, pictures
from server.http.problem import Problem
from server.http.seat_commands import idempotency_key
from server.storage.openings import Why
from server.storage.vault import Vault
from server.views.session.contract.identity_types import CopyQuality


@dataclass(frozen=True)
class Supply:
    """What one upload asks for. `once` ties its idempotency key to the id that the document has, sent once or more."""

    hearing: str
    kind: str
    identity: str | None
    once: Once

    def fields(self, document: str, digest: str, pages: int) -> dict[str, object]:
        return {"hearing": self.hearing, "document": document, "kind": self.kind, "digest": digest, "pages": pages,
                "identity": self.identity}


@entry(through(Door.UPLOAD), takes=(MULTIPART,), most="limits.upload_bytes")
async def upload(request: web.Request) -> web.StreamResponse:
    """`POST documents?hearing=ID&kind=portfolio_a`, one file → `{"document", "pages", "position", "quality"}`.

    The copy of an identity document (`&identity=new_card` says which) is kept first and looked at then: what is wrong
    with it is told, never refused. The same file under the same Idempotency-Key is kept once and answered the same.
    """
    hearing, kind = request.query["hearing"], _one_of(request, "kind", get_args(DocumentKind))
    stated = kind in IDENTITY_KINDS or "identity" in request.query
    identity = _one_of(request, "identity", get_args(IdentityDocument)) if stated else None
    key, (name, data) = idempotency_key(request), await read_file(request)
    supplied = await supply_file(request, hearing, kind, identity, key, name, data)
    answer = {"document": supplied.document.id, "pages": supplied.document.pages, "position": supplied.position,
              "quality": supplied.quality}
    return web.json_response(answer, status=201)


@dataclass(frozen=True)
class Supplied:
    """`position` is where the journal has it; `quality` is of a copy of an identity document."""

    document: Document
    position: int
    quality: CopyQuality | None


async def supply_file(request: web.Request, hearing: str, kind: str, identity: str | None, key: str, name: str,
                      data: bytes) -> Supplied:
    """The one way in for a file, whichever page it comes from: `request[VISIT]` supplies it."""
    visit = request[VISIT]
    about = [visit.session, visit.seat.id, key, hearing, kind, identity, name]
    supply = Supply(hearing, kind, identity, Once(key, await _id_of(parts.vault(request), about, data)))
    # The line may be lost while the first is still being read: its repetition waits for what becomes of it.
    async with request.app[parts.PLACES].place("upload", f"{visit.seat.id} {key}", 1):
        document, position = await _again(request, supply) or await _first(request, supply, name, data)
        quality = await examined(request, hearing, document) if kind in IDENTITY_KINDS else None
    return Supplied(document, position, quality)


async def _id_of(vault: Vault, about: list[str | None], data: bytes) -> str:
    """The same for the same file, of the same seat, under the same key, and for nothing else."""
    body = await asyncio.to_thread(vault.digest, "upload", data)
    return vault.digest("document", json.dumps([*about, body]).encode())[:32]


async def _again(request: web.Request, supply: Supply) -> tuple[Document, int] | None:
    """What this very request supplied before, and where the journal has it."""
    document = await _supplied(request, supply)
    if document is None:
        return None
    visit, fields = request[VISIT], supply.fields(document.id, document.digest, document.pages)
    outcome = await parts.sessions(request).execute(
        visit.session, visit.seat.id, "SupplyDocument", fields, key=supply.once.key, by_server=True)
    return document, outcome.position


async def _first(request: web.Request, supply: Supply, name: str, data: bytes) -> tuple[Document, int]:
    taken = await intake(data, name, intake_limits(parts.config(request)))
    _, outcome = await file_away(
        request, request[VISIT], supply.hearing, supply.kind, taken.media_type, taken.data, "SupplyDocument",
        lambda file: supply.fields(file.id, file.digest, taken.pages), supply.once)
    document = await _supplied(request, supply)
    assert document is not None
    return document, outcome.position


async def _supplied(request: web.Request, supply: Supply) -> Document | None:
    state = await parts.sessions(request).state(request[VISIT].session)
    documents = state.hearing(supply.hearing).documents if state is not None else ()
    return next((one for one in documents if one.id == supply.once.document), None)


def _one_of(request: web.Request, field: str, choices: tuple[str, ...]) -> str:
    value = request.query.get(field, "")
    if not value:
        raise FieldError(field, N_("ce champ manque"))
    if value not in choices:
        raise FieldError(field, N_("cette valeur n’existe pas (possibles : {choices})"), choices=", ".join(choices))
    return value


def _found(visit: Visit, request: web.Request) -> tuple[str | None, Document] | None:
    """A paper of a hearing (its id), or (None) a version of the day's brief."""
    wanted, briefs = request.match_info["document"], [one.document for one in visit.state.briefs]
    papers = [(hearing.id, one) for hearing in visit.state.hearings.values()
              for one in (*hearing.documents, *map(scanned, hearing.scans))]
    return next((found for found in (*papers, *((None, one) for one in briefs)) if found[1].id == wanted), None)


def reads(visit: Visit, request: web.Request) -> bool:
    """Whether the document that the path names is open to the seat."""
    found = _found(visit, request)
    return found is not None and may_read(visit.state, visit.seat, *found)


def page_of(request: web.Request, number: str) -> tuple[Document, int]:
    """The document that the path names, and a page of it. Problem 404 where it has none of this number."""
    found = _found(request[VISIT], request)
    page = int(number) if number.isascii() and number.isdigit() else 0
    if found is None or not 1 <= page <= found[1].pages:
        raise Problem(404, N_("Ce document n’a pas cette page."))
    return found[1], page


async def read_page(request: web.Request, number: str, why: Why) -> Page:
    """Who looked is written down before it is given out (X1)."""
    document, page = page_of(request, number)
    drawn = await pictures(request).page(document.id, page)
    await write_down(request, document.id, why)
    return drawn


async def picture_of(request: web.Request) -> web.Response:
    """The picture of the page that the path names, to whoever a door has let in."""
    page = await read_page(request, request.match_info["page"], "page")
    return web.Response(body=page.picture, content_type=WEBP)


@entry(reads)
async def picture(request: web.Request) -> web.StreamResponse:
    """`GET documents/{document}/pages/{page}.webp`"""
    return await picture_of(request)


@entry(reads)
async def text(request: web.Request) -> web.StreamResponse:
    """`GET documents/{document}/pages/{page}/text` → `{"width", "height", "runs": [{"text", "x", "y", "w", "h"}]}`."""
    page = await read_page(request, request.match_info["page"], "text")
    return web.Response(body=page.text, content_type="application/json")
