"""Server-Sent Events (HTML Living Standard §9.2): each reader is woken, and then gets the newest there is for them.

Nothing is queued per reader but the fact that something is new, so a slow one costs no memory and never sees what is
older than the present. What is sent is rendered after the wake-up: a right that is gone closes the stream first.
"""
from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

from aiohttp import web

from server.config import StreamSettings


class Message(NamedTuple):
    """One event. `data` is one JSON text; `id` is the journal's position, from which a broken stream resumes."""

    event: str
    id: int | None
    data: str


Render = Callable[[str, int], Awaitable["list[Message] | None"]]
"""(seat, since) → what the seat should be told that it was not told up to `since`; None: the door is closed to it.

It looks at the rights last, after whatever it waits for: what it returns is sent as it is (a message left out would be
lost to a feed that remembers what it has said)."""
Live = Callable[[str], "str | None"]
"""seat → the present `live` data, never journalled; sent when it differs from the last."""

CLOSED = b"event: closed\ndata: {}\n\n"
CROWDED = b'event: closed\ndata: {"crowded": true}\n\n'
"""The door is open, but the seat has too many streams: coming back at once would push out the next."""
SIGN_OF_LIFE = b":\n\n"
HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class _Reader:
    def __init__(self, session: str, seat: str, since: int, beyond: bool) -> None:
        self.session, self.seat, self.since, self.beyond = session, seat, since, beyond
        self.news = asyncio.Event()
        self.journal_moved = True  # everything is news to somebody who has just come
        self.evicted: bytes | None = None
        """Why it is ended, as the reader is told."""
        self.last_live: str | None = None

    def wake(self, journal: bool) -> None:
        self.journal_moved = self.journal_moved or journal or self.beyond
        self.news.set()


