"""`cases/{case}`: one case as whoever reads may see it, and each of its acts (`case_acts`) on a page of its own."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from aiohttp import web

from evaluation.body.reading_rights import Register
from evaluation.case.access import Viewer, seen
from evaluation.case.kind import CASE
from evaluation.case.stages import is_open
from evaluation.case.state import CaseState, Part
from evaluation.case_rules import Consequence
from evaluation.journal import Record
from evaluation.offices import Act
from evaluation.rules import N_
from server.http import forms, parts
from server.http.bodies import FORM, MULTIPART
from server.http.entry import entry
from server.http.form_fields import Choice
from server.http.forms import Form, Sent
from server.http.language import locale_of
from server.http.office import case_papers
from server.http.office.acting import Papers, act, papers
from server.http.office.appeals import appeal_of
from server.http.office.case_acts import BY_NAME
from server.http.office.case_around import choices_of, fields_of, joinable
from server.http.office.case_next import Doable, acts_of, doable, held_offices, next_of
from server.http.office.cases import HERE, door
from server.http.office.door import DESK, base, not_there, show
from server.http.office.offices import as_recorded, meeting_of
from server.i18n import say
from server.journals.quoting import reference
from server.views.body.case_shown import persons_of, shown_case, words_of
from server.views.body.case_timeline import words_told
from server.views.body.case_told import part_read
from server.views.body.case_words import Telling
from server.views.body.cases import follows
from server.views.body.periods import short_day


async def case_of_address(request: web.Request) -> tuple[CaseState, tuple[Part, ...]]:
    """What the address names, and the parts of it that are the reader's to see. Problem 404 where there are none."""
    at = request[DESK]
    state = await parts.journals(request).state(CASE, request.match_info["case"])
    if state is None or state.body != at.body.id or not at.sees_of(Register.CASES, state.provider):
        raise not_there()
    mine = seen(state, Viewer(at.person, at.offices)).parts
    if not mine:
        raise not_there()
    return state, tuple(one for one in state.parts.values() if one.candidacy in mine)


# The page


@entry(door)
async def show_case(request: web.Request) -> web.StreamResponse:
    """`GET cases/{case}`."""
    at, (state, mine) = request[DESK], await case_of_address(request)
    here = f"{base(request)}cases/{state.id}"
    records = await _records(request, state, mine)
    telling = await _telling(request, state, mine, records)
    held, provider = await held_offices(request), at.body.providers.get(state.provider or "")
    other = next(iter(await joinable(request, state, 1)), None)
    acts = {one.candidacy: acts_of(request, held, state, one, here, telling.names.get(one.person, ""), other)
            for one in mine}
    return await show(
        request, "office/case.html", here=HERE, acts=acts, next=next_of(acts.values()),
        case=shown_case(state, mine, records, telling, here, parts.now(request)),
        into=f"{base(request)}cases/{state.joined_into}" if state.joined_into is not None else "",
        provider=provider.name if provider else "", candidacies=f"{base(request)}candidacies/",
        day=await _day(request, state), over=all(not is_open(state, one) for one in mine),
        appeals={one.candidacy: await appeal_of(request, state, one) for one in mine},
        demonstration=parts.seals(request).demonstration)


async def _telling(request: web.Request, state: CaseState, mine: Sequence[Part], records: Sequence[Record]) -> Telling:
    profiles = await parts.accounts(request).profiles(persons_of(state, mine, records))
    names = {person: str(profile.get("name", "")) for person, profile in profiles.items()}
    told = (*words_of(state, mine), *filter(None, map(words_told, records)))
    written = await parts.vault(request).read_words([one.ref for one in told])
    return Telling(names, written, locale_of(request), parts.vault(request).is_erased)


async def _records(request: web.Request, state: CaseState, mine: Iterable[Part]) -> list[Record]:
    """Of the case, and of those through which these parts came into it, in their order."""
    streams = (state.id, *dict.fromkeys(before for one in mine for before in one.came_from))
    found = [one for stream in streams for one in await parts.journals(request).records(stream)]
    return sorted(found, key=lambda one: one.at)


async def _day(request: web.Request, state: CaseState) -> tuple[str, str] | None:
    """The day of the jury on which it happened, in words, and its page; None where that is not theirs to see."""
    row = await parts.rows(request).one("days", state.session) if state.session is not None else None
    if row is None or not request[DESK].sees_of(Register.DAYS, row.scope):
        return None
    day = date.fromisoformat(str(row.data["date"]))
    return short_day(day, locale_of(request)), f"{base(request)}days/{row.key}"


# One act


OWN, ALL = "own", "all"
ABOUT: Final = Choice("about", N_("Qui est concerné ?"), choices=(
    (OWN, N_("ce candidat seulement : les autres ne le voient pas")),
    (ALL, N_("tous les candidats de ce dossier : chacun le voit"))))


@dataclass(frozen=True)
class Doing:
    """An act that the address names, in the case and for the candidate that it names."""

    state: CaseState
    part: Part
    doable: Doable
    form: Form


