"""A candidate's notice in their space: what it says, and the button that acknowledges it (R4.2). Opening it, or its
link, acknowledges nothing."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.people import Role
from evaluation.rules import N_
from evaluation.session.notice_rules import awaits_acknowledgement, standing
from server.http import forms, parts
from server.http.entry import VISIT, Visit, entry
from server.http.forms import Form, Sent
from server.http.own_papers import reading_of, seat_path, shown_page
from server.http.own_seat import at_seat
from server.views.session.reading import Reading
from server.views.session.try_out_words import offers_try_out, try_out_path, try_out_view
from server.views.session.whereabouts import local_words, place_words
from server.views.when import day_words, hour_words

ACKNOWLEDGE: Final = Form((), N_("J’ai bien reçu ma convocation"))


def _has_notice(visit: Visit, _request: web.Request) -> bool:
    return visit.seat.role is Role.CANDIDATE and standing(visit.state, visit.seat.id) is not None


own_notice: Final = at_seat(_has_notice)


@entry(own_notice)
async def show_notice(request: web.Request) -> web.StreamResponse:
    """`GET seats/{seat}/notice`."""
    return await _page(request, None, 200)


async def _page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    reading, state, seat = await reading_of(request), request[VISIT].state, request[VISIT].seat
    notice, organizer = standing(state, seat.id), reading.profile(state.organizer)
    assert notice is not None
    awaited = awaits_acknowledgement(state, seat.id)
    form = forms.view(request, ACKNOWLEDGE, f"{seat_path(request)}/notice", sent, seen=state.position) if awaited \
        else None
    return await shown_page(
        request, "space/notice.html", status, form=form, title=state.framework.title,
        day=day_words(notice.date, reading.locale), hour=hour_words(notice.starts_at, reading.locale),
        **await _where(request, reading, notice.starts_at),
        organizer=str(organizer.get("name", "")), organizer_email=str(organizer.get("email", "")),
        prevention=state.framework.prevention_message, sanctions=state.framework.sanctions,
        try_out=try_out_path(seat_path(request)) if offers_try_out(state, request[VISIT].seat) else "",
        tried=try_out_view(reading))


async def _where(request: web.Request, reading: Reading, at: int) -> dict[str, str]:
    """X13: how and where the candidate attends, and the hour by the clock there."""
    own, place = reading.state.hearing_of(reading.seat), reading.state.place
    assert own is not None
    named = await parts.vault(request).read_words([place.ref]) if place is not None else {}
    return {"place": place_words(reading.state, own, named.get(place.ref, "") if place else "", reading.locale),
            "mode": own.mode, "local": local_words(at, own.zone, reading.locale)}


@entry(own_notice, takes=ACKNOWLEDGE.types, most=ACKNOWLEDGE.most)
async def acknowledge(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/notice`."""
    visit = request[VISIT]

    async def do(sent: Sent) -> str:
        await parts.sessions(request).execute(
            visit.session, visit.seat.id, "AcknowledgeNotice", {"hearing": visit.seat.hearing}, key=sent.key,
            expected=sent.seen)
        return f"{seat_path(request)}/notice?done=acknowledged"

    return await forms.answer(request, ACKNOWLEDGE, do, lambda sent, status: _page(request, sent, status))
