"""`days/{session}/brief`: the brief is written here, its answers read, and what the jury adopted published (R4.1)."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.deadlines import day_of
from evaluation.rules import N_
from evaluation.session.brief import earliest_deadline
from evaluation.session.hearing_parts import BriefVersion
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Day, Text, Upload
from server.http.forms import Form, Sent
from server.http.home import space_path
from server.http.office.day.brief_and_papers import publish_by
from server.http.office.day.one_day import HERE, OneDay, act_in, door, own_day
from server.http.office.day.session_files import keep_with
from server.http.office.door import DESK, show
from server.views.body.periods import short_day
from server.views.session.brief_words import answers_of, stage_words
from server.views.session.reading import Reading, read
from server.views.when import day_words

WRITE: Final = Form((Upload("file", N_("Le cahier des charges"), N_("PDF, ou image. Les jurés le lisent page à page.")),
                     ), N_("Donner cette version au jury"))
PUBLISH: Final = Form((
    Day("deadline", N_("Date limite des livrets"), N_("Jusqu’à minuit, heure de Paris, et avant le jour du jury.")),
    Text("words", N_("Motif"), N_("Seulement si les candidats ont moins de temps que prévu."), required=False, lines=3,
         most=5000)), N_("Publier aux candidats"))


async def reading_of_day(request: web.Request, day: OneDay) -> Reading:
    """The day as its organizer's seat reads it, with every word they may read."""
    assert day.mine is not None
    found = await read(parts.sessions(request), day.state, day.mine.id, day.locale, day.now,
                       hearings=tuple(day.state.hearings))
    assert found is not None
    return found


def documents_path(request: web.Request, day: OneDay) -> str:
    """Pages of papers are read at the organizer's seat, in their space."""
    assert day.mine is not None
    return f"{space_path(request[DESK].person)}seats/{day.mine.id}/documents/"


@entry(door)
async def show_brief(request: web.Request) -> web.StreamResponse:
    """`GET days/{session}/brief`."""
    return await _page(request, await own_day(request), 200)


async def _page(request: web.Request, day: OneDay, status: int, write: Sent | None = None,
                publish: Sent | None = None) -> web.Response:
    state, reading = day.state, await reading_of_day(request, day)
    newest = state.briefs[-1] if state.briefs else None
    ready = newest is not None and newest.adopted_at is not None
    short = state.deadline is None and publish_by(state) < day.today
    form = forms.view(request, PUBLISH, f"{day.path}/brief/publish", publish, prefix="publish-",
                      seen=state.position, deadline=_first_deadline(day, short))
    return await show(
        request, "office/day/brief.html", status=status, here=HERE, day=day, path=day.path,
        title=day_words(day.date, day.locale), short=short, months=state.framework.delays.brief_months,
        publish_by=short_day(publish_by(state), day.locale),
        earliest=day_words(earliest_deadline(state.framework, day.today), day.locale),
        deadline=day_words(state.deadline, day.locale) if state.deadline else "",
        versions=[_version(day, number, one) for number, one in reversed(list(enumerate(state.briefs, 1)))],
        documents=documents_path(request, day), answers=answers_of(reading, newest) if newest else (),
        write=forms.view(request, WRITE, f"{day.path}/brief", write), publish=form if ready else None,
        candidates=[(day.name(one.candidate.person), f"{day.path}/papers/{one.id}#agreement",
                     short_day(one.shorter_delay.deadline, day.locale) if one.shorter_delay else "")
                    for one in day.in_order])


def _first_deadline(day: OneDay, short: bool) -> str:
    """What is proposed: where candidates have less time than they are owed, the day that all of them have agreed to."""
    if not short:
        return (day.state.deadline or earliest_deadline(day.state.framework, day.today)).isoformat()
    agreed = [one.shorter_delay.deadline if one.shorter_delay else None for one in day.in_order]
    return max(one.isoformat() for one in agreed if one) if agreed and all(agreed) else ""


def _version(day: OneDay, number: int, one: BriefVersion) -> tuple[str, str, str]:
    """Its document, when it was written, how far it has come."""
    words = day.say(N_("Version {number}, du {day}, {pages} p."), number=number, pages=one.document.pages,
                    day=short_day(day_of(one.document.at), day.locale))
    return one.document.id, words, stage_words(one, day.locale)


@entry(door, takes=WRITE.types, most=WRITE.most)
async def write_brief(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/brief`."""
    day = await own_day(request)

    async def do(sent: Sent) -> str:
        await keep_with(request, day, sent, sent.values["file"], "brief", "WriteBrief",
                        lambda file, pages: {"document": file.id, "digest": file.digest, "pages": pages})
        return f"{day.path}/brief?done=brief-written"

    return await forms.answer(request, WRITE, do, lambda sent, status: _page(request, day, status, write=sent))


@entry(door, takes=PUBLISH.types, most=PUBLISH.most)
async def publish_brief(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/brief/publish`."""
    day = await own_day(request)

    async def do(sent: Sent) -> str:
        newest = day.state.briefs[-1].document.id if day.state.briefs else ""
        await act_in(request, day, "PublishBrief", {
            "document": newest, "deadline": sent.values["deadline"].isoformat(), "words": sent.values["words"]}, sent)
        return f"{day.path}?done=brief-published#papers"

    return await forms.answer(request, PUBLISH, do, lambda sent, status: _page(request, day, status, publish=sent))
