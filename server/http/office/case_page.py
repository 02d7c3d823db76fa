"""`cases/{case}`: one case as whoever reads may see it, and each of its acts (`case_acts`) on a page of its own."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from evaluation.body.reading_rights import Register
from evaluation.body.terms import Meeting
from evaluation.case.access import Viewer, seen
from evaluation.case.kind import CASE
from evaluation.case.state import CaseState, Part
from evaluation.case_rules import Consequence
from evaluation.offices import Act, Office, OfficeRole
from evaluation.quotes import Quote
from server.http import forms, parts
from server.http.bodies import FORM, MULTIPART
from server.http.entry import entry
from server.http.forms import Form, Sent
from server.http.home import HOME
from server.http.language import locale_of
from server.http.office import citing
from server.http.office.acting import Papers, act, papers
from server.http.office.case_acts import ACTS, BY_NAME, SOME_PAPER, CaseAct, Trying, possible
from server.http.office.cases import HERE, door
from server.http.office.door import DESK, base, not_there, show
from server.http.office.offices import as_recorded, meeting_of
from server.i18n import say
from server.journals.quoting import reference
from server.views.body.case_shown import persons_of, shown_case, words_of
from server.views.body.cases import CONSEQUENCES


@dataclass(frozen=True)
class Doable:
    """An act that the rules allow now, under the office that is quoted; `consequences` that it may name."""

    act: CaseAct
    office: Quote
    consequences: tuple[Consequence, ...]


async def _case(request: web.Request) -> tuple[CaseState, tuple[Part, ...]]:
    """What the address names, and the parts of it that are the reader's to see. Problem 404 where there are none."""
    at = request[DESK]
    state = await parts.journals(request).state(CASE, request.match_info["case"])
    if state is None or state.body != at.body.id or not at.sees_of(Register.CASES, state.provider):
        raise not_there()
    mine = seen(state, Viewer(at.person, at.offices)).parts
    if not mine:
        raise not_there()
    return state, tuple(one for one in state.parts.values() if one.candidacy in mine)


async def _held(request: web.Request) -> list[tuple[Office, Quote]]:
    """The reader's offices and their grants: the clerk's last, so that a member decides as one."""
    at = request[DESK]
    several = sorted(at.offices, key=lambda one: one.role is OfficeRole.CLERK)
    return [(one, await citing.quote_at(request, at.body.id, at.body.offices[one.id].position)) for one in several]


def _doable(request: web.Request, held: Sequence[tuple[Office, Quote]], state: CaseState, part: Part, one: CaseAct, *,
            sent: bool = False) -> Doable | None:
    """Under the first of the offices `held` that the rules allow it to. Of what was `sent` already, under the first
    that may be asked: the refusal then stands beside what was typed."""
    at, asked = request[DESK], None
    for office, quote in held:
        if office.role not in one.roles:
            continue
        recorded = one.by_commission and office.role is OfficeRole.CLERK
        trying = Trying(state, part, quote, at.today, Meeting(at.today, SOME_PAPER) if recorded else None,
                        Consequence.NONE)
        found = possible(one, trying, request[HOME].person, parts.now(request))
        if found:
            return Doable(one, quote, found)
        asked = asked or Doable(one, quote, state.kind.consequences)
    return asked if sent else None


# The page


@entry(door)
async def show_case(request: web.Request) -> web.StreamResponse:
    """`GET cases/{case}`."""
    at, locale, (state, mine) = request[DESK], locale_of(request), await _case(request)
    here = f"{base(request)}cases/{state.id}"
    records = await parts.journals(request).records(state.id)
    profiles = await parts.accounts(request).profiles(persons_of(state, mine, records))
    names = {person: str(profile.get("name", "")) for person, profile in profiles.items()}
    written = await parts.vault(request).read_words([one.ref for one in words_of(state, mine)])
    provider = at.body.providers.get(state.provider or "")
    shown = shown_case(state, mine, records, names, written, locale)
    held = await _held(request)
    acts = {part.candidacy: [
        (f"{here}/{part.candidacy}/{one.name}", say(locale, one.title, {})) for one in ACTS
        if _doable(request, held, state, part, one) is not None] for part in mine}
    into = f"{base(request)}cases/{state.joined_into}" if state.joined_into is not None else ""
    return await show(request, "office/case.html", here=HERE, case=shown, acts=acts, into=into,
                      provider=provider.name if provider else "", candidacies=f"{base(request)}candidacies/")


