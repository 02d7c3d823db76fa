"""`/space/{person}/seats/{seat}/findings`: whoever observes a day says what is not as it should be, from that day on,
and reads what came of it (R2.4)."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from aiohttp import web

from evaluation.body.access import as_observing
from evaluation.body.kind import BODY
from evaluation.body.observer_findings import ADDED
from evaluation.deadlines import day_of
from evaluation.field_values import json_object
from evaluation.journal import Record
from evaluation.kinds import Asked
from evaluation.people import Role
from evaluation.rules import N_, Forbidden
from server.http import forms, parts
from server.http.entry import VISIT, Visit, entry
from server.http.form_fields import Day
from server.http.forms import Form, Sent, Wrong
from server.http.home import HOME, space_path
from server.http.language import locale_of
from server.http.office.acting import act, made_id
from server.http.office.findings import WHAT
from server.http.own_seat import at_any_seat
from server.http.pages import form_page
from server.http.space import frame
from server.i18n import say
from server.journals.quoting import reference
from server.views.body.findings import status_cell
from server.views.body.periods import short_day
from server.views.table import Cell
from server.views.when import day_words

FIND: Final = Form((Day("found_on", N_("Constaté le")), WHAT), N_("Enregistrer le constat"))


def _observes(visit: Visit, request: web.Request) -> bool:
    """From the day on: nothing is found before."""
    return visit.seat.role is Role.OBSERVER and visit.state.date <= day_of(parts.now(request)).isoformat()


door: Final = at_any_seat(_observes)


@dataclass(frozen=True)
class OwnFinding:
    words: str
    found_on: str
    state: Cell


def _here(request: web.Request) -> str:
    return f"{space_path(request[HOME].person)}seats/{request[VISIT].seat.id}/findings"


@entry(door)
async def show_findings(request: web.Request) -> web.StreamResponse:
    """`GET seats/{seat}/findings`."""
    return await _page(request, None, 200)


async def _page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    state, locale = request[VISIT].state, locale_of(request)
    done = request.method == "GET" and request.query.get("done") == "found"
    return form_page(
        request, "space/findings.html", status=status, title=state.framework.title,
        day=day_words(date.fromisoformat(state.date), locale), findings=await _mine(request),
        form=forms.view(request, FIND, _here(request), sent, found_on=state.date), may=await _may(request),
        done=say(locale, N_("Le constat est enregistré. L’organisme certificateur dit qui corrige, et pour quand."),
                 {}) if done else "", **await frame(request))


async def _may(request: web.Request) -> bool:
    """Whether they observe for the awarding body today: a seat alone records nothing."""
    body = await parts.journals(request).state(BODY, request[VISIT].state.body)
    asked = Asked(request[HOME].person, parts.now(request))
    try:
        return body is not None and bool(as_observing(body, asked))
    except Forbidden:
        return False


async def _mine(request: web.Request) -> Sequence[OwnFinding]:
    """Of this day, the last first."""
    state, locale = request[VISIT].state, locale_of(request)
    body = await parts.journals(request).state(BODY, state.body)
    several = [one for one in (body.findings.values() if body is not None else ())
               if one.session == state.id and one.by == request[HOME].person]
    words, today = await parts.vault(request).read_words([one.words.ref for one in several]), day_of(parts.now(request))
    return [OwnFinding(words.get(one.words.ref, ""), short_day(one.found_on, locale), status_cell(one, today, locale))
            for one in sorted(several, key=lambda one: one.at, reverse=True)]


@entry(door, takes=FIND.types, most=FIND.most)
async def find(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/findings`."""
    visit = request[VISIT]

    async def do(sent: Sent) -> str:
        if sent.values["found_on"].isoformat() < visit.state.date:
            sent.refuse("found_on", N_("La journée n’avait pas encore eu lieu."))
            raise Wrong
        records = await parts.journals(request).records(visit.session)
        await act(request, BODY, visit.state.body, "RecordFinding", {
            "finding": made_id(request, sent, "finding"), "provider": visit.state.provider,
            "found_on": sent.values["found_on"].isoformat(), "words": sent.values["words"], "session": visit.session,
            "day": reference(records[0]), "seat": reference(_given(records, visit.seat.id))}, sent)
        return f"{_here(request)}?done=found"

    return await forms.answer(request, FIND, do, lambda sent, status: _page(request, sent, status))


def _given(records: Sequence[Record], seat: str) -> Record:
    """What gave the observer the seat."""
    return next((one for one in records if one.event == ADDED and json_object(one.data["observer"]).get("id") == seat),
                records[0])
