"""Connections before there is a request: how many are taken, how long one may take to say what it wants, and what is
answered to what is no HTTP.

A browser's connections idle between two requests and cost a descriptor each, so each address has only so many (our own
proxies, who speak for everybody, have no such limit). Where all are taken the one idle for longest gives way to the new
one: of all, or of that address, where somebody else may sit, too.
"""
from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from typing import Any, cast

from aiohttp import web
from multidict import CIMultiDict, CIMultiDictProxy

from server import logs
from server.addresses import who_at
from server.config import ServerSettings
from server.descriptors import descriptors
from server.http.errors import page_of_refusal
from server.http.security import Bare
from server.http.security_log import address_kept
from server.security_events import SecurityEvent

log = logs.logger(__name__)
READ_BYTES = 32 * 1024
"""Taken of a connection in one go, before the others have their turn: a body in pieces of one byte costs the parser
some 100 ns for each byte of it."""


class Doorkeeper:
    """Who is connected. `most`: at once, fewer than the settings say where the system grants too few descriptors."""

    def __init__(self, settings: ServerSettings) -> None:
        self.settings = settings
        self.most = min(settings.connections, int(descriptors() * settings.connections_share))
        if self.most < settings.connections:
            log.warning("http.connections_capped", wanted=settings.connections, granted=self.most)
        self._open: OrderedDict[Connection, str] = OrderedDict()  # whom each counts for, the one used last at the end
        self._of: Counter[str] = Counter()
        self.read = memoryview(bytearray(READ_BYTES))
        """What was just received, of whichever connection: it is copied before another one reads."""

    def takes(self, connection: Connection, peer: str) -> bool:
        who = who_at(peer)
        full = peer not in self.settings.trusted_proxies and self._of[who] >= self.settings.connections_per_address
        if full and not self._made_room(who):
            return False
        if len(self._open) >= self.most and not self._made_room():
            return False
        self._open[connection] = who
        self._of[who] += 1
        return True

    def _made_room(self, whose: str | None = None) -> bool:
        idle = next((one for one, who in self._open.items() if one.idle and whose in (None, who)), None)
        if idle is not None:
            self.lost(idle)
            idle.give_up()
        return idle is not None

    def used(self, connection: Connection) -> None:
        if connection in self._open:
            self._open.move_to_end(connection)

    def lost(self, connection: Connection) -> None:
        who = self._open.pop(connection, None)
        if who is not None:
            self._of[who] -= 1
            if not self._of[who]:
                del self._of[who]


