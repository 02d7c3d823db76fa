"""`days/plan`: candidates laid over one or several days (R4.4). What is proposed, and what stands against it, is shown
before anything is decided; what is accepted is accepted as a whole."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from aiohttp import web
from multidict import MultiDict, MultiMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.codec import FieldError, encode
from evaluation.people import Role, Seat
from evaluation.rules import N_, Refusal
from evaluation.session.kind import SESSION
from evaluation.session.state import SessionState
from evaluation.session.terms import Mode
from evaluation.slots import HOME, ZONES
from server.http import forms, parts
from server.http.bodies import FORM
from server.http.entry import entry
from server.http.forms import Form, Sent
from server.http.language import locale_of
from server.http.office.acting import made_id
from server.http.office.case_marks import marks_of
from server.http.office.day.fitting import DONE, Enrolled, Fit, Waiting, days_that_fit, enrolled, waiting_at
from server.http.office.day.laid_view import Words, laid_view
from server.http.office.day.laying import FROM_THE_START, Draft, Wish, drafted, moved
from server.http.office.day.one_day import HERE, door, hearing_marks
from server.http.office.days import planning_for
from server.http.office.door import DESK, base, not_there, show
from server.i18n import say
from server.journals.quoting import reference
from server.journals.write_path import NotDone
from server.storage.rows import listed
from server.views.body.periods import short_day
from server.views.session.labels import MODES

PICK, DAY = "pick-", "day-"
"""What the names of the boxes of candidates and of days begin with: in an address no name comes twice."""
ACCEPT: Final = Form((), N_("Enregistrer ce plan"))


@dataclass(frozen=True)
class Laying:
    """What can be chosen, and what is: candidates and days of one certification and version. `groups` are those with
    candidates; `days` are id, day and whether it is chosen; `most` are laid at once, where more were to be (else 0)."""

    groups: tuple[Fit, ...]
    group: Fit | None
    people: tuple[Waiting, ...]
    picked: frozenset[str]
    days: tuple[tuple[str, str, bool], ...]
    states: tuple[SessionState, ...]
    most: int

    @property
    def chosen(self) -> tuple[Waiting, ...]:
        return tuple(one for one in self.people if one.candidacy in self.picked)


async def _laying(request: web.Request, asked: MultiMapping[str]) -> Laying:
    """Problem 404 for whoever plans for nobody. Without a choice, everybody and the days that fit."""
    providers = planning_for(request)
    if not providers:
        raise not_there()
    everybody = await waiting_at(request, providers)
    groups = tuple(dict.fromkeys(one.fit for one in everybody))
    group = next((one for one in groups if name_of(one) == asked.get("group")), groups[0] if groups else None)
    people = tuple(one for one in everybody if one.fit == group)
    fitting = await days_that_fit(request, [group]) if group is not None else ()
    wanted = set(_several(asked, DAY)) or {row.key for _fit, row in fitting}
    days = tuple((row.key, str(row.data["date"]), row.key in wanted) for _fit, row in fitting)
    found = [await parts.sessions(request).state(key) for key, _date, chosen in days if chosen]
    picked = set(_several(asked, PICK)) or {one.candidacy for one in people}
    most = parts.config(request).lists.laid_at_once
    together = [one.candidacy for one in people if one.candidacy in picked][:most]
    return Laying(groups, group, people, frozenset(together), days, tuple(one for one in found if one is not None),
                  most if len(together) < len(picked) else 0)


def _several(asked: MultiMapping[str], kind: str) -> tuple[str, ...]:
    return tuple(name.removeprefix(kind) for name in asked if name.startswith(kind))


def name_of(fit: Fit) -> str:
    return f"{fit.code}/{fit.version}/{fit.provider}"


async def _draft(request: web.Request, laying: Laying, asked: MultiMapping[str]) -> Draft | None:
    """None where there is nobody, or no day. `again`: whoever is not kept where they were put is laid anew."""
    if not laying.states or not laying.chosen:
        return None
    people = [await enrolled(request, one) for one in laying.chosen]
    wishes = _wishes(laying, asked)
    if "again" in asked:
        wishes = {key: one for key, one in wishes.items() if one.keep}
    draft = await drafted(request, laying.states, people, wishes)
    key, to = asked.get("move", ""), asked.get("onto", "")
    if key in draft.enrolled and to in draft.states:
        at = {one.id: one for one in laying.states}
        wishes = {**wishes, key: moved(at, draft, key, to, asked.get("after", FROM_THE_START))}
        draft = await drafted(request, laying.states, people, wishes)
    return draft


def _wishes(laying: Laying, asked: MultiMapping[str]) -> Mapping[str, Wish]:
    keys = [one.candidacy for one in laying.chosen if f"session-{one.candidacy}" in asked]
    return {key: Wish(asked[f"session-{key}"], asked.get(f"hour-{key}", "").strip(), asked.get(f"zone-{key}", HOME),
                      f"keep-{key}" in asked) for key in keys}


async def _words(request: web.Request, draft: Draft) -> Words:
    seats = [seat.person for state in draft.states.values() for seat in state.seats()]
    mentioned = [one for conflict in draft.conflicts for one in conflict.people]
    mentioned += [one for left in draft.left for conflict in left.conflicts for one in conflict.people]
    people = await parts.accounts(request).profiles({*seats, *mentioned})
    names = {one.waiting.candidacy: one.waiting.name for one in draft.enrolled.values()}
    names |= {one.id: str(people.get(one.candidate.person, {}).get("name", ""))
              for state in draft.states.values() for one in state.hearings.values()}
    return Words(locale_of(request), names, people)


# The page


@entry(door)
async def show_plan(request: web.Request) -> web.StreamResponse:
    """`GET days/plan`."""
    return await _page(request, request.query, None, 200)


@entry(door)
async def check(request: web.Request) -> web.StreamResponse:
    """`GET days/plan/check`: the same as the page's script asks for it, after each move."""
    draft = await _draft(request, await _laying(request, request.query), request.query)
    if draft is None:
        raise not_there()
    return web.json_response(asdict(laid_view(draft, await _words(request, draft))))


