"""`/space/{person}/sittings/{sitting}/`: a sitting of the certification jury for one of its members: the agenda, who is
here, what is expected of them now (R3.9); for a juror whom it questions, the room and their own records."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from aiohttp import web

from evaluation.people import SOME_WORDS
from evaluation.rules import N_
from evaluation.sitting.convening_sitting import OpenSitting
from evaluation.sitting.impartiality import colleagues
from evaluation.sitting.in_person import SitApart, SitOnSite
from evaluation.sitting.kind import SITTING
from evaluation.sitting.minutes import CompleteMinutes
from evaluation.sitting.seeing import seen_by
from evaluation.sitting.state import SittingState
from evaluation.sitting.turning import TurnTo
from server.config import ice_servers
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Text
from server.http.forms import Form, Sent
from server.http.home import HOME
from server.http.language import locale_of
from server.http.office.acting import act
from server.http.own_sittings import AT, as_member, here, in_sitting
from server.http.pages import form_page
from server.http.seat import sending
from server.http.sitting_room import media_of
from server.http.space_frame import frame
from server.i18n import say
from server.views.sitting.asked_juror import asked_of
from server.views.sitting.members_sitting import shown
from server.views.sitting.sitting_lines import undeclared
from server.views.sitting.sitting_reader import SittingReader, people_in, words_in

OPEN: Final = Form((), N_("Ouvrir la séance"))
IMPARTIAL: Final = Form((), N_("Je peux juger ces candidats en toute impartialité"))
COLLEAGUE: Final = Form((
    Text("words", N_("Pourquoi vous pouvez juger un candidat de votre entreprise"),
         N_("Si vous le connaissez personnellement, récusez-vous plutôt pour lui."), required=False, lines=2,
         most=2000),), IMPARTIAL.send)
"""The same, where one of them comes from the member's company (R1.4)."""
COMPLETE: Final = Form((
    Text("words", N_("Ce que le journal ne dit pas"), N_("Écrit au procès-verbal, sous votre nom."), lines=4,
         most=20000),),
    N_("Ajouter au procès-verbal"))
NOBODY: Final = Form((), N_("Revenir à toute la séance"))
ON_SITE: Final = Form((), N_("Je suis sur place, dans la salle"))
SIT_APART: Final = Form((), N_("Je suis devant ma propre caméra"))
DONE: Final = {
    "opened": N_("La séance est ouverte."), "impartial": N_("Votre déclaration est enregistrée."),
    "read": N_("C’est noté."), "turned": N_("C’est fait : la séance en est à ce candidat."),
    "recused": N_("Votre récusation est enregistrée : vous ne voyez plus rien de ce candidat. Le secrétariat appelle "
                  "un suppléant."),
    "on-site": N_("C’est noté : vous êtes sur place, ni caméra ni micro ne s’ouvrent ici."),
    "apart": N_("C’est noté : votre caméra et votre micro peuvent s’ouvrir ici."),
    "completed": N_("C’est ajouté : le procès-verbal le dira."),
    "signed": N_("Votre signature est enregistrée."),
    "not-signing": N_("C’est noté : le procès-verbal dira qui n’a pas signé, et pourquoi."),
}


async def reader_of(request: web.Request, state: SittingState) -> SittingReader:
    profiles = await parts.accounts(request).profiles(people_in(state))
    texts = await parts.vault(request).read_words([one.ref for one in words_in(state)])
    names = {person: str(one.get("name", "")) for person, one in profiles.items()}
    return SittingReader(names, texts, locale_of(request), parts.now(request))


def may(request: web.Request, command: object) -> bool:
    """As the rules say of whoever asks."""
    return SITTING.allows(request[AT].state, command, request[HOME].person, parts.now(request))


async def around(request: web.Request, page: str = "") -> dict[str, Any]:
    """What every page of a sitting is drawn with: whose it is, its room, how it is told what happens. `page` is its
    path below the sitting's, where it may answer a form: nothing can be asked for where that was sent to."""
    at, answers = request[AT], request.method == "POST"
    return {
        "answers": answers, "own_address": f"{here(request)}{page}" if answers else request.path,
        "here": here(request), "seat_path": here(request), "view": await media_of(request),
        "ice_servers": ice_servers(parts.config(request).ice, at.person, parts.calendar(request)),
        "settings": {"sending": sending(parts.limits(request)), "seal": ""},
        "done": _done(request), **await frame(request),
    }


def _done(request: web.Request) -> str:
    found = DONE.get(request.query.get("done", "")) if request.method == "GET" else None
    return say(locale_of(request), found, {}) if found else ""