class Connection(web.RequestHandler, asyncio.BufferedProtocol):
    """One connection, read by `READ_BYTES` (an event loop alone would give eight times as much in one go). A request's
    line and headers are whole within `header_seconds`, and what is answered is read as fast as a body must come, or it
    is closed."""

    def __init__(self, server: web.Server, doorkeeper: Doorkeeper, **options: Any) -> None:
        super().__init__(server, loop=asyncio.get_running_loop(), **options)
        self._doorkeeper, self._headers_due, self._reading_due, self._wire = doorkeeper, None, None, None

    _headers_due: asyncio.TimerHandle | None
    _reading_due: asyncio.TimerHandle | None
    _wire: asyncio.Transport | None
    """Until it is lost. The library lets go of it as soon as it begins to close."""

    @property
    def idle(self) -> bool:
        """Between two requests, or before the first is whole."""
        return not self._request_in_progress and not self._messages

    @property
    def unread(self) -> int:
        """Bytes that we hold because the other end does not take them."""
        return self._wire.get_write_buffer_size() if self._wire is not None else 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._wire = cast(asyncio.Transport, transport)
        super().connection_made(transport)
        peer: Any = transport.get_extra_info("peername")
        if not self._doorkeeper.takes(self, str(peer[0]) if peer else ""):
            self.force_close()
            return
        self._expect_headers()

    def connection_lost(self, exc: BaseException | None) -> None:
        self._doorkeeper.lost(self)
        self._headers_came()
        self._is_read()
        self._wire = None
        super().connection_lost(exc)

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._doorkeeper.read

    def buffer_updated(self, nbytes: int) -> None:
        self.data_received(bytes(self._doorkeeper.read[:nbytes]))

    def data_received(self, data: bytes) -> None:
        before = self._request_count
        super().data_received(data)
        if self._request_count != before:
            self._headers_came()
            self._doorkeeper.used(self)
        elif data and self.idle and self._headers_due is None:
            self._expect_headers()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._expect_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._is_read()

    async def shutdown(self, timeout: float | None = 15.0) -> None:  # noqa: ASYNC109 (the library's)
        """Whoever has their answer is let go. The library would first read, for ten seconds, what still comes of a body
        that was refused."""
        if not self._request_in_progress and self._task_handler is not None:
            self._task_handler.cancel()
        await super().shutdown(timeout)

    def give_up(self) -> None:
        """At once. Closing alone would first wait, for ever, until all that was answered is read."""
        wire = self._wire
        self.force_close()
        if wire is not None:
            wire.abort()

    def _expect_reading(self) -> None:
        loop, settings, before = asyncio.get_running_loop(), self._doorkeeper.settings, self.unread

        def look() -> None:
            if before - self.unread < settings.body_silent_seconds * settings.body_bytes_per_second:
                self.give_up()
            else:
                self._expect_reading()

        self._reading_due = loop.call_later(settings.body_silent_seconds, look)

    def _is_read(self) -> None:
        if self._reading_due is not None:
            self._reading_due.cancel()
            self._reading_due = None

    def _expect_headers(self) -> None:
        loop = asyncio.get_running_loop()
        self._headers_due = loop.call_later(self._doorkeeper.settings.header_seconds, self._too_slow)

    def _headers_came(self) -> None:
        if self._headers_due is not None:
            self._headers_due.cancel()
            self._headers_due = None

    def _too_slow(self) -> None:
        self._headers_due = None
        if self.idle:
            self.force_close()

    def handle_error(self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None,
                     message: str | None = None) -> web.StreamResponse:
        """What is no HTTP, or too much of it, and what went wrong outside every handler: in our words, with our
        headers, and without the parser's, which quote what was sent."""
        if status >= 500:
            log.error("http.failed", exc_info=exc)
        if request.writer.output_size > 0:
            raise ConnectionError("an answer has begun already")
        settings = self._doorkeeper.settings
        if status < 500:
            peer = request.remote or ""
            log.warning(SecurityEvent.MALFORMED.value, status=status, address=address_kept(settings, peer))
        response = Bare(settings, body=page_of_refusal(status), status=status, content_type="text/html",
                        charset="utf-8")
        response.force_close()
        return response


def _understood(make: Any) -> Any:
    """Requests as the application makes them, without an expectation that nobody knows: it is passed over
    (RFC 9110 §10.1.1), where the library would answer in its own words, or fail on bytes that are no text."""
    def made(message: Any, *others: Any) -> web.Request:
        if message.headers.get("Expect", "100-continue").lower() != "100-continue":
            headers = CIMultiDict(message.headers)
            headers.popall("Expect")
            message = message._replace(headers=CIMultiDictProxy(headers))
        return make(message, *others)

    return made


async def serve(runner: web.AppRunner, listener: Any, settings: ServerSettings) -> asyncio.Server:
    """Take connections on a bound socket, for the application that `runner` has set up."""
    server, doorkeeper = runner.server, Doorkeeper(settings)
    assert server is not None
    server.request_factory = _understood(server.request_factory)
    for status in (400, 500):
        page_of_refusal(status)  # made now: the first odd request holds nobody up

    def take() -> Connection:
        return Connection(server, doorkeeper, access_log=None, auto_decompress=False,
                          keepalive_timeout=settings.keep_alive_seconds, max_headers=settings.header_lines,
                          max_line_size=settings.header_bytes, max_field_size=settings.header_bytes)

    return await asyncio.get_running_loop().create_server(take, sock=listener, backlog=settings.backlog)
