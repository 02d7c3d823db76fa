"""What is open to anybody: the front page, the server's clock, and a sign of life for whoever watches the server."""
from __future__ import annotations

from aiohttp import web

from server.clock import Clock
from server.http import parts
from server.http.entry import PUBLIC, entry
from server.http.pages import page
from server.storage.disk_space import free_bytes


@entry(PUBLIC)
async def front(request: web.Request) -> web.StreamResponse:
    return page(request, "public/front.html")


@entry(PUBLIC)
async def clock(request: web.Request) -> web.StreamResponse:
    """`{"now": ms}`: browsers set their clocks by it, taking half the way off."""
    return web.Response(text=f'{{"now": {parts.now(request)}}}', content_type="application/json")


@entry(PUBLIC)
async def health(request: web.Request) -> web.StreamResponse:
    """200 while the database answers; 507 when nothing more can be kept; the error page's 500 otherwise. A line each
    for what the operator should know: space that runs out, a clock that was set."""
    await parts.sessions(request).ids(open_only=True)
    storage, database, now = parts.config(request).storage, request.app[parts.DATABASE], request.app[parts.NOW]
    left = min(free_bytes(storage.folder), free_bytes(storage.vault_folder))
    full = database.full or left < storage.reserve_bytes
    lines = [f"disk: {left} bytes left"] if full else []
    if isinstance(now, Clock):
        lines += _of_clock(now, parts.config(request).server.clock_step_milliseconds)
    return web.Response(text="\n".join([*([] if full else ["ok"]), *lines, ""]), status=507 if full else 200)


def _of_clock(now: Clock, step: int) -> list[str]:
    lines = list[str]()
    if abs(now.apart) >= step:
        lines.append(f"clock: the machine's is {now.apart} ms from the server's, which a restart makes the same again")
    if now.far_ahead:
        lines.append(f"clock: {now.far_ahead} open sessions were dated more than server.clock_ahead_hours ahead at the "
                     "start; their time stands still until then, the log says which")
    return lines
