"""`adjustments`: what candidates ask of the disability officer, who alone opens a medical opinion, and decides
(R10.1)."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, cast

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.body.reading_rights import Register
from evaluation.body.terms import Certification
from evaluation.candidacy.access import ADJUSTS
from evaluation.candidacy.adjusting import AdjustmentStatus, adjustment_status
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.terms import Adjustment, AidKind
from evaluation.codec import encode
from evaluation.deadlines import day_of
from evaluation.framework import PHASES
from evaluation.kinds import Row
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Day, Field, Listed, Several
from server.http.forms import Form, Sent
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.mailed_codes import letter_to
from server.http.office import citing
from server.http.office.acting import act
from server.http.office.case_marks import marks_of
from server.http.office.door import DESK, base, desk_for, not_there, show
from server.http.office.framework_files import framework_of
from server.http.office.office_papers import given_out
from server.i18n import say
from server.people.typed import Mistyped
from server.views.candidacy.adjustment_words import (
    ADJUSTMENTS,
    AIDS,
    AdjustmentLine,
    OpinionView,
    arranged,
    opinion_words,
    status_cell,
    wish_words,
)
from server.views.case_mark import CaseMark

HERE: Final = "adjustments"
door: Final = desk_for(Register.ADJUSTMENTS)


@dataclass(frozen=True)
class Minutes(Field):
    """A number of minutes, none where it is empty."""

    required: bool = False
    most: int = 3
    kind: ClassVar[str] = "text"

    def parsed(self, text: str) -> int:
        if not (text.isascii() and text.isdecimal()):
            raise Mistyped(N_("Écrivez un nombre de minutes, en chiffres."))
        return int(text)


SEEN: Final = Form((Day("on", N_("Vu le"), N_("Le jour où le candidat vous a montré l’avis médical.")),),
                   N_("Enregistrer"))
DECIDE: Final = Form((
    Minutes("presentation", N_("Temps en plus pour la présentation"), N_(
        "En minutes. Laissez vide s’il n’y en a pas.")),
    Minutes("questions", N_("Temps en plus pour les questions"), N_("En minutes.")),
    Minutes("breaks", N_("Pauses"), N_("En minutes, en tout, pendant l’épreuve.")),
    Listed("aid", N_("Aide d’une personne"), N_("La personne qui organise la journée lui donnera une place."),
           required=False, choices=tuple((one.value, words) for one, words in AIDS.items())),
    Several("equipment", N_("Matériel"), required=False, choices=(
        ("yes", N_("Le candidat utilise son propre matériel ou logiciel.")),))),
    N_("Enregistrer la décision"))


async def _of(request: web.Request) -> CandidacyState:
    """The candidacy that the address names. Problem 404 for one that nothing is asked in."""
    row = await parts.rows(request).one("adjustments", request.match_info["candidacy"])
    state = await parts.journals(request).state(CANDIDACY, row.stream) if row is not None else None
    if row is None or state is None or row.body != request[DESK].body.id:
        raise not_there()
    return state


async def _office(request: web.Request) -> dict[str, object]:
    """The quote of the office under which they decide."""
    at = request[DESK]
    mine = next((one for one in at.offices if one.role in ADJUSTS), None)
    if mine is None:
        raise not_there()
    return await citing.of_body(request, at.body.offices[mine.id].position)


# The list


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET adjustments`."""

    async def opened(rows: Sequence[Row]) -> Sequence[AdjustmentLine]:
        known = await parts.accounts(request).profiles(row.person for row in rows)
        marked = await marks_of(request, [row.key for row in rows])
        return [_line(request, row, known.get(row.person or ""), marked.get(row.key)) for row in rows]

    view = await listed(request, Listing(
        ADJUSTMENTS, parts.rows(request), opened, request[DESK].where(Register.ADJUSTMENTS),
        parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/adjustments.html", here=HERE, list=view)


def _line(request: web.Request, row: Row, profile: Mapping[str, Any] | None, mark: CaseMark | None
          ) -> AdjustmentLine:
    provider = request[DESK].body.providers.get(str(row.data["provider"]))
    return AdjustmentLine(
        f"{base(request)}adjustments/{row.key}", str((profile or {}).get("name", "")), row.about or "",
        provider.name if provider else "", cast("AdjustmentStatus", row.status), day_of(row.at or 0), mark)


# One request


@entry(door)
async def show_request(request: web.Request) -> web.StreamResponse:
    """`GET adjustments/{candidacy}`."""
    state, locale = await _of(request), locale_of(request)
    here = f"{base(request)}adjustments/{state.id}"
    known, vault = state.adjusting, parts.vault(request)
    opinions: list[OpinionView] = []
    for one in known.opinions:
        kept = one.paper is not None and await vault.file_info(one.paper.file) is not None
        opinions.append(OpinionView(opinion_words(one, locale), f"{here}/opinions/{one.position}" if kept else ""))
    return await _page(
        request, state, "office/adjustment.html", 200, wishes=wish_words(known.asked[-1].wishes, locale),
        standing=status_cell(adjustment_status(state), locale), opinions=opinions, pending=known.pending is not None,
        decided=arranged(known.stands.adjustment, locale) if known.stands else None,
        open=state.withdrawn is None and not state.standing(), months=state.certification.opinion_months)


async def _page(request: web.Request, state: CandidacyState, template: str, status: int, **context: Any
                ) -> web.Response:
    profile = await parts.accounts(request).profile(state.person) or {}
    provider = request[DESK].body.providers.get(state.provider or "")
    return await show(request, template, status=status, here=HERE, name=str(profile.get("name", "")),
                      certification=state.certification, provider=provider.name if provider else "",
                      path=f"{base(request)}adjustments/{state.id}", **context)


@entry(door)
async def show_opinion(request: web.Request) -> web.StreamResponse:
    """`GET adjustments/{candidacy}/opinions/{position}`: the medical opinion, to the disability officer alone; who
    opened it is written down before (X1)."""
    state, position = await _of(request), int(request.match_info["position"])
    found = next((one for one in state.adjusting.opinions if one.position == position), None)
    return await given_out(request, found.paper if found is not None else None)


# "Vu le …"


@entry(door)
async def show_seen(request: web.Request) -> web.StreamResponse:
    """`GET adjustments/{candidacy}/seen`."""
    return await _seen_page(request, await _of(request), None, 200)


async def _seen_page(request: web.Request, state: CandidacyState, sent: Sent | None, status: int) -> web.Response:
    return await _page(request, state, "office/adjustment_seen.html", status,
                       form=forms.view(request, SEEN, request.path, sent))


@entry(door, takes=SEEN.types, most=SEEN.most)
async def note_seen(request: web.Request) -> web.StreamResponse:
    """`POST adjustments/{candidacy}/seen`."""
    state = await _of(request)

    async def do(sent: Sent) -> str:
        await act(request, CANDIDACY, state.id, "SeeOpinion", {
            "on": sent.values["on"].isoformat(), "office": await _office(request)}, sent)
        return f"{base(request)}adjustments/{state.id}?done=opinion-seen"

    return await forms.answer(request, SEEN, do, lambda sent, status: _seen_page(request, state, sent, status))


# The decision


@entry(door)
async def show_decide(request: web.Request) -> web.StreamResponse:
    """`GET adjustments/{candidacy}/decide`."""
    return await _decide_page(request, await _of(request), None, 200)


async def _decide_page(request: web.Request, state: CandidacyState, sent: Sent | None, status: int) -> web.Response:
    form = forms.view(request, DECIDE, request.path, sent, seen=state.position, **_first(state))  # pyright: ignore
    return await _page(request, state, "office/adjustment_decide.html", status, form=form,
                       planned=_planned(request, state.certification),
                       wishes=wish_words(state.adjusting.asked[-1].wishes, locale_of(request)))


def _planned(request: web.Request, certification: Certification) -> list[str]:
    """How long the phases are without an adjustment, and a third of it: what is most often asked for."""
    framework = framework_of(certification)
    if framework is None:
        return []
    said = {"presentation": N_("Présentation : {minutes} min ; un tiers en plus : {third} min."),
            "questions": N_("Questions : {minutes} min ; un tiers en plus : {third} min.")}
    return [say(locale_of(request), said[name], {
        "minutes": framework.phases[name].default // 60, "third": -(-framework.phases[name].default // 180)})
        for name in PHASES]


def _first(state: CandidacyState) -> dict[str, str | tuple[str, ...]]:
    """What the form holds at first: the decision that stands."""
    if state.adjusting.stands is None:
        return {}
    one = state.adjusting.stands.adjustment
    minutes = {name: one.extra_seconds.get(name, 0) // 60 for name in PHASES} | {"breaks": one.break_minutes}
    return {**{name: str(count) if count else "" for name, count in minutes.items()},
            "aid": one.aid.value if one.aid else "", "equipment": ("yes",) if one.equipment else ()}


@entry(door, takes=DECIDE.types, most=DECIDE.most)
async def decide(request: web.Request) -> web.StreamResponse:
    """`POST adjustments/{candidacy}/decide`."""
    state = await _of(request)

    async def do(sent: Sent) -> str:
        adjustment = _decided(state.person, sent.values)
        outbox, said = request.app[parts.OUTBOX], " ; ".join(arranged(adjustment, locale_of(request)))
        sealed = await outbox.seal([await letter_to(request, state.person, "adjustment_decided", arranged=said)])

        async def told(connection: AsyncConnection) -> None:
            await outbox.keep(connection, sealed)

        await act(request, CANDIDACY, state.id, "DecideAdjustment", {
            "adjustment": encode(adjustment), "office": await _office(request)}, sent, expected=sent.seen,
            together=told)
        request.app[parts.DELIVERY].wake()
        return f"{base(request)}adjustments/{state.id}?done=adjustment-decided"

    async def again(sent: Sent, status: int) -> web.Response:
        return await _decide_page(request, await _of(request), sent, status)

    return await forms.answer(request, DECIDE, do, again)


def _decided(person: str, values: Mapping[str, Any]) -> Adjustment:
    extra = {name: 60 * values[name] for name in PHASES if values[name]}
    return Adjustment(person, extra, values["breaks"] or 0, AidKind(values["aid"]) if values["aid"] else None,
                      bool(values["equipment"]))