class Streams:
    """Every open event stream of this process."""

    def __init__(self, settings: StreamSettings) -> None:
        self._settings = settings
        self._readers: dict[str, list[_Reader]] = {}  # by session, the oldest first
        self._stopping = False

    def publish(self, session_id: str, position: int) -> None:
        """The session's journal has reached `position`: wake whoever has not seen it."""
        for reader in self._readers.get(session_id, ()):
            if reader.since < position:
                reader.wake(journal=True)

    def nudge(self, session_id: str) -> None:
        """What is live (media, quality) may have changed."""
        for reader in self._readers.get(session_id, ()):
            reader.wake(journal=False)

    async def nudge_all(self) -> None:
        """What is measured all the time (quality) may have changed everywhere."""
        for session in self._readers:
            self.nudge(session)

    def refresh(self, session_id: str) -> None:
        """What lies beside the journal has changed (somebody was erased): everything is to be looked at again."""
        for reader in self._readers.get(session_id, ()):
            reader.wake(journal=True)

    def refresh_seat(self, session_id: str, seat: str) -> None:
        """Likewise, for what lies beside the journal of one seat alone."""
        for reader in self._readers.get(session_id, ()):
            if reader.seat == seat:
                reader.wake(journal=True)

    def close_seat(self, session_id: str, seat: str) -> None:
        """End the seat's streams at once: the login that opened them has ended."""
        for reader in self._readers.get(session_id, ()):
            if reader.seat == seat:
                self._evict(reader, CLOSED)

    def seats(self) -> frozenset[str]:
        """Those with a page that is open now."""
        return frozenset(one.seat for readers in self._readers.values() for one in readers)

    def seats_in(self, session_id: str) -> frozenset[str]:
        """Of one session, those with a page that is open now."""
        return frozenset(one.seat for one in self._readers.get(session_id, ()))

    def count(self, session_id: str | None = None) -> int:
        """Streams open now."""
        if session_id is not None:
            return len(self._readers.get(session_id, ()))
        return sum(len(readers) for readers in self._readers.values())

    async def shutdown(self, _app: web.Application | None = None) -> None:
        """End all streams without saying closed: browsers come back to the next process."""
        self._stopping = True
        for readers in self._readers.values():
            for reader in readers:
                reader.wake(journal=False)

    async def serve(self, request: web.Request, session_id: str, seat: str, since: int, render: Render,
                    live: Live | None = None, headers: Mapping[str, str] | None = None,
                    beyond: bool = False) -> web.StreamResponse:
        """Answer a request with the seat's stream, until its door closes or the reader is gone.

        Call it once the seat has been let in; `since` is Last-Event-ID, or 0. `beyond`: what it shows is not of this
        session alone, so it is rendered at every nudge."""
        response = web.StreamResponse(headers={**HEADERS, **(headers or {})})
        await response.prepare(request)
        reader = self._enter(session_id, seat, since, beyond)
        try:
            await self._write(response, f"retry: {self._settings.reconnect_milliseconds}\n\n".encode())
            await self._follow(request, response, reader, render, live)
        except (ConnectionError, TimeoutError):
            pass  # the reader is gone, or has not read for too long: it comes back by itself
        finally:
            self._leave(reader)
        return response

    # One reader

    async def _follow(self, request: web.Request, response: web.StreamResponse, reader: _Reader, render: Render,
                      live: Live | None) -> None:
        clock = asyncio.get_running_loop().time
        silent_since = clock()
        # A nudge that brings nothing new is no sign of life, and no write that would show a reader who is gone.
        while not self._stopping and request.transport is not None and not request.transport.is_closing():
            reader.news.clear()
            chunk = await self._chunk(reader, render, live)
            if chunk is None:
                await self._write(response, reader.evicted or CLOSED)
                return
            if not chunk and clock() - silent_since >= self._settings.heartbeat_seconds:
                chunk = SIGN_OF_LIFE
            if chunk:
                await self._write(response, chunk)
                silent_since = clock()
            await self._news(reader, silent_since + self._settings.heartbeat_seconds)

    async def _chunk(self, reader: _Reader, render: Render, live: Live | None) -> bytes | None:
        """What to send now, empty when nothing is new; None when the door is closed."""
        parts: list[bytes] = []
        # What happens while this is rendered may close the door: nothing is sent before that was seen too.
        while reader.journal_moved:
            reader.journal_moved = False
            messages = await render(reader.seat, reader.since)
            if messages is None or reader.evicted:
                return None
            parts += [_written(one) for one in messages]
            reader.since = max((one.id for one in messages if one.id is not None), default=reader.since)
        data = live(reader.seat) if live is not None else None
        if data is not None and data != reader.last_live:
            reader.last_live = data
            parts.append(_written(Message("live", None, data)))
        return None if reader.evicted else b"".join(parts)

    async def _news(self, reader: _Reader, until: float) -> None:
        """Wait for news, until a time of the loop's clock at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                await reader.news.wait()

    async def _write(self, response: web.StreamResponse, data: bytes) -> None:
        """Waits while the reader is slow; TimeoutError when it reads nothing for too long."""
        async with asyncio.timeout(self._settings.stalled_seconds):
            await response.write(data)

    def _enter(self, session: str, seat: str, since: int, beyond: bool) -> _Reader:
        readers = self._readers.setdefault(session, [])
        # An organizer's board and room are two kinds of stream: neither pushes out the other.
        mine = [one for one in readers if one.seat == seat and one.beyond == beyond and not one.evicted]
        for one in mine[: max(0, len(mine) + 1 - self._settings.per_seat)]:
            self._evict(one, CROWDED)
        reader = _Reader(session, seat, since, beyond)
        readers.append(reader)
        return reader

    def _leave(self, reader: _Reader) -> None:
        readers = self._readers[reader.session]
        readers.remove(reader)
        if not readers:
            del self._readers[reader.session]

    @staticmethod
    def _evict(reader: _Reader, why: bytes) -> None:
        reader.evicted = why
        reader.wake(journal=True)


def _written(message: Message) -> bytes:
    position = f"id: {message.id}\n" if message.id is not None else ""
    return f"event: {message.event}\n{position}data: {message.data}\n\n".encode()
