"""A seat changes browsers (X11): the mailed code, and the secret by which the browser that asked for it is known again.
"""
from __future__ import annotations

import secrets

from aiohttp import web

from server.http import cookies, parts
from server.http.entry import slow_down
from server.http.language import locale_of
from server.http.limits import Rate
from server.storage.letters import Letter
from server.storage.seats import SeatEntry

MINUTES_AN_HOUR = 60


def slow_codes_down(request: web.Request, seat: str) -> None:
    """Problem 429 when codes of one seat are asked for or tried too often, from wherever."""
    most = parts.limits(request).seat_codes_per_hour
    slow_down(request, "seat_codes", seat, Rate(burst=most, per_minute=most / MINUTES_AN_HOUR))


def browser_of(request: web.Request) -> str:
    """Empty for a browser that has asked for no code."""
    return cookies.read(request, cookies.BROWSER)


def known_again(request: web.Request) -> str:
    return browser_of(request) or secrets.token_urlsafe(32)


def keep_browser(request: web.Request, response: web.StreamResponse, browser: str) -> None:
    """As long as its code is good."""
    cookies.give(request, response, cookies.BROWSER, browser, seconds=parts.limits(request).takeover_seconds)


async def mail_code(request: web.Request, entry: SeatEntry, browser: str) -> None:
    """A new code for the seat; the one mailed before at this browser's asking is good for nothing."""
    profile = await parts.sessions(request).profile(entry.person) or {}
    code = await parts.accounts(request).codes.open(entry.seat, browser)
    await put_letter(request, Letter(entry.person, "takeover_code", {
        "locale": locale_of(request), "first_name": profile.get("first_name", ""), "code": code,
        "minutes": parts.limits(request).takeover_seconds // 60,
    }))


async def put_letter(request: web.Request, letter: Letter) -> None:
    await request.app[parts.OUTBOX].put(letter)
    request.app[parts.DELIVERY].wake()
