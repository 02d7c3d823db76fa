"""The login cookie: which browser holds a seat. One cookie per seat, sent to that seat's paths alone.

The same secret also goes to the link's own path, so that the browser that holds the seat may press the link's button
again (X11). `SameSite=Strict` (RFC 6265bis §5.4.7): no other site's page can make a browser send it.
"""
from __future__ import annotations

from aiohttp import web

from server.http import parts

COOKIE = "visiojury"


def login_cookie(request: web.Request) -> str:
    """Empty when there is none."""
    return request.cookies.get(COOKIE, "")


class Held:
    """Whether this browser still holds the seat: asked once more after what was opened can be closed by a takeover, so
    that one that comes in between is not missed. Once yes, a takeover finds what it has to close."""

    def __init__(self, request: web.Request) -> None:
        self._accounts, self._cookie = parts.accounts(request), login_cookie(request)
        self._seat, self._sure = request.match_info["seat"], False

    async def __call__(self) -> bool:
        if not self._sure:
            entry = await self._accounts.logged_in(self._cookie)
            self._sure = entry is not None and entry.seat == self._seat
        return self._sure


def seat_path(seat: str) -> str:
    return f"/seat/{seat}/"


def link_path(token: str) -> str:
    return f"/i/{token}"


def cookie_header(secret: str, path: str, *, https: bool, seconds: int) -> str:
    """The value of one `Set-Cookie`. Written out, because `set_cookie` keeps one path per name."""
    secure = "; Secure" if https else ""
    return f"{COOKIE}={secret}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"


def see_other(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})
