"""`candidacies/{candidacy}/appeals/record`: the clerk records an appeal as it came (R9.2). What is flagged decides
nothing."""
from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from aiohttp import web

from evaluation.candidacy.appealing import ruled, wrong_days
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import KIND, CandidacyState
from evaluation.case.kind import CASE
from evaluation.case.terms import KIND as OF_CASE
from evaluation.quotes import Quote
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Choice, Day, Listed, Text, Upload
from server.http.forms import Form, Sent, Wrong
from server.http.language import locale_of
from server.http.office import citing
from server.http.office.acting import act, made_id, papers
from server.http.office.candidacies import HERE as CANDIDACIES
from server.http.office.candidacies import candidacy_of, require_clerk
from server.http.office.candidacies import door as candidacies_door
from server.http.office.door import DESK, base, not_there, show
from server.i18n import Locale, say
from server.journals.quoting import reference
from server.views.body.cases import follows
from server.views.body.periods import short_day
from server.views.candidacy.appeals import MEANS
from server.views.candidacy.candidacies import status_cell

RECORD: Final = Form((
    Listed("against", N_("Ce que vise le recours")),
    Day("posted_on", N_("Posté le"), N_("Le jour du cachet de la poste : c’est lui qui compte pour le délai.")),
    Day("received_on", N_("Reçu le")),
    Choice("means", N_("Comment il est arrivé"), choices=tuple(MEANS.items())),
    Text("number", N_("Numéro"), N_("Celui du recommandé ; sinon celui que vous lui donnez."), most=100),
    Choice("reasoned", N_("Le recours dit-il pourquoi ?"), choices=(("yes", N_("oui")), ("no", N_("non")))),
    Text("reasons", N_("Ses raisons, en bref"), N_("Lu par la commission. La copie jointe fait foi."), required=False,
         lines=5, most=5000),
    Day("told_on", N_("Jour où le candidat a reçu son résultat"),
        N_("Celui de l’accusé de réception. Laissez vide s’il n’est pas connu."), required=False),
    Upload("scan", N_("Copie du recours"), N_("PDF ou image, avec l’enveloppe si vous l’avez."),
           accept=".pdf,.jpg,.jpeg,.png,.webp")), N_("Enregistrer le recours"))


@dataclass(frozen=True)
class Against:
    """What can be appealed against, as the form names it."""

    value: str
    words: str
    stream: str
    position: int


async def _several(request: web.Request, state: CandidacyState, locale: Locale) -> list[Against]:
    """What juries ruled on the candidacy and holds, and what cases decided on it: the last first."""
    found = [(one.awarded.ruled_on, Against(
        f"{KIND}-{one.position}",
        say(locale, N_("Résultat du jury du {day} : {award}"), {
            "day": short_day(one.awarded.ruled_on, locale), "award": status_cell(one.awarded.award, locale).text}),
        state.id, one.position)) for one in state.ruled()]
    found += [one async for one in _decisions(request, state, locale)]
    return [one for _day, one in sorted(found, key=lambda each: (each[0], each[1].position), reverse=True)]


async def _decisions(request: web.Request, state: CandidacyState, locale: Locale
                     ) -> AsyncIterator[tuple[date, Against]]:
    for noted in state.cases.values():
        case = await parts.journals(request).state(CASE, noted.case) if not noted.open else None
        part = case.parts.get(state.id) if case is not None else None
        if case is not None and part is not None and part.decision is not None:
            decided, door_of = part.decision, case.kind.door
            yield decided.decided_on, Against(
                f"{OF_CASE}-{case.id}", say(locale, N_("Décision du {day} : {consequence}"), {
                    "day": short_day(decided.decided_on, locale),
                    "consequence": say(locale, follows(decided.consequence, door_of), {})}), case.id, decided.position)


async def _of(request: web.Request) -> tuple[CandidacyState, list[Against]]:
    """As the clerk alone comes to it. Problem 404 where there is nothing to appeal against."""
    require_clerk(request)
    state = await candidacy_of(request)
    several = await _several(request, state, locale_of(request))
    if not several or await parts.accounts(request).profile(state.person) is None:
        raise not_there()
    return state, several


def _form(several: Sequence[Against]) -> Form:
    return RECORD.choosing(against=tuple((one.value, one.words) for one in several))


@entry(candidacies_door)
async def show_record(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/{candidacy}/appeals/record`."""
    state, several = await _of(request)
    return await _record_page(request, state, several, None, 200)


async def _record_page(request: web.Request, state: CandidacyState, several: Sequence[Against], sent: Sent | None,
                       status: int) -> web.Response:
    profile, first = await parts.accounts(request).profile(state.person) or {}, {}
    if len(several) == 1:
        first = {"against": several[0].value}
    return await show(
        request, "office/appeal_record.html", status=status, here=CANDIDACIES, name=str(profile.get("name", "")),
        certification=state.certification, path=f"{base(request)}candidacies/{state.id}", corrects=False,
        form=forms.view(request, _form(several), request.path, sent, seen=state.position, **first))


@entry(candidacies_door, takes=RECORD.types, most=RECORD.most)
async def record(request: web.Request) -> web.StreamResponse:
    """`POST candidacies/{candidacy}/appeals/record`."""
    state, several = await _of(request)

    async def do(sent: Sent) -> str:
        values, appeal = sent.values, made_id(request, sent, "appeal")
        chosen = next(one for one in several if one.value == values["against"])
        against = await citing.quote_at(request, chosen.stream, chosen.position)
        _check(sent, against, request[DESK].today)
        async with papers(request, state.person, state.id, sent) as kept:
            await act(request, CANDIDACY, state.id, "RecordAppeal", {
                **{name: values[name] for name in ("means", "number", "reasons")}, **_days(values),
                "appeal": appeal, "against": reference(against), "reasoned": values["reasoned"] == "yes",
                "scan": await kept.keep("scan"), "office": await citing.office_of(request)}, sent, expected=sent.seen)
        return f"{base(request)}appeals/{state.id}/{appeal}?done=appeal-recorded"

    async def again(sent: Sent, status: int) -> web.Response:
        now, found = await _of(request)
        return await _record_page(request, now, found, sent, status)

    return await forms.answer(request, _form(several), do, again)


def _days(values: Mapping[str, Any]) -> dict[str, str | None]:
    return {name: values[name].isoformat() if values[name] is not None else None
            for name in ("posted_on", "received_on", "told_on")}


def _check(sent: Sent, against: Quote, today: date) -> None:
    """All that is wrong at once, beside its field. Raises Wrong."""
    values = sent.values
    for name, words in wrong_days(against, values["posted_on"], values["received_on"], values["told_on"], today):
        sent.refuse(name, words, {"day": short_day(ruled(against), sent.locale)})
    if values["reasoned"] == "no" and values["reasons"]:
        sent.refuse("reasoned", N_("Vous avez noté des raisons : répondez oui, ou effacez-les."))
    if sent.wrong:
        raise Wrong
