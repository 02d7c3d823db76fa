"""Which browser holds a seat: one cookie for each, and only the one of the seat that the address names is looked at."""
from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from evaluation.people import SeatId
from evaluation.session import access
from evaluation.session.state import SessionState
from server.http import cookies, parts
from server.storage.accounts import Accounts
from server.storage.logins import LiveLogin
from server.storage.seats import SeatEntry


@dataclass(frozen=True)
class Holding:
    """What a browser may hold of a seat, told apart by the routes it is asked on: which cookie lets it in there, and
    which rights it has."""

    route: str
    cookie: str
    entry: Callable[[Accounts, str], Awaitable[SeatEntry | None]]
    rights: Callable[[SessionState, SeatId], access.SeatRights]

    def path(self, seat: str) -> str:
        """What every address begins with that this browser holds."""
        return self.route.format(seat=seat)


SEAT: Final = Holding("/seat/{seat}/", cookies.SEAT, lambda accounts, cookie: accounts.logins.logged_in(cookie),
                      access.rights)
PHONE: Final = Holding("/phone/{seat}/", cookies.PHONE, lambda accounts, cookie: accounts.phones.at(cookie),
                       access.phone_rights)
"""Where a phone films at a seat: it holds a cookie of its own."""
HOLDING: Final = web.RequestKey("holding", Holding)
"""Kept on every request that a door for a seat let in (`entry`)."""


def holding_of(route: str) -> Holding | None:
    """By the route's template; None where no seat is held."""
    return next((one for one in (SEAT, PHONE) if route.startswith(one.route)), None)


def login_cookie(request: web.Request, seat: str | None = None) -> str:
    """What this browser holds of a seat (the one that the address names), empty when it holds none."""
    holding = request.get(HOLDING, SEAT)
    return cookies.read(request, holding.cookie, request.match_info["seat"] if seat is None else seat)


async def holder(request: web.Request) -> SeatEntry | None:
    """The seat of this request's path, if the browser holds it."""
    cookie = login_cookie(request)
    if not cookie:
        return None
    entry = await request[HOLDING].entry(parts.accounts(request), cookie)
    return entry if entry is not None and entry.seat == request.match_info["seat"] else None


class Held:
    """Whether this browser still holds the seat: asked once more after what was opened can be closed by the login's
    end, so that one that comes in between is not missed. Once yes, an end finds what it has to close."""

    def __init__(self, request: web.Request) -> None:
        self._request, self._sure = request, False

    async def __call__(self) -> bool:
        if not self._sure:
            self._sure = await holder(self._request) is not None
        return self._sure


def of_phone(request: web.Request) -> bool:
    return request[HOLDING] is PHONE


def link_of(url: str) -> Callable[[str], str]:
    """A link's whole address, from its token; `url` is the platform's."""
    return lambda token: f"{url}/i/{token}"


def go_in(request: web.Request, holding: Holding, login: LiveLogin) -> web.Response:
    """To the seat's page, with its cookie."""
    response = see_other(holding.path(login.seat))
    seconds = parts.limits(request).login_most_days * 86_400
    cookies.give(request, response, holding.cookie, login.cookie, whose=login.seat, seconds=seconds)
    return response


def see_other(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})
