"""`POST closed {"camera"?, "microphone"?}`: what a person has closed of their own camera and microphone, or opened.

It is told to every page of that seat, and to the next browser that takes the seat over: what somebody closed starts
closed there too.
"""
from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from evaluation.codec import decode
from server.http import parts
from server.http.bodies import JSON, read_object
from server.http.entry import VISIT, entry, seated
from server.views.session.feed import closed_view


@dataclass(frozen=True)
class Asked:
    """The body: true for what is closed; what is left out stays as it is."""

    camera: bool | None = None
    microphone: bool | None = None


@entry(seated, takes=(JSON,), most="limits.command_bytes")
async def change(request: web.Request) -> web.StreamResponse:
    visit = request[VISIT]
    asked = decode(Asked, await read_object(request))
    now = await parts.closed(request).change(visit.seat.id, asked.camera, asked.microphone)
    request.app[parts.STREAMS].refresh_seat(visit.session, visit.seat.id)
    return web.json_response(closed_view(now))
