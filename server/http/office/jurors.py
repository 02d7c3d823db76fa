"""`jurors`: the pool of jurors. The clerk keeps it; a provider's organizer proposes people, and sees those alone."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiohttp import web

from evaluation.body.access import PLANS, may_keep_registers
from evaluation.body.kind import BODY
from evaluation.body.pool import wants_refresher
from evaluation.body.reading_rights import ALL_OF_IT, Register
from evaluation.kinds import Row
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Day, Listed, Several, Text
from server.http.forms import Form, Sent
from server.http.listing import Listing, listed
from server.http.office.acting import act
from server.http.office.door import DESK, AtDesk, base, desk_for, not_there, show
from server.http.office.juror_profile import juror_fields, kept_juror, refresh
from server.http.office.persons import PERSON, naming
from server.http.office.spans import Days
from server.views.body.jurors import CATEGORIES, JURORS, PROPOSED_JURORS, JurorLine

HERE: Final = "jurors"
door: Final = desk_for(Register.JURORS)
KNOWN: Final = (
    Several("categories", N_("Siège comme"), choices=tuple((one.value, words) for one, words in CATEGORIES.items())),
    Text("company", N_("Entreprise"), N_("Sert à signaler un lien avec un candidat de la même entreprise."),
         required=False),
    Text("trade", N_("Métier"), required=False, most=100),
    Listed("provider", N_("Organisme de formation où cette personne travaille"), required=False),
    Several("courses", N_("Parcours où cette personne intervient"),
            N_("Pour un formateur ou accompagnateur CQP : il ne peut siéger à cette place pour des candidats de ces "
               "parcours."), required=False),
    Day("trained_on", N_("Dernière formation de juré"), required=False),
    Days("offered", N_("Jours où cette personne est disponible"),
         N_("Un jour par ligne, ou plusieurs de suite : 24/11/2026 au 27/11/2026.")),
    Days("away", N_("Jours où elle ne l’est pas"), N_("De même.")),
)
"""What is said of a juror besides the name."""
ENTER: Final = Form((*PERSON, *KNOWN), N_("Enregistrer ce juré"))
PROPOSE: Final = Form((*PERSON, *KNOWN), N_("Proposer ce juré"))


def juror_form(request: web.Request, form: Form) -> Form:
    """With the providers and courses of this awarding body; an organizer's own provider alone."""
    body, seen = request[DESK].body, request[DESK].sees(Register.JURORS)
    providers = sorted((one for one in body.providers.values() if seen is None or one.id in seen),
                       key=lambda one: one.name)
    titles = {one.certification.code: one.certification.title for one in body.in_force}
    return form.choosing(
        provider=tuple((one.id, one.name) for one in providers),
        courses=tuple((f"{one.id}/{code}", f"{one.name}, {title} ({code})")
                      for one in providers for code, title in sorted(titles.items())))


# The list


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET jurors`."""
    at = request[DESK]
    table = JURORS if at.sees(Register.JURORS) is ALL_OF_IT else PROPOSED_JURORS

    async def opened(rows: Sequence[Row]) -> Sequence[JurorLine]:
        known = await parts.accounts(request).profiles(row.person for row in rows)
        return [_line(request, row.person or "", known.get(row.person or "", {})) for row in rows]

    view = await listed(request, Listing(
        table, parts.rows(request), opened, at.where(Register.JURORS), parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/jurors.html", here=HERE, list=view, enters=enters(at), proposes=proposes(at))


def _line(request: web.Request, person: str, profile: Mapping[str, Any]) -> JurorLine:
    at = request[DESK]
    pooled = at.body.pool[person]
    juror = pooled.juror
    return JurorLine(
        f"{base(request)}jurors/{person}", str(profile.get("name", "")), str(profile.get("company") or ""),
        juror.categories, juror.trained_on, wants_refresher(juror.trained_on, training_months(at), at.today),
        pooled.standing)


def training_months(at: AtDesk) -> int:
    """The shortest delay of what is in force: what is new enough for it is for all."""
    return min((one.certification.training_months for one in at.body.in_force), default=12 * 100)


def enters(at: AtDesk) -> bool:
    return may_keep_registers(at.offices) is not None


def proposes(at: AtDesk) -> str | None:
    """For which provider."""
    return next((one.provider for one in at.offices if one.role in PLANS), None)


# Somebody new


@entry(door)
async def show_enter(request: web.Request) -> web.StreamResponse:
    """`GET jurors/enter`."""
    return await _enter_page(request, _enter_form(request), None, 200)


def _enter_form(request: web.Request) -> Form:
    at = request[DESK]
    if enters(at):
        return juror_form(request, ENTER)
    if proposes(at) is None:
        raise not_there()
    return juror_form(request, PROPOSE)


async def _enter_page(request: web.Request, form: Form, sent: Sent | None, status: int) -> web.Response:
    return await show(request, "office/juror_enter.html", status=status, here=HERE, enters=enters(request[DESK]),
                      form=forms.view(request, form, f"{base(request)}jurors/enter", sent))


@entry(door, takes=ENTER.types, most=ENTER.most)
async def enter(request: web.Request) -> web.StreamResponse:
    """`POST jurors/enter`."""
    form, at = _enter_form(request), request[DESK]

    async def do(sent: Sent) -> str:
        async with naming(request, sent) as named:
            fields: dict[str, Any] = {"juror": await juror_fields(request, named.person, sent)}
            if not enters(at):
                fields["provider"] = proposes(at)
            profile = await kept_juror(request, named, sent)
            await act(request, BODY, at.body.id, "EnterJuror" if enters(at) else "ProposeJuror", fields, sent,
                      together=profile.keep)
            await refresh(request, profile)
        return f"{base(request)}jurors/{named.person}?done={'juror-entered' if enters(at) else 'juror-proposed'}"

    return await forms.answer(request, form, do, lambda sent, status: _enter_page(request, form, sent, status))