@entry(in_sitting)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET …/`."""
    return await _page(request, None, 200)


Failed = tuple[str, Form, Sent]


async def _page(request: web.Request, failed: Failed | None, status: int) -> web.Response:
    at, path = request[AT], here(request)
    reader = await reader_of(request, at.state)
    refused = forms.view(request, failed[1], "", failed[2]) if failed is not None else None
    if not at.member:
        return form_page(request, "sitting/juror.html", status=status, failed=refused,
                         asked=asked_of(at.state, at.person, reader, path), forms_of=_forms(request, path, failed),
                         **await around(request))
    there = request.app[parts.STREAMS].seats_in(at.state.id)
    return form_page(
        request, "sitting/page.html", status=status, of=shown(at.state, at.person, reader, there, path),
        failed=refused, forms_of=_forms(request, path, failed), **await around(request))


def _forms(request: web.Request, path: str, failed: Failed | None) -> Mapping[str, Any]:
    """Those that this member, or a juror who is asked, may send now; the refused one with what was typed, whatever the
    sitting has become."""
    state, person = request[AT].state, request[AT].person
    shared = {*colleagues(state, person)} & {*undeclared(state, person)}
    impartial = COLLEAGUE.requiring("words") if shared else IMPARTIAL
    offered: dict[str, tuple[Form, str]] = {"impartial": (impartial, "impartial")}
    if may(request, OpenSitting()):
        offered["open"] = (OPEN, "open")
    if may(request, TurnTo(None)) and state.current is not None:
        offered["nobody"] = (NOBODY, "turn")
    if may(request, CompleteMinutes(SOME_WORDS)):
        offered["complete"] = (COMPLETE, "complete")
    if failed is not None and failed[0] == "complete":
        offered["complete"] = (COMPLETE, "complete")
    if may(request, SitOnSite()):
        offered["on_site"] = (ON_SITE, "on-site")
    if may(request, SitApart()):
        offered["apart"] = (SIT_APART, "apart")
    sent = {failed[0]: failed[2]} if failed is not None else {}
    drawn = {name: forms.view(request, form, f"{path}{action}", sent.get(name), prefix=f"{name}-", seen=state.position)
             for name, (form, action) in offered.items()}
    return {**dict.fromkeys(("open", "nobody", "complete", "on_site", "apart")), **drawn}


Fields = Callable[[Sent], Mapping[str, Any]]


async def acted(request: web.Request, form: Form, command: str, fields: Mapping[str, Any] | Fields, done: str,
                name: str = "") -> web.StreamResponse:
    """Post, redirect, get; the page again with why not. `fields` may follow from what was sent; `name` is the form's on
    the page."""
    async def do(sent: Sent) -> str:
        words = {"words": sent.values["words"]} if sent.values.get("words") else {}
        given = fields(sent) if callable(fields) else fields
        await act(request, SITTING, request[AT].state.id, command, {**given, **words}, sent, final=False)
        return f"{here(request)}?done={done}"

    async def again(sent: Sent, status: int) -> web.Response:
        await in_sitting.allows(request[HOME], request)
        return await _page(request, (name, form, sent), status)

    return await forms.answer(request, form, do, again)


@entry(as_member, takes=OPEN.types, most=OPEN.most)
async def open_sitting(request: web.Request) -> web.StreamResponse:
    """`POST …/open`."""
    return await acted(request, OPEN, "OpenSitting", {}, "opened")


@entry(as_member, takes=NOBODY.types, most=NOBODY.most)
async def turn_to_none(request: web.Request) -> web.StreamResponse:
    """`POST …/turn`."""
    return await acted(request, NOBODY, "TurnTo", {"candidacy": None}, "turned")


@entry(as_member, takes=COLLEAGUE.types, most=COLLEAGUE.most)
async def declare_impartial(request: web.Request) -> web.StreamResponse:
    """`POST …/impartial`: on those whom the page showed, and nobody who was put on the agenda since."""
    at = request[AT]

    def shown_then(sent: Sent) -> Mapping[str, Any]:
        seen = sent.seen or 0
        return {"candidacies": [one for one in seen_by(at.state, at.person) if at.state.agenda[one].position <= seen]}

    return await acted(request, COLLEAGUE, "DeclareImpartial", shown_then, "impartial", "impartial")


@entry(as_member, takes=COMPLETE.types, most=COMPLETE.most)
async def complete(request: web.Request) -> web.StreamResponse:
    """`POST …/complete`: what the president has the minutes say."""
    return await acted(request, COMPLETE, "CompleteMinutes", {}, "completed", "complete")


@entry(in_sitting, takes=ON_SITE.types, most=ON_SITE.most)
async def sit_on_site(request: web.Request) -> web.StreamResponse:
    """`POST …/on-site`: nothing is sent from here any more (X13)."""
    return await acted(request, ON_SITE, "SitOnSite", {}, "on-site")


@entry(in_sitting, takes=SIT_APART.types, most=SIT_APART.most)
async def sit_apart(request: web.Request) -> web.StreamResponse:
    """`POST …/apart`."""
    return await acted(request, SIT_APART, "SitApart", {}, "apart")
