"""`candidacies/{candidacy}/case`: a case opened by hand, for what is found after the day: a copied page, a complaint
(R6.5)."""
from __future__ import annotations

from datetime import date
from typing import Any, Final

from aiohttp import web

from evaluation.body.decisions import JURY, SUBSTITUTE
from evaluation.candidacy.state import CandidacyState
from evaluation.case.kind import CASE
from evaluation.offices import Office
from evaluation.quoted_events import HEARING_ADDED
from evaluation.rules import N_
from evaluation.session.phases import Phase
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Listed, Text, Upload
from server.http.forms import Form, Sent
from server.http.language import locale_of
from server.http.office import citing
from server.http.office.acting import act, made_id, papers
from server.http.office.candidacies import HERE, candidacy_of, door
from server.http.office.case_openers import kind_chosen, kinds_by_hand, opens
from server.http.office.door import DESK, base, not_there, show
from server.journals.quoting import reference
from server.storage.rows import Entry
from server.views.body.periods import short_day

OPEN: Final = Form((
    Listed("kind", N_("De quoi s’agit-il ?"), N_("Des faits signalés mettent la personne en cause : elle est informée, "
                                                 "et peut répondre, avant toute décision.")),
    Text("words", N_("Ce qui a été constaté"), N_("Par qui, quand et comment, sans conclure. Lu par les personnes qui "
                                                  "suivent ce dossier, le candidat compris."), lines=6, most=5000),
    Listed("hearing", N_("Épreuve concernée"), N_("Ses jurés donneront leur avis."), required=False),
    Upload("paper", N_("Ce qui le montre"), N_("PDF ou image."), required=False)), N_("Ouvrir le dossier"))


async def _asked(request: web.Request) -> tuple[CandidacyState, Office]:
    """Problem 404 for who opens no case of the candidacy that the address names, and where its person was erased."""
    state = await candidacy_of(request)
    office = opens(request, state)
    if office is None or await parts.accounts(request).profile(state.person) is None:
        raise not_there()
    return state, office


async def _hearings(request: web.Request, state: CandidacyState) -> list[Entry]:
    """The candidate's until today, the last first."""
    at = request[DESK]
    rows = await parts.rows(request).page("hearings", body=at.body.id, person=state.person, order="at",
                                          descending=True)
    return [one for one in rows if one.data["candidacy"] == state.id and one.status != Phase.CANCELLED
            and date.fromisoformat(str(one.data["date"])) <= at.today]


@entry(door)
async def show_open(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/{candidacy}/case`."""
    state, _office = await _asked(request)
    return await _page(request, state, await _form(request, state), None, 200)


async def _form(request: web.Request, state: CandidacyState) -> Form:
    found = [(one.key, short_day(date.fromisoformat(str(one.data["date"])), locale_of(request)))
             for one in await _hearings(request, state)]
    form = OPEN.choosing(kind=tuple(kinds_by_hand(request, state.certification.cases)), hearing=tuple(found))
    return form if found else Form(tuple(one for one in form.fields if one.name != "hearing"), form.send)


async def _page(request: web.Request, state: CandidacyState, form: Form, sent: Sent | None, status: int
                ) -> web.Response:
    """Of a candidate with one hearing, that one is offered."""
    profile = await parts.accounts(request).profile(state.person) or {}
    hearings = next((one.choices for one in form.fields if one.name == "hearing"), ())
    only = hearings[0][0] if len(hearings) == 1 else ""
    return await show(
        request, "office/case_open.html", status=status, here=HERE, name=str(profile.get("name", "")),
        path=f"{base(request)}candidacies/{state.id}", certification=state.certification,
        form=forms.view(request, form, f"{base(request)}candidacies/{state.id}/case", sent, hearing=only))


@entry(door, takes=OPEN.types, most=OPEN.most)
async def open_case(request: web.Request) -> web.StreamResponse:
    """`POST candidacies/{candidacy}/case`."""
    state, office = await _asked(request)
    form = await _form(request, state)

    async def do(sent: Sent) -> str:
        case = made_id(request, sent, "case")
        body = request[DESK].body
        async with papers(request, state.person, case, sent) as kept:
            paper = await kept.keep("paper")
            await act(request, CASE, case, "OpenCase", {
                "case": case, "person": state.person, **kind_chosen(sent.values["kind"]), "words": sent.values["words"],
                "source": await parts.journals(request).quote(state.id, 1), "papers": [paper] if paper else [],
                "office": await citing.of_body(request, body.offices[office.id].position),
                **await _of_hearing(request, sent.values.get("hearing"))}, sent)
        return f"{base(request)}cases/{case}?done=case-opened"

    return await forms.answer(request, form, do, lambda sent, status: _page(request, state, form, sent, status))


async def _of_hearing(request: web.Request, key: str | None) -> dict[str, Any]:
    """The quotes of the hearing, and of the commission's decisions on its jury, in their order."""
    if not key:
        return {}
    session, _, hearing = key.partition("/")
    records = await parts.journals(request).records(session)
    added = next(one for one in records if one.event == HEARING_ADDED and one.data["hearing"] == hearing)
    decided = sorted(one.position for one in request[DESK].body.decisions.values()
                     if one.session == session and one.event in (JURY, SUBSTITUTE) and one.taken_back is None)
    return {"hearing": reference(added), "jury": [await citing.of_body(request, one) for one in decided]}
