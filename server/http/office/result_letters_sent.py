"""`candidacies/{candidacy}/letters`: the letter of a result, for whoever keeps the registers to hand over where its
mail did not arrive (R8.1)."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.candidacy.award_parts import ResultLetter
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.results_told import letter_of
from evaluation.candidacy.state import CandidacyState
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Choice, Day
from server.http.forms import Form, Sent
from server.http.language import locale_of
from server.http.office import citing
from server.http.office.acting import act
from server.http.office.candidacies import HERE, candidacy_of, door, require_clerk
from server.http.office.door import DESK, base, not_there, show
from server.http.own_results import letter_pdf
from server.views.candidacy.result_lines import letter_title

HAND: Final = Form((
    Day("on", N_("Remise le"), N_("Le jour où le candidat l’a eue en main, ou où la lettre a été postée.")),
    Choice("means", N_("Comment"), choices=(
        ("registered_letter", N_("lettre recommandée")), ("letter", N_("lettre simple")),
        ("by_hand", N_("remise en main propre"))))), N_("Noter la remise"))


async def _letter(request: web.Request) -> tuple[CandidacyState, ResultLetter]:
    """What the address names. Problem 404 for none, and to who does not keep the registers."""
    require_clerk(request)
    state = await candidacy_of(request)
    one = letter_of(state, int(request.match_info["position"]))
    if one is None:
        raise not_there()
    return state, one


@entry(door)
async def show_letter(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/{candidacy}/letters/{position}`."""
    state, one = await _letter(request)
    return await letter_pdf(request, state.id, one.position)


@entry(door)
async def show_hand(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/{candidacy}/letters/{position}/hand`."""
    return await _page(request, None, 200)


async def _page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    state, one = await _letter(request)
    profile = await parts.accounts(request).profile(state.person) or {}
    return await show(
        request, "office/letter_hand.html", status=status, here=HERE, name=str(profile.get("name", "")),
        title=letter_title(one, locale_of(request)), path=f"{base(request)}candidacies/{state.id}",
        form=forms.view(request, HAND, request.path, sent, seen=state.position, on=request[DESK].today.isoformat()))


@entry(door, takes=HAND.types, most=HAND.most)
async def hand(request: web.Request) -> web.StreamResponse:
    """`POST candidacies/{candidacy}/letters/{position}/hand`."""
    state, one = await _letter(request)

    async def do(sent: Sent) -> str:
        await act(request, CANDIDACY, state.id, "HandResult", {
            "letter": one.position, "on": sent.values["on"].isoformat(), "means": sent.values["means"],
            "paper": await request.app[parts.RESULT_PAPERS].kept(state.id, one.position),
            "office": await citing.office_of(request)}, sent, expected=sent.seen)
        return f"{base(request)}candidacies/{state.id}?done=letter-handed"

    return await forms.answer(request, HAND, do, lambda sent, status: _page(request, sent, status))
