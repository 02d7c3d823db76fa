"""`days/{session}`: everything about one day on one page, what is missing first, and for when."""
from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from aiohttp import web

from evaluation.rules import N_
from server.http import parts
from server.http.entry import entry
from server.http.home import space_path
from server.http.office.day import (
    admission,
    brief_and_papers,
    day_cases,
    held_papers,
    jury,
    notices,
    program,
    room,
    try_outs,
)
from server.http.office.day.one_day import HERE, OneDay, door, one_day
from server.http.office.day.sections import Missing, Section
from server.http.office.door import DESK, show
from server.views.body.periods import short_day
from server.views.session.days import state_cell, state_of
from server.views.when import day_words

SECTIONS: Final[tuple[Callable[[web.Request, OneDay], Awaitable[Section | None]], ...]] = (
    day_cases.section, program.section, jury.section, brief_and_papers.section, notices.section, try_outs.section,
    held_papers.section, room.section)
"""In the order of the page."""


@dataclass(frozen=True)
class MissingView:
    """`by` is the last day in words, empty where it is the day itself; `late`: that day is over."""

    words: str
    href: str
    by: str
    late: bool
    grave: bool


@entry(door)
async def show_day(request: web.Request) -> web.StreamResponse:
    """`GET days/{session}`."""
    return await hub_page(request, await one_day(request), 200)


async def hub_page(request: web.Request, day: OneDay, status: int, **context: Any) -> web.Response:
    """`context` are forms of sections that are shown again, with what is wrong."""
    at, state = request[DESK], day.state
    sections = [found for one in SECTIONS if (found := await one(request, day)) is not None]
    provider = at.body.providers.get(state.provider)
    return await show(
        request, "office/day/hub.html", status=status, here=HERE, day=day, path=day.path, sections=sections,
        missing=_missing(day, sections, admission.missing(day)),
        title=day_words(day.date, day.locale), framework=state.framework,
        provider=provider.name if provider else "", organizer=day.name(state.organizer.person),
        place=await place_of(request, day), deputies=[day.name(one.person) for one in day.deputies],
        observers=[day.name(one.person) for one in state.observers], space=space_path(at.person),
        state=state_cell(state_of(day.date, day.today, closed=state.closed), day.locale), **context)


async def place_of(request: web.Request, day: OneDay) -> str:
    """Where whoever comes in person is expected; empty where nobody said so."""
    words = day.state.place
    return (await parts.vault(request).read_words([words.ref])).get(words.ref, "") if words is not None else ""


def _missing(day: OneDay, sections: list[Section], others: Sequence[Missing]) -> list[MissingView]:
    """The first that is due comes first; nothing of a day that is closed."""
    if day.state.closed:
        return []
    found = [*_of_the_day(day), *others, *(missing for one in sections for missing in one.missing)]
    return [MissingView(one.words, one.href, short_day(one.by, day.locale) if one.by else "",
                        one.by is not None and one.by < day.today, one.grave)
            for one in sorted(found, key=lambda one: (not one.grave, one.by or date.max))]


def _of_the_day(day: OneDay) -> tuple[Missing, ...]:
    since = day.state.without_agreement
    if since is None:
        return ()
    said = N_("L’organisme de formation n’a plus de convention à partir du {since}. Rien n’est annulé : l’organisme "
              "certificateur dit ce que devient cette journée.")
    return (Missing(day.say(said, since=short_day(date.fromisoformat(since), day.locale)), grave=True),)
