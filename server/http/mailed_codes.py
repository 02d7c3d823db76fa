"""Mailed codes (X11, X15): asked for and typed, and the secret by which the browser that asked is known again."""
from __future__ import annotations

import re
import secrets

from aiohttp import web

from server.http import cookies, parts
from server.http.bodies import read_form
from server.http.entry import slow_down
from server.http.language import locale_of
from server.http.limits import Rate
from server.storage.letters import Letter

MINUTES_AN_HOUR = 60
CODE = re.compile(r"\d{6}", re.ASCII)


def slow_codes_down(request: web.Request, place: str) -> None:
    """Problem 429 when codes of one place are asked for or tried too often, from wherever."""
    most = parts.limits(request).seat_codes_per_hour
    slow_down(request, "seat_codes", place, Rate(burst=most, per_minute=most / MINUTES_AN_HOUR))


def browser_of(request: web.Request) -> str:
    """Empty for a browser that has asked for no code."""
    return cookies.read(request, cookies.BROWSER)


def known_again(request: web.Request) -> str:
    return browser_of(request) or secrets.token_urlsafe(32)


def keep_browser(request: web.Request, response: web.StreamResponse, browser: str) -> None:
    """As long as its code is good."""
    cookies.give(request, response, cookies.BROWSER, browser, seconds=parts.limits(request).takeover_seconds)


def minutes_good(request: web.Request) -> int:
    return parts.limits(request).takeover_seconds // 60


async def typed_code(request: web.Request) -> tuple[str, str | None]:
    """What was typed, and the code: None for what is none."""
    typed = (await read_form(request)).get("code", "")
    code = "".join(typed.split())  # people copy the code with spaces around it
    return typed, code if CODE.fullmatch(code) else None


async def mail_code(request: web.Request, person: str, template: str, code: str) -> None:
    """A code just opened, to the person; the one mailed before at this browser's asking is good for nothing."""
    await put_letter(request, await letter_to(request, person, template, code=code, minutes=minutes_good(request)))


async def letter_to(request: web.Request, person: str, template: str, **fields: str | int) -> Letter:
    """In the reader's language, with the person's first name beside `fields`."""
    profile = await parts.sessions(request).profile(person) or {}
    return Letter(person, template, {
        "locale": locale_of(request), "first_name": profile.get("first_name", ""), **fields})


async def put_letter(request: web.Request, letter: Letter) -> None:
    await request.app[parts.OUTBOX].put(letter)
    request.app[parts.DELIVERY].wake()
