"""`candidacies/{candidacy}/outcomes` and `/certificates`: what a jury ruled and the certificate that followed, recorded
by the clerk with their papers; a mistake is corrected by a later record (R1.6, R8.3)."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from evaluation.candidacy.awarding import completed_by
from evaluation.candidacy.kept import keeping_of, kept_blocks
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import CandidacyState, Outcome
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Choice, Day, Several, Text, Upload
from server.http.forms import Form, Sent
from server.http.language import locale_of
from server.http.office import citing
from server.http.office.acting import act, papers
from server.http.office.candidacies import HERE, candidacy_of, door, require_clerk
from server.http.office.door import DESK, base, not_there, show
from server.http.office.framework_files import block_titles
from server.journals.quoting import reference
from server.views.candidacy import ruled

PAPER: Final = Upload("paper", N_("Document"), N_(
    "PDF ou image, seulement ce qui concerne cette personne : son organisme de formation peut le lire aussi."))
PARTIAL: Final = ("partial", N_("une partie : les blocs cochés ci-dessous"))
OUTCOME: Final = Form((
    Day("ruled_on", N_("Jour du jury")),
    Choice("award", N_("Ce que le jury a attribué"), choices=(
        ("full", N_("toute la certification")), PARTIAL, ("none", N_("rien")))),
    Several("blocks", N_("Blocs attribués par ce jury"),
            N_("Ceux de ce jury seulement. Les blocs déjà acquis comptent d’eux-mêmes. Aucun si rien n’est attribué."),
            required=False), PAPER),
    N_("Enregistrer le résultat"))
CERTIFICATE: Final = Form((
    Text("number", N_("Numéro du certificat"), most=100), Day("dated", N_("Daté du")), PAPER),
    N_("Enregistrer le certificat"))
DONE_OUTCOME, DONE_CERTIFICATE = "outcome", "certificate"


# What a jury ruled


def _outcome_form(state: CandidacyState) -> Form:
    of = state.certification
    titles = block_titles(of)
    form = OUTCOME.choosing(blocks=tuple(
        (one, f"{one} : {titles[one]}" if one in titles else one) for one in of.blocks))
    return form if of.registered else form.without("award", PARTIAL[0])


@entry(door)
async def show_outcome(request: web.Request) -> web.StreamResponse:
    """`GET …/outcomes/record`, `GET …/outcomes/{position}/correct`."""
    return await _outcome_page(request, await _candidacy(request), None, 200)


async def _outcome_page(request: web.Request, state: CandidacyState, sent: Sent | None, status: int) -> web.Response:
    corrected, locale = _corrected(request, state.outcomes), locale_of(request)
    others = [one for one in await citing.outcomes(request, state)
              if corrected is None or (one.stream, one.position) != (state.id, corrected.position)]
    kept = kept_blocks(keeping_of(state.certification), state.person, others, request[DESK].today)
    form = forms.view(request, _outcome_form(state), request.path, sent, seen=state.position,
                      **_outcome(state, corrected))
    return await _page(request, state, "office/outcome.html", status, form=form, corrects=corrected is not None,
                       kept=ruled.kept(kept, state.id, locale))


def _outcome(state: CandidacyState, one: Outcome | None) -> dict[str, Any]:
    """What the form holds at first: what is corrected; the first jury's day where none is recorded yet."""
    if one is not None:
        return {"ruled_on": one.awarded.ruled_on.isoformat(), "award": one.awarded.award, "blocks": one.awarded.blocks}
    first = state.first_jury
    return {"ruled_on": first.isoformat()} if first is not None and not state.standing() else {}


@entry(door, takes=OUTCOME.types, most=OUTCOME.most)
async def record_outcome(request: web.Request) -> web.StreamResponse:
    """`POST …/outcomes/record`, `POST …/outcomes/{position}/correct`."""
    state = await _candidacy(request)
    corrected = _corrected(request, state.outcomes)
    corrects = corrected.position if corrected is not None else None

    async def do(sent: Sent) -> str:
        values = sent.values
        earlier = await citing.outcomes(request, state) if values["award"] == "full" else ()
        kept = completed_by(state, values["blocks"], values["ruled_on"], corrects, earlier)
        return await _recorded(request, state, sent, "RecordOutcome", DONE_OUTCOME, {
            "ruled_on": values["ruled_on"].isoformat(), "award": values["award"], "blocks": list(values["blocks"]),
            "kept": [reference(one) for one in kept], "corrects": corrects})

    async def again(sent: Sent, status: int) -> web.Response:
        return await _outcome_page(request, await _candidacy(request), sent, status)

    return await forms.answer(request, _outcome_form(state), do, again)


# The certificate


@entry(door)
async def show_certificate(request: web.Request) -> web.StreamResponse:
    """`GET …/certificates/note`, `GET …/certificates/{position}/correct`."""
    return await _certificate_page(request, await _candidacy(request), None, 200)


async def _certificate_page(request: web.Request, state: CandidacyState, sent: Sent | None, status: int
                            ) -> web.Response:
    corrected = _corrected(request, state.certificates)
    first = {"number": corrected.number, "dated": corrected.dated.isoformat()} if corrected is not None else {}
    form = forms.view(request, CERTIFICATE, request.path, sent, seen=state.position, **first)
    return await _page(request, state, "office/certificate.html", status, form=form, corrects=corrected is not None)


@entry(door, takes=CERTIFICATE.types, most=CERTIFICATE.most)
async def note_certificate(request: web.Request) -> web.StreamResponse:
    """`POST …/certificates/note`, `POST …/certificates/{position}/correct`."""
    state = await _candidacy(request)
    corrected = _corrected(request, state.certificates)

    async def do(sent: Sent) -> str:
        return await _recorded(request, state, sent, "NoteCertificate", DONE_CERTIFICATE, {
            "number": sent.values["number"], "dated": sent.values["dated"].isoformat(),
            "corrects": corrected.position if corrected is not None else None})

    async def again(sent: Sent, status: int) -> web.Response:
        return await _certificate_page(request, await _candidacy(request), sent, status)

    return await forms.answer(request, CERTIFICATE, do, again)


# Both


async def _candidacy(request: web.Request) -> CandidacyState:
    """As the clerk alone comes to it."""
    require_clerk(request)
    return await candidacy_of(request)


def _corrected(request: web.Request, known: Mapping[int, Any]) -> Any | None:
    """The record that the address names; None where a new one is made. Problem 404 for one that was never there."""
    position = request.match_info.get("position")
    if position is None:
        return None
    if int(position) not in known:
        raise not_there()
    return known[int(position)]


async def _page(request: web.Request, state: CandidacyState, template: str, status: int, **context: Any
                ) -> web.Response:
    profile = await parts.accounts(request).profile(state.person) or {}
    return await show(request, template, status=status, here=HERE, name=str(profile.get("name", "")),
                      certification=state.certification, path=f"{base(request)}candidacies/{state.id}", **context)


async def _recorded(request: web.Request, state: CandidacyState, sent: Sent, command: str, done: str,
                    fields: Mapping[str, object]) -> str:
    office = await citing.office_of(request)
    async with papers(request, state.person, state.id, sent) as kept:
        paper = await kept.keep("paper")
        await act(request, CANDIDACY, state.id, command, {**fields, "paper": paper, "office": office}, sent,
                  expected=sent.seen)
    return f"{base(request)}candidacies/{state.id}?done={done}"
