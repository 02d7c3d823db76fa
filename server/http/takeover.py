"""A seat changes browsers (X11): the mailed code."""
from __future__ import annotations

from aiohttp import web

from server.http import parts
from server.http.language import locale_of
from server.storage.accounts import SeatEntry
from server.storage.outbox import Letter


async def mail_code(request: web.Request, entry: SeatEntry) -> None:
    """A new code for the seat; the one mailed before is good for nothing."""
    profile = await parts.sessions(request).profile(entry.person) or {}
    code = await parts.accounts(request).open_takeover(entry.seat)
    await put_letter(request, Letter(entry.person, "takeover_code", {
        "locale": locale_of(request), "first_name": profile.get("first_name", ""), "code": code,
        "minutes": parts.limits(request).takeover_seconds // 60,
    }))


async def put_letter(request: web.Request, letter: Letter) -> None:
    await request.app[parts.OUTBOX].put(letter)
    request.app[parts.DELIVERY].wake()
