"""`people`: who holds which office. Granted for a period, with its paper; ended by whoever may grant it, or by its
holder (X15)."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from aiohttp import web

from evaluation.body.access import may_delegate, may_end, may_grant, needs_meeting
from evaluation.body.kind import BODY
from evaluation.body.reading_rights import Register
from evaluation.kinds import Row
from evaluation.offices import ACTS, AT_PROVIDER, TITLES, Act, Office, OfficeRole
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Day, Listed, Several, Text, Upload
from server.http.forms import Form, Sent
from server.http.home import space_path
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.office.acting import act, made_id, papers
from server.http.office.door import DESK, AtDesk, base, desk_for, not_there, show, title_of
from server.http.office.persons import PERSON, kept_with, naming
from server.i18n import say
from server.views.body.offices import OFFICES, OfficeLine
from server.views.body.periods import period_state, period_words, read_period

HERE: Final = "people"
door: Final = desk_for(Register.OFFICES)
PERIOD: Final = (
    Day("since", N_("Premier jour")),
    Day("until", N_("Dernier jour"), N_("Laissez vide si la fonction est sans fin."), required=False))
MEETING: Final = (
    Day("meeting_day", N_("Jour de la réunion de la commission"),
        N_("Pour le secrétariat, qui enregistre une décision de la commission."), required=False),
    Upload("extract", N_("Extrait du compte rendu"), N_("PDF ou image."), required=False))
"""A decision of the commission that the clerk records."""
GRANT: Final = Form((
    *PERSON, Listed("role", N_("Fonction")),
    Listed("provider", N_("Organisme de formation"), N_("Pour une fonction exercée chez lui."), required=False),
    *PERIOD, Upload("paper", N_("Document qui attribue la fonction"),
                    N_("PDF ou image. Nécessaire pour la commission et pour la direction d’un organisme."),
                    required=False)), N_("Attribuer la fonction"))
DELEGATE: Final = Form((
    *PERSON, Several("acts", N_("Actes délégués"), choices=tuple((one.value, words) for one, words in ACTS.items())),
    *PERIOD, Upload("paper", N_("Délégation signée"), N_("PDF ou image.")), *MEETING), N_("Enregistrer la délégation"))
END: Final = Form((
    Text("words", N_("Pourquoi"), N_("Lu par les personnes qui tiennent ce registre."), required=False, lines=3,
         most=2000),), N_("Mettre fin à la fonction"), sure=True)
END_DELEGATION: Final = Form((*END.fields, *MEETING), N_("Retirer la délégation"), sure=True)


# The list


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET people`."""
    at = request[DESK]

    async def opened(rows: Sequence[Row]) -> Sequence[OfficeLine]:
        known = await parts.accounts(request).profiles(row.person for row in rows)
        return [_line(request, row, known.get(row.person or "")) for row in rows]

    view = await listed(request, Listing(
        OFFICES, parts.rows(request), opened, at.where(Register.OFFICES), parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/people.html", here=HERE, list=view, grants=bool(grantable(at)),
                      delegates=may_delegate(at.offices))


def _line(request: web.Request, row: Row, profile: Mapping[str, Any] | None) -> OfficeLine:
    at = request[DESK]
    since, until = read_period(row.data)
    provider = at.body.providers.get(row.scope or "")
    return OfficeLine(f"{base(request)}people/{row.key}", str((profile or {}).get("name", "")), OfficeRole(row.status),
                      provider.name if provider else "", since, until, at.today)


def grantable(at: AtDesk) -> tuple[OfficeRole, ...]:
    """What they may grant somewhere."""
    def somewhere(role: OfficeRole) -> bool:
        places = tuple(at.body.providers) if role in AT_PROVIDER else (None,)
        return any(may_grant(at.offices, role, one) is not None for one in places)

    return tuple(role for role in OfficeRole if somewhere(role))


# Granting


def _grant_form(request: web.Request) -> Form:
    at, locale = request[DESK], locale_of(request)
    roles = grantable(at)
    if not roles:
        raise not_there()
    providers = tuple((one.id, one.name) for one in at.body.providers.values()
                      if any(may_grant(at.offices, role, one.id) is not None for role in AT_PROVIDER))
    return GRANT.choosing(role=tuple((one.value, say(locale, TITLES[one], {})) for one in roles), provider=providers)


@entry(door)
async def show_grant(request: web.Request) -> web.StreamResponse:
    """`GET people/grant`."""
    return await _grant_page(request, _grant_form(request), None, 200)


async def _grant_page(request: web.Request, form: Form, sent: Sent | None, status: int) -> web.Response:
    return await show(
        request, "office/grant.html", status=status, here=HERE,
        form=forms.view(request, form, f"{base(request)}people/grant", sent, since=request[DESK].today.isoformat()))


@entry(door, takes=GRANT.types, most=GRANT.most)
async def grant(request: web.Request) -> web.StreamResponse:
    """`POST people/grant`."""
    form = _grant_form(request)

    async def do(sent: Sent) -> str:
        await _granted(request, sent, {"role": sent.values["role"], "provider": sent.values["provider"], "acts": []})
        return f"{base(request)}people?done=granted"

    return await forms.answer(request, form, do, lambda sent, status: _grant_page(request, form, sent, status))


async def _granted(request: web.Request, sent: Sent, office: dict[str, Any], meeting: bool = False) -> None:
    at, values = request[DESK], sent.values
    async with (naming(request, sent) as named,
                papers(request, f"stream:{at.body.id}", at.body.id, sent, named.person) as kept):
        until = values["until"]
        fields: dict[str, Any] = {"office": {
            "id": made_id(request, sent, "office"), "person": named.person, "since": values["since"].isoformat(),
            "until": until.isoformat() if until else None, "paper": await kept.keep("paper"), **office}}
        if meeting:
            fields["meeting"] = await meeting_of(sent, kept.keep)
        await act(request, BODY, at.body.id, "GrantOffice", fields, sent, together=kept_with(request, named))


def as_recorded(request: web.Request, form: Form, act: Act | None) -> Form:
    """The same form, which asks for the commission's meeting of whoever records it, and of nobody who decides."""
    if needs_meeting(request[DESK].offices, act):
        return form.requiring(*(one.name for one in MEETING))
    return replace(form, fields=tuple(one for one in form.fields if one not in MEETING), multipart=form.with_files)


async def meeting_of(sent: Sent, keep: Any) -> dict[str, Any] | None:
    """The commission's meeting and its extract, where the form says them; Wrong for one without the other."""
    day, extract = sent.values.get("meeting_day"), sent.values.get("extract")
    if day is None and extract is None:
        return None
    for name, value in (("meeting_day", day), ("extract", extract)):
        if value is None:
            sent.refuse(name, N_("Donnez le jour de la réunion et l’extrait de son compte rendu, l’un et l’autre."))
            raise forms.Wrong
    return {"day": day.isoformat() if day else None, "extract": await keep("extract")}


# Delegations


@entry(door)
async def show_delegate(request: web.Request) -> web.StreamResponse:
    """`GET people/delegate`."""
    return await _delegate_page(request, None, 200)


async def _delegate_page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    if not may_delegate(request[DESK].offices):
        raise not_there()
    return await show(
        request, "office/delegate.html", status=status, here=HERE,
        form=forms.view(request, as_recorded(request, DELEGATE, None), f"{base(request)}people/delegate", sent,
                        since=request[DESK].today.isoformat()))


@entry(door, takes=DELEGATE.types, most=DELEGATE.most)
async def delegate(request: web.Request) -> web.StreamResponse:
    """`POST people/delegate`."""
    if not may_delegate(request[DESK].offices):
        raise not_there()

    async def do(sent: Sent) -> str:
        await _granted(request, sent, {"role": OfficeRole.DELEGATE.value, "provider": None,
                                       "acts": list(sent.values["acts"])}, meeting=True)
        return f"{base(request)}people?done=delegated"

    return await forms.answer(request, as_recorded(request, DELEGATE, None), do,
                              lambda sent, status: _delegate_page(request, sent, status))


# One office


def office_of(request: web.Request) -> Office:
    """The office that the address names. Problem 404 for one that is not theirs to see."""
    at = request[DESK]
    found = at.body.offices.get(request.match_info["office"])
    if found is None or not (at.sees_of(Register.OFFICES, found.office.provider) or found.office.person == at.person):
        raise not_there()
    return found.office


@entry(door)
async def show_office(request: web.Request) -> web.StreamResponse:
    """`GET people/{office}`."""
    return await _office_page(request, None, 200)


async def _office_page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    at, office, locale = request[DESK], office_of(request), locale_of(request)
    profile = await parts.accounts(request).profile(office.person) or {}
    here = f"{base(request)}people/{office.id}"
    mine = may_end(at.offices, at.person, office, at.today)
    form = forms.view(request, _end_form(request, office), f"{here}/end", sent) if mine else None
    return await show(
        request, "office/office.html", status=status, here=HERE, id=office.id, name=str(profile.get("name", "")),
        email=str(profile.get("email", "")), title=title_of(office, at.body, locale),
        period=period_words(office.since, office.until, locale),
        state=period_state(office.since, office.until, at.today, locale),
        acts=[say(locale, ACTS[one], {}) for one in office.acts],
        paper=f"{here}/paper" if office.paper is not None else "", form=form, own=office.person == at.person)


def _end_form(request: web.Request, office: Office) -> Form:
    if office.role is not OfficeRole.DELEGATE or office.person == request[DESK].person:
        return END
    return as_recorded(request, END_DELEGATION, None)


@entry(door, takes=END_DELEGATION.types + END.types, most=END_DELEGATION.most)
async def end(request: web.Request) -> web.StreamResponse:
    """`POST people/{office}/end`."""
    at, office = request[DESK], office_of(request)
    form = _end_form(request, office)

    async def do(sent: Sent) -> str:
        async with papers(request, office.person, at.body.id, sent) as kept:
            fields = {"office": office.id, "words": sent.values["words"],
                      "meeting": await meeting_of(sent, kept.keep)}
            await act(request, BODY, at.body.id, "EndOffice", fields, sent)
        # Who lays down their own office may have no more page here.
        return space_path(at.person) if office.person == at.person else f"{base(request)}people?done=ended"

    return await forms.answer(request, form, do, lambda sent, status: _office_page(request, sent, status))