# One act


@dataclass(frozen=True)
class Doing:
    """An act that the address names, in the case and for the candidate that it names."""

    state: CaseState
    part: Part
    doable: Doable
    form: Form


async def _doing(request: web.Request) -> Doing:
    """Problem 404 for an act that is not theirs, or that the rules do not allow now."""
    state, mine = await _case(request)
    part = next((one for one in mine if one.candidacy == request.match_info["candidacy"]), None)
    one = BY_NAME.get(request.match_info["act"])
    if part is None or one is None:
        raise not_there()
    doable = _doable(request, await _held(request), state, part, one, sent=request.method == "POST")
    if doable is None:
        raise not_there()
    return Doing(state, part, doable, _form(request, state, doable))


def _form(request: web.Request, state: CaseState, doable: Doable) -> Form:
    def choices(several: tuple[Consequence, ...]) -> tuple[tuple[str, str], ...]:
        return tuple((one.value, CONSEQUENCES[one]) for one in several)

    form = as_recorded(request, doable.act.form, Act.CASE) if doable.act.by_commission else doable.act.form
    return form.choosing(consequence=choices(doable.consequences), sanctions=choices(state.kind.sanctions))


@entry(door)
async def show_act(request: web.Request) -> web.StreamResponse:
    """`GET cases/{case}/{candidacy}/{act}`."""
    return await _act_page(request, await _doing(request), None, 200)


async def _act_page(request: web.Request, doing: Doing, sent: Sent | None, status: int) -> web.Response:
    here, locale, one = f"{base(request)}cases/{doing.state.id}", locale_of(request), doing.doable.act
    profile = await parts.accounts(request).profile(doing.part.person) or {}
    return await show(
        request, "office/case_act.html", status=status, here=HERE, path=here, title=say(locale, one.title, {}),
        told=say(locale, one.told, {}) if one.told else "", kind=doing.state.kind.title,
        name=str(profile.get("name", "")),
        form=forms.view(request, doing.form, f"{here}/{doing.part.candidacy}/{one.name}", sent,
                        seen=doing.state.position))


@entry(door, takes=(FORM, MULTIPART), most="limits.upload_bytes")
async def do_act(request: web.Request) -> web.StreamResponse:
    """`POST cases/{case}/{candidacy}/{act}`."""
    doing = await _doing(request)

    async def do(sent: Sent) -> str:
        state, part = doing.state, doing.part
        async with papers(request, part.person, state.id, sent) as kept:
            await act(request, CASE, state.id, doing.doable.act.command, await _fields(doing, sent, kept), sent,
                      expected=sent.seen)
        return f"{base(request)}cases/{state.id}?done=case-noted"

    return await forms.answer(request, doing.form, do, lambda sent, status: _act_page(request, doing, sent, status))


async def _fields(doing: Doing, sent: Sent, kept: Papers) -> Mapping[str, Any]:
    one, values = doing.doable.act, sent.values
    fields: dict[str, Any] = {"office": reference(doing.doable.office)}
    if not one.whole:
        fields["candidacy"] = doing.part.candidacy
    fields |= {name: values[name] for name in ("words", "said") if values.get(name)}
    fields |= {name: await kept.keep(name) for name in one.papers}
    if one.by_commission:
        fields["meeting"] = await meeting_of(sent, kept.keep)
    return fields | one.fields(doing.state, doing.part, values)
