"""ICE-TCP (RFC 6544): connections peers open to us, each packet behind a 16-bit length (RFC 4571)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import time
from typing import Protocol, cast

MOST_BYTES = 2048  # of one packet, as over UDP; who has proved nothing is cut for more
STUN_LEAST = 20  # bytes of the shortest packet that can prove anything
PACKETS = 64  # handled before others get their turn


AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: a reset, and nothing that lives on in the system


class Receiver(Protocol):
    def received(self, data: bytes, path: TcpPath, now: float) -> None: ...

    def tcp_lost(self, path: TcpPath) -> None: ...


class TcpPath(asyncio.Protocol):
    """One TCP connection, usable as a path."""

    def __init__(self, receiver: Receiver, backlog_bytes: int) -> None:
        self._receiver, self._backlog, self._waiting = receiver, backlog_bytes, b""
        self._paused = False
        self._transport: asyncio.Transport | None = None
        self.proven = False
        """Whether it has ever passed an authenticated check."""
        self.peer: tuple[str, int] = ("", 0)
        self.born = time.monotonic()
        self._ended = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.peer = (transport.get_extra_info("peername") or self.peer)[:2]
        if self._ended:  # before it began
            self.reset()
            return
        with contextlib.suppress(OSError):  # it has left already
            self._socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        if not self._paused:
            self._work()

    def _work(self) -> None:
        """Some packets; the rest when everybody else has had a turn, unless the connection has ended meanwhile."""
        if self._ended:
            return
        buffer, start, now = self._waiting, 0, time.monotonic()
        more = False
        for done in range(PACKETS + 1):
            end = _end(buffer, start)
            more = end is not None and done == PACKETS
            if end is None or more:
                break
            size = end - start - 2
            if not self.proven and not STUN_LEAST <= size <= MOST_BYTES:
                self.reset()
            elif 0 < size <= MOST_BYTES:
                self._receiver.received(buffer[start + 2 : end], self, now)
            if self._ended:
                return
            start = end
        self._waiting = buffer[start:]
        if len(self._waiting) > MOST_BYTES + 2 and not self.proven and not more:
            self.reset()
        self._go_on(more)

    def _go_on(self, more: bool) -> None:
        transport = self._transport
        if transport is None or self._ended:
            return
        if more:
            if not self._paused:
                transport.pause_reading()
            asyncio.get_running_loop().call_soon(self._work)
        elif self._paused:
            transport.resume_reading()
        self._paused = more

    def transmit(self, data: bytes) -> bool:
        """False when the packet was dropped, because the connection ends or too much waits already."""
        self.proven = True  # the first thing ever sent here answers an authenticated check
        transport = self._transport
        if transport is None or transport.is_closing() or transport.get_write_buffer_size() > self._backlog:
            return False
        transport.write(struct.pack("!H", len(data)) + data)
        return True

    def reset(self) -> None:
        """Ends the connection and drops what waits in our buffer and in the system's."""
        self._ended = True
        if self._transport is not None and not self._transport.is_closing():
            # Without SO_LINGER 0 the system would go on delivering what it holds: media whose right has just
            # ended.
            with contextlib.suppress(OSError):
                self._socket().setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._receiver.tcp_lost(self)

    def _socket(self) -> socket.socket:
        assert self._transport is not None
        return self._transport.get_extra_info("socket")


def _end(buffer: bytes, start: int) -> int | None:
    """Where the packet behind the length at `start` ends; None while it has not all come."""
    if len(buffer) - start < 2:
        return None
    end = start + 2 + (buffer[start] << 8 | buffer[start + 1])
    return end if end <= len(buffer) else None
