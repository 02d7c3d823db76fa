"""One line per request: pattern of the route, status, duration. Never a path with its ids, a query, an address."""
from __future__ import annotations

import time

from aiohttp import web
from aiohttp.typedefs import Handler

from server import logs

log = logs.logger(__name__)


def pattern(request: web.Request) -> str | None:
    """`/seat/{seat}/commands`, or None where no route was found."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else None


@web.middleware
async def log_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    began = time.perf_counter()
    status = 500
    try:
        response = await handler(request)
        status = response.status
        return response
    except web.HTTPException as redirection:
        status = redirection.status
        raise
    finally:
        log.info("http.request", method=request.method, route=pattern(request), status=status,
                 duration_ms=round((time.perf_counter() - began) * 1000, 1))
