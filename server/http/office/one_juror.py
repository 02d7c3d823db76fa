"""`jurors/{juror}`: one juror of the pool, changed and retired by the clerk; their links with candidates (R1.4)."""
from __future__ import annotations

from typing import Any, Final

from aiohttp import web

from evaluation.body.kind import BODY
from evaluation.body.pool import wants_refresher
from evaluation.body.reading_rights import ALL_OF_IT, Register
from evaluation.body.state import Link, Pooled, Standing
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Email, Text
from server.http.forms import Form, Sent, Wrong
from server.http.language import locale_of
from server.http.office.acting import act, made_id
from server.http.office.door import DESK, base, not_there, show
from server.http.office.juror_profile import juror_fields, kept_juror, refresh
from server.http.office.jurors import HERE, KNOWN, door, enters, juror_form, training_months
from server.http.office.persons import Named
from server.http.office.spans import typed
from server.views.body.jurors import category_words, standing_cell, training_cell

CHANGE: Final = Form(KNOWN, N_("Enregistrer les changements"))
CONFIRM: Final = Form(KNOWN, N_("Confirmer dans le vivier"))
RETIRE: Final = Form((), N_("Sortir du vivier"), sure=True)
LINK: Final = Form((
    Email("email", N_("Adresse électronique du candidat")),
    Text("words", N_("Quel lien"), N_("Lu par qui désigne les jurys. Sans détail inutile."), lines=2, most=1000)),
    N_("Enregistrer le lien"))
END_LINK: Final = Form((), N_("Retirer ce lien"))


def juror_of(request: web.Request) -> Pooled:
    """The juror that the address names. Problem 404 for one that is not theirs to see."""
    at = request[DESK]
    found = at.body.pool.get(request.match_info["juror"])
    seen = at.sees(Register.JURORS)
    if found is None or not (seen is None or seen & set(found.proposed_by)):
        raise not_there()
    return found


def _kept(request: web.Request) -> Pooled:
    """As `juror_of`, for the clerk alone."""
    if not enters(request[DESK]):
        raise not_there()
    return juror_of(request)


@entry(door)
async def show_juror(request: web.Request) -> web.StreamResponse:
    """`GET jurors/{juror}`."""
    return await _page(request, 200)


async def _page(request: web.Request, status: int, **sent: Sent | None) -> web.Response:
    at, pooled, locale = request[DESK], juror_of(request), locale_of(request)
    juror, person = pooled.juror, pooled.juror.person
    profile = await parts.accounts(request).profile(person) or {}
    here = f"{base(request)}jurors/{person}"
    in_pool, clerk = pooled.standing is Standing.ENTERED, enters(at)
    providers = at.body.providers
    return await show(
        request, "office/juror.html", status=status, here=HERE, name=str(profile.get("name", "")),
        email=str(profile.get("email", "")), company=str(profile.get("company") or ""),
        trade=str(profile.get("trade") or ""), standing=standing_cell(pooled.standing, locale),
        categories=[category_words(one, locale) for one in juror.categories],
        provider=providers[juror.provider].name if juror.provider is not None else "",
        courses=[f"{providers[one.provider].name}, {one.certification}" for one in juror.courses],
        training=training_cell(juror.trained_on, wants_refresher(juror.trained_on, training_months(at), at.today),
                               locale),
        offered=typed(juror.offered).splitlines(), away=typed(juror.away).splitlines(), clerk=clerk,
        proposed_by=[providers[one].name for one in pooled.proposed_by], in_pool=in_pool,
        change=_change_view(request, pooled, profile, here, sent.get("change")) if clerk else None,
        retire=forms.view(request, RETIRE, f"{here}/retire", sent.get("retire"), prefix="retire-")
        if clerk and pooled.standing is not Standing.RETIRED else None,
        links=await _links(request, pooled, here) if at.sees(Register.JURORS) is ALL_OF_IT else None,
        link=forms.view(request, LINK, f"{here}/links", sent.get("link"), prefix="link-") if clerk and in_pool
        else None)


def _form(pooled: Pooled) -> Form:
    return CHANGE if pooled.standing is Standing.ENTERED else CONFIRM


