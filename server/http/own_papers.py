"""A candidate's papers in their space, before the day: one list of what is missing and by when, a page for each paper,
and what came before (R4.1, R4.6, R6.2). Every page of a paper is shown as a picture with its text."""
from __future__ import annotations

import json
from typing import Any, Final, cast

from aiohttp import web

from evaluation.people import Role
from evaluation.rules import N_
from evaluation.session.doors import Door
from evaluation.session.measured import Side
from evaluation.session.papers_wanted import papers_wanted
from evaluation.session.preparing import prepares
from evaluation.session.state import Hearing
from evaluation.session.terms import IDENTITY_KINDS
from server.http import forms, parts
from server.http.bodies import FORM
from server.http.entry import VISIT, Visit, entry
from server.http.form_fields import Choice, Text, Upload
from server.http.forms import Form, Sent
from server.http.home import HOME, space_path
from server.http.language import locale_of
from server.http.own_seat import at_seat
from server.http.pages import form_page
from server.http.problem import Problem
from server.http.space_frame import frame
from server.http.supplied_documents import page_of, picture_of, read_page, reads, supply_file
from server.views.session import labels
from server.views.session.identity_check import KIND_WORDS
from server.views.session.reading import Reading, read
from server.views.session.signal_rows import flaw_view
from server.views.session.to_supply import paper_steps, steps, versions, wanted_words
from server.views.when import day_words

FILE: Final = Upload("file", N_("Votre fichier"), N_(
    "PDF, ou image JPEG, PNG ou WebP. Un document de traitement de texte : enregistrez-le d’abord en PDF."))
IDENTITY: Final = Choice("identity", N_("Quelle pièce est-ce ?"))
SUPPLY: Final = Form((FILE,), N_("Envoyer ce fichier"))
REMOVE: Final = Form((Text("document", N_("Document")),), N_("Retirer"))
DONE: Final = {
    "supplied": N_("Votre fichier est bien arrivé. Vous pouvez encore le remplacer jusqu’à la date indiquée."),
    "removed": N_("Ce document est retiré. Il reste conservé, et le jury ne le voit pas."),
    "acknowledged": N_("C’est noté : l’organisation sait que vous avez reçu votre convocation."),
    "answered": N_("Votre réponse est enregistrée."),
    "tried": N_("Votre essai est enregistré. Voici ce qu’il donne."),
    "transcript-confirmed": N_("C’est confirmé. Une fois les trois confirmations données, c’est le procès-verbal."),
    "transcript-refused": N_("La personne qui organise est prévenue. Vous relirez ce qu’elle aura corrigé."),
}
ZOOMS: Final = (100, 150, 200)
"""Of the width of the page's column, in percent."""


def _supplies(visit: Visit, _request: web.Request) -> bool:
    return visit.seat.role is Role.CANDIDATE and Door.UPLOAD in visit.rights.doors(visit.seat.hearing or "")


own_papers: Final = at_seat(_supplies)


def papers_path(request: web.Request) -> str:
    """The address of the list."""
    return f"{seat_path(request)}/papers"


def seat_path(request: web.Request) -> str:
    """What the seat's pages in this space begin with."""
    return f"{space_path(request[HOME].person)}seats/{request.match_info['seat']}"


async def reading_of(request: web.Request) -> Reading:
    visit = request[VISIT]
    found = await read(parts.sessions(request), visit.state, visit.seat.id, locale_of(request), parts.now(request))
    assert found is not None
    return found


def _hearing(request: web.Request) -> Hearing:
    return request[VISIT].state.hearing(request[VISIT].seat.hearing or "")


async def shown_page(request: web.Request, template: str, status: int = 200, **context: Any) -> web.Response:
    """A page of a seat in the frame of its space."""
    done = DONE.get(request.query.get("done", "")) if request.method == "GET" else None
    return form_page(request, template, status=status, path=seat_path(request), done=done or "",
                     **context, **await frame(request))


