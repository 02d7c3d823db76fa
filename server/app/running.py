"""Serving: a port, the application behind it, and where browsers find it."""
from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from server import logs
from server.addresses import named, parse_address
from server.app.application import create_app
from server.clock import Now
from server.config import Config, ServerSettings
from server.descriptors import raise_descriptors
from server.http import connections

log = logs.logger(__name__)


@dataclass(frozen=True)
class Running:
    app: web.Application
    url: str
    """Where browsers find it, without a slash at the end."""


@asynccontextmanager
async def running(config: Config, now: Now | None = None, before: Callable[[str], Awaitable[None]] | None = None
                  ) -> AsyncIterator[Running]:
    """Serve while inside. OSError when a port is taken, or (AlreadyServed) what is kept there is served already.
    `before` is given the address as soon as it is known, and done before anything is served."""
    raise_descriptors()
    listener = _listen(config.server.host, config.server.port)
    url = config.server.public_url or f"http://{named(config.server.host)}:{listener.getsockname()[1]}"
    try:
        if before is not None:
            await before(url)
    except BaseException:
        listener.close()
        raise
    app = create_app(config, now, url)
    warn_of_plain_http(config.server)
    runner, server = web.AppRunner(app, shutdown_timeout=config.server.shutdown_seconds), None
    try:
        await runner.setup()
        server = await connections.serve(runner, listener, config.server)
        yield Running(app, url)
    finally:
        if server is not None:
            server.close()
        await runner.cleanup()
        listener.close()


def warn_of_plain_http(settings: ServerSettings) -> None:
    """Cookies and marks would travel in the clear where neither this machine nor a proxy with HTTPS is all that hears
    them."""
    address = parse_address(settings.host)
    alone = settings.host == "localhost" or (address is not None and address.is_loopback)
    if not settings.https and not alone:
        log.warning("server.plain_http", setting="server.public_url")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener
