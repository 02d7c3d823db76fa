"""`findings`: what was found at a provider that is not as it should be. The awarding body says who corrects it, how and
by when, and closes it; the provider's people see their own (R2.4)."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiohttp import web

from evaluation.body.kind import BODY
from evaluation.body.observer_findings import owners
from evaluation.body.reading_rights import ALL_OF_IT, Register
from evaluation.body.state import Finding
from evaluation.kinds import Row
from evaluation.offices import TITLES, held
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Day, Listed, Text
from server.http.forms import Form, Sent
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.office.acting import act, made_id
from server.http.office.door import DESK, base, desk_for, keeps, not_there, show
from server.i18n import say
from server.views.body.findings import FindingLine, findings_for, status_cell
from server.views.body.periods import short_day
from server.views.form import FormView

HERE: Final = "findings"
door: Final = desk_for(Register.FINDINGS)
WHAT: Final = Text("words", N_("Ce qui est constaté"), N_(
    "Des faits, sans nommer de candidat : l’organisme de formation le lit."), lines=5, most=5000)
RECORD: Final = Form((
    Listed("provider", N_("Organisme de formation")), Day("found_on", N_("Constaté le")), WHAT),
    N_("Enregistrer le constat"))
ASSIGN: Final = Form((
    Listed("owner", N_("Qui corrige")), Text("words", N_("Action corrective"), N_(
        "Ce qui est à faire. L’organisme de formation le lit."), lines=4, most=5000),
    Day("due", N_("À corriger avant la fin du"))), N_("Confier cette action"))
CLOSE: Final = Form((
    Text("words", N_("Ce qui a été fait"), N_("Ou pourquoi il n’y avait rien à faire."), lines=4, most=5000),),
    N_("Clore le constat"))


# The list


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET findings`."""
    at = request[DESK]

    async def opened(rows: Sequence[Row]) -> Sequence[FindingLine]:
        several = [at.body.findings[row.key] for row in rows if row.key in at.body.findings]
        return await _lines(request, several)

    whole = at.sees(Register.FINDINGS) is ALL_OF_IT
    view = await listed(request, Listing(
        findings_for(at.person, at.body.providers.values() if whole else ()), parts.rows(request), opened,
        at.where(Register.FINDINGS), parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/findings.html", here=HERE, list=view, clerk=keeps(at))


async def _lines(request: web.Request, several: Sequence[Finding]) -> Sequence[FindingLine]:
    at = request[DESK]
    words = await parts.vault(request).read_words([one.words.ref for one in several])
    known = await parts.accounts(request).profiles(one.owner for one in several)
    return [FindingLine(
        f"{base(request)}findings/{one.id}", one, words.get(one.words.ref, ""), at.body.providers[one.provider].name,
        str(known.get(one.owner or "", {}).get("name", "")), at.today) for one in several]


# Recorded by the clerk; by who observes, from their space (`own_findings`)


def _record_form(request: web.Request) -> Form:
    at = request[DESK]
    if not keeps(at):
        raise not_there()
    return RECORD.choosing(provider=tuple(
        (one.id, one.name) for one in sorted(at.body.providers.values(), key=lambda one: one.name)))


@entry(door)
async def show_record(request: web.Request) -> web.StreamResponse:
    """`GET findings/record`."""
    return await _record_page(request, None, 200)


async def _record_page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    form = _record_form(request)
    return await show(request, "office/finding_record.html", status=status, here=HERE,
                      form=forms.view(request, form, f"{base(request)}findings/record", sent))


@entry(door, takes=RECORD.types, most=RECORD.most)
async def record(request: web.Request) -> web.StreamResponse:
    """`POST findings/record`."""
    form = _record_form(request)

    async def do(sent: Sent) -> str:
        finding, values = made_id(request, sent, "finding"), sent.values
        await act(request, BODY, request[DESK].body.id, "RecordFinding", {
            "finding": finding, "provider": values["provider"], "found_on": values["found_on"].isoformat(),
            "words": values["words"]}, sent)
        return f"{base(request)}findings/{finding}?done=finding-recorded"

    return await forms.answer(request, form, do, lambda sent, status: _record_page(request, sent, status))


# One finding


def _finding(request: web.Request) -> Finding:
    """What the address names. Problem 404 for none, and for another provider's."""
    at, found = request[DESK], request[DESK].body.findings.get(request.match_info["finding"])
    if found is None or not at.sees_of(Register.FINDINGS, found.provider):
        raise not_there()
    return found


@entry(door)
async def show_finding(request: web.Request) -> web.StreamResponse:
    """`GET findings/{finding}`."""
    return await _page(request, 200)


async def _page(request: web.Request, status: int, assigned: Sent | None = None, closed: Sent | None = None
                ) -> web.Response:
    at, one, locale = request[DESK], _finding(request), locale_of(request)
    refs = [each.ref for each in (one.words, one.action, one.outcome) if each is not None]
    words = await parts.vault(request).read_words(refs)
    known = await parts.accounts(request).profiles({one.by, *((one.owner,) if one.owner is not None else ())})
    written = {name: words.get(each.ref, "") if each is not None else ""
               for name, each in (("words", one.words), ("action", one.action), ("outcome", one.outcome))}
    mine = keeps(at) and one.closed_at is None  # what was sent and refused is shown, whatever became of it meanwhile
    return await show(
        request, "office/finding.html", status=status, here=HERE, **written, **_facts(request, one, known),
        state=status_cell(one, at.today, locale),
        assign=await _assign_view(request, one, assigned, written["action"]) if mine or assigned else None,
        close=forms.view(request, CLOSE, f"{base(request)}findings/{one.id}/close", closed, prefix="close-")
        if mine or closed else None)


def _facts(request: web.Request, one: Finding, known: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    at, locale = request[DESK], locale_of(request)
    day = f"{base(request)}days/{one.session}" if one.session and at.sees_of(Register.DAYS, one.provider) else ""
    return {"provider": at.body.providers[one.provider].name, "found_on": short_day(one.found_on, locale),
            "by": str(known.get(one.by, {}).get("name", "")), "day": day,
            "owner": str(known.get(one.owner or "", {}).get("name", "")),
            "due": short_day(one.due, locale) if one.due is not None else ""}


async def _assign_view(request: web.Request, one: Finding, sent: Sent | None, action: str) -> FormView:
    due = one.due.isoformat() if one.due is not None else ""
    return forms.view(request, await _assign_form(request, one), f"{base(request)}findings/{one.id}/assign", sent,
                      prefix="assign-", owner=one.owner or "", words=action, due=due)


async def _assign_form(request: web.Request, one: Finding) -> Form:
    at, locale = request[DESK], locale_of(request)
    able = owners(at.body, one.provider, at.today)
    known = await parts.accounts(request).profiles(able)
    names = {person: str(known.get(person, {}).get("name", "")) for person in able}
    titles = {person: ", ".join(dict.fromkeys(
        say(locale, TITLES[each.role], {}) for each in held(at.body.all_offices(), person, at.today)
        if each.provider in (None, one.provider))) for person in able}
    return ASSIGN.choosing(owner=tuple(
        (person, f"{names[person]} ({titles[person]})") for person in sorted(able, key=lambda each: names[each])
        if names[person]))


def _to_change(request: web.Request) -> Finding:
    """Problem 404 to who does not keep the registers."""
    if not keeps(request[DESK]):
        raise not_there()
    return _finding(request)


@entry(door, takes=ASSIGN.types, most=ASSIGN.most)
async def assign(request: web.Request) -> web.StreamResponse:
    """`POST findings/{finding}/assign`."""
    one = _to_change(request)

    async def do(sent: Sent) -> str:
        values = sent.values
        await act(request, BODY, request[DESK].body.id, "AssignFinding", {
            "finding": one.id, "owner": values["owner"], "due": values["due"].isoformat(), "words": values["words"]},
            sent)
        return f"{base(request)}findings/{one.id}?done=finding-assigned"

    return await forms.answer(request, await _assign_form(request, one), do,
                              lambda sent, status: _page(request, status, assigned=sent))


@entry(door, takes=CLOSE.types, most=CLOSE.most)
async def close(request: web.Request) -> web.StreamResponse:
    """`POST findings/{finding}/close`."""
    one = _to_change(request)

    async def do(sent: Sent) -> str:
        await act(request, BODY, request[DESK].body.id, "CloseFinding", {
            "finding": one.id, "words": sent.values["words"]}, sent)
        return f"{base(request)}findings/{one.id}?done=finding-closed"

    return await forms.answer(request, CLOSE, do, lambda sent, status: _page(request, status, closed=sent))
