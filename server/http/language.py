"""Which language this browser reads: its own choice (a cookie), else what it asks for, else French."""
from __future__ import annotations

from typing import get_args

from aiohttp import web

from evaluation.rules import N_
from server.http.entry import PUBLIC, entry
from server.http.login import see_other
from server.http.problem import Problem
from server.i18n import Locale, negotiate

COOKIE = "locale"
ONE_YEAR = 365 * 24 * 3600


def locale_of(request: web.Request) -> Locale:
    chosen = request.cookies.get(COOKIE)
    for known in get_args(Locale):
        if chosen == known:
            return known
    return negotiate(request.headers.get("Accept-Language"))


def own_path(path: str) -> str:
    """A path of this site, or "/" in the place of anything that a browser could read as another site's address."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain and "\\" not in path else "/"


@entry(PUBLIC)
async def choose(request: web.Request) -> web.StreamResponse:
    """`GET /locale?to=en&back=/…`"""
    wanted = request.query.get("to", "")
    if wanted not in get_args(Locale):
        raise Problem(400, N_("Cette langue n’est pas proposée. Les pages existent en français et en anglais."),
                      field="to")
    response = see_other(own_path(request.query.get("back", "/")))
    response.set_cookie(COOKIE, wanted, path="/", max_age=ONE_YEAR, httponly=True, samesite="Lax")
    return response
