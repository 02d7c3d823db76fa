"""`examinations`: registrations that may be somebody under a bar, for the awarding body alone; whether it is the same
person is decided here (R6.6). Whoever registers sees that a registration is looked at, and nothing of why."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from aiohttp import web

from evaluation.body.quoted_bars import quoted_bar
from evaluation.body.reading_rights import Register
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.terms import Examination
from evaluation.deadlines import day_of
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Choice, Text
from server.http.forms import Form, Sent
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.office import citing
from server.http.office.acting import act
from server.http.office.case_marks import marks_of
from server.http.office.door import DESK, base, desk_for, not_there, show
from server.journals.quoting import reference
from server.storage.rows import Entry
from server.views.body.periods import short_day
from server.views.candidacy.examinations import (
    CAUSES,
    EXAMINATIONS,
    ExaminationLine,
    answer_cell,
    compared,
)
from server.views.case_mark import CaseMark

HERE: Final = "examinations"
door: Final = desk_for(Register.EXAMINATIONS)
SAME, OTHER = "same", "other"
DECIDE: Final = Form((
    Choice("answer", N_("Est-ce la même personne ?"), choices=(
        (OTHER, N_("non, c’est une autre personne : l’inscription est admise")),
        (SAME, N_("oui, c’est la même personne : l’inscription n’est pas admise")))),
    Text("words", N_("Ce qui le montre"), N_("Lu par le secrétariat seul. Par exemple les pièces que vous avez "
                                             "comparées, ou qui vous a répondu."), lines=3, most=2000)),
    N_("Enregistrer la réponse"))


@dataclass(frozen=True)
class Examined:
    state: CandidacyState
    bar: str
    one: Examination


# The list


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET examinations`."""
    at = request[DESK]

    async def opened(rows: Sequence[Entry]) -> Sequence[ExaminationLine]:
        known = await parts.accounts(request).profiles(row.person for row in rows)
        marked = await marks_of(request, [row.stream for row in rows])
        return [_line(request, row, known.get(row.person or ""), marked.get(row.stream)) for row in rows]

    view = await listed(request, Listing(
        EXAMINATIONS, parts.rows(request), opened, at.where(Register.EXAMINATIONS),
        parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/examinations.html", here=HERE, list=view)


def _line(request: web.Request, row: Entry, profile: Mapping[str, Any] | None, mark: CaseMark | None
          ) -> ExaminationLine:
    at = request[DESK]
    provider = at.body.providers.get(str(row.data["provider"]))
    return ExaminationLine(
        f"{base(request)}examinations/{row.key}", str((profile or {}).get("name", "")),
        provider.name if provider else "", str(row.data["code"]), row.status, day_of(row.at or 0),
        date.fromisoformat(str(row.data["due"])), at.today, mark)


# One of them


async def _examined(request: web.Request) -> Examined:
    """What the address names. Problem 404 for none, or another awarding body's."""
    asked = request.match_info
    row = await parts.rows(request).one("examinations", f"{asked['candidacy']}/{asked['bar']}")
    if row is None or row.body != request[DESK].body.id:
        raise not_there()
    state = await parts.journals(request).state(CANDIDACY, row.stream)
    one = state.examinations.get(asked["bar"]) if state is not None else None
    if state is None or one is None:
        raise not_there()
    return Examined(state, asked["bar"], one)


@entry(door)
async def show_examination(request: web.Request) -> web.StreamResponse:
    """`GET examinations/{candidacy}/{bar}`."""
    return await _page(request, await _examined(request), None, 200)


async def _page(request: web.Request, of: Examined, sent: Sent | None, status: int) -> web.Response:
    state, one, locale, bar = of.state, of.one, locale_of(request), quoted_bar(of.one.bar)
    profiles = await parts.accounts(request).profiles((state.person, bar.person))
    candidate = profiles.get(state.person)
    written = await parts.vault(request).read_words(
        [said.ref for said in (bar.words, one.words) if said is not None])
    first = {"answer": SAME if one.same else OTHER} if one.same is not None else {}
    here = f"{base(request)}examinations/{state.id}/{of.bar}"
    open_still = candidate is not None and state.withdrawn is None
    provider = request[DESK].body.providers.get(state.provider or "")
    return await show(
        request, "office/examination.html", status=status, here=HERE, path=here,
        name=str((candidate or {}).get("name", "")), provider=provider.name if provider else "",
        certification=state.certification, compared=compared(candidate, profiles.get(bar.person), locale),
        candidacy=f"{base(request)}candidacies/{state.id}", bar=f"{base(request)}bars/{of.bar}",
        decided=short_day(bar.decided_on, locale), until=short_day(bar.until, locale),
        why=written.get(bar.words.ref, "") if bar.words is not None else "",
        cause=CAUSES[one.cause], due=short_day(one.due, locale),
        late=one.same is None and request[DESK].today > one.due,
        answer=answer_cell("open" if one.same is None else SAME if one.same else OTHER, locale),
        said=written.get(one.words.ref, "") if one.words is not None else "",
        form=forms.view(request, DECIDE, f"{here}/decide", sent, seen=state.position, **first) if open_still else None)


@entry(door, takes=DECIDE.types, most=DECIDE.most)
async def decide(request: web.Request) -> web.StreamResponse:
    """`POST examinations/{candidacy}/{bar}/decide`."""
    of = await _examined(request)

    async def do(sent: Sent) -> str:
        await act(request, CANDIDACY, of.state.id, "DecideMatch", {
            "bar": reference(of.one.bar), "same": sent.values["answer"] == SAME, "words": sent.values["words"],
            "office": await citing.office_of(request)}, sent, expected=sent.seen)
        return f"{base(request)}examinations?done=match-decided"

    async def again(sent: Sent, status: int) -> web.Response:
        return await _page(request, await _examined(request), sent, status)

    return await forms.answer(request, DECIDE, do, again)
