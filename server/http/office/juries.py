"""`juries`: the days that wait for their jury, several at once; appointed by the commission, its delegate, or the clerk
with the meeting's extract (R1.2)."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from aiohttp import web

from evaluation.body.appointing import check_jury, check_seat, check_substitute
from evaluation.body.kind import BODY
from evaluation.body.reading_rights import Register
from evaluation.body.state import BodyState, Request
from evaluation.codec import FieldError, decode
from evaluation.people import Seat
from evaluation.rules import N_, Refusal
from server.http import forms, parts
from server.http.entry import entry
from server.http.forms import STALE, Form, Sent, Wrong
from server.http.language import locale_of
from server.http.office.acting import made_id, papers
from server.http.office.appointing_forms import NOBODY, Place, places_of, profiles_of, views_of
from server.http.office.door import DESK, base, desk_for, show
from server.http.office.jury_case import Case, case_of, decided_on, sittings_of
from server.http.office.offices import MEETING, meeting_of
from server.i18n import say
from server.storage.journal import StaleVersion
from server.views.body.proposals import JuryDayView
from server.views.when import day_words, hour_words

HERE: Final = "juries"
door: Final = desk_for(Register.JURIES)
APPOINT: Final = Form(MEETING, N_("Désigner les jurys choisis"))
WHOSE: Final = N_("{name} : {why}")
"""About whom a refusal is."""


@dataclass(frozen=True)
class Waiting:
    """A day that waits for its jury, with who could sit."""

    asked: Request
    case: Case
    places: tuple[Place, ...]

    @property
    def prefix(self) -> str:
        return f"{self.asked.session}:"


async def waiting_for(request: web.Request, body: BodyState) -> tuple[list[Waiting], list[Waiting]]:
    """The next days without a jury, as many as one page decides; and those that ask for a substitute."""
    days = await parts.rows(request).page("days", body=body.id, status="open")
    dates = {row.key: str(row.data["date"]) for row in days}
    asked = [one for one in body.requests.values() if one.open and one.session in dates]
    asked.sort(key=lambda one: (dates[one.session], one.session))
    without = [one for one in asked if one.session not in body.juries][:parts.config(request).lists.days_appointed]
    again = [one for one in asked if one.session in body.juries]
    sittings = await sittings_of(request, body) if asked else ()
    cases = [(one, await case_of(request, body, one.session, sittings=sittings)) for one in (*without, *again)]
    found = [Waiting(one, case, places_of(body, case) if one in without else ()) for one, case in cases if case]
    return [one for one in found if one.places], [one for one in found if not one.places]


def _form(request: web.Request, days: Sequence[Waiting]) -> Form:
    first = parts.config(request).lists.proposals_shown
    fields = tuple(field for one in days for place in one.places for field in place.fields(one.prefix, first))
    return replace(APPOINT, fields=(*fields, *APPOINT.fields))


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET juries`."""
    return await _page(request, None, 200)


async def _page(request: web.Request, sent: Sent | None, status: int, appointed: int = 0) -> web.Response:
    body = await _body(request)
    days, substitutes = await waiting_for(request, body)
    known = await profiles_of(request, [one.case for one in (*days, *substitutes)],
                              [place for one in days for place in one.places])
    shown = [await _view(request, one, sent, known) for one in days]
    form = forms.view(request, APPOINT, f"{base(request)}juries", _of_the_whole(sent, days))
    return await show(
        request, "office/juries.html", status=status, here=HERE, days=shown, form=form, appointed=appointed,
        substitutes=[await _view(request, one, None, known) for one in substitutes],
        decided=await _decided(request, body))


async def _body(request: web.Request) -> BodyState:
    """As it stands now: a form decides several days one after the other."""
    found = await parts.journals(request).state(BODY, request[DESK].body.id)
    assert found is not None
    return found


def _of_the_whole(sent: Sent | None, days: Sequence[Waiting]) -> Sent | None:
    """What stands against one day is told beside it."""
    if sent is None:
        return None
    mine = {one.asked.session for one in days}
    return replace(sent, wrong={name: words for name, words in sent.wrong.items() if name not in mine})


async def _view(request: web.Request, one: Waiting, sent: Sent | None, known: Any) -> JuryDayView:
    locale, asked, state, body = locale_of(request), one.asked, one.case.state, request[DESK].body
    by = await parts.accounts(request).profile(asked.by) or {}
    words = await parts.vault(request).read_words([asked.words.ref]) if asked.words is not None else {}
    provider, names = body.providers.get(asked.provider), known[0]
    starts = min((each.starts_at for each in state.hearings.values()), default=None)
    return JuryDayView(
        asked.session, day_words(state.date, locale), f"{state.framework.short_title} ({state.framework.code})",
        provider.name if provider else "",
        say(locale, N_("à partir de {hour}"), {"hour": hour_words(starts, locale)}) if starts is not None else "",
        f"{base(request)}juries/{asked.session}", str(by.get("name", "")), next(iter(words.values()), ""),
        tuple(names.get(each.person, "") for each in one.case.need.candidates),
        views_of(request, one.places, one.prefix, sent, known),
        sent.wrong.get(asked.session, "") if sent is not None else "")


