"""A juror prepares in their space before the day: they say whether they will sit, for whom they can judge impartially,
and what they have taken note of (R1.2, R1.4, R1.5)."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from aiohttp import web

from evaluation.people import HearingId
from evaluation.rules import N_
from evaluation.session import preparing
from evaluation.session.hearing_parts import ToRead
from server.http import forms, parts
from server.http.entry import VISIT, Visit, entry
from server.http.form_fields import Text
from server.http.forms import Form, Sent
from server.http.own_papers import reading_of, seat_path, shown_page
from server.http.own_seat import at_seat
from server.http.problem import Problem
from server.people.companies import company_digest
from server.views.form import FormView
from server.views.session.preparation import preparation, thing
from server.views.session.try_out_words import offers_try_out, try_out_path, try_out_view
from server.views.when import day_words

ACCEPT: Final = Form((), N_("J’accepte de siéger"))
DECLINE: Final = Form((
    Text("words", N_("Votre raison, si vous voulez la donner"), N_("Lue par la personne qui organise la session."),
         required=False, lines=3, most=2000),), N_("Je ne peux pas siéger"), sure=True)
IMPARTIAL: Final = Form((), N_("Je peux juger en toute impartialité"))
RECUSE: Final = Form((
    Text("words", N_("Votre raison, si vous voulez la donner"),
         N_("Écrite au dossier de l’épreuve. Le candidat ne la voit pas."), required=False, lines=3, most=2000),),
    N_("Me retirer pour cette épreuve"), sure=True)
CONFIRM: Final = Form((), N_("J’en ai pris connaissance"))


def _appointed(visit: Visit, _request: web.Request) -> bool:
    return preparing.is_appointed(visit.state, visit.seat)


own_preparation: Final = at_seat(_appointed)


@entry(own_preparation)
async def show_preparation(request: web.Request) -> web.StreamResponse:
    """`GET seats/{seat}/preparation`."""
    return await _page(request, None, None, 200)


async def _page(request: web.Request, form: Form | None, sent: Sent | None, status: int) -> web.Response:
    """With what was refused of a form, where one was sent."""
    reading, here = await reading_of(request), seat_path(request)
    found = preparation(reading, await _same_company(request))

    def shown(one: Form, action: str) -> FormView:
        return forms.view(request, one, f"{here}/{action}", sent if one is form else None, prefix=action,
                          seen=reading.state.position)

    def shown_of(one: Form, place: str = "") -> Callable[[str], FormView]:
        return lambda name: shown(one, place + name)

    failed = forms.view(request, form, "", sent) if form is not None else None
    return await shown_page(
        request, "space/preparation.html", status, of=found, failed=failed, title=reading.state.framework.title,
        day=day_words(reading.state.date, reading.locale), accept=shown(ACCEPT, "answer/accept"),
        decline=shown(DECLINE, "answer/decline"), press=shown_of(CONFIRM), impartial=shown_of(IMPARTIAL, "impartial/"),
        recuse=shown_of(RECUSE, "recuse/"), tried=try_out_view(reading),
        try_out=try_out_path(here) if offers_try_out(reading.state, reading.seat) else "")


async def _same_company(request: web.Request) -> frozenset[HearingId]:
    visit, vault = request[VISIT], parts.vault(request)
    profile = await parts.accounts(request).profile(visit.seat.person) or {}
    mine = await company_digest(vault, visit.state.body, str(profile.get("company") or ""))
    return frozenset(one.id for one in visit.state.hearings.values() if mine is not None and one.company == mine)


async def _act(request: web.Request, form: Form, command: str, fields: Mapping[str, object]) -> web.StreamResponse:
    """As the juror, once for the form's key; back to the page of preparation."""
    visit = request[VISIT]

    async def do(sent: Sent) -> str:
        words = {"words": sent.values["words"]} if sent.values.get("words") else {}
        await parts.sessions(request).execute(
            visit.session, visit.seat.id, command, {**fields, **words}, key=sent.key, expected=sent.seen)
        return f"{seat_path(request)}/preparation?done=answered"

    return await forms.answer(request, form, do, lambda sent, status: _page(request, form, sent, status))


# Sitting, for whom -------------------------------------------------------------------------------------------------


@entry(own_preparation, takes=ACCEPT.types, most=ACCEPT.most)
async def accept(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/answer/accept`."""
    return await _act(request, ACCEPT, "AnswerAppointment",
                      {"hearing": request[VISIT].seat.hearing, "accepted": True})


@entry(own_preparation, takes=DECLINE.types, most=DECLINE.most)
async def decline(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/answer/decline`."""
    return await _act(request, DECLINE, "AnswerAppointment",
                      {"hearing": request[VISIT].seat.hearing, "accepted": False})


@entry(own_preparation, takes=IMPARTIAL.types, most=IMPARTIAL.most)
async def declare_impartial(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/impartial/{hearing}`."""
    return await _act(request, IMPARTIAL, "DeclareImpartial", {"hearing": request.match_info["hearing"]})


@entry(own_preparation, takes=RECUSE.types, most=RECUSE.most)
async def recuse(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/recuse/{hearing}`."""
    return await _act(request, RECUSE, "Recuse", {"hearing": request.match_info["hearing"]})


# Reading -----------------------------------------------------------------------------------------------------------


def _named(request: web.Request) -> ToRead:
    """What the path names. Problem 404 where it is not this juror's to read."""
    visit, info = request[VISIT], request.match_info
    for one in preparing.to_read(visit.state, visit.seat):
        if (one.what, one.document) == (info["what"], info.get("document", "")):
            return one
    raise Problem(404, N_("Ce document a été remplacé depuis, ou n’est pas à lire."),
                  N_("Revenez à votre préparation : elle montre tout ce qui est à lire."))


@entry(own_preparation)
async def show_reading(request: web.Request) -> web.StreamResponse:
    """`GET seats/{seat}/preparation/{what}`: a page of the guide, the framework, the grid."""
    one, reading = _named(request), await reading_of(request)
    if one.document:
        raise web.HTTPSeeOther(f"{seat_path(request)}/documents/{one.document}")
    found = thing(reading, one)
    guide = next((page for page in reading.state.framework.jury_guide if page.code == one.what), None)
    return await shown_page(
        request, "space/reading.html", thing=found, framework=reading.state.framework,
        paragraphs=guide.paragraphs if guide else (), grid=one.what == preparing.GRID,
        form=None if found.done else forms.view(request, CONFIRM, f"{seat_path(request)}/{found.confirm}"))


@entry(own_preparation, takes=CONFIRM.types, most=CONFIRM.most)
async def confirm(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/preparation/{what}`, and `/{document}` of a document's version."""
    one = _named(request)
    return await _act(request, CONFIRM, "ConfirmRead",
                      {"hearing": one.hearing, "what": one.what, "document": one.document})
