"""ICE-TCP (RFC 6544): connections peers open to us, each packet behind a 16-bit length (RFC 4571)."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from typing import Protocol, cast

MAX_UNAUTHENTICATED = 2048  # bytes of an unfinished packet from somebody who has proved nothing


class Receiver(Protocol):
    def received(self, data: bytes, path: TcpPath, now: float) -> None: ...

    def tcp_lost(self, path: TcpPath) -> None: ...


class TcpPath(asyncio.Protocol):
    """One TCP connection, usable as a path."""

    def __init__(self, receiver: Receiver, backlog_bytes: int) -> None:
        self._receiver, self._backlog, self._partial = receiver, backlog_bytes, b""
        self._transport: asyncio.Transport | None = None
        self._authenticated = False
        self.peer: tuple[str, int] = ("", 0)
        self.born = time.monotonic()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.peer = transport.get_extra_info("peername")[:2]
        self._socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        buffer, start, now = self._partial + data, 0, time.monotonic()
        while len(buffer) - start >= 2:
            end = start + 2 + (buffer[start] << 8 | buffer[start + 1])
            if end > len(buffer):
                break
            if end > start + 2:
                self._receiver.received(buffer[start + 2 : end], self, now)
            start = end
        self._partial = buffer[start:]
        if len(self._partial) > MAX_UNAUTHENTICATED and not self._authenticated:
            self.reset()

    def transmit(self, data: bytes) -> bool:
        """False when the packet was dropped, because the connection ends or too much waits already."""
        self._authenticated = True  # the first thing ever sent here answers an authenticated check
        transport = self._transport
        if transport is None or transport.is_closing() or transport.get_write_buffer_size() > self._backlog:
            return False
        transport.write(struct.pack("!H", len(data)) + data)
        return True

    def reset(self) -> None:
        """Ends the connection and drops what waits in our buffer and in the system's."""
        if self._transport is not None and not self._transport.is_closing():
            # Without SO_LINGER 0 the system would go on delivering what it holds: media whose right has just
            # ended.
            self._socket().setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._receiver.tcp_lost(self)

    def _socket(self) -> socket.socket:
        assert self._transport is not None
        return self._transport.get_extra_info("socket")
