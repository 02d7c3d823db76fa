"""`candidacies/{candidacy}/correct` and `/withdraw`: a registration is put right, with its reason, and a candidate who
gives up is written down (X12)."""
from __future__ import annotations

from typing import Any, Final

from aiohttp import web

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.registering import to_seek
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.terms import Registered
from evaluation.field_values import written
from evaluation.rules import N_
from server.http import forms
from server.http.entry import entry
from server.http.form_fields import Text, Typed
from server.http.forms import Form, Sent
from server.http.office import citing
from server.http.office.acting import act
from server.http.office.candidacies import candidacy_of
from server.http.office.door import DESK, base, not_there, show
from server.http.office.enrolling import act_with_bars, given, people_of, registrable
from server.http.office.registered_before import as_registered
from server.http.office.registration_form import (
    CIVIL,
    COURSE,
    HERE,
    REACHED,
    checked,
    clean,
    door,
    heads,
    registration_view,
    with_countries,
)
from server.http.office.registration_shown import civil_of
from server.journals.quoting import reference
from server.people.typed import MISSING

REASON: Final = Typed("reason", N_("Pourquoi cette correction"), N_(
    "Gardé avec elle, lu par l’organisme certificateur : « prénom mal recopié », par exemple."), lines=2)
CORRECT: Final = Form((*CIVIL, *REACHED, *COURSE, REASON), N_("Enregistrer la correction"))
WITHDRAW: Final = Form((Text("words", N_("Ce que le candidat a dit"), N_(
    "Quand et comment, et pourquoi s’il le dit. Gardé avec la candidature."), lines=3, most=2000),),
    N_("Enregistrer le désistement"), sure=True)


async def live_candidacy(request: web.Request) -> tuple[CandidacyState, Registered]:
    """The candidacy that the address names, and its registration. Problem 404 for one that is not theirs to change, is
    past, or that the candidate withdrew from."""
    state = await candidacy_of(request)
    if state.registration is None or state.withdrawn is not None or state.provider not in registrable(request[DESK]):
        raise not_there()
    return state, state.registration


async def office_for(request: web.Request, state: CandidacyState) -> dict[str, object]:
    """The quote of the office under which they register for its provider."""
    at = request[DESK]
    return await citing.of_body(request, at.body.offices[registrable(at)[str(state.provider)]].position)


# Correcting


@entry(door)
async def show_correct(request: web.Request) -> web.StreamResponse:
    """`GET …/correct`."""
    state, one = await live_candidacy(request)
    return await _correct_page(request, state, one, None, 200)


async def _correct_page(request: web.Request, state: CandidacyState, one: Registered, sent: Sent | None, status: int
                        ) -> web.Response:
    civil = await civil_of(request, one)
    if civil is None:
        raise not_there()
    here = f"{base(request)}candidacies/{state.id}"
    view = registration_view(request, with_countries(request, CORRECT), f"{here}/correct", sent,
                             await as_registered(request, one, civil), state.position)
    return await show(request, "office/candidacy_correct.html", status=status, here=HERE, name=civil.full_name,
                      certification=state.certification, path=here, form=view, heads=heads(request, view))


@entry(door, takes=CORRECT.types, most=CORRECT.most)
async def correct(request: web.Request) -> web.StreamResponse:
    """`POST …/correct`."""
    state, one = await live_candidacy(request)

    async def do(sent: Sent) -> str:
        reason = written((sent.typed.get("reason") or ("",))[0])
        if not reason:
            sent.refuse("reason", MISSING)
        found = clean(await checked(request, sent), sent)
        async with people_of(request, sent, found, str(state.provider), state.person) as people:
            fields = {**await _blocks(request, state, one, await given(request, found, people)),
                      "civil": found.civil.as_text(), "reason": reason, "office": await office_for(request, state)}
            await act_with_bars(request, people, state.id, state.certification.code, "CorrectRegistration", fields,
                                sent)
        return f"{base(request)}candidacies/{state.id}?done=corrected"

    async def again(sent: Sent, status: int) -> web.Response:
        return await _correct_page(request, *await live_candidacy(request), sent, status)

    return await forms.answer(request, with_countries(request, CORRECT), do, again)


async def _blocks(request: web.Request, state: CandidacyState, one: Registered, registration: dict[str, Any]
                  ) -> dict[str, Any]:
    """The blocks sought as they follow from earlier juries today; nothing is quoted anew where they are the same, or a
    hearing rests on them."""
    earlier = [quote for quote in await citing.outcomes(request, state) if quote.stream != state.id]
    sought, cited = to_seek(state.certification, state.person, earlier, request[DESK].today)
    same = state.planned or state.standing() or sought == one.enrolment.sought
    return {"registration": {**registration, "sought": list(one.enrolment.sought if same else sought)},
            "outcomes": [] if same else [reference(quote) for quote in cited]}


# Withdrawing


@entry(door)
async def show_withdraw(request: web.Request) -> web.StreamResponse:
    """`GET …/withdraw`."""
    state, one = await live_candidacy(request)
    return await _withdraw_page(request, state, one, None, 200)


async def _withdraw_page(request: web.Request, state: CandidacyState, one: Registered, sent: Sent | None, status: int
                         ) -> web.Response:
    civil, here = await civil_of(request, one), f"{base(request)}candidacies/{state.id}"
    form = forms.view(request, WITHDRAW, f"{here}/withdraw", sent, seen=state.position)
    return await show(request, "office/candidacy_withdraw.html", status=status, here=HERE, path=here, form=form,
                      name=civil.full_name if civil is not None else "", certification=state.certification)


@entry(door, takes=WITHDRAW.types, most=WITHDRAW.most)
async def withdraw(request: web.Request) -> web.StreamResponse:
    """`POST …/withdraw`."""
    state, _one = await live_candidacy(request)

    async def do(sent: Sent) -> str:
        await act(request, CANDIDACY, state.id, "WithdrawCandidacy", {
            "words": sent.values["words"], "office": await office_for(request, state)}, sent, expected=sent.seen)
        return f"{base(request)}candidacies/{state.id}?done=withdrawn"

    async def again(sent: Sent, status: int) -> web.Response:
        return await _withdraw_page(request, *await live_candidacy(request), sent, status)

    return await forms.answer(request, WITHDRAW, do, again)
