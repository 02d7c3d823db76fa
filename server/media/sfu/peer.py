"""One WebRTC connection, whatever it carries: ICE, DTLS-SRTP and its WHIP or WHEP resource."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable

import structlog

from server.media.engine import SeatId, SourceName
from server.media.media_settings import MediaSettings
from server.media.sfu.ice import IceConnection, Path
from server.media.sfu.port import IcePort
from server.media.sfu.shim import (
    AnyRtcpPacket,
    Certificate,
    DtlsSrtp,
    RtcpPacket,
    Srtp,
    SrtpError,
)
from server.media.sfu.source import Kind
from server.media.sfu.trouble import Trouble
from server.media.sfu.whip import Offer, Outgoing, Role, Transport, write_answer, write_fragment

log = structlog.get_logger(__name__)


class Peer:
    """ICE and DTLS of one connection, and its WHIP or WHEP resource. `on_end` is called once, however it
    ends."""

    role: Role

    def __init__(
        self,
        port: IcePort,
        certificate: Certificate,
        offer: Offer,
        seat: SeatId,
        source: SourceName,
        settings: MediaSettings,
        on_end: Callable[[Peer], None],
    ) -> None:
        self.seat: SeatId = seat
        self.source: SourceName = source
        self.settings = settings
        self.resource, self.etag = secrets.token_urlsafe(16), _new_etag()
        self.remote_ufrag = offer.ufrag
        self.born = time.monotonic()
        self.ended = False
        self.bitrate = 0
        self.trouble = Trouble("connection", role=self.role)
        self._offer, self._port, self._certificate, self._on_end = offer, port, certificate, on_end
        self._cname = secrets.token_urlsafe(9)
        self._counted, self._counted_at = 0, self.born
        self._control_left = settings.control_bytes_per_feedback
        self._ice = IceConnection(port, self._receive, self._ice_closed)
        self._dtls = DtlsSrtp(self._ice, certificate, server=offer.dtls_server)
        self._dtls.on_closed(self.end)
        self._srtp: Srtp | None = None
        self._connecting = asyncio.get_running_loop().create_task(self._connect())

    @property
    def last_seen(self) -> float:
        return self._ice.seen

    def answer(self) -> str:
        return write_answer(self._offer, self.role, self._transport(), self._cname, self._outgoing())

    def restart(self, remote_ufrag: str) -> str:
        """ICE restart: the fragment with our new credentials. The old ones serve until the new path is
        nominated."""
        self.remote_ufrag = remote_ufrag
        self.etag = _new_etag()
        self._ice.restart()
        return write_fragment(self._offer, self._transport())

    def end(self) -> None:
        """At once: on return nothing is sent or received."""
        if self.ended:
            return
        self.ended = True
        self.silence()
        self._connecting.cancel()
        self._ice.close(self._dtls.shutdown())
        self._on_end(self)

    def silence(self) -> None:
        """At once: neither sends nor takes media any more."""
        raise NotImplementedError

    def measure(self, now: float) -> None:
        """Called about once a second."""
        count = self._bytes()
        elapsed = now - self._counted_at
        if elapsed > 0:
            self.bitrate = int((count - self._counted) * 8 / elapsed)
        self._counted, self._counted_at = count, now

    def refill(self) -> None:
        """Every `feedback_s`: it may send some control packets again."""
        self._control_left = self.settings.control_bytes_per_feedback

    def send_rtcp(self, packet: bytes) -> None:
        if self._srtp is not None:
            self._ice.transmit(self._srtp.protect_rtcp(packet))

    def _transport(self) -> Transport:
        return Transport(self._ice.username, self._ice.password, self._port.candidates(), self._certificate.sha256)

    def _ice_closed(self) -> None:
        self.end()

    async def _connect(self) -> None:
        try:
            async with asyncio.timeout(self.settings.connect_s):
                path = await self._ice.connect()
                async with self._port.handshake(path):
                    connected = await self._dtls.connect(self._offer.fingerprints)
        except (TimeoutError, ConnectionError):
            connected = False
        except Exception:  # OpenSSL has many ways to dislike a peer
            log.exception("media.handshake_failed", role=self.role, resource=self.resource)
            connected = False
        if self.ended:
            return
        if not connected:
            log.info("media.connect_failed", role=self.role, resource=self.resource)
            self.end()
            return
        self._srtp = self._dtls.srtp()
        self._connected(self._srtp)

    def _receive(self, data: bytes, path: Path, now: float) -> None:
        """One SRTP or SRTCP packet (told apart as RFC 5761 §4 has it)."""
        srtp = self._srtp
        if srtp is None or len(data) < 12:
            return
        control = 191 < data[1] < 224
        if control and self._control_left <= 0:
            return
        try:
            packet = srtp.unprotect_rtcp(data) if control else srtp.unprotect(data)
        except (SrtpError, ValueError):
            return  # forged or repeated: as if it had been lost
        self._ice.alive(path, now)
        try:
            if control:
                self._control_left -= len(packet)
                for one in RtcpPacket.parse(packet):
                    self.trouble.attempt(self._on_rtcp, one, now)
            else:
                self._on_rtp(packet, time.monotonic())
        except Exception as error:  # malformed, or a fault of ours: never more than this packet
            self.trouble.note(error)

    def _outgoing(self) -> dict[Kind, Outgoing]:
        return {}

    def _connected(self, srtp: Srtp) -> None:
        raise NotImplementedError

    def _bytes(self) -> int:
        raise NotImplementedError

    def _on_rtp(self, packet: bytes, now: float) -> None:
        """A view gets none."""

    def _on_rtcp(self, packet: AnyRtcpPacket, now: float) -> None:
        raise NotImplementedError


def _new_etag() -> str:
    return f'"{secrets.token_urlsafe(9)}"'
