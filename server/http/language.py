"""Which language this browser reads: its own choice (a cookie), else what it asks for, else French."""
from __future__ import annotations

from typing import get_args

from aiohttp import web
from aiohttp.typedefs import Handler

from server.http import cookies
from server.i18n import Locale, negotiate

ONE_YEAR = 365 * 24 * 3600
CHOICE = "to"
"""`?to=en` after any page's own address chooses a language and comes back to that page. The address is never copied
into a query: an invitation's holds a secret."""


def locale_of(request: web.Request) -> Locale:
    chosen = cookies.read(request, cookies.LOCALE)
    for known in get_args(Locale):
        if chosen == known:
            return known
    return negotiate(request.headers.get("Accept-Language"))


@web.middleware
async def choose_language(request: web.Request, handler: Handler) -> web.StreamResponse:
    wanted = request.query.get(CHOICE, "")
    if request.method != "GET" or wanted not in get_args(Locale) or request.match_info.http_exception is not None:
        return await handler(request)
    response = web.Response(status=303, headers={"Location": request.rel_url.raw_path})
    cookies.give(request, response, cookies.LOCALE, wanted, seconds=ONE_YEAR, same_site="Lax")
    return response


def own_address(request: web.Request) -> str:
    """Where the page that answers this request is asked for again: after a form, the address that showed it."""
    if request.match_info.http_exception is not None:
        return "/"
    if request.method == "GET":
        return request.path
    if request.path.startswith("/space/"):
        return f"/space/{request.match_info['person']}/"
    token = request.match_info.get("token")
    if token:
        return request.path[: request.path.index(token) + len(token)]
    return request.path if request.path == "/link" else "/"