async def _page(request: web.Request, asked: MultiMapping[str], sent: Sent | None, status: int) -> web.Response:
    laying = await _laying(request, asked)
    draft, locale = await _draft(request, laying, asked), locale_of(request)
    laid = laid_view(draft, await _words(request, draft)) if draft is not None else None
    titles = {row_id: short_day(date.fromisoformat(day), locale) for row_id, day, _chosen in laying.days}
    marked = {**await marks_of(request, [one.candidacy for one in laying.people]),
              **await hearing_marks(request, laying.states)}
    return await show(
        request, "office/day/plan.html", status=status, here=HERE, laying=laying, laid=laid, titles=titles,
        marked=marked,
        groups=[(name_of(one), f"{one.code}, {one.version}", one == laying.group) for one in laying.groups],
        zones=[(key, say(locale, words, {})) for key, words in ZONES.items()],
        modes=[(key, say(locale, words, {})) for key, words in MODES.items()], mode=asked.get("mode", "remote"),
        step=laying.states[0].framework.planning.step_minutes if laying.states else 1,
        form=forms.view(request, ACCEPT, f"{base(request)}days/plan", sent))


# What is accepted


@entry(door, takes=(FORM,), most="limits.command_bytes")
async def accept(request: web.Request) -> web.StreamResponse:
    """`POST days/plan`: every candidate of the draft is put on the list of their day."""
    asked = MultiDict[str]()

    async def do(sent: Sent) -> str:
        asked.extend((name, one) for name, several in sent.typed.items() for one in several)
        days = _several(asked, DAY)
        where = f"{base(request)}days{f'/{days[0]}' if len(days) == 1 else ''}?done=laid"
        if await _added_before(request, asked, sent):
            return where
        laying = await _laying(request, asked)
        draft = await _draft(request, laying, asked)
        if draft is None:
            raise Refusal("R4.4", N_("Choisissez au moins un candidat et une journée."))
        _check_draft(draft, asked)
        await _add_all(request, draft, asked, sent)
        return where

    return await forms.answer(request, ACCEPT, do, lambda sent, status: _page(request, asked, sent, status))


async def _added_before(request: web.Request, asked: MultiMapping[str], sent: Sent) -> bool:
    """Whether the form was sent before, and all it asks for stands. Who is on a list by now is offered no more."""
    there, at, providers = set[str](), request[DESK], planning_for(request)
    for day in _several(asked, DAY):
        row = await parts.rows(request).one("days", day)
        if row is not None and row.body == at.body.id and row.scope in providers:
            state = await parts.sessions(request).state(day)
            there |= set(state.hearings) if state is not None else set[str]()
    picked = _several(asked, PICK)
    return bool(picked) and all(hearing_id(request, sent, one) in there for one in picked)


