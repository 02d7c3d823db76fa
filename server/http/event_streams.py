"""`GET events` and `GET board/events`: what one seat is told, as Server-Sent Events (view.d.ts).

Presence is the open event stream. A right that is lost ends the stream: `streams.Streams` asks for every message again.
"""
from __future__ import annotations

import json
import re
from typing import Final

from aiohttp import web

from evaluation.codec import FieldError
from evaluation.rules import N_
from server.http import parts
from server.http.entry import VISIT, entry, in_room
from server.http.language import locale_of
from server.http.live import LIVE
from server.http.login import Held
from server.journals.streams import Message
from server.views.session.feed import Recent, RoomFeed


def last_event_id(request: web.Request) -> int:
    """The position this reader has seen (HTML Living Standard §9.2.4), 0 for somebody new."""
    text = request.headers.get("Last-Event-ID", "")
    if not text:
        return 0
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise FieldError("Last-Event-ID", N_("un nombre entier est attendu"))
    return int(text)


RECENT: Final = web.AppKey("recent", Recent)


def feed(request: web.Request) -> RoomFeed:
    """What this browser is told of its seat's session, in its language."""
    visit = request[VISIT]
    return RoomFeed(parts.sessions(request), request.app[RECENT], parts.closed(request), visit.session, visit.seat.id,
                    locale_of(request), request.app[parts.NOW])


@entry(in_room)
async def events(request: web.Request) -> web.StreamResponse:
    visit, since, locale = request[VISIT], last_event_id(request), locale_of(request)
    told, live, held = feed(request), request.app[LIVE], Held(request)

    async def render(_seat: str, since: int) -> list[Message] | None:
        view = await told.view(since) if await held() else None
        return None if view is None else [Message("view", view["position"], written(view))]

    presence = request.app[parts.PRESENCE]
    presence.arrived(visit.session, visit.seat.id)
    try:
        return await request.app[parts.STREAMS].serve(
            request, visit.session, visit.seat.id, since, render,
            lambda seat: live.for_seat(visit.session, seat, locale))
    finally:
        presence.departed(visit.session, visit.seat.id)


def written(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
