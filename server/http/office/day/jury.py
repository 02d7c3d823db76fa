"""The jury of a day, as the commission has appointed it."""
from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from evaluation.rules import N_
from server.http.office.day.one_day import OneDay
from server.http.office.day.sections import Missing, Section
from server.views.session.labels import role_words


@dataclass(frozen=True)
class Jury:
    """Name and category of each juror."""

    jurors: tuple[tuple[str, str], ...]


async def section(request: web.Request, day: OneDay) -> Section:
    sitting = day.state.jurors_appointed(None)
    jurors = tuple((day.name(one.person), day.say(role_words(one, str(
        day.people.get(one.person, {}).get("sex") or "")))) for one in sitting)
    missing = () if jurors else (Missing(day.say(N_("La commission n’a pas encore désigné le jury.")), "#jury"),)
    return Section("jury", day.say(N_("Jury")), "_jury.html", Jury(jurors), missing)
