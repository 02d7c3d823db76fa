"""Papers of the offices, given out as they were rebuilt at intake, to be opened outside the browser's page. Who opened
which is written down before (X1)."""
from __future__ import annotations

from aiohttp import web

from evaluation.people import Paper
from evaluation.rules import N_
from server.http import parts
from server.http.entry import entry
from server.http.home import HOME
from server.http.office.batches import batch_of
from server.http.office.batches import door as batches_door
from server.http.office.candidacies import candidacy_of
from server.http.office.candidacies import door as candidacies_door
from server.http.office.decisions import decision_of
from server.http.office.decisions import door as decisions_door
from server.http.office.door import not_there
from server.http.office.offices import door as people_door
from server.http.office.offices import office_of
from server.http.office.providers import door as providers_door
from server.http.office.providers import provider_of
from server.http.problem import Problem
from server.storage.openings import Why
from server.storage.vault import Erased, StoredFile

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "application/xml": "xml"}
NO_PAPER = N_("Ce document n’est plus conservé : son délai est passé, ou la personne a demandé son effacement.")
NO_PICTURE = N_("Cette image n’est plus conservée : son délai est passé, ou la personne a demandé son effacement.")


@entry(people_door)
async def of_office(request: web.Request) -> web.StreamResponse:
    """`GET people/{office}/paper`."""
    return await given_out(request, office_of(request).paper)


@entry(providers_door)
async def of_agreement(request: web.Request) -> web.StreamResponse:
    """`GET providers/{provider}/agreements/{number}/paper`: counted from one, in the order of their recording."""
    agreements, number = provider_of(request).agreements, int(request.match_info["number"])
    return await given_out(request, agreements[number - 1].agreement.paper if 1 <= number <= len(agreements) else None)


@entry(decisions_door)
async def of_decision(request: web.Request) -> web.StreamResponse:
    """`GET decisions/{decision}/paper`: the extract of the commission's minutes."""
    meeting = decision_of(request).meeting
    return await given_out(request, meeting.extract if meeting is not None else None)


@entry(batches_door)
async def of_batch(request: web.Request) -> web.StreamResponse:
    """`GET batches/{batch}/paper`: likewise, of what it decided on a batch."""
    meeting = batch_of(request).meeting
    return await given_out(request, meeting.extract if meeting is not None else None)


@entry(candidacies_door)
async def of_candidacy(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/{candidacy}/papers/{position}`: what the outcome or the certificate at a position rests on."""
    state, position = await candidacy_of(request), int(request.match_info["position"])
    found = state.outcomes.get(position) or state.certificates.get(position)
    return await given_out(request, found.paper if found is not None else None)


async def given_out(request: web.Request, paper: Paper | None) -> web.StreamResponse:
    if paper is None:
        raise not_there()
    info, data = await _opened(request, paper.file, "paper", NO_PAPER)
    name = f"document.{ENDINGS.get(info.media_type, 'bin')}"
    return web.Response(body=data, content_type=info.media_type, headers={
        "Content-Disposition": f'attachment; filename="{name}"'})


async def picture_given_out(request: web.Request, capture: str) -> web.Response:
    """A picture that was taken of a hearing, shown in the page."""
    info, data = await _opened(request, capture, "picture", NO_PICTURE)
    return web.Response(body=data, content_type=info.media_type)


async def _opened(request: web.Request, file: str, why: Why, gone: str) -> tuple[StoredFile, bytes]:
    """Problem 410 for what is not kept any more."""
    vault = parts.vault(request)
    info = await vault.file_info(file)
    try:
        data = await vault.read_file(file)
    except (FileNotFoundError, Erased):
        info, data = None, b""
    if info is None:
        raise Problem(410, gone)
    await parts.openings(request).note(info, request[HOME].person, why)
    return info, data
