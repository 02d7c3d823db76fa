"""`POST links {"seat"}`: the organizer has somebody's invitation mailed again. Links given before keep working."""
from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from evaluation.codec import FieldError, decode
from evaluation.rules import N_
from server.http import parts
from server.http.board import organizes
from server.http.bodies import JSON, read_object
from server.http.entry import VISIT, entry
from server.http.language import locale_of
from server.http.login import link_path
from server.http.takeover import put_letter
from server.storage.outbox import Letter
from server.views.when import day_words


@dataclass(frozen=True)
class Asked:
    """The body of a POST: whose link."""

    seat: str


@entry(organizes, takes=(JSON,), most="limits.command_bytes")
async def send_again(request: web.Request) -> web.StreamResponse:
    visit = request[VISIT]
    asked = decode(Asked, await read_object(request))
    seat = visit.state.seat(asked.seat)
    if seat is None:
        raise FieldError("seat", N_("cette place n’existe pas dans la session"))
    profile = await parts.sessions(request).profile(seat.person) or {}
    locale = locale_of(request)
    token = await parts.accounts(request).invite(seat.id)
    await put_letter(request, Letter(seat.person, "link_again", {
        "locale": locale, "first_name": profile.get("first_name", ""), "certification": visit.state.framework.title,
        "day": day_words(visit.state.date, locale), "url": parts.public_url(request) + link_path(token),
    }))
    return web.json_response({})
