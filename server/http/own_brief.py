"""A juror reads the brief in their space and adopts it, or says what has to change first (R4.1)."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.deadlines import day_of
from evaluation.people import Role
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import VISIT, Visit, entry
from server.http.form_fields import Choice, Text
from server.http.forms import Form, Sent
from server.http.own_papers import reading_of, seat_path, shown_page
from server.http.own_seat import at_seat
from server.views.body.periods import short_day
from server.views.session.brief_words import answers_of, stage_words
from server.views.when import day_words

ANSWER: Final = Form((
    Choice("adopted", N_("Votre réponse"), choices=(
        ("yes", N_("J’adopte ce cahier des charges pour ce jury")),
        ("no", N_("Il faut d’abord le modifier")))),
    Text("words", N_("Ce qui doit changer"), N_("Lu par la personne qui organise la session et par les jurés."),
         required=False, lines=5, most=5000)),
    N_("Enregistrer ma réponse"))


def _adopts(visit: Visit, _request: web.Request) -> bool:
    return visit.seat.role is Role.JUROR and visit.state.sits(visit.seat.id, None) and bool(visit.state.briefs)


own_brief: Final = at_seat(_adopts)


@entry(own_brief)
async def show_brief(request: web.Request) -> web.StreamResponse:
    """`GET seats/{seat}/brief`."""
    return await _page(request, None, 200)


async def _page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    reading, state = await reading_of(request), request[VISIT].state
    newest, form = state.briefs[-1], None
    if newest.adopted_at is None:
        form = forms.view(request, ANSWER, f"{seat_path(request)}/brief", sent, seen=state.position)
    return await shown_page(
        request, "space/brief.html", status, form=form, version=len(state.briefs), document=newest.document,
        written=short_day(day_of(newest.document.at), reading.locale), state=stage_words(newest, reading.locale),
        answers=answers_of(reading, newest), title=state.framework.title,
        day=day_words(state.date, reading.locale))


@entry(own_brief, takes=ANSWER.types, most=ANSWER.most)
async def answer_brief(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/brief`."""
    visit = request[VISIT]

    async def do(sent: Sent) -> str:
        adopted = sent.values["adopted"] == "yes"
        await parts.sessions(request).execute(
            visit.session, visit.seat.id, "AnswerBrief",
            {"document": visit.state.briefs[-1].document.id, "adopted": adopted, "words": sent.values["words"]},
            key=sent.key, expected=sent.seen)
        return f"{seat_path(request)}/brief?done=answered"

    return await forms.answer(request, ANSWER, do, lambda sent, status: _page(request, sent, status))
