"""A WebRTC peer that costs next to nothing: ICE by a few checks, DTLS, then bare SRTP; no encoder, no decoder."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

from server.media.sfu.shim import Certificate, DtlsSrtp, Srtp, stun
from tests.bench import sdp

CHECK_S, CONSENT_S, CONNECT_S = 0.05, 2.5, 15.0
RECEIVE_BUFFER = 1 << 20
BURST = 64
SO_TIMESTAMPNS = 35
"""socket(7), of Linux; Python has no name for it."""
_TIMESPEC = struct.Struct("@qq")
_BESIDE = socket.CMSG_SPACE(_TIMESPEC.size)

Beside = list[tuple[int, int, bytes]]
"""What the system says beside a datagram."""


def arrived(beside: Beside) -> float:
    """When the system had the datagram, in seconds since the epoch: how busy its reader is does not count."""
    for level, kind, data in beside:
        if (level, kind) == (socket.SOL_SOCKET, SO_TIMESTAMPNS):
            seconds, nanoseconds = _TIMESPEC.unpack(data)
            return seconds + nanoseconds / 1e9
    return time.time()


def nothing(_data: bytes, _beside: Beside) -> None:
    pass


class Peer:
    """One connection, on a socket of its own. `on_media` gets SRTP and SRTCP as they come."""

    certificate: Certificate | None = None
    """One for all: making it costs more than a handshake."""

    def __init__(self, address: str) -> None:
        if Peer.certificate is None:
            Peer.certificate = Certificate.generateCertificate()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.socket.bind((address, 0))
        self.local = sdp.Local(
            self.socket.getsockname(), secrets.token_hex(4), secrets.token_hex(12), Peer.certificate.sha256
        )
        self.ssrcs = {"audio": secrets.randbits(31), "video": secrets.randbits(31)}
        self.on_media: Callable[[bytes, Beside], None] = nothing
        self.srtp: Srtp | None = None
        self.remote: sdp.Remote | None = None
        self._dtls: DtlsSrtp | None = None
        self._handshake: asyncio.Queue[bytes] = asyncio.Queue()
        self._checked = asyncio.Event()
        self._checking: asyncio.Task[None] | None = None

    @property
    def cipher(self) -> str:
        """The SRTP profile agreed on (RFC 5764, RFC 7714)."""
        ssl: Any = self._dtls._ssl if self._dtls is not None else None
        return ssl.get_selected_srtp_profile().decode() if ssl is not None else ""

    def offer(self, role: sdp.Role) -> str:
        return sdp.offer(role, self.local, self.ssrcs)

    async def connect(self, description: str) -> None:
        """With the other side's description. TimeoutError, ConnectionError."""
        self.remote = sdp.read(description)
        self.socket.connect(self.remote.address)
        loop = asyncio.get_running_loop()
        loop.add_reader(self.socket.fileno(), self._readable)
        self._checking = loop.create_task(self._check())
        assert Peer.certificate is not None
        self._dtls = DtlsSrtp(self, Peer.certificate, server=self.remote.setup != "passive")
        async with asyncio.timeout(CONNECT_S):
            await self._checked.wait()
            if not await self._dtls.connect(self.remote.fingerprints):
                raise ConnectionError("DTLS failed")
        self.srtp = self._dtls.srtp()

    def close(self) -> None:
        if self._checking is not None:
            self._checking.cancel()
            asyncio.get_running_loop().remove_reader(self.socket.fileno())
        if self._dtls is not None:
            self.transmit(self._dtls.shutdown())
        self.socket.close()

    def transmit(self, data: bytes) -> None:
        with contextlib.suppress(OSError):  # full, or the other side is gone: as if it had been lost
            self.socket.send(data)

    # What DTLS needs of the connection below it

    async def recv(self) -> bytes:
        return await self._handshake.get()

    async def send(self, data: bytes) -> None:
        self.transmit(data)

    def _readable(self) -> None:
        receive = self.socket.recvmsg
        for _ in range(BURST):
            try:
                data, beside, _flags, _from = receive(2048, _BESIDE)
            except OSError:
                return
            first = data[0] if data else 0
            if 127 < first < 192:
                self.on_media(data, beside)
            elif first > 19:
                self._handshake.put_nowait(data)
            elif data:
                self._on_stun(data)

    def _on_stun(self, data: bytes) -> None:
        message = stun.parse_message(data)
        if message.message_class == stun.Class.RESPONSE:
            self._checked.set()
        elif message.message_class == stun.Class.REQUEST:
            mapped = {"XOR-MAPPED-ADDRESS": self.socket.getpeername()}
            reply = stun.Message(message.message_method, stun.Class.RESPONSE, message.transaction_id, mapped)
            reply.add_message_integrity(self.local.password.encode())
            self.transmit(bytes(reply))

    async def _check(self) -> None:
        """As the controlling agent (RFC 8445), nominating at once; then consent (RFC 7675)."""
        assert self.remote is not None
        tie_breaker = secrets.randbits(64)
        while True:
            attributes = {
                "USERNAME": f"{self.remote.ufrag}:{self.local.ufrag}",
                "PRIORITY": 1862270975,
                "ICE-CONTROLLING": tie_breaker,
                "USE-CANDIDATE": None,
            }
            request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, attributes=attributes)
            request.add_message_integrity(self.remote.password.encode())
            self.transmit(bytes(request))
            await asyncio.sleep(CONSENT_S if self.srtp is not None else CHECK_S)
