"""The login cookie: which browser holds a seat. One cookie per seat, sent to that seat's paths alone.

The same secret also goes to the link's own path, so that the browser that holds the seat may press the link's button
again (X11). `SameSite=Strict` (RFC 6265bis §5.4.7): no other site's page can make a browser send it.
"""
from __future__ import annotations

from aiohttp import web

from server.http import parts
from server.storage.accounts import SeatEntry

COOKIE = "visiojury"


def login_cookie(request: web.Request) -> str:
    """Empty when there is none."""
    return request.cookies.get(COOKIE, "")


async def holder(request: web.Request) -> SeatEntry | None:
    """The seat of this request's path, if the browser holds it; for a phone's paths, if it films there."""
    cookie = login_cookie(request)
    if not cookie:
        return None
    accounts = parts.accounts(request)
    entry = await (accounts.phone_at(cookie) if of_phone(request) else accounts.logged_in(cookie))
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


def seat_path(seat: str) -> str:
    return f"/seat/{seat}/"


def phone_path(seat: str) -> str:
    """Where a phone films at a seat: it holds a cookie of its own, for these paths alone."""
    return f"/phone/{seat}/"


def of_phone(request: web.Request) -> bool:
    return request.path.startswith("/phone/")


def own_path(request: web.Request) -> str:
    """What every address begins with that this browser holds."""
    seat = request.match_info["seat"]
    return phone_path(seat) if of_phone(request) else seat_path(seat)


def link_path(token: str) -> str:
    return f"/i/{token}"


def cookie_header(secret: str, path: str, *, https: bool, seconds: int) -> str:
    """The value of one `Set-Cookie`. Written out, because `set_cookie` keeps one path per name."""
    secure = "; Secure" if https else ""
    return f"{COOKIE}={secret}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"


def see_other(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})
