"""One line per request: pattern of the route, the seat that asked, status, duration. Never a path, a query, an address.
"""
from __future__ import annotations

import time
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from server import logs

log = logs.logger(__name__)

WHOSE: Final = web.RequestKey("whose", str)
"""The seat that was let in (`entry`)."""


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
        log.info("http.request", method=request.method, route=pattern(request), seat=request.get(WHOSE),
                 status=status, duration_ms=round((time.perf_counter() - began) * 1000, 1))
