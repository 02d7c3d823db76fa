"""`juries/{session}`: a day's jury as appointed, and who takes a juror's place, on the day itself too (R1.2)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from aiohttp import web

from evaluation.people import JurorCategory, Seat
from evaluation.rules import N_
from evaluation.session.answering import appointed
from evaluation.session.phases import OVER
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Listed
from server.http.forms import Form, Sent, Wrong
from server.http.language import locale_of
from server.http.office.acting import made_id, papers
from server.http.office.appointing_forms import Place, places_of, profiles_of, views_of
from server.http.office.door import DESK, base, not_there, show
from server.http.office.juries import HERE, decide, door
from server.http.office.jury_case import Case, case_of
from server.http.office.offices import MEETING, meeting_of
from server.i18n import say
from server.views.body.jurors import answer_cell, category_words
from server.views.table import Cell
from server.views.when import day_words, hour_words

FOR: Final = Listed("hearing", N_("Pour quelle épreuve"), N_("Laissez vide pour toute la journée."), required=False)
REPLACE: Final = Form((FOR, *MEETING), N_("Désigner ce remplaçant"))


@dataclass(frozen=True)
class JurorView:
    """`href` is where the juror is replaced; empty once nothing of the day is left. `answer` is what they said to their
    appointment."""

    name: str
    category: str
    hearing: str
    href: str
    answer: Cell


async def _case(request: web.Request) -> Case:
    """Of the day that the address names. Problem 404 for none, or for one whose jury is not decided."""
    case = await case_of(request, request[DESK].body, request.match_info["session"])
    if case is None or not case.state.jurors:
        raise not_there()
    return case


@entry(door)
async def show_jury(request: web.Request) -> web.StreamResponse:
    """`GET juries/{session}`."""
    case, locale = await _case(request), locale_of(request)
    names, _companies = await profiles_of(request, [case], [])
    sitting = _sitting(case)
    known = await parts.accounts(request).profiles(one.person for one in sitting)
    left = any(one.phase not in OVER for one in case.state.hearings.values()) or not case.state.hearings
    jurors = [JurorView(str(known.get(one.person, {}).get("name", "")), category_words(one.category, locale),
                        names.get(case.state.hearings[one.hearing].candidate.person, "") if one.hearing else "",
                        f"{base(request)}juries/{case.state.id}/{one.id}" if left else "",
                        answer_cell(case.state, one.id, locale)) for one in sitting]
    return await show(request, "office/jury.html", here=HERE, title=day_words(case.state.date, locale),
                      certification=case.state.framework.title, jurors=jurors)


def _sitting(case: Case) -> list[Seat]:
    """Whoever sits the whole day, and substitutes for one hearing."""
    return sorted(appointed(case.state), key=lambda one: (
        list(JurorCategory).index(one.category) if one.category else 0, one.hearing or ""))


def _seat(request: web.Request, case: Case) -> Seat:
    found = next((one for one in _sitting(case) if one.id == request.match_info["seat"]), None)
    if found is None or found.category is None:
        raise not_there()
    return found


def _place(request: web.Request, case: Case, seat: Seat) -> Place:
    """Those of the jury are not offered."""
    assert seat.category is not None
    (place,) = places_of(request[DESK].body, case, (seat.category,))
    here = {one.person for one in _sitting(case)}
    return Place(place.category, tuple(one for one in place.proposals if one.person not in here),
                 tuple(one for one in place.rest if one[0] not in here))


def _form(request: web.Request, case: Case, place: Place) -> Form:
    return replace(_fixed(request, case), fields=(
        *place.fields("", parts.config(request).lists.proposals_shown), *_fixed(request, case).fields))


def _fixed(request: web.Request, case: Case) -> Form:
    return REPLACE.choosing(hearing=tuple(
        (one.id, hour_words(one.starts_at, locale_of(request))) for one in
        sorted(case.state.hearings.values(), key=lambda one: one.starts_at) if one.phase not in OVER))


@entry(door)
async def show_replace(request: web.Request) -> web.StreamResponse:
    """`GET juries/{session}/{seat}`."""
    return await _page(request, await _case(request), None, 200)


async def _page(request: web.Request, case: Case, sent: Sent | None, status: int) -> web.Response:
    seat, locale = _seat(request, case), locale_of(request)
    place = _place(request, case, seat)
    known = await profiles_of(request, [case], [place])
    profile = await parts.accounts(request).profile(seat.person) or {}
    asked = request[DESK].body.requests.get(case.state.id)
    words = await parts.vault(request).read_words([asked.words.ref]) if asked and asked.open and asked.words else {}
    form = forms.view(request, _fixed(request, case), f"{base(request)}juries/{case.state.id}/{seat.id}", sent,
                      hearing=seat.hearing or "")
    return await show(
        request, "office/substitute.html", status=status, here=HERE, title=day_words(case.state.date, locale),
        name=str(profile.get("name", "")), category=category_words(seat.category, locale), form=form,
        places=views_of(request, (place,), "", sent, known), asked=next(iter(words.values()), ""),
        back=f"{base(request)}juries/{case.state.id}")


@entry(door, takes=REPLACE.types, most=REPLACE.most)
async def replace_juror(request: web.Request) -> web.StreamResponse:
    """`POST juries/{session}/{seat}`."""
    case = await _case(request)
    seat = _seat(request, case)
    place = _place(request, case, seat)

    async def do(sent: Sent) -> str:
        person = place.chosen(sent, "")
        if person is None:
            sent.top = say(sent.locale, N_("Choisissez qui remplace ce juré."), {})
            raise Wrong
        body, hearing = request[DESK].body.id, sent.values["hearing"]
        async with papers(request, f"stream:{body}", body, sent) as kept:
            new = {**place.seat(person, made_id(request, sent, "seat")), "hearing": hearing}
            await decide(request, sent, "DecideSubstitute", case.state.id, {"replaced": seat.id, "seat": new},
                         await meeting_of(sent, kept.keep), hearing)
        return f"{base(request)}juries?done=substitute-appointed"

    return await forms.answer(request, _form(request, case, place), do,
                              lambda sent, status: _page(request, case, sent, status))


