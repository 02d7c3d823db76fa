"""Which language this browser reads: its own choice (a cookie), else what it asks for, else French."""
from __future__ import annotations

from typing import get_args
from urllib.parse import quote

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
    query = kept_query(request)
    response = web.Response(status=303, headers={
        "Location": request.rel_url.raw_path + (f"?{query.rstrip('&')}" if query else "")})
    cookies.give(request, response, cookies.LOCALE, wanted, seconds=ONE_YEAR, same_site="Lax")
    return response


def kept_query(request: web.Request) -> str:
    """What of its query a page is asked for again with, each name and value with `&` behind: a list's filters, order
    and page. Outside of people's spaces a query may hold a secret, and none is kept."""
    if request.method != "GET" or not request.path.startswith("/space/"):
        return ""
    return "".join(f"{quote(name)}={quote(value)}&" for name, value in request.query.items() if name != CHOICE)


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