def _check_draft(draft: Draft, asked: MultiMapping[str]) -> None:
    """Raises Refusal for what cannot be held so, and for what stands against it and was not shown yet."""
    if draft.unread or any(one.grave for one in draft.conflicts):
        raise Refusal("R4.4", N_("Une épreuve ne peut se tenir à l’heure choisie : voyez ce qui est signalé "
                                 "ci-dessous, et choisissez une autre heure ou un autre jour."))
    if draft.conflicts and asked.get("told") != draft.shown:
        raise Refusal("R4.4", N_("Quelque chose est signalé ci-dessous. Si c’est voulu, enregistrez de nouveau."))
    if not draft.drafted:
        raise Refusal("R4.4", N_("Aucun candidat n’a trouvé d’heure : choisissez une autre journée, ou donnez les "
                                 "heures vous-même."))


async def _add_all(request: web.Request, draft: Draft, asked: MultiMapping[str], sent: Sent) -> None:
    """One after the other, in the order of hours. Refusal with who is on the list by now and who is not."""
    done, refused = list[str](), list[str]()
    for key, slot in sorted(draft.drafted.items(), key=lambda one: one[1].starts_at):
        one = draft.enrolled[key]
        try:
            await add(request, draft.states[slot.session], one, slot.starts_at, slot.zone,
                      asked.get("mode", "remote"), sent)
            done.append(one.waiting.name)
        except (Refusal, FieldError) as error:
            refused.append(f"{one.waiting.name} : {say(sent.locale, error.text, error.values)}")
    if refused:
        raise Refusal("R4.4", N_("Enregistrés : {done}. Pas encore : {refused}"), done=", ".join(done) or "–",
                      refused=" ; ".join(refused))


def hearing_id(request: web.Request, sent: Sent, candidacy: str) -> str:
    """The same when the form is sent again."""
    return made_id(request, sent, f"hearing {candidacy}")


class AdjustedMeanwhile(NotDone):
    """Another adjustment stands than the one with which the hour was chosen."""


async def add(request: web.Request, state: SessionState, one: Enrolled, starts_at: int, zone: str, mode: str | Mode,
              sent: Sent) -> None:
    """As the organizer of the day, once for the form's key. Refusal for who was put on another day's list meanwhile,
    or for whom an adjustment was decided: the hour was not chosen for its length."""
    mine = next((seat for seat in state.organizers if seat.person == request[DESK].person), None)
    if mine is None:
        raise Refusal("X15", N_("Cette journée est celle d’une autre personne : elle peut vous nommer en "
                                  "suppléance."))
    key = one.waiting.candidacy
    hearing = hearing_id(request, sent, key)

    async def alone(connection: AsyncConnection) -> None:
        for row in await listed(connection, "hearings", {"body": state.body, "person": one.waiting.person}):
            if row.data["candidacy"] == key and row.status not in DONE and row.key != f"{state.id}/{hearing}":
                raise NotDone(hearing)
        for row in await listed(connection, "candidacies", {"body": state.body, "person": one.waiting.person}):
            if row.key == key and row.data.get("adjusted") != one.waiting.adjusted:
                raise AdjustedMeanwhile(hearing)

    candidate = Seat(made_id(request, sent, f"seat {key}"), one.waiting.person, Role.CANDIDATE, hearing=hearing)
    try:
        await parts.journals(request).execute(SESSION, state.id, mine.id, "AddHearing", {
            "hearing": hearing, "candidacy": reference(one.registration), "candidate": encode(candidate),
            "starts_at": starts_at, "mode": mode, "zone": zone,
            "adjustment": reference(one.adjustment) if one.adjustment is not None else None},
            key=made_id(request, sent, f"add {key}"), by_server=True, together=alone)
    except AdjustedMeanwhile:
        raise Refusal("R10.1", N_("Un aménagement vient d’être décidé pour cette personne : choisissez son heure de "
                                  "nouveau, la durée a changé.")) from None
    except NotDone:
        raise Refusal("R4.4", N_("Cette personne vient d’être mise sur la liste d’une autre journée.")) from None
