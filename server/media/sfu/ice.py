"""ICE-lite (RFC 8445 §2.5) for all connections of a process on one UDP socket and one TCP listener.

We never send checks: we answer the peer's, and the pair it nominates is where we send. There is no task,
timer, socket or gathering per connection. A *path* is how to reach a peer: an address for UDP, a `TcpPath`
for ICE-TCP (RFC 6544). A datagram finds its connection by its path once a STUN request from there was
authenticated, and a binding request by the first half of its USERNAME, which is our ufrag.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from server.media.media_settings import MediaSettings
from server.media.sfu.tcp import TcpPath

Path = TcpPath | tuple[str, int] | tuple[str, int, int, int]
Transmit = Callable[[bytes], bool]

MAX_PATHS = 8  # candidate paths remembered per connection
MAX_HANDSHAKE = 64  # DTLS datagrams waiting per connection
UFRAG_BYTES, PASSWORD_BYTES = 6, 24  # at random: RFC 8445 §5.3 asks for 24 and 128 bits at the least


def discard(_data: bytes) -> bool:
    return False


class Port(Protocol):
    """What a connection needs of the sockets it shares."""

    settings: MediaSettings
    by_path: dict[Path, IceConnection]
    by_ufrag: dict[str, IceConnection]

    def transmitter(self, path: Path) -> Transmit: ...


class IceConnection:
    """One peer. `transmit` is the way to send anything to it; it discards while there is no path."""

    def __init__(
        self, port: Port, on_media: Callable[[bytes, Path, float], None], on_closed: Callable[[], None]
    ) -> None:
        self._port, self.on_media, self._on_closed = port, on_media, on_closed
        self.username, self.password = "", ""
        self.transmit: Transmit = discard
        self.path: Path | None = None
        self.paths: dict[Path, float] = {}
        """Each known path and when it last proved itself, on the monotonic clock."""
        self.credentials: dict[str, bytes] = {}
        """ufrag → key: two of them during an ICE restart."""
        self.seen = time.monotonic()
        self.closed = False
        self._priority = -1
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._handshake: deque[bytes] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self.restart()

    def restart(self) -> None:
        """New credentials (also the first); the old ones die when the new ones first nominate a path."""
        while len(self.credentials) > 1:  # the one in use and the newest, at most
            self._forget_credentials(next(iter(self.credentials)))
        self.username, self.password = secrets.token_hex(UFRAG_BYTES), secrets.token_hex(PASSWORD_BYTES)
        self.credentials[self.username] = self.password.encode()
        self._port.by_ufrag[self.username] = self

    async def connect(self) -> Path:
        """Waits for the first nominated path. Raises ConnectionError when closed, or when it is lost, before."""
        await self._ready
        if self.closed or self.path is None:
            raise ConnectionError("ICE: closed")
        return self.path

    async def recv(self) -> bytes:
        """The next DTLS datagram. Raises ConnectionError once closed."""
        while not self._handshake:
            if self.closed:
                raise ConnectionError("ICE: closed")
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        return self._handshake.popleft()

    async def send(self, data: bytes) -> None:
        if self.closed:
            raise ConnectionError("ICE: closed")
        self.transmit(data)

    def close(self, last_words: bytes = b"") -> None:
        """Nothing is sent or received any more, but `last_words` (a DTLS alert). What TCP still holds is
        dropped."""
        if self.closed:
            return
        self.closed = True
        if last_words:
            self.transmit(last_words)
        self.transmit = discard
        for ufrag in list(self.credentials):
            self._forget_credentials(ufrag)
        for path in list(self.paths):
            self._drop(path)
        for future in (self._ready, self._waiter):
            if future is not None and not future.done():
                future.set_result(None)
        self._on_closed()

    def alive(self, path: Path, now: float) -> None:
        """An authenticated packet came over `path`."""
        self.seen = now
        if path in self.paths:
            self.paths[path] = now

    def on_handshake(self, data: bytes) -> None:
        if len(self._handshake) < MAX_HANDSHAKE:
            self._handshake.append(data)
            if self._waiter is not None and not self._waiter.done():
                self._waiter.set_result(None)

    def on_check(self, ufrag: str, nominated: bool, priority: int, path: Path, now: float) -> None:
        """An authenticated binding request came over `path`, and our answer left."""
        self.seen = now
        if path not in self.paths and len(self.paths) >= MAX_PATHS:
            self._drop(min((p for p in self.paths if p != self.path), key=self.paths.__getitem__))
        self._port.by_path[path] = self
        self.paths[path] = now
        newest = ufrag == self.username and len(self.credentials) > 1
        if path != self.path and self._better(nominated, newest, priority, now):
            self._select(path, priority)
        if nominated and newest:
            for old in [u for u in self.credentials if u != ufrag]:
                self._forget_credentials(old)

    def _better(self, nominated: bool, newest: bool, priority: int, now: float) -> bool:
        # Firefox (aggressive nomination) flags every pair while it connects: then the best priority wins. A
        # NAT rebinding keeps the priority; a change of network leaves the old path silent, and Firefox' later
        # checks carry no USE-CANDIDATE, so silence alone must do.
        if self.path is None:
            return nominated or self._ready.done()  # after a TCP path broke, any that speaks
        if nominated and (newest or priority >= self._priority):
            return True
        return now - self.paths.get(self.path, 0.0) > self._port.settings.path_silent_s

    def _select(self, path: Path, priority: int) -> None:
        self.path, self._priority = path, priority
        self.transmit = self._port.transmitter(path)
        if not self._ready.done():
            self._ready.set_result(None)

    def lost(self, path: Path) -> None:
        """A TCP path ended."""
        self.paths.pop(path, None)
        if self.path == path:
            self.path, self._priority, self.transmit = None, -1, discard

    def _drop(self, path: Path) -> None:
        self.paths.pop(path, None)
        if self._port.by_path.get(path) is self:
            del self._port.by_path[path]
        if isinstance(path, TcpPath):
            path.reset()

    def _forget_credentials(self, ufrag: str) -> None:
        del self.credentials[ufrag]
        self._port.by_ufrag.pop(ufrag, None)