async def _doing(request: web.Request, *, sent: bool = False) -> Doing:
    """Problem 404 for an act that is not theirs, or that the rules do not allow now. Of what was `sent` their refusal
    stands beside what was typed."""
    state, mine = await case_of_address(request)
    part = next((one for one in mine if one.candidacy == request.match_info["candidacy"]), None)
    one = BY_NAME.get(request.match_info["act"])
    if part is None or one is None:
        raise not_there()
    other = next(iter(await joinable(request, state, 1)), None) if one.around == "cases" else None
    found = doable(request, await held_offices(request), state, part, one, other=other, sent=sent)
    if found is None:
        raise not_there()
    return Doing(state, part, found, await _form(request, state, part, found))


async def _form(request: web.Request, state: CaseState, part: Part, found: Doable) -> Form:
    def choices(several: tuple[Consequence, ...]) -> tuple[tuple[str, str], ...]:
        return tuple((one.value, follows(one, state.kind.door)) for one in several)

    form = as_recorded(request, found.act.form, Act.CASE) if found.act.by_commission else found.act.form
    form = form.choosing(consequence=choices(found.consequences), sanctions=choices(state.kind.sanctions),
                         **await choices_of(request, found.act, state, part))
    if len(part.standing) == 1:
        form = replace(form, fields=tuple(one for one in form.fields if one.name != "accusation"))
    return replace(form, fields=(ABOUT, *form.fields)) if found.act.for_all and len(state.parts) > 1 else form


@entry(door)
async def show_act(request: web.Request) -> web.StreamResponse:
    """`GET cases/{case}/{candidacy}/{act}`."""
    return await _act_page(request, await _doing(request), None, 200)


async def _act_page(request: web.Request, doing: Doing, sent: Sent | None, status: int) -> web.Response:
    here, locale, one = f"{base(request)}cases/{doing.state.id}", locale_of(request), doing.doable.act
    mine = (doing.part,)
    telling = await _telling(request, doing.state, mine, await _records(request, doing.state, mine))
    return await show(
        request, "office/case_act.html", status=status, here=HERE, path=here, title=say(locale, one.title, {}),
        told=say(locale, one.told, {"days": doing.state.rules.summons_days}) if one.told else "",
        kind=doing.state.kind.title,
        name=telling.names.get(doing.part.person, ""), whole=one.whole,
        read=part_read(doing.state, doing.part, telling),
        appeal=await appeal_of(request, doing.state, doing.part) if one.name == "admit" else None,
        preview=f"{here}/{doing.part.candidacy}/{one.name}/preview" if one.draws else "",
        demonstration=parts.seals(request).demonstration,
        form=forms.view(request, doing.form, f"{here}/{doing.part.candidacy}/{one.name}", sent,
                        seen=doing.state.position))


@entry(door, takes=(FORM, MULTIPART), most="limits.upload_bytes")
async def do_act(request: web.Request) -> web.StreamResponse:
    """`POST cases/{case}/{candidacy}/{act}`."""
    doing = await _doing(request, sent=True)

    async def do(sent: Sent) -> str:
        state, part = doing.state, doing.part
        async with papers(request, part.person, state.id, sent) as kept:
            fields = await _fields(request, doing, sent, kept)
            await act(request, CASE, state.id, doing.doable.act.command, fields, sent, expected=sent.seen)
        return f"{base(request)}cases/{state.id}?done=case-noted"

    return await forms.answer(request, doing.form, do, lambda sent, status: _act_page(request, doing, sent, status))


@entry(door, takes=(FORM, MULTIPART), most="limits.upload_bytes")
async def preview(request: web.Request) -> web.StreamResponse:
    """`POST cases/{case}/{candidacy}/{act}/preview`: the paper as it would be, of an act that can be done now. Nothing
    is kept."""
    doing = await _doing(request)
    one = doing.doable.act
    if not one.draws:
        raise not_there()
    sent = await forms.read(request, doing.form)
    if sent.wrong:
        return await _act_page(request, doing, sent, 422)
    drawn = await case_papers.drawn(request, doing.state, doing.part, one.draws, _typed(doing, sent.values))
    return web.Response(body=drawn, content_type="application/pdf", headers={
        "Content-Disposition": 'inline; filename="apercu.pdf"'})


def _typed(doing: Doing, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """What of the form stands in the paper that is drawn."""
    own = doing.doable.act.fields(doing.state, doing.part, values)
    return {**own, "words": values.get("words") or values.get("note") or ""}


async def _fields(request: web.Request, doing: Doing, sent: Sent, kept: Papers) -> Mapping[str, Any]:
    one, values = doing.doable.act, sent.values
    fields: dict[str, Any] = {"office": reference(doing.doable.office)}
    if not one.whole:
        fields["candidacy"] = None if values.get("about") == ALL else doing.part.candidacy
    fields |= {name: values[name] for name in ("words", "said") if values.get(name)}
    fields |= {name: await kept.keep(name) for name in one.papers}
    if one.draws and fields.get("paper") is None:
        fields["paper"] = await case_papers.kept(
            request, doing.state, doing.part, one.draws, _typed(doing, values), kept)
    if one.by_commission:
        fields["meeting"] = await meeting_of(sent, kept.keep)
    fields |= await fields_of(request, one, doing.state, values)
    return fields | one.fields(doing.state, doing.part, values)
