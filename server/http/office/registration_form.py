"""`candidacies/register`: a provider's organizer registers one candidate, with all that the deposit of awards will ask
(X12); what is unlikely is asked about once more."""
from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from aiohttp import web

from evaluation.body.accrediting import agreed_on
from evaluation.body.reading_rights import Register
from evaluation.candidacy.kind import CANDIDACY, UNDER_WAY
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Email, Several, Typed, TypedChoice, TypedListed, Unread
from server.http.forms import Form, Sent, Wrong
from server.http.language import locale_of
from server.http.office.door import DESK, base, desk_for, not_there, show
from server.http.office.enrolling import enrol, open_to, registrable
from server.http.office.registered_before import presented_before
from server.i18n import Locale, say
from server.people.places import FRANCE, beginning_with, countries
from server.people.registration_check import (
    CAME_BY,
    FIELDS,
    INITIATIVE,
    Checked,
    CheckedRegistration,
    check_registration,
)
from server.people.typed import LINE_MOST, MISSING, Mistyped, read_day
from server.views.form import FormView

HERE: Final = "candidacies"
door: Final = desk_for(Register.CANDIDACIES)
NOT_LISTED: Final = N_("Choisissez dans la liste.")


class TypedEmail(Unread, Email):
    """An address."""


CIVIL: Final = (
    Typed("birth_name", N_("Nom de naissance"), N_("Comme sur la pièce d’identité.")),
    Typed("used_name", N_("Nom d’usage"), N_("S’il est différent."), required=False),
    Typed("first_names", N_("Prénoms"), N_(
        "Tous, dans l’ordre de la pièce d’identité. S’il y en a un de deux mots sans trait d’union, mettez des "
        "virgules : Jean Pierre, Marie.")),
    Several("one_name", N_("Un seul nom"), required=False, choices=(
        ("yes", N_("Cette personne n’a qu’un nom, écrit ci-dessus comme nom de naissance.")),)),
    TypedChoice("sex", N_("Sexe"), N_("Comme sur la pièce d’identité."), choices=(
        ("F", N_("féminin (F)")), ("M", N_("masculin (M)")))),
    Typed("birth_date", N_("Date de naissance"), N_("Jour, mois, année : 14/07/1998.")),
    TypedListed("birth_country", N_("Pays de naissance"), N_("S’il n’est pas dans la liste, choisissez celui dont le "
                                                           "lieu fait partie aujourd’hui.")),
    Typed("birth_commune", N_("Commune de naissance, en France"), N_(
        "Son nom, ou son code INSEE, comme elle était à la naissance : à Paris, Lyon et Marseille, l’arrondissement. "
        "Laissez vide pour une naissance à l’étranger."), required=False),
    Typed("birth_town", N_("Ville de naissance, à l’étranger"), required=False))
REACHED: Final = (
    TypedEmail("email", N_("Adresse électronique"), N_(
        "Convocation et liens y arrivent ; qui a déjà ses lettres à une autre adresse les y garde, jusqu’à ce que le "
        "secrétariat de l’organisme certificateur la change.")),
    Typed("phone", N_("Téléphone"), required=False),
    Typed("address", N_("Adresse postale"), lines=3),
    Typed("company", N_("Employeur"), N_("Le nom de l’entreprise, s’il y en a une : un juré de la même entreprise est "
                                         "écarté."), required=False),
    TypedEmail("company_email", N_("Adresse électronique de l’employeur"), required=False))
COURSE: Final = (
    TypedListed("came_by", N_("Voie d’accès"), choices=tuple((one.value, words) for one, words in CAME_BY.items())),
    TypedListed("initiative", N_("À l’initiative de"), choices=tuple(
        (one.value, words) for one, words in INITIATIVE.items())),
    Typed("trained_by", N_("Formateurs qui l’ont formé"), N_(
        "Un par ligne, avec son adresse : Paul Delmas, paul@exemple.fr. Aucun d’eux ne sera dans son jury."),
        lines=3, required=False),
    Typed("interview_on", N_("Jour de l’entretien d’inscription"), N_("Les prérequis y ont été vérifiés.")),
    Typed("interview_by", N_("Mené par"), N_(
        "Nom et adresse : Claire Fabre, claire@exemple.fr. Laissez vide si c’est vous."), required=False),
    Typed("rules_version", N_("Version du règlement remise"), N_("Comme elle est écrite sur le document.")),
    Typed("rules_on", N_("Jour où il a été remis"), N_("Jour, mois, année.")))
CERTIFICATION: Final = (TypedListed("provider", N_("Organisme de formation")),
                        TypedListed("certification", N_("Certification")))
REGISTER: Final = Form((*CERTIFICATION, *CIVIL, *REACHED, *COURSE), N_("Inscrire le candidat"))
HEADS: Final[Mapping[str, str]] = {
    "provider": N_("La certification"), "certification": N_("La certification"), "birth_name": N_("Son état civil"),
    "email": N_("Le joindre"), "company": N_("Son employeur"), "came_by": N_("Son parcours"),
    "interview_on": N_("Avant l’inscription"), "sure": N_("À confirmer"), "reason": N_("La correction")}
"""What stands above the field that begins a part of the form."""
SURE: Final = "sure"
COMMUNES_SHOWN: Final = 20


# What was typed


async def checked(request: web.Request, sent: Sent) -> Checked:
    """All that is wrong is refused by field; what is unlikely too, until it is confirmed."""
    values = {name: (sent.typed.get(name) or ("",))[0] for name in FIELDS}
    found = await asyncio.to_thread(
        check_registration, values, request[DESK].today, parts.config(request).registration)
    for name, said in found.problems.items():
        sent.refuse(name, said.text, said.values)
    confirmed = ",".join(sorted(found.warnings))
    if found.warnings and sent.typed.get(SURE) != (confirmed,):
        for name, said in found.warnings.items():
            sent.refuse(name, said.text, said.values)
        sent.refuse(SURE, N_("Corrigez ce qui est signalé, ou cochez cette case."))
        sent.values[SURE] = confirmed
    return found


