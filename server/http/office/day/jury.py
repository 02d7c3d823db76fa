"""The jury of a day, as the commission has appointed it; and what its organizer asks the commission for."""
from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from evaluation.deadlines import day_of
from evaluation.rules import N_
from server.http.office.day.jury_asked import asking_view
from server.http.office.day.one_day import OneDay
from server.http.office.day.sections import Missing, Section
from server.http.office.door import DESK
from server.views.body.periods import short_day
from server.views.form import FormView
from server.views.session.labels import role_words


@dataclass(frozen=True)
class Jury:
    """Name and category of each juror. `asked` is the day on which the commission was asked, empty where nothing waits
    for it."""

    jurors: tuple[tuple[str, str], ...]
    asked: str
    form: FormView | None


async def section(request: web.Request, day: OneDay) -> Section:
    sitting = day.state.jurors_appointed(None)
    jurors = tuple((day.name(one.person), day.say(role_words(one, str(
        day.people.get(one.person, {}).get("sex") or "")))) for one in sitting)
    asked = request[DESK].body.requests.get(day.state.id)
    waits = short_day(day_of(asked.at), day.locale) if asked is not None and asked.open else ""
    form = await asking_view(request, day) if day.acts else None
    return Section("jury", day.say(N_("Jury")), "_jury.html", Jury(jurors, waits, form), _missing(day, jurors, waits))


def _missing(day: OneDay, jurors: tuple[tuple[str, str], ...], waits: str) -> tuple[Missing, ...]:
    if jurors:
        return ()
    if waits:
        return (Missing(day.say(N_("La commission n’a pas encore désigné le jury.")), "#jury"),)
    return (Missing(day.say(N_("Le jury n’est pas encore demandé à la commission.")), "#jury"),)
