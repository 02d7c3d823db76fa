"""`candidacies/{candidacy}/endings` and `/reservations`: an absence is excused with its proof by whoever registers, a
reservation of the president is settled by the clerk (R4.5, R6.3)."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import CandidacyState, Ended, Reserved
from evaluation.candidacy.terms import HearingEnding
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Text, Upload
from server.http.forms import Form, Sent
from server.http.language import locale_of
from server.http.office import citing
from server.http.office.acting import act, papers
from server.http.office.candidacies import HERE, candidacy_of, door, require_clerk
from server.http.office.door import DESK, base, not_there, show
from server.http.office.office_papers import given_out
from server.http.office.since_hearing import days_of, excuses_under
from server.i18n import say
from server.views.body.periods import short_day
from server.views.candidacy.hearings import GATES, gate_words

EXCUSE: Final = Form((
    Text("words", N_("Ce qui excuse l’absence"), N_(
        "En bref, sans détail médical : l’organisme de formation et l’organisme certificateur le lisent."), lines=3,
        most=2000),
    Upload("proof", N_("Justificatif"), N_("PDF ou image."), accept=".pdf,.jpg,.jpeg,.png,.webp")),
    N_("Excuser l’absence"))
SETTLE: Final = Form((
    Text("words", N_("Ce qui lève la réserve"), lines=4, most=5000),), N_("Lever la réserve"))


async def _page(request: web.Request, state: CandidacyState, template: str, status: int, **context: Any
                ) -> web.Response:
    profile = await parts.accounts(request).profile(state.person) or {}
    return await show(request, template, status=status, here=HERE, name=str(profile.get("name", "")), corrects=False,
                      certification=state.certification, path=f"{base(request)}candidacies/{state.id}", **context)


# An absence


async def _absence(request: web.Request) -> tuple[CandidacyState, Ended]:
    """Problem 404 to who may not excuse it, and for what was none."""
    state, named = await candidacy_of(request), request.match_info
    one = next((each for each in state.endings if each.key == (named["session"], named["hearing"])), None)
    able = excuses_under(request, state) is not None
    if one is None or not able or one.ending not in (HearingEnding.ABSENT, HearingEnding.EXCUSED):
        raise not_there()
    return state, one


@entry(door)
async def show_excuse(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/{candidacy}/endings/{session}/{hearing}/excuse`."""
    return await _excuse_page(request, await _absence(request), None, 200)


async def _excuse_page(request: web.Request, found: tuple[CandidacyState, Ended], sent: Sent | None, status: int
                       ) -> web.Response:
    state, one = found
    days, locale = await days_of(request, {one.session}), locale_of(request)
    return await _page(request, state, "office/absence_excuse.html", status,
                       day=short_day(days[one.session], locale) if one.session in days else "",
                       form=forms.view(request, EXCUSE, request.path, sent))


@entry(door, takes=EXCUSE.types, most=EXCUSE.most)
async def excuse(request: web.Request) -> web.StreamResponse:
    """`POST candidacies/{candidacy}/endings/{session}/{hearing}/excuse`."""
    state, one = await _absence(request)

    async def do(sent: Sent) -> str:
        at, under = request[DESK], excuses_under(request, state)
        office = await citing.of_body(request, at.body.offices[str(under)].position)
        async with papers(request, state.person, state.id, sent) as kept:
            await act(request, CANDIDACY, state.id, "ExcuseAbsence", {
                "session": one.session, "hearing": one.hearing, "words": sent.values["words"],
                "proof": await kept.keep("proof"), "office": office}, sent)
        return f"{base(request)}candidacies/{state.id}?done=absence-excused"

    async def again(sent: Sent, status: int) -> web.Response:
        return await _excuse_page(request, (state, one), sent, status)

    return await forms.answer(request, EXCUSE, do, again)


@entry(door)
async def show_proof(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/{candidacy}/endings/{session}/{hearing}/proof`: to who may excuse an absence there."""
    _state, one = await _absence(request)
    return await given_out(request, one.proof)


# A reservation


async def _reservation(request: web.Request) -> tuple[CandidacyState, Reserved]:
    """Counted from one, in the order of their making. Problem 404 for none."""
    require_clerk(request)
    state, number = await candidacy_of(request), int(request.match_info["number"])
    if not 1 <= number <= len(state.reservations):
        raise not_there()
    return state, state.reservations[number - 1]


@entry(door)
async def show_settle(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/{candidacy}/reservations/{number}/settle`."""
    return await _settle_page(request, await _reservation(request), None, 200)


async def _settle_page(request: web.Request, found: tuple[CandidacyState, Reserved], sent: Sent | None, status: int
                       ) -> web.Response:
    (state, one), locale = found, locale_of(request)
    return await _page(request, state, "office/reservation_settle.html", status, gate=gate_words(one.gate, locale),
                       hint=say(locale, GATES[one.gate][1], {}),
                       form=forms.view(request, SETTLE, request.path, sent, seen=state.position))


@entry(door, takes=SETTLE.types, most=SETTLE.most)
async def settle(request: web.Request) -> web.StreamResponse:
    """`POST candidacies/{candidacy}/reservations/{number}/settle`."""
    state, one = await _reservation(request)

    async def do(sent: Sent) -> str:
        fields: Mapping[str, object] = {
            "session": one.session, "hearing": one.hearing, "gate": one.gate, "words": sent.values["words"],
            "office": await citing.office_of(request)}
        await act(request, CANDIDACY, state.id, "SettleReservation", fields, sent, expected=sent.seen)
        return f"{base(request)}candidacies/{state.id}?done=reservation-settled"

    async def again(sent: Sent, status: int) -> web.Response:
        return await _settle_page(request, await _reservation(request), sent, status)

    return await forms.answer(request, SETTLE, do, again)