@entry(own_papers)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET seats/{seat}/papers`."""
    reading, hearing = await reading_of(request), _hearing(request)
    brief, deadline = reading.state.brief, reading.state.deadline
    found = steps(reading, hearing, papers_path(request))
    return await shown_page(
        request, "space/papers.html", steps=found,
        left=sum(one.missing or bool(one.late) for one in papers_wanted(reading.state, hearing)),
        title=reading.state.framework.title, day=day_words(reading.state.date, reading.locale),
        brief=brief.document.id if brief is not None else "",
        deadline=day_words(deadline, reading.locale) if deadline is not None else "")


@entry(own_papers)
async def show_paper(request: web.Request) -> web.StreamResponse:
    """`GET seats/{seat}/papers/{kind}`."""
    return await _paper_page(request, None, 200)


def _asked_for(request: web.Request) -> str:
    """The kind of paper that the path names. Problem 404 where it is not asked of this candidate."""
    kind, hearing = request.match_info["kind"], _hearing(request)
    if kind not in {one.kind for one in papers_wanted(request[VISIT].state, hearing)}:
        raise Problem(404, N_("Ce document n’est pas demandé pour votre épreuve."),
                      N_("Revenez à votre liste : elle montre tout ce qui est demandé."))
    return kind


def _form(request: web.Request, kind: str) -> Form:
    """The kind of identity document is asked with its front; the back is of the same."""
    if kind != "identity_front":
        return SUPPLY
    accepted = request[VISIT].state.framework.identity.documents
    kinds = tuple((one, KIND_WORDS[one]) for one in accepted)
    return Form((Choice(IDENTITY.name, IDENTITY.label, choices=kinds), FILE), SUPPLY.send)


async def _paper_page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    reading, hearing, kind = await reading_of(request), _hearing(request), _asked_for(request)
    here = next(one for one in paper_steps(reading, hearing, papers_path(request)) if one.id == kind)
    return await shown_page(
        request, "space/paper.html", status, step=here, asked=wanted_words(reading, kind),
        form=forms.view(request, _form(request, kind), here.href, sent),
        remove=forms.view(request, REMOVE, f"{here.href}/remove"),
        versions=versions(reading, hearing, kind), flaws=_flaws(reading, hearing, kind))


def _flaws(reading: Reading, hearing: Hearing, kind: str) -> list[str]:
    """What a machine saw on the newest copy of an identity document, with what to do."""
    newest = hearing.document(kind)
    if newest is None or kind not in IDENTITY_KINDS:
        return []
    side: Side = "front" if kind == "identity_front" else "back"
    told = [flaw_view(reading.locale, side, code) for code in newest.flaws or ()]
    return [f"{one['words']} {one['to_do']}".strip() for one in told]


@entry(own_papers, takes=SUPPLY.types, most=SUPPLY.most)
async def supply(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/papers/{kind}`."""
    hearing, kind = _hearing(request), _asked_for(request)

    async def do(sent: Sent) -> str:
        given = sent.values["file"]
        await supply_file(request, hearing.id, kind, _identity(hearing, kind, sent), sent.key, given.filename,
                          given.data)
        return f"{papers_path(request)}?done=supplied"

    return await forms.answer(request, _form(request, kind), do,
                              lambda sent, status: _paper_page(request, sent, status))


def _identity(hearing: Hearing, kind: str, sent: Sent) -> str | None:
    if kind == "identity_back":
        front = hearing.document("identity_front")
        return front.identity if front is not None else None
    return cast("str | None", sent.values.get("identity"))


@entry(own_papers, takes=(FORM,), most="limits.command_bytes")
async def remove(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/papers/{kind}/remove`: a paper that came by mistake no longer counts."""
    visit, hearing, kind = request[VISIT], _hearing(request), _asked_for(request)

    async def do(sent: Sent) -> str:
        await parts.sessions(request).execute(
            visit.session, visit.seat.id, "SetAsideDocument",
            {"hearing": hearing.id, "document": sent.values["document"]}, key=sent.key)
        return f"{papers_path(request)}/{kind}?done=removed"

    async def again(sent: Sent, status: int) -> web.Response:
        return await _paper_page(request, Sent(sent.key, {}, top=sent.top, locale=sent.locale), status)

    return await forms.answer(request, REMOVE, do, again)


# Pages of a paper -------------------------------------------------------------------------------------------------

readable: Final = at_seat(reads)


@entry(readable)
async def show_document(request: web.Request) -> web.StreamResponse:
    """`GET seats/{seat}/documents/{document}?page=2&zoom=150`: one page as a picture, with its text."""
    asked = request.query.get("page", "1")
    document, number = page_of(request, asked)
    reading, text = await reading_of(request), json.loads((await read_page(request, asked, "text")).text)
    zoom = next((one for one in ZOOMS if str(one) == request.query.get("zoom")), ZOOMS[0])
    of = next((one for one in reading.state.hearings.values() if document in one.documents), None)
    whose = reading.candidate(of) if of is not None and of.candidate.id != reading.seat.id else ""
    return await shown_page(
        request, "space/document.html", document=document, number=number, zoom=zoom, zooms=ZOOMS, whose=whose,
        back=_back(reading), title=reading.label({**labels.DOCUMENTS, "scan": labels.SCAN}, document.kind),
        words=" ".join(run["text"] for run in text["runs"]))


def _back(reading: Reading) -> str:
    """Which page of the seat it was opened from."""
    if reading.seat.role is Role.CANDIDATE:
        return "papers"
    return "preparation" if prepares(reading.state, reading.seat) else ""


@entry(readable)
async def picture(request: web.Request) -> web.StreamResponse:
    """`GET seats/{seat}/documents/{document}/pages/{page}.webp`"""
    return await picture_of(request)
