"""Every cookie of the site: its name and its attributes, in one place (RFC 6265bis).

Over HTTPS a name begins with `__Host-`: browsers then take it from this very host alone, over HTTPS alone, for all its
paths (§4.1.3.2). One for each person and each seat, so that several stay open in one browser; which one counts is said
by the address that is asked for. `SameSite=Strict` (§5.4.7): no other site's page can make a browser send it.
"""
from __future__ import annotations

from urllib.parse import quote, unquote

from aiohttp import web

from server.http import parts

SPACE, SEAT, PHONE = "visiojury-space-", "visiojury-seat-", "visiojury-phone-"
"""What a browser holds of a person's space (the person's id follows), of a seat (its id follows), of a phone's place.
"""
BROWSER, SIGN_IN, LOCALE = "visiojury-browser", "visiojury-sign-in", "locale"
"""Who asked for a code, which browser is in the midst of signing in, the language."""
HOST = "__Host-"


def cookie_name(request: web.Request, kind: str, whose: str = "") -> str:
    name = kind + quote(whose, safe="")
    return HOST + name if parts.https(request) else name


def read(request: web.Request, kind: str, whose: str = "") -> str:
    """Empty when there is none."""
    return request.cookies.get(cookie_name(request, kind, whose), "")


def give(request: web.Request, response: web.StreamResponse, kind: str, value: str, *, whose: str = "", seconds: int,
         same_site: str = "Strict") -> None:
    response.set_cookie(cookie_name(request, kind, whose), value, path="/", max_age=seconds, httponly=True,
                        secure=parts.https(request), samesite=same_site)


def take_back(request: web.Request, response: web.StreamResponse, kind: str, whose: str = "") -> None:
    response.del_cookie(cookie_name(request, kind, whose), path="/", httponly=True, secure=parts.https(request),
                        samesite="Strict")


def seats_in(request: web.Request) -> dict[str, str]:
    """By seat, what this browser holds of each. A name that we never gave is nobody's: it could not be written back."""
    start = cookie_name(request, SEAT)
    found = {unquote(name.removeprefix(start)): name for name in request.cookies if name.startswith(start)}
    return {seat: request.cookies[name] for seat, name in found.items() if name == cookie_name(request, SEAT, seat)}