def clean(found: Checked, sent: Sent) -> CheckedRegistration:
    """Wrong where anything is refused."""
    if found.clean is None or sent.wrong:
        raise Wrong
    return found.clean


def chosen(form: Form, sent: Sent, name: str) -> str:
    """What was chosen of a list; what it offers where it is one alone, which the form leaves out."""
    field = next((one for one in form.fields if one.name == name), None)
    if field is None:
        return ""
    typed = (sent.typed.get(name) or ("",))[0]
    if typed not in {value for value, _words in field.choices}:
        sent.refuse(name, NOT_LISTED if typed else MISSING)
    return typed


def registration_view(request: web.Request, form: Form, action: str, sent: Sent | None, first: dict[str, Any],
                      seen: int | None = None) -> FormView:
    """With the box that confirms, once there is something to confirm."""
    confirmed = str(sent.values.get(SURE, "")) if sent is not None else ""
    if confirmed:
        form = replace(form, fields=(*form.fields, Several(SURE, N_("Est-ce bien ainsi ?"), choices=(
            (confirmed, N_("Oui, j’ai vérifié ce qui est signalé : enregistrez ainsi.")),))))
    return forms.view(request, form, action, sent, seen=seen, **first)


def heads(request: web.Request, form: FormView) -> dict[str, str]:
    """By the name of a field, what stands above it."""
    words = {one.name: say(locale_of(request), HEADS[one.name], {}) for one in form.fields if one.name in HEADS}
    if "provider" in words:
        words.pop("certification", None)
    return words


def with_countries(request: web.Request, form: Form) -> Form:
    return form.choosing(birth_country=countries(locale_of(request)))


# The page


def register_form(request: web.Request) -> Form:
    """Problem 404 for who registers nobody. A provider or a certification that is one alone is not asked for."""
    at = request[DESK]
    providers = sorted((at.body.providers[one] for one in registrable(at)), key=lambda one: one.name)
    if not providers:
        raise not_there()
    form = with_countries(request, REGISTER).choosing(
        provider=tuple((one.id, one.name) for one in providers),
        certification=tuple((code, f"{code} : {one.certification.title}") for code, one in open_to(at).items()))
    return form if len(providers) > 1 else replace(form, fields=form.fields[1:])


@entry(door)
async def show_register(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/register`."""
    return await _page(request, register_form(request), None, 200)


async def _page(request: web.Request, form: Form, sent: Sent | None, status: int) -> web.Response:
    at, here = request[DESK], f"{base(request)}candidacies/register"
    codes = tuple(open_to(at))
    first: dict[str, Any] = {"birth_country": FRANCE, **({"certification": codes[0]} if len(codes) == 1 else {})}
    before = await presented_before(request)
    if sent is None:
        first.update({**await _rules_handed_last(request), **before})
    view = registration_view(request, form, here, sent, first)
    without = [at.body.providers[one].name for one in registrable(at)
               if agreed_on(at.body.providers[one], at.today) is None]
    return await show(request, "office/candidacy_register.html", status=status, here=HERE, form=view,
                      title=_title(before, locale_of(request)),
                      heads=heads(request, view), closed=not codes,
                      without=without if len(without) == len(registrable(at)) else [])


def _title(before: Mapping[str, Any], locale: Locale) -> str:
    """Whether somebody presents again what lacked, and who (R9.1)."""
    if not before:
        return say(locale, N_("Inscrire un candidat"), {})
    name = f"{before['first_names'].replace(',', '')} {before['used_name'] or before['birth_name']}".strip()
    return say(locale, N_("Inscrire {name} au rattrapage"), {"name": name})


async def _rules_handed_last(request: web.Request) -> dict[str, str]:
    """The version of the règlement that the same provider handed over at its last registration."""
    rows = await parts.rows(request).page(
        "candidacies", body=request[DESK].body.id, scope=tuple(registrable(request[DESK])), status=tuple(UNDER_WAY),
        order="at", descending=True, limit=1)
    state = await parts.journals(request).state(CANDIDACY, rows[0].stream) if rows else None
    last = state.registration if state is not None else None
    return {"rules_version": last.rules_handed.version} if last is not None else {}


@entry(door, takes=REGISTER.types, most=REGISTER.most)
async def register(request: web.Request) -> web.StreamResponse:
    """`POST candidacies/register`."""
    form = register_form(request)

    async def do(sent: Sent) -> str:
        code = chosen(form, sent, "certification")
        provider = chosen(form, sent, "provider") or next(iter(registrable(request[DESK])))
        found = await checked(request, sent)
        candidacy = await enrol(request, sent, clean(found, sent), code, provider)
        return f"{base(request)}candidacies/{candidacy}?done=registered"

    return await forms.answer(request, form, do, lambda sent, status: _page(request, form, sent, status))


# Communes, as they are typed


@entry(door)
async def show_communes(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/communes?q=BEGINNING&on=BIRTH_DATE`: those of that name or code then, as the form takes them."""
    if not registrable(request[DESK]):
        raise not_there()
    try:
        on = read_day(request.query.get("on", "").strip())
    except Mistyped:
        on = request[DESK].today
    found = await asyncio.to_thread(beginning_with, request.query.get("q", "")[:LINE_MOST], on, COMMUNES_SHOWN)
    return web.json_response([f"{one.name} ({one.code})" for one in found])
