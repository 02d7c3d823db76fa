"""The day that an address names, for whoever may see it; and acts in it, of its organizer and their deputies."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from aiohttp import web

from evaluation.body.access import may_plan
from evaluation.body.reading_rights import Register
from evaluation.people import HearingId, PersonId, Seat
from evaluation.session.state import Hearing, SessionState
from server.http import parts
from server.http.forms import Sent
from server.http.home import HOME
from server.http.language import locale_of
from server.http.office.case_marks import marks_of
from server.http.office.door import DESK, base, desk_for, not_there
from server.i18n import Locale, say, say_plural
from server.journals.deciding import Together
from server.views.case_mark import CaseMark
from server.views.session.labels import ERASED_NAME

HERE: Final = "days"
door: Final = desk_for(Register.DAYS)


@dataclass(frozen=True)
class OneDay:
    """What every section of a day's page is fed with. `mine` is the organizer's seat of whoever is at the desk, theirs
    or a deputy's; None for who only reads. `path` is the address of the day's page. `case_marks` are of the candidates
    with an open case."""

    state: SessionState
    mine: Seat | None
    people: Mapping[PersonId, Mapping[str, Any]]
    path: str
    now: int
    today: date
    locale: Locale
    case_marks: Mapping[HearingId, CaseMark] = field(default_factory=dict[HearingId, CaseMark])

    @property
    def date(self) -> date:
        return date.fromisoformat(self.state.date)

    @property
    def acts(self) -> bool:
        """Whether they may still change something of the day."""
        return self.mine is not None and not self.state.closed

    @property
    def in_order(self) -> tuple[Hearing, ...]:
        """The hearings by their hours."""
        return tuple(sorted(self.state.hearings.values(), key=lambda one: (one.starts_at, one.id)))

    @property
    def deputies(self) -> tuple[Seat, ...]:
        """Whoever stands in for the organizer."""
        return self.state.deputies

    def say(self, text: str, **values: object) -> str:
        return say(self.locale, text, values)

    def ngettext(self, one: str, other: str, n: int, **values: object) -> str:
        return say_plural(self.locale, one, other, n, values)

    def name(self, person: PersonId) -> str:
        return str(self.people.get(person, {}).get("name") or self.say(ERASED_NAME))


async def one_day(request: web.Request) -> OneDay:
    """Problem 404 for a day that is not theirs to see."""
    at, session = request[DESK], request.match_info["session"]
    row = await parts.rows(request).one("days", session)
    if row is None or row.body != at.body.id or not at.sees_of(Register.DAYS, row.scope):
        raise not_there()
    state = await parts.sessions(request).state(session)
    if state is None:
        raise not_there()
    people = await parts.accounts(request).profiles(one.person for one in state.seats())
    return OneDay(state, _own(request, state), people, f"{base(request)}days/{session}", parts.now(request), at.today,
                  locale_of(request), await hearing_marks(request, (state,)))


async def hearing_marks(request: web.Request, states: Iterable[SessionState]) -> Mapping[HearingId, CaseMark]:
    """The hearings of these days whose candidate has an open case."""
    hearings = {one.id: one.candidacy for state in states for one in state.hearings.values()}
    found = await marks_of(request, hearings.values())
    return {hearing: found[candidacy] for hearing, candidacy in hearings.items() if candidacy in found}


def _own(request: web.Request, state: SessionState) -> Seat | None:
    """The seat of somebody who still holds the office."""
    if may_plan(request[DESK].offices, state.provider) is None:
        return None
    person = request[HOME].person
    return next((one for one in state.organizers if one.person == person), None)


async def own_day(request: web.Request) -> OneDay:
    """As `one_day`, for whoever organizes it. Problem 404 for who only reads it, and once it is closed."""
    day = await one_day(request)
    if not day.acts:
        raise not_there()
    return day


async def act_in(request: web.Request, day: OneDay, command: str, fields: Mapping[str, object], sent: Sent,
                 together: Together | None = None) -> None:
    """As the organizer of the day, once for the form's key."""
    assert day.mine is not None
    await parts.sessions(request).execute(day.state.id, day.mine.id, command, fields, key=sent.key, expected=sent.seen,
                                          by_server=True, together=together)
