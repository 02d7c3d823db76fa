"""The jury of a day, as the commission has appointed it; how far each juror has prepared (R1.2, R1.4, R1.5); and what
its organizer asks the commission for."""
from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from evaluation.deadlines import day_of
from evaluation.people import Seat
from evaluation.rules import N_
from evaluation.session.answering import appointed, declined, may_answer, unanswered
from evaluation.session.impartiality import undeclared
from evaluation.session.preparing import left_to_read
from server.http.office.day.jury_asked import asking_view
from server.http.office.day.one_day import OneDay
from server.http.office.day.sections import Missing, Section
from server.http.office.door import DESK
from server.views.body.jurors import answer_cell
from server.views.body.periods import short_day
from server.views.form import FormView
from server.views.session.labels import role_words
from server.views.table import Cell


@dataclass(frozen=True)
class Juror:
    """`left` is what this juror has still to do before the day, in words. `waits` tells that they will sit, or have not
    said, and that something is left."""

    name: str
    category: str
    answer: Cell
    left: tuple[str, ...]
    waits: bool


@dataclass(frozen=True)
class Jury:
    """`asked` is the day on which the commission was asked, empty where nothing waits for it. `declined`: somebody will
    not sit, and the commission has not been asked for a substitute."""

    jurors: tuple[Juror, ...]
    asked: str
    declined: bool
    form: FormView | None


async def section(request: web.Request, day: OneDay) -> Section:
    sitting = day.state.jurors_appointed(None)
    jurors = tuple(_juror(day, one) for one in appointed(day.state))
    asked = request[DESK].body.requests.get(day.state.id)
    waits = short_day(day_of(asked.at), day.locale) if asked is not None and asked.open else ""
    form = await asking_view(request, day) if day.acts else None
    missing = _unprepared(day, jurors, bool(waits)) if sitting else _unappointed(day, waits)
    return Section("jury", day.say(N_("Jury et sa préparation")), "_jury.html",
                   Jury(jurors, waits, bool(declined(day.state)) and not waits, form), missing)


def _juror(day: OneDay, seat: Seat) -> Juror:
    given = day.state.answers.get(seat.id)
    sits = given is None or given.accepted
    left = _left(day, seat) if sits and not day.state.closed else ()
    return Juror(
        day.name(seat.person), day.say(role_words(seat, str(day.people.get(seat.person, {}).get("sex") or ""))),
        answer_cell(day.state, seat.id, day.locale), left, bool(left) and may_answer(day.state, seat.id))


def _left(day: OneDay, seat: Seat) -> tuple[str, ...]:
    """How much: for whom and what is the juror's own page."""
    candidates, readings = len(undeclared(day.state, seat.id)), len(left_to_read(day.state, seat))
    found = (
        day.ngettext("{n} candidat sans déclaration d’impartialité",
                     "{n} candidats sans déclaration d’impartialité", candidates) if candidates else "",
        day.ngettext("{n} lecture à confirmer", "{n} lectures à confirmer", readings) if readings else "")
    return tuple(one for one in found if one)


def _unprepared(day: OneDay, jurors: tuple[Juror, ...], asked: bool) -> tuple[Missing, ...]:
    """A jury that is appointed and cannot sit, or not yet: the day stands on whoever will not sit being replaced."""
    if day.state.closed:
        return ()
    gone = N_("{name} ne siégera pas : la commission est saisie pour un remplaçant.") if asked else \
        N_("{name} ne siégera pas : demandez un remplaçant à la commission.")
    found = [Missing(day.say(gone, name=day.name(one.person)), "#jury" if asked or not day.acts else "#jury-ask",
                     grave=True) for one in declined(day.state)]
    silent = len(unanswered(day.state))
    if silent:
        found.append(Missing(day.ngettext("{n} juré n’a pas encore dit s’il siégera.",
                                          "{n} jurés n’ont pas encore dit s’ils siégeront.", silent), "#jury"))
    behind = sum(1 for one in jurors if one.waits)
    if behind:
        found.append(Missing(day.ngettext("{n} juré n’a pas fini de préparer la session.",
                                          "{n} jurés n’ont pas fini de préparer la session.", behind), "#jury"))
    return tuple(found)


def _unappointed(day: OneDay, waits: str) -> tuple[Missing, ...]:
    if waits:
        return (Missing(day.say(N_("La commission n’a pas encore désigné le jury.")), "#jury"),)
    return (Missing(day.say(N_("Le jury n’est pas encore demandé à la commission.")), "#jury"),)
