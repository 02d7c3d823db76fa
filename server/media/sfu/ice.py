"""ICE-lite (RFC 8445 §2.5) for all connections of a process on one UDP socket and one TCP listener.

We never send checks: we answer the peer's, and the pair it nominates is where we send. There is no task,
timer, socket or gathering per connection. A *path* is how to reach a peer: an address for UDP, a `TcpPath`
for ICE-TCP (RFC 6544). A datagram finds its connection by its path once a STUN request from there was
authenticated, and a binding request by the first half of its USERNAME, which is our ufrag.
"""

from __future__ import annotations

import asyncio
import ipaddress
import secrets
import socket
import struct
import time
from collections import deque
from collections.abc import Callable

import structlog

from server.media.settings import MediaSettings
from server.media.sfu.shim import stun
from server.media.sfu.tcp import TcpPath

log = structlog.get_logger(__name__)

Path = TcpPath | tuple[str, int] | tuple[str, int, int, int]
Transmit = Callable[[bytes], bool]

MAX_PATHS = 8  # candidate paths remembered per connection
MAX_HANDSHAKE = 64  # DTLS datagrams waiting per connection
READ_BURST = 64  # datagrams read per wake-up, so that other work gets its turn


def _discard(_data: bytes) -> bool:
    return False


class IceConnection:
    """One peer. `transmit` is the way to send anything to it; it discards while there is no path."""

    def __init__(
        self, port: IcePort, on_media: Callable[[bytes, Path, float], None], on_closed: Callable[[], None]
    ) -> None:
        self._port, self.on_media, self._on_closed = port, on_media, on_closed
        self.username, self.password = "", ""
        self.transmit: Transmit = _discard
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
        self.username, self.password = secrets.token_hex(4), secrets.token_hex(12)
        self.credentials[self.username] = self.password.encode()
        self._port.by_ufrag[self.username] = self

    async def connect(self) -> None:
        """Waits for the first nominated path. Raises ConnectionError when closed before."""
        await self._ready
        if self.closed:
            raise ConnectionError("ICE: closed")

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
        self.transmit = _discard
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
            self.path, self._priority, self.transmit = None, -1, _discard

    def _drop(self, path: Path) -> None:
        self.paths.pop(path, None)
        if self._port.by_path.get(path) is self:
            del self._port.by_path[path]
        if isinstance(path, TcpPath):
            path.reset()

    def _forget_credentials(self, ufrag: str) -> None:
        del self.credentials[ufrag]
        self._port.by_ufrag.pop(ufrag, None)


