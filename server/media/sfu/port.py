"""The sockets of a process: one for UDP, one listening for TCP, and every connection found behind them."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import struct
import time
from weakref import WeakValueDictionary

import structlog

from server.addresses import who_at
from server.media.media_settings import MediaSettings
from server.media.sfu.ice import IceConnection, Path, Transmit, discard
from server.media.sfu.shim import stun
from server.media.sfu.tcp import TcpPath
from server.media.sfu.tcp_admission import Door
from server.media.sfu.trouble import Trouble

log = structlog.get_logger(__name__)

MOST_CHECK = 1024  # bytes of a binding request; browsers send some hundred
READ_BURST = 64  # datagrams read per wake-up, so that other work gets its turn


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
        self.trouble = Trouble("port")
        self._gates: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._socket: socket.socket | None = None
        self._door: Door | None = None
        self._sweeper: asyncio.TimerHandle | None = None

    async def open(self) -> None:
        """Raises OSError when a port is taken or an address cannot be resolved."""
        loop = asyncio.get_running_loop()
        self.addresses = tuple([await _resolve(a) for a in self.settings.addresses])
        udp = self._open_udp()
        try:
            if self.settings.tcp_port is not None:
                self._door = Door(self.settings, lambda: TcpPath(self, self.settings.tcp_backlog_bytes))
                self.tcp_port = self._door.open()
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
        if self._door is not None:
            self._door.close()
        if self._sweeper is not None:
            self._sweeper.cancel()

    def handshake(self, path: Path) -> asyncio.Semaphore:
        """To be held during a DTLS handshake: those from one address wait for one another."""
        who = who_at(path.peer[0] if isinstance(path, TcpPath) else path[0])
        gate = self._gates.get(who)
        if gate is None:
            gate = self._gates[who] = asyncio.Semaphore(self.settings.handshakes_per_address)
        return gate

    def candidates(self) -> list[str]:
        """The values of `a=candidate` lines: UDP first, then passive TCP (RFC 6544 §4.2)."""
        lines: list[str] = []
        for i, address in enumerate(self.addresses):
            priority = (126 << 24) + ((65535 - i) << 8) + 255
            lines.append(f"u{i} 1 udp {priority} {address} {self.udp_port} typ host")
        for i, address in enumerate(self.addresses if self._door is not None else ()):
            priority = (90 << 24) + (((4 << 13) + 8191 - i) << 8) + 255
            lines.append(f"t{i} 1 tcp {priority} {address} {self.tcp_port} typ host tcptype passive")
        return lines

    def transmitter(self, path: Path) -> Transmit:
        if isinstance(path, TcpPath):
            return path.transmit
        if self._socket is None:
            return discard
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
        """One datagram, whose trouble is its own."""
        try:
            self._take(data, path, now)
        except Exception as error:
            self.trouble.note(error)

    def _take(self, data: bytes, path: Path, now: float) -> None:
        """RFC 7983: the first byte tells STUN, DTLS and SRTP apart."""
        first = data[0]
        if first <= 3:
            if len(data) <= MOST_CHECK:
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
        if self._door is not None:
            self._door.lost(path)
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

    def _sweep(self) -> None:
        """The only timer: everybody's consent."""
        self._sweeper = asyncio.get_running_loop().call_later(self.settings.sweep_s, self._sweep)
        now = time.monotonic()
        for connection in set(self.by_ufrag.values()):
            if now - connection.seen > self.settings.consent_s:
                self.trouble.attempt(connection.close)
        for path in self._door.unproven() if self._door is not None else ():
            if now - path.born > self.settings.tcp_handshake_s:
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
