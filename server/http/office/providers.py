"""`providers`: training providers, accredited by an agreement that is renewed or ended (R1.7)."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from aiohttp import web

from evaluation.body.accrediting import agreed_on, endable
from evaluation.body.kind import BODY
from evaluation.body.reading_rights import Register
from evaluation.body.state import Provider
from evaluation.kinds import Row
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Day, Text, Upload
from server.http.forms import Form, Sent
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.office.acting import act, made_id, papers
from server.http.office.door import DESK, base, desk_for, keeps, not_there, show
from server.views.body.providers import PROVIDERS, ProviderLine, agreements

HERE: Final = "providers"
door: Final = desk_for(Register.PROVIDERS)
AGREEMENT: Final = (
    Day("since", N_("Premier jour de la convention")),
    Day("until", N_("Dernier jour"), N_("Laissez vide si la convention est sans fin."), required=False),
    Upload("paper", N_("Convention signée"), N_("PDF ou image.")))
ACCREDIT: Final = Form((Text("name", N_("Nom de l’organisme de formation")), *AGREEMENT),
                       N_("Enregistrer la convention"))
RENEW: Final = Form(AGREEMENT, N_("Renouveler la convention"))
END: Final = Form((
    Day("on", N_("Premier jour sans convention"), N_("Aujourd’hui au plus tôt.")),
    Text("words", N_("Pourquoi"), lines=3, most=2000),
    Upload("paper", N_("Lettre ou décision"), N_("PDF ou image."), required=False)), N_("Mettre fin à la convention"),
    sure=True)


def provider_of(request: web.Request) -> Provider:
    """The provider that the address names. Problem 404 for one that is not theirs to see."""
    at = request[DESK]
    found = at.body.providers.get(request.match_info["provider"])
    if found is None or not at.sees_of(Register.PROVIDERS, found.id):
        raise not_there()
    return found


def _require(request: web.Request) -> None:
    if not keeps(request[DESK]):
        raise not_there()


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET providers`."""
    at = request[DESK]

    async def opened(rows: Sequence[Row]) -> Sequence[ProviderLine]:
        return [_line(request, at.body.providers[row.key]) for row in rows if row.key in at.body.providers]

    view = await listed(request, Listing(PROVIDERS, parts.rows(request), opened, at.where(Register.PROVIDERS)))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/providers.html", here=HERE, list=view, keeps=keeps(at))


def _line(request: web.Request, provider: Provider) -> ProviderLine:
    last = max((one.agreement for one in provider.agreements), key=lambda one: one.since)
    first = min(one.agreement.since for one in provider.agreements)
    return ProviderLine(f"{base(request)}providers/{provider.id}", provider.name, len(provider.agreements), first,
                        last.until, agreed_on(provider, request[DESK].today) is not None)


# Accrediting


@entry(door)
async def show_accredit(request: web.Request) -> web.StreamResponse:
    """`GET providers/accredit`."""
    return await _accredit_page(request, None, 200)


async def _accredit_page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    _require(request)
    form = forms.view(request, ACCREDIT, f"{base(request)}providers/accredit", sent,
                      since=request[DESK].today.isoformat())
    return await show(request, "office/accredit.html", status=status, here=HERE, form=form)


@entry(door, takes=ACCREDIT.types, most=ACCREDIT.most)
async def accredit(request: web.Request) -> web.StreamResponse:
    """`POST providers/accredit`."""
    _require(request)

    async def do(sent: Sent) -> str:
        provider = made_id(request, sent, "provider")
        await _agreed(request, sent, provider, "AccreditProvider", name=sent.values["name"])
        return f"{base(request)}providers/{provider}?done=accredited"

    return await forms.answer(request, ACCREDIT, do, lambda sent, status: _accredit_page(request, sent, status))


async def _agreed(request: web.Request, sent: Sent, provider: str, command: str, **more: str) -> None:
    body, until = request[DESK].body.id, sent.values["until"]
    async with papers(request, f"stream:{body}", body, sent) as kept:
        agreement: dict[str, Any] = {
            "provider": provider, "since": sent.values["since"].isoformat(),
            "until": until.isoformat() if until else None, "paper": await kept.keep("paper")}
        await act(request, BODY, body, command, {"agreement": agreement, **more}, sent)


# One provider


@entry(door)
async def show_provider(request: web.Request) -> web.StreamResponse:
    """`GET providers/{provider}`."""
    return await _provider_page(request, provider_of(request), {}, 200)


async def _provider_page(request: web.Request, provider: Provider, sent: dict[str, Sent], status: int
                         ) -> web.Response:
    """`sent` is the form that is shown again, by what it does."""
    at, here = request[DESK], f"{base(request)}providers/{provider.id}"
    mine = keeps(at)
    renew = forms.view(request, RENEW, f"{here}/renew", sent.get("renew"), prefix="renew-",
                       since=_next_day(provider, at.today))
    ending = forms.view(request, END, f"{here}/end", sent.get("end"), prefix="end-",
                        on=at.today.isoformat())
    return await show(
        request, "office/provider.html", status=status, here=HERE, name=provider.name,
        running=agreed_on(provider, at.today) is not None,
        agreements=agreements(provider, here, at.today, locale_of(request)),
        renew=renew if mine else None, ending=ending if mine and endable(provider, at.today) else None,
        open=next(iter(sent), ""))


def _next_day(provider: Provider, today: date) -> str:
    """The day after the last agreement's end; today where that is past."""
    last = max((one.agreement.until or date.min for one in provider.agreements), default=date.min)
    return max(today, last + timedelta(days=1)).isoformat()


@entry(door, takes=RENEW.types, most=RENEW.most)
async def renew(request: web.Request) -> web.StreamResponse:
    """`POST providers/{provider}/renew`."""
    provider = provider_of(request)
    _require(request)

    async def do(sent: Sent) -> str:
        await _agreed(request, sent, provider.id, "RenewAgreement")
        return f"{base(request)}providers/{provider.id}?done=renewed"

    return await forms.answer(request, RENEW, do,
                              lambda sent, status: _provider_page(request, provider, {"renew": sent}, status))


@entry(door, takes=END.types, most=END.most)
async def end(request: web.Request) -> web.StreamResponse:
    """`POST providers/{provider}/end`."""
    provider = provider_of(request)
    _require(request)

    async def do(sent: Sent) -> str:
        body = request[DESK].body.id
        async with papers(request, f"stream:{body}", body, sent) as kept:
            fields = {"provider": provider.id, "on": sent.values["on"].isoformat(), "words": sent.values["words"],
                      "paper": await kept.keep("paper")}
            await act(request, BODY, body, "EndAgreement", fields, sent)
        return f"{base(request)}providers/{provider.id}?done=agreement-ended"

    return await forms.answer(request, END, do,
                              lambda sent, status: _provider_page(request, provider, {"end": sent}, status))
