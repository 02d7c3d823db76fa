"""`candidacies/{candidacy}/adjustment`: whoever registers asks for an adjustment in the candidate's place. Neither why,
nor the medical opinion, passes through their hands (R10.1)."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import CandidacyState
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Several
from server.http.forms import Form, Sent
from server.http.office import citing
from server.http.office.acting import act
from server.http.office.adjustment_shown import adjustment_section, asks_under
from server.http.office.candidacies import HERE, candidacy_of, door
from server.http.office.door import DESK, base, not_there, show
from server.views.candidacy.adjustment_words import WISHES

ASK: Final = Form((Several("wishes", N_("Ce que le candidat demande"), choices=tuple(
    (one.value, words) for one, words in WISHES.items())),), N_("Transmettre au référent handicap"))


async def _to_ask(request: web.Request) -> CandidacyState:
    """Problem 404 for a candidacy in which they ask for nothing."""
    state = await candidacy_of(request)
    section = adjustment_section(request, state)
    if section is None or not section.asks:
        raise not_there()
    return state


@entry(door)
async def show_ask(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/{candidacy}/adjustment`."""
    return await _page(request, await _to_ask(request), None, 200)


async def _page(request: web.Request, state: CandidacyState, sent: Sent | None, status: int) -> web.Response:
    profile = await parts.accounts(request).profile(state.person) or {}
    pending = state.adjusting.pending
    form = forms.view(request, ASK, request.path, sent,
                      wishes=tuple(one.value for one in pending.wishes) if pending is not None else ())
    return await show(request, "office/adjustment_ask.html", status=status, here=HERE, form=form,
                      name=str(profile.get("name", "")), certification=state.certification,
                      path=f"{base(request)}candidacies/{state.id}")


@entry(door, takes=ASK.types, most=ASK.most)
async def ask(request: web.Request) -> web.StreamResponse:
    """`POST candidacies/{candidacy}/adjustment`."""
    state = await _to_ask(request)

    async def do(sent: Sent) -> str:
        office = request[DESK].body.offices[asks_under(request, state) or ""]
        await act(request, CANDIDACY, state.id, "AskAdjustment", {
            "wishes": list(sent.values["wishes"]), "office": await citing.of_body(request, office.position)}, sent)
        return f"{base(request)}candidacies/{state.id}?done=adjustment-asked"

    return await forms.answer(request, ASK, do, lambda sent, status: _page(request, state, sent, status))
