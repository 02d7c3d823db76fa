"""What a day's jury is decided on, read where it stands: candidates and their trainers, hours, where jurors sit
elsewhere. Rows of indexes, but for the days that are shown."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from aiohttp import web

from evaluation.body.appointing import Candidate, Need, need_of
from evaluation.body.proposing import Known
from evaluation.body.state import BodyState
from evaluation.body.terms import Course, Hours
from evaluation.deadlines import end_of, start_of
from evaluation.kinds import Row
from evaluation.people import HearingId, PersonId, Role
from evaluation.quoted_events import HEARING_ADDED
from evaluation.session.phases import OVER
from evaluation.session.state import Hearing, SessionState
from evaluation.slots import Busy
from server.http import parts
from server.journals.quoting import reference
from server.storage.rows import Entry


@dataclass(frozen=True)
class Case:
    """One day, or one hearing of it, that wants jurors. `hearings` are those that are not over."""

    state: SessionState
    need: Need
    known: Known
    hearings: tuple[Hearing, ...]

    @property
    def date(self) -> date:
        return date.fromisoformat(self.state.date)

    def elsewhere(self, people: Iterable[PersonId]) -> tuple[Busy, ...]:
        """Where these people sit on other days."""
        return tuple(busy for one in sorted(people) for busy in self.known.by_person.get(one, ())
                     if busy.session != self.state.id)


async def case_of(request: web.Request, body: BodyState, session: str, hearing: HearingId | None = None,
                  sittings: tuple[Busy, ...] | None = None) -> Case | None:
    """A day, or one hearing of it; None for one that is not this body's, or is closed. `sittings` are read where they
    are not given."""
    state = await parts.sessions(request).state(session)
    if state is None or state.body != body.id or state.closed:
        return None
    wanted = tuple(one for one in state.hearings.values() if one.phase not in OVER and hearing in (None, one.id))
    course = Course(state.provider, state.framework.code)
    candidates = tuple(Candidate(one.candidate.person, course, one.company, one.trained_by) for one in wanted)
    row = await parts.rows(request).one("days", session)
    need = need_of(body, session, candidates, _hours(row, state.date))
    known = Known(date.fromisoformat(state.date), state.framework.delays.training_months,
                  await sittings_of(request, body) if sittings is None else sittings)
    return Case(state, replace(need, courses=need.courses | {course}), known, wanted)


def _hours(row: Row | None, day: str) -> Hours:
    """As the index knows them; the whole day as long as nobody is on it."""
    if row is not None and row.at is not None and row.due_at is not None and row.due_at > row.at:
        return Hours(row.at, row.due_at)
    return Hours(start_of(date.fromisoformat(day)), end_of(date.fromisoformat(day)))


async def sittings_of(request: web.Request, body: BodyState) -> tuple[Busy, ...]:
    """Where each juror of the pool sits, as the days have it; and where the commission has decided so and the day does
    not know it yet."""
    rows = await parts.rows(request).page("seats", person=tuple(body.pool), status=Role.JUROR.value)
    known, found = {row.key for row in rows}, list[Busy]()
    for row in rows:
        jury = body.juries.get(row.stream)
        if jury is None or row.key not in jury.gone:
            found.append(_busy(row.person or "", row.stream, await _sits(request, row)))
    for jury in body.juries.values():
        for seat in jury.jurors:
            if seat.id not in known and jury.hours is not None:
                found.append(_busy(seat.person, jury.session, jury.hours))
    return tuple(found)


def _busy(person: PersonId, session: str, hours: Hours) -> Busy:
    return Busy(person, session, hours.starts_at, hours.ends_at)


async def _sits(request: web.Request, row: Entry) -> Hours:
    if "date" in row.data:
        return _hours(row, str(row.data["date"]))
    day = await parts.rows(request).one("days", row.stream)
    return _hours(day, str(day.data["date"])) if day is not None else Hours(0, 0)


async def decided_on(request: web.Request, case: Case, people: Iterable[PersonId]) -> dict[str, Any]:
    """What a command carries of all this: the hearings quoted, the hours, where these jurors sit elsewhere."""
    hours, elsewhere, wanted = case.need.hours, case.elsewhere(people), {one.id for one in case.hearings}
    records = await parts.sessions(request).records(case.state.id)
    return {
        "candidates": [reference(one) for one in records
                       if one.event == HEARING_ADDED and one.data.get("hearing") in wanted],
        "hours": {"starts_at": hours.starts_at, "ends_at": hours.ends_at} if hours is not None else None,
        "elsewhere": [{"person": one.person, "session": one.session, "starts_at": one.starts_at,
                       "ends_at": one.ends_at} for one in elsewhere]}
