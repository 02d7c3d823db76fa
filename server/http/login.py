"""The login cookie: which browser holds a seat. One cookie per seat, sent to that seat's paths alone.

The same secret also goes to the link's own path, so that the browser that holds the seat may press the link's button
again (X11). `SameSite=Strict` (RFC 6265bis §5.4.7): no other site's page can make a browser send it.
"""
from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from evaluation import access
from evaluation.people import SeatId
from evaluation.state import SessionState
from server.http import parts
from server.storage.accounts import Accounts, SeatEntry

COOKIE = "visiojury"


@dataclass(frozen=True)
class Holding:
    """What a browser may hold of a seat, told apart by the routes it is asked on: which cookie lets it in there, and
    which rights it has."""

    route: str
    entry: Callable[[Accounts, str], Awaitable[SeatEntry | None]]
    rights: Callable[[SessionState, SeatId], access.SeatRights]

    def path(self, seat: str) -> str:
        """What every address begins with that this browser holds."""
        return self.route.format(seat=seat)


SEAT: Final = Holding("/seat/{seat}/", Accounts.logged_in, access.rights)
PHONE: Final = Holding("/phone/{seat}/", Accounts.phone_at, access.phone_rights)
"""Where a phone films at a seat: it holds a cookie of its own, for these paths alone."""
HOLDING: Final = web.RequestKey("holding", Holding)
"""Kept on every request that a door for a seat let in (`entry`)."""


def holding_of(route: str) -> Holding | None:
    """By the route's template; None where no seat is held."""
    return next((one for one in (SEAT, PHONE) if route.startswith(one.route)), None)


def login_cookie(request: web.Request) -> str:
    """Empty when there is none."""
    return request.cookies.get(COOKIE, "")


async def holder(request: web.Request) -> SeatEntry | None:
    """The seat of this request's path, if the browser holds it."""
    cookie = login_cookie(request)
    if not cookie:
        return None
    entry = await request[HOLDING].entry(parts.accounts(request), cookie)
    return entry if entry is not None and entry.seat == request.match_info["seat"] else None


class Held:
    """Whether this browser still holds the seat: asked once more after what was opened can be closed by a takeover, so
    that one that comes in between is not missed. Once yes, a takeover finds what it has to close."""

    def __init__(self, request: web.Request) -> None:
        self._request, self._sure = request, False

    async def __call__(self) -> bool:
        if not self._sure:
            self._sure = await holder(self._request) is not None
        return self._sure


def of_phone(request: web.Request) -> bool:
    return request[HOLDING] is PHONE


def link_path(token: str) -> str:
    return f"/i/{token}"


def cookie_header(secret: str, path: str, *, https: bool, seconds: int) -> str:
    """The value of one `Set-Cookie`. Written out, because `set_cookie` keeps one path per name."""
    secure = "; Secure" if https else ""
    return f"{COOKIE}={secret}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"


def see_other(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})