class IcePort:
    """The sockets. `open` before use; `udp_port` and `tcp_port` are then the real ones."""

    def __init__(self, settings: MediaSettings) -> None:
        self.settings = settings
        self.by_path: dict[Path, IceConnection] = {}
        self.by_ufrag: dict[str, IceConnection] = {}
        self.addresses: tuple[str, ...] = ()
        self.udp_port, self.tcp_port = settings.udp_port, settings.tcp_port
        self.dropped = 0
        """Datagrams the system would not take."""
        self._socket: socket.socket | None = None
        self._tcp_paths: set[TcpPath] = set()
        self._server: asyncio.Server | None = None
        self._sweeper: asyncio.TimerHandle | None = None

    async def open(self) -> None:
        """Raises OSError when a port is taken or an address cannot be resolved."""
        loop = asyncio.get_running_loop()
        self.addresses = tuple([await _resolve(a) for a in self.settings.addresses])
        udp = self._open_udp()
        try:
            if self.settings.tcp_port is not None:
                self._server = await loop.create_server(self._tcp_path, self.settings.bind, self.settings.tcp_port)
                self.tcp_port = self._server.sockets[0].getsockname()[1]
        except OSError:
            udp.close()
            raise
        self._socket, self.udp_port = udp, udp.getsockname()[1]
        loop.add_reader(udp.fileno(), self._readable)
        self._sweep()

    def close(self) -> None:
        for connection in set(self.by_ufrag.values()):
            connection.close()
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket.fileno())
            self._socket.close()
            self._socket = None
        if self._server is not None:
            self._server.close()
        for path in list(self._tcp_paths):
            path.reset()
        if self._sweeper is not None:
            self._sweeper.cancel()

    def candidates(self) -> list[str]:
        """The values of `a=candidate` lines: UDP first, then passive TCP (RFC 6544 §4.2)."""
        lines: list[str] = []
        for i, address in enumerate(self.addresses):
            priority = (126 << 24) + ((65535 - i) << 8) + 255
            lines.append(f"u{i} 1 udp {priority} {address} {self.udp_port} typ host")
        for i, address in enumerate(self.addresses if self._server is not None else ()):
            priority = (90 << 24) + (((4 << 13) + 8191 - i) << 8) + 255
            lines.append(f"t{i} 1 tcp {priority} {address} {self.tcp_port} typ host tcptype passive")
        return lines

    def transmitter(self, path: Path) -> Transmit:
        if isinstance(path, TcpPath):
            return path.transmit
        if self._socket is None:
            return _discard
        sendto = self._socket.sendto

        def transmit(data: bytes) -> bool:
            try:
                sendto(data, path)
                return True
            except OSError:  # buffer full, network unreachable: media is lost, never waited for
                self.dropped += 1
                return False

        return transmit

    def received(self, data: bytes, path: Path, now: float) -> None:
        """One datagram (RFC 7983: the first byte tells STUN, DTLS and SRTP apart)."""
        first = data[0]
        if first <= 3:
            self._check(data, path, now)
            return
        connection = self.by_path.get(path)
        if connection is None:
            return
        if 127 < first < 192:
            connection.on_media(data, path, now)
        elif 19 < first < 64:
            connection.on_handshake(data)

    def tcp_lost(self, path: TcpPath) -> None:
        self._tcp_paths.discard(path)
        connection = self.by_path.pop(path, None)
        if connection is not None:
            connection.lost(path)

    def _check(self, data: bytes, path: Path, now: float) -> None:
        try:
            request = stun.parse_message(data)
        except (ValueError, struct.error):
            return
        if request.message_method != stun.Method.BINDING or request.message_class != stun.Class.REQUEST:
            return
        ufrag = request.attributes.get("USERNAME", "").partition(":")[0]
        connection = self.by_ufrag.get(ufrag)
        # No error answers: they would make us a reflector.
        if connection is None or not request.check_message_integrity(connection.credentials[ufrag]):
            return
        answer = stun.Message(
            stun.Method.BINDING,
            stun.Class.RESPONSE,
            request.transaction_id,
            {"XOR-MAPPED-ADDRESS": _mapped(path)},
        )
        answer.add_message_integrity(connection.credentials[ufrag])
        if self.transmitter(path)(bytes(answer)):  # never select what cannot be reached
            connection.on_check(
                ufrag, "USE-CANDIDATE" in request.attributes, request.attributes.get("PRIORITY", 0), path, now
            )

    def _open_udp(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.settings.bind else socket.AF_INET
        sock = socket.socket(family, socket.SOCK_DGRAM)
        sock.setblocking(False)
        wanted = {
            socket.SO_RCVBUF: self.settings.receive_buffer_bytes,
            socket.SO_SNDBUF: self.settings.send_buffer_bytes,
        }
        for option, size in wanted.items():
            sock.setsockopt(socket.SOL_SOCKET, option, size)
            got = sock.getsockopt(socket.SOL_SOCKET, option) // 2  # Linux reports twice what it grants
            if got < size:
                receive = option == socket.SO_RCVBUF
                log.warning(
                    "media.socket_buffer_capped",
                    buffer="receive" if receive else "send",
                    wanted_bytes=size,
                    got_bytes=got,
                    sysctl="net.core.rmem_max" if receive else "net.core.wmem_max",
                )
        try:
            sock.bind((self.settings.bind, self.settings.udp_port))
        except OSError:
            sock.close()
            raise
        return sock

    def _readable(self) -> None:
        if self._socket is None:
            return
        recvfrom, now = self._socket.recvfrom, time.monotonic()
        for _ in range(READ_BURST):
            try:
                data, path = recvfrom(2048)
            except BlockingIOError:
                return
            except OSError:  # ICMP errors of earlier sends
                continue
            if data:
                self.received(data, path, now)

    def _tcp_path(self) -> TcpPath:
        path = TcpPath(self, self.settings.tcp_backlog_bytes)
        self._tcp_paths.add(path)
        return path

    def _sweep(self) -> None:
        """The only timer: everybody's consent."""
        self._sweeper = asyncio.get_running_loop().call_later(self.settings.sweep_s, self._sweep)
        now = time.monotonic()
        for connection in set(self.by_ufrag.values()):
            if now - connection.seen > self.settings.consent_s:
                connection.close()
        for path in list(self._tcp_paths):
            if path not in self.by_path and now - path.born > self.settings.tcp_handshake_s:
                path.reset()


def _mapped(path: Path) -> tuple[str, int]:
    host, port = path.peer if isinstance(path, TcpPath) else path[:2]
    return host.removeprefix("::ffff:"), port  # an IPv4 peer of a dual-stack socket


async def _resolve(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_DGRAM)
        return str(found[0][4][0])
