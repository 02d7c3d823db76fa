"""The papers and pictures of a candidate's hearing, to the three who decide on them, and to the jurors who are asked
about them: what the record shows (R3.8, R6.2). Who opened which is written down before (X1)."""
from __future__ import annotations

from aiohttp import web

from evaluation.rules import N_
from evaluation.session.hearing_parts import Document
from evaluation.session.on_paper import scanned
from evaluation.session.shown_papers import shown
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import IDENTITY_KINDS
from evaluation.sitting.state import Item
from server.documents.record_pdf import deliberation_grid
from server.http import parts
from server.http.captures import JPEG
from server.http.entry import entry
from server.http.home import HOME
from server.http.own_sitting import around
from server.http.own_sitting_item import record_for
from server.http.own_sittings import answers, decides, here, item_of
from server.http.page_pictures import WEBP, pictures
from server.http.pages import page
from server.http.problem import Problem
from server.http.records import PDF, closing_of
from server.storage.openings import Why
from server.storage.vault import Erased
from server.views.session.grid_paper import grid_paper
from server.views.sitting.candidacy_record import doors_for_jury, handed_on


async def _hearing(request: web.Request, item: Item) -> tuple[SessionState, Hearing]:
    state = await parts.sessions(request).state(item.recommended.session)
    found = state.hearings.get(item.recommended.hearing) if state is not None else None
    if state is None or found is None or not doors_for_jury(found):
        raise _nothing()
    return state, found


def _nothing() -> Problem:
    return Problem(404, N_("Ce document n’est pas de ce dossier."), N_("Revenez au dossier du candidat."))


@entry(decides)
async def document(request: web.Request) -> web.StreamResponse:
    """`GET …/{candidacy}/documents/{document}/pages/{page}.webp`."""
    return await _page_of(request, item_of(request))


@entry(decides)
async def picture(request: web.Request) -> web.StreamResponse:
    """`GET …/{candidacy}/captures/{capture}.jpg`."""
    return await _picture_of(request, item_of(request))


@entry(decides)
async def grid(request: web.Request) -> web.StreamResponse:
    """`GET …/{candidacy}/grid.pdf`: as the jury signed it; the paper is in French."""
    item, sessions = item_of(request), parts.sessions(request)
    state, hearing = await _hearing(request, item)
    found = await handed_on(sessions, state, hearing.id, request[HOME].person, "fr", parts.now(request))
    closing = await closing_of(sessions, state.id, hearing.id)
    if found is None or closing is None or not found.record["grid_pdf"]:
        raise _nothing()
    async with request.app[parts.PAPERS].turn():
        paper = await deliberation_grid(grid_paper(found.record, state, closing.hash, closing.position))
    return web.Response(body=paper, content_type=PDF,
                        headers={"Content-Disposition": 'attachment; filename="grille.pdf"'})


# For who judged the candidate -----------------------------------------------------------------------------------------


@entry(answers)
async def juror_record(request: web.Request) -> web.StreamResponse:
    """`GET …/records/{candidacy}`: the record of their own hearing; nothing of the sitting's."""
    item = item_of(request)
    found = await record_for(request, item)
    if found is None:
        raise _nothing()
    return page(request, "sitting/juror_record.html", record=found.record,
                seat=f"{here(request)}records/{item.candidacy}/", **await around(request))


@entry(answers)
async def juror_document(request: web.Request) -> web.StreamResponse:
    """`GET …/records/{candidacy}/documents/{document}/pages/{page}.webp`."""
    return await _page_of(request, item_of(request))


@entry(answers)
async def juror_picture(request: web.Request) -> web.StreamResponse:
    """`GET …/records/{candidacy}/captures/{capture}.jpg`."""
    return await _picture_of(request, item_of(request))


# Given out ------------------------------------------------------------------------------------------------------------


async def _page_of(request: web.Request, item: Item) -> web.Response:
    state, hearing = await _hearing(request, item)
    wanted, number = request.match_info["document"], int(request.match_info["page"])
    found = next((one for one in _papers(state, hearing) if one.id == wanted), None)
    if found is None or not 1 <= number <= found.pages:
        raise _nothing()
    drawn = await pictures(request).page(found.id, number)
    await _write_down(request, found.id, "page")
    return web.Response(body=drawn.picture, content_type=WEBP)


def _papers(state: SessionState, hearing: Hearing) -> tuple[Document, ...]:
    """What the jury had: the papers, the brief, the copy of the identity document, and the scans."""
    copies = tuple(one for one in hearing.documents if one.kind in IDENTITY_KINDS)
    brief = (state.brief.document,) if state.brief is not None else ()
    return (*shown(state, hearing), *copies, *brief, *map(scanned, hearing.scans))


async def _picture_of(request: web.Request, item: Item) -> web.Response:
    _, hearing = await _hearing(request, item)
    wanted = request.match_info["capture"]
    if wanted not in hearing.pictures:
        raise _nothing()
    try:
        data = await parts.vault(request).read_file(wanted)
    except (FileNotFoundError, Erased):
        raise Problem(410, N_("Cette image n’est plus conservée : son délai est passé, ou la personne a demandé son "
                              "effacement.")) from None
    await _write_down(request, wanted, "picture")
    return web.Response(body=data, content_type=JPEG)


async def _write_down(request: web.Request, file: str, why: Why) -> None:
    info = await parts.vault(request).file_info(file)
    if info is not None:
        await parts.openings(request).note(info, request[HOME].person, why)
