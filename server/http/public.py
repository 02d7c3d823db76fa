"""What is open to anybody: the front page, the server's clock, and a sign of life for whoever watches the server."""
from __future__ import annotations

from aiohttp import web

from server.http import parts
from server.http.entry import PUBLIC, entry
from server.http.pages import page


@entry(PUBLIC)
async def front(request: web.Request) -> web.StreamResponse:
    return page(request, "public/front.html")


@entry(PUBLIC)
async def clock(request: web.Request) -> web.StreamResponse:
    """`{"now": ms}`: browsers set their clocks by it, taking half the way off."""
    return web.Response(text=f'{{"now": {parts.now(request)}}}', content_type="application/json")


@entry(PUBLIC)
async def health(request: web.Request) -> web.StreamResponse:
    """200 while the database answers; the error page's 500 otherwise."""
    await parts.sessions(request).session_ids(open_only=True)
    return web.Response(text="ok\n")