async def _decided(request: web.Request, body: BodyState) -> list[tuple[str, str, str]]:
    """Address, day and certification of the days to come whose jury is decided: their jurors can be replaced."""
    today, locale = request[DESK].today.isoformat(), locale_of(request)
    days = await parts.rows(request).page("days", body=body.id, status="open")
    found = sorted((str(row.data["date"]), row.key, str(row.data["title"])) for row in days
                   if row.key in body.juries and str(row.data["date"]) >= today)
    return [(f"{base(request)}juries/{session}", day_words(day, locale), title) for day, session, title in found]


@entry(door, takes=APPOINT.types, most=APPOINT.most)
async def appoint(request: web.Request) -> web.StreamResponse:
    """`POST juries`: each day whose three places are filled, one decision after the other. What stands stays, whatever
    is refused beside it."""
    days, _substitutes = await waiting_for(request, await _body(request))
    done = list[str]()

    async def do(sent: Sent) -> str:
        chosen = [one for one in days if any(place.chosen(sent, one.prefix) for place in one.places)]
        if not chosen:
            sent.top = say(sent.locale, N_("Choisissez d’abord les jurés d’une journée."), {})
            raise Wrong
        body = request[DESK].body.id
        async with papers(request, f"stream:{body}", body, sent) as kept:
            meeting = await meeting_of(sent, kept.keep)
            for one in chosen:
                await _appoint_one(request, sent, one, meeting, done)
            if not done:
                raise Wrong
        if len(done) < len(chosen):
            raise Wrong
        return f"{base(request)}juries?done=jury-appointed"

    return await forms.answer(request, _form(request, days), do,
                              lambda sent, status: _page(request, sent, status, len(done)))


async def _appoint_one(request: web.Request, sent: Sent, one: Waiting, meeting: Any, done: list[str]) -> None:
    """What stands against it is told beside the day."""
    session = one.asked.session
    people = [place.chosen(sent, one.prefix) for place in one.places]
    if None in people:
        sent.refuse(session, NOBODY)
        return
    seats = [place.seat(person or "", made_id(request, sent, f"seat {session} {place.category}"))
             for place, person in zip(one.places, people, strict=True)]
    try:
        await decide(request, sent, "DecideJury", session, {"jurors": seats}, meeting)
    except Refusal as error:
        whose = await _whose(request, session, seats)
        sent.refuse(session, WHOSE if whose else "{why}", {"name": whose, "why": say(
            sent.locale, error.text, error.values)})
    except FieldError as error:
        sent.refuse(session, error.text, error.values)
    except StaleVersion:
        sent.refuse(session, STALE)
    else:
        done.append(session)


async def _whose(request: web.Request, session: str, seats: Sequence[dict[str, Any]]) -> str:
    """The name of the first whom the rules keep from their place; empty where it is the jury as a whole."""
    body = await _body(request)
    case = await case_of(request, body, session)
    if case is None:
        return ""
    for seat in (decode(Seat, one) for one in seats):
        try:
            check_seat(body, case.need, seat, case.elsewhere({seat.person}))
        except Refusal:
            return str((await parts.accounts(request).profile(seat.person) or {}).get("name", ""))
    return ""


async def decide(request: web.Request, sent: Sent, command: str, session: str, fields: dict[str, Any], meeting: Any,
                 hearing: str | None = None) -> None:
    """On the day as it stands now, and on every jury that was decided until now: what the day would refuse is not
    decided. StaleVersion where another jury was decided meanwhile."""
    body = await _body(request)
    case = await case_of(request, body, session, hearing)
    if case is None:
        raise Refusal("R1.2", N_("Cette journée est close, ou n’est plus celle de cet organisme."))
    seats = [decode(Seat, one) for one in fields.get("jurors") or [fields["seat"]]]
    people = {one.person for one in seats}
    if "jurors" in fields:
        check_jury(body, case.need, seats, case.elsewhere(people))
    else:
        check_substitute(body, case.need, str(fields["replaced"]), seats[0], case.elsewhere(people))
    known = await decided_on(request, case, people)
    key = made_id(request, sent, f"{command} {session}")
    await parts.journals(request).execute(
        BODY, body.id, request[DESK].person, command,
        {"decision": key, "session": session, "meeting": meeting, **fields, **known}, key=key, expected=body.position)
