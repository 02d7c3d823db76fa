"""Candidates who are registered and have no hearing yet, and the days that fit them: those of their certification and
version, at the provider that registered them (R1.1)."""
from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from aiohttp import web

from evaluation.candidacy import adjusting, registering
from evaluation.candidacy.adjusting import Adjustment
from evaluation.candidacy.kind import HELD, TO_PLAN
from evaluation.candidacy.terms import Enrolment
from evaluation.offices import ProviderId
from evaluation.people import PersonId, Role
from evaluation.quotes import Quote
from evaluation.session.phases import OVER, Phase
from evaluation.slots import HOME, Examinee
from server.http import parts
from server.http.office import citing
from server.http.office.door import DESK
from server.storage.rows import Entry

DONE = frozenset({*OVER, Phase.POSTPONED})
"""A hearing in one of these phases leaves its candidate free for another."""


@dataclass(frozen=True)
class Fit:
    """What a candidate and a day must have in common."""

    code: str
    version: str
    provider: ProviderId


@dataclass(frozen=True)
class Waiting:
    """One candidate to be planned. `registered` is where the candidacy's journal says who is registered, `adjusted`
    where it says what was decided for them (None: nothing)."""

    candidacy: str
    person: PersonId
    name: str
    fit: Fit
    registered: int
    adjusted: int | None


@dataclass(frozen=True)
class Enrolled:
    """A candidate's registration and adjustment, each with the quote that an act rests on."""

    waiting: Waiting
    registration: Quote
    enrolment: Enrolment
    adjustment: Quote | None
    decided: Adjustment

    def examinee(self, zone: str = HOME, aids: tuple[PersonId, ...] = ()) -> Examinee:
        return Examinee(self.waiting.candidacy, self.waiting.person, self.decided.extra_seconds,
                        self.decided.break_minutes, zone, aids, self.enrolment.trained_by)


async def waiting_at(request: web.Request, providers: Collection[ProviderId]) -> tuple[Waiting, ...]:
    """By name. A candidacy is told of its hearing a moment after the day is: both are looked at."""
    rows, body = parts.rows(request), request[DESK].body.id
    found = [one for one in await rows.page("candidacies", body=body, scope=tuple(providers), status=(*TO_PLAN, HELD))
             if one.data.get("held_under", one.status) in TO_PLAN]
    planned = await _planned(request, [one.person or "" for one in found])
    known = await parts.accounts(request).profiles(one.person for one in found)
    people = [_waiting(one, str(known.get(one.person or "", {}).get("name", ""))) for one in found
              if one.key not in planned]
    return tuple(sorted((one for one in people if one.name), key=lambda one: (one.name, one.candidacy)))


async def _planned(request: web.Request, people: Iterable[PersonId]) -> set[str]:
    """The candidacies of these people that have a hearing to come, or one that goes on. Hardly ever is there one: only
    the days of such people are looked into."""
    seats = await parts.rows(request).page("seats", person=tuple(people), status=Role.CANDIDATE.value)
    found = set[str]()
    for session in {one.stream for one in seats}:
        state = await parts.sessions(request).state(session)
        found |= {one.candidacy for one in state.hearings.values() if one.phase not in DONE} if state else set[str]()
    return found


def _waiting(row: Entry, name: str) -> Waiting:
    adjusted = row.data.get("adjusted")
    return Waiting(row.stream, row.person or "", name, Fit(row.about or "", str(row.data["version"]), row.scope or ""),
                   int(str(row.data["registered"])), int(str(adjusted)) if adjusted is not None else None)


async def enrolled(request: web.Request, waiting: Waiting) -> Enrolled:
    registration = await citing.quote_at(request, waiting.candidacy, waiting.registered)
    adjustment = (await citing.quote_at(request, waiting.candidacy, waiting.adjusted)
                  if waiting.adjusted is not None else None)
    decided = adjusting.quoted(adjustment) if adjustment is not None else Adjustment(waiting.person)
    return Enrolled(waiting, registration, registering.quoted(registration), adjustment, decided)


async def days_that_fit(request: web.Request, fits: Collection[Fit]) -> tuple[tuple[Fit, Entry], ...]:
    """The open days to come, in their order, each with what it has in common with its candidates."""
    rows = await parts.rows(request).page(
        "days", body=request[DESK].body.id, scope=tuple({one.provider for one in fits}), status="open",
        about=tuple({one.code for one in fits}))
    today = request[DESK].today.isoformat()
    found = [(Fit(one.about or "", str(one.data["version"]), one.scope or ""), one) for one in rows
             if str(one.data["date"]) >= today]
    return tuple(sorted((one for one in found if one[0] in fits),
                        key=lambda one: (str(one[1].data["date"]), one[1].key)))
