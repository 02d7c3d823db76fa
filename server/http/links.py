"""The organizer has somebody's link mailed again, or replaced by a new one."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from evaluation.codec import FieldError, decode
from evaluation.people import Seat
from evaluation.rules import N_
from server.http import parts
from server.http.board import organizes
from server.http.bodies import JSON, read_object
from server.http.entry import VISIT, entry
from server.http.language import locale_of
from server.http.login import link_of
from server.http.mailed_codes import put_letter
from server.http.security_log import note
from server.people.handing_over import renew_link
from server.security_events import SecurityEvent
from server.storage.letters import Letter
from server.views.when import day_words


@dataclass(frozen=True)
class Asked:
    """The body of a POST: whose link."""

    seat: str


@entry(organizes, takes=(JSON,), most="limits.command_bytes")
async def send_again(request: web.Request) -> web.StreamResponse:
    """`POST links {"seat"}`: links given before keep working."""
    seat = await _whose(request)
    letter = await _letter(request, seat, "link_again")
    await put_letter(request, letter(await parts.accounts(request).invite(seat.id)))
    note(request, SecurityEvent.LINK_SENT, seat=seat.id, session=request[VISIT].session)
    return web.json_response({})


@entry(organizes, takes=(JSON,), most="limits.command_bytes")
async def renew(request: web.Request) -> web.StreamResponse:
    """`POST links/renewed {"seat"}`: what was given before opens the seat no more, and the browser there is out."""
    visit, seat = request[VISIT], await _whose(request)
    await renew_link(parts.sessions(request), parts.accounts(request), request.app[parts.OUTBOX], visit.session,
                     visit.seat.id, seat.id, await _letter(request, seat, "link_renewed"))
    request.app[parts.DELIVERY].wake()
    note(request, SecurityEvent.LINK_RENEWED, seat=seat.id, session=visit.session)
    return web.json_response({})


async def _whose(request: web.Request) -> Seat:
    asked = decode(Asked, await read_object(request))
    seat = request[VISIT].state.seat(asked.seat)
    if seat is None:
        raise FieldError("seat", N_("cette place n’existe pas dans la session"))
    return seat


async def _letter(request: web.Request, seat: Seat, template: str) -> Callable[[str], Letter]:
    """What is mailed to the seat's person, from the token of their link."""
    state, locale = request[VISIT].state, locale_of(request)
    profile = await parts.sessions(request).profile(seat.person) or {}
    link = link_of(parts.public_url(request))
    return lambda token: Letter(seat.person, template, {
        "locale": locale, "first_name": profile.get("first_name", ""), "certification": state.framework.title,
        "day": day_words(state.date, locale), "url": link(token),
    })