def _change_view(request: web.Request, pooled: Pooled, profile: Any, here: str, sent: Sent | None) -> Any:
    juror = pooled.juror
    return forms.view(
        request, juror_form(request, _form(pooled)), f"{here}/change", sent,
        categories=tuple(one.value for one in juror.categories), company=str(profile.get("company") or ""),
        trade=str(profile.get("trade") or ""), provider=juror.provider or "",
        courses=tuple(f"{one.provider}/{one.certification}" for one in juror.courses),
        trained_on=juror.trained_on.isoformat() if juror.trained_on else "", offered=typed(juror.offered),
        away=typed(juror.away))


@entry(door, takes=CHANGE.types, most=CHANGE.most)
async def change(request: web.Request) -> web.StreamResponse:
    """`POST jurors/{juror}/change`: what is known of a juror; somebody proposed or retired comes into the pool."""
    pooled, body = _kept(request), request[DESK].body.id
    person = pooled.juror.person
    command = "ChangeJuror" if pooled.standing is Standing.ENTERED else "EnterJuror"

    async def do(sent: Sent) -> str:
        profile = await kept_juror(request, Named(person), sent)
        await act(request, BODY, body, command, {"juror": await juror_fields(request, person, sent)}, sent,
                  together=profile.keep)
        await refresh(request, profile)
        return f"{base(request)}jurors/{person}?done={'juror-changed' if command == 'ChangeJuror' else 'juror-entered'}"

    return await forms.answer(request, juror_form(request, _form(pooled)), do,
                              lambda sent, status: _page(request, status, change=sent))


@entry(door, takes=RETIRE.types, most=RETIRE.most)
async def retire(request: web.Request) -> web.StreamResponse:
    """`POST jurors/{juror}/retire`."""
    person = _kept(request).juror.person

    async def do(sent: Sent) -> str:
        await act(request, BODY, request[DESK].body.id, "RetireJuror", {"juror": person}, sent)
        return f"{base(request)}jurors/{person}?done=juror-retired"

    return await forms.answer(request, RETIRE, do, lambda sent, status: _page(request, status, retire=sent))


# Links


async def _links(request: web.Request, pooled: Pooled, here: str) -> list[dict[str, Any]]:
    mine = [one for one in request[DESK].body.links.values() if one.juror == pooled.juror.person and not one.ended]
    known = await parts.accounts(request).profiles(one.candidate for one in mine)
    words = await parts.vault(request).read_words(one.words.ref for one in mine)
    return [{"name": str(known.get(one.candidate, {}).get("name", "")), "words": words.get(one.words.ref, ""),
             "end": forms.view(request, END_LINK, f"{here}/links/{one.id}/end", prefix=f"{one.id}-")
             if enters(request[DESK]) else None} for one in mine]


@entry(door, takes=LINK.types, most=LINK.most)
async def declare_link(request: web.Request) -> web.StreamResponse:
    """`POST jurors/{juror}/links`."""
    person = _kept(request).juror.person

    async def do(sent: Sent) -> str:
        await act(request, BODY, request[DESK].body.id, "DeclareLink", {
            "link": made_id(request, sent, "link"), "juror": person, "candidate": await _candidate(request, sent),
            "words": sent.values["words"]}, sent)
        return f"{base(request)}jurors/{person}?done=link-declared"

    return await forms.answer(request, LINK, do, lambda sent, status: _page(request, status, link=sent))


async def _candidate(request: web.Request, sent: Sent) -> str:
    """Who has this address and a candidacy here. Wrong for nobody, or for several."""
    found = await parts.accounts(request).people_at(sent.values["email"])
    rows = await parts.rows(request).page("candidacies", body=request[DESK].body.id, person=found) if found else ()
    people = {row.person for row in rows}
    if len(people) != 1:
        sent.refuse("email", N_("Aucun candidat n’a cette adresse ici, ou plusieurs l’ont. Vérifiez-la dans les "
                                "candidatures."))
        raise Wrong
    return str(people.pop())


@entry(door, takes=END_LINK.types, most=END_LINK.most)
async def end_link(request: web.Request) -> web.StreamResponse:
    """`POST jurors/{juror}/links/{link}/end`."""
    person, link = _kept(request).juror.person, request.match_info["link"]
    known: Link | None = request[DESK].body.links.get(link)
    if known is None or known.juror != person:
        raise not_there()

    async def do(sent: Sent) -> str:
        await act(request, BODY, request[DESK].body.id, "EndLink", {"link": link}, sent)
        return f"{base(request)}jurors/{person}?done=link-ended"

    return await forms.answer(request, END_LINK, do, lambda sent, status: _page(request, status, link=sent))
