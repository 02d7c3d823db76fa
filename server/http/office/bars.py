"""`bars`: people kept from presenting a certification, by the commission's decision; lifted by another one (R6.6)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.body.bars import holds
from evaluation.body.kind import BODY
from evaluation.body.reading_rights import ALL_OF_IT, Register
from evaluation.body.state import Bar
from evaluation.kinds import Row
from evaluation.offices import Act
from evaluation.quotes import Quote
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Day, Listed, Text, Upload
from server.http.forms import Form, Sent, Wrong
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.office.acting import act, made_id, papers
from server.http.office.door import DESK, base, desk_for, not_there, show
from server.http.office.offices import MEETING, as_recorded, meeting_of
from server.http.office.persons import PERSON, Named, kept_with, naming
from server.journals.deciding import Together
from server.storage.name_variants import Called, called
from server.views.body.bars import BARS, BarLine, bar_state, nameless, source_words
from server.views.body.periods import short_day

HERE: Final = "bars"
door: Final = desk_for(Register.BARS)
WHY: Final = Text("words", N_("Motif"), N_("Lu par les personnes qui tiennent ce registre."), lines=4, most=5000)
BORN: Final = (
    Text("birth_name", N_("Nom de naissance"), N_("S’il est autre que le nom ci-dessus."), required=False, most=100),
    Text("further_names", N_("Autres prénoms"), N_("Comme sur la pièce d’identité."), required=False),
    Day("birth_date", N_("Date de naissance"), N_("Avec les noms, elle fait reconnaître cette personne si elle "
                                                  "s’inscrit de nouveau, sous quelque orthographe que ce soit.")),
)
"""By which a registration that may be theirs is found."""
SET: Final = Form((
    *PERSON, *BORN, Listed("certification", N_("Certification")), WHY,
    Day("meeting_day", N_("Jour de la réunion de la commission"), N_("Avant le premier jour de l’organisme ici.")),
    Upload("extract", N_("Extrait du compte rendu"), N_("PDF ou image."))), N_("Enregistrer l’interdiction"), sure=True)
END: Final = Form((WHY, *MEETING), N_("Lever l’interdiction"), sure=True)


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET bars`."""
    at = request[DESK]

    async def opened(rows: Sequence[Row]) -> Sequence[BarLine]:
        bars = [at.body.bars[row.key] for row in rows if row.key in at.body.bars]
        known = await parts.accounts(request).profiles(one.person for one in bars)
        return [_line(request, one, known.get(one.person)) for one in bars]

    view = await listed(request, Listing(
        BARS, parts.rows(request), opened, at.where(Register.BARS), parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/bars.html", here=HERE, list=view)


def _line(request: web.Request, bar: Bar, profile: Mapping[str, Any] | None) -> BarLine:
    name, today = str((profile or {}).get("name", "")), request[DESK].today
    return BarLine(f"{base(request)}bars/{bar.id}", name if holds(bar, today) else "", bar, today,
                   _case(request, bar.decision), _case(request, bar.lifted_by))


def _case(request: web.Request, decision: Quote | None) -> str:
    """The address of the case that decided it."""
    seen = request[DESK].sees(Register.CASES) is ALL_OF_IT
    return f"{base(request)}cases/{decision.stream}" if decision is not None and seen else ""


def _set_form(request: web.Request) -> Form:
    codes = {one.certification.code: one.certification.title for one in request[DESK].body.in_force}
    return SET.choosing(certification=tuple(
        (code, f"{code} : {title}") for code, title in sorted(codes.items())))


@entry(door)
async def show_set(request: web.Request) -> web.StreamResponse:
    """`GET bars/set`."""
    return await _set_page(request, None, 200)


async def _set_page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    return await show(request, "office/bar_set.html", status=status, here=HERE,
                      first_day=short_day(request[DESK].body.founded_on, locale_of(request)),
                      form=forms.view(request, _set_form(request), f"{base(request)}bars/set", sent))


@entry(door, takes=SET.types, most=SET.most)
async def set_bar(request: web.Request) -> web.StreamResponse:
    """`POST bars/set`."""

    async def do(sent: Sent) -> str:
        body, values = request[DESK].body.id, sent.values
        async with (naming(request, sent) as named,
                    papers(request, named.person, body, sent, named.person) as kept):
            bar = made_id(request, sent, "bar")
            await act(request, BODY, body, "SetBar", {
                "bar": bar, "person": named.person, "certification": values["certification"],
                "words": values["words"], "meeting": await meeting_of(sent, kept.keep)}, sent,
                      together=await _with_names(request, sent, named, bar))
        return f"{base(request)}bars?done=bar-set"

    return await forms.answer(request, _set_form(request), do, lambda sent, status: _set_page(request, sent, status))


async def _with_names(request: web.Request, sent: Sent, named: Named, bar: str) -> Together:
    """What keeps, in the transaction that sets the bar, the names to find its person by. Wrong where they are known
    with another birth date."""
    accounts, names, body = parts.accounts(request), request.app[parts.BAR_MATCHES].names, request[DESK].body.id
    known, born = await accounts.profile(named.person) or {}, sent.values["birth_date"].isoformat()
    if known.get("birth_date") not in (None, "", born):
        sent.refuse("birth_date", N_("Cette personne est enregistrée ici avec une autre date de naissance : vérifiez "
                                     "celle-ci, ou corrigez d’abord son inscription."))
        raise Wrong
    given = _given(sent, born)
    profile = {**given, **(named.profile or known)} if not known.get("birth_date") else None
    keep = kept_with(request, replace(named, profile=profile))
    digests = await names.of_people(body, _called(given, {**known, "birth_date": born}))

    async def together(connection: AsyncConnection) -> None:
        if keep is not None:
            await keep(connection)
        await names.keep(connection, body, bar, digests)

    return together


def _given(sent: Sent, born: str) -> dict[str, Any]:
    """As a candidate's profile has it."""
    values = sent.values
    first, further = values["first_name"], (values["further_names"] or "").replace(",", " ").split()
    used = {"used_name": values["name"]} if values["birth_name"] else {}
    return {"birth_name": values["birth_name"] or values["name"], **used, "first_names": [first, *further],
            "birth_date": born}


def _called(*profiles: Mapping[str, Any]) -> tuple[Called, ...]:
    found: Iterable[Called | None] = (called(one) for one in profiles)
    return tuple(one for one in found if one is not None)


def bar_of(request: web.Request) -> Bar:
    """The bar that the address names. Problem 404 for none."""
    found = request[DESK].body.bars.get(request.match_info["bar"])
    if found is None:
        raise not_there()
    return found


@entry(door)
async def show_bar(request: web.Request) -> web.StreamResponse:
    """`GET bars/{bar}`."""
    return await _bar_page(request, None, 200)


async def _bar_page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    at, bar, locale = request[DESK], bar_of(request), locale_of(request)
    line = _line(request, bar, await parts.accounts(request).profile(bar.person))
    asked = as_recorded(request, END, Act.BAR)
    by_hand = holds(bar, at.today) and bar.decision is None
    form = forms.view(request, asked, f"{base(request)}bars/{bar.id}/end", sent) if by_hand else None
    return await show(
        request, "office/bar.html", status=status, here=HERE, name=line.name,
        nameless=nameless(bar, at.today, locale), source=source_words(bar, locale), from_case=line.source,
        lifted_by=line.lifted_by, code=bar.certification,
        decided=short_day(bar.decided_on, locale), until=short_day(bar.until, locale),
        state=bar_state(bar, at.today, locale), form=form)


@entry(door, takes=END.types, most=END.most)
async def end_bar(request: web.Request) -> web.StreamResponse:
    """`POST bars/{bar}/end`."""
    bar, body = bar_of(request), request[DESK].body.id
    names = request.app[parts.BAR_MATCHES].names

    async def without_names(connection: AsyncConnection) -> None:
        await names.forget(connection, bar.id)

    async def do(sent: Sent) -> str:
        async with papers(request, bar.person, body, sent) as kept:
            await act(request, BODY, body, "EndBar", {
                "bar": bar.id, "words": sent.values["words"], "meeting": await meeting_of(sent, kept.keep)}, sent,
                      together=without_names)
        return f"{base(request)}bars?done=bar-ended"

    return await forms.answer(request, as_recorded(request, END, Act.BAR), do,
                              lambda sent, status: _bar_page(request, sent, status))
