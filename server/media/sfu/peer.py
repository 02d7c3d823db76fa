"""One WebRTC connection: a publication receives media, a view sends it."""

from __future__ import annotations

import asyncio
import secrets
import struct
import time
from collections.abc import Callable

import structlog

from server.media.engine import SeatId, SourceName
from server.media.settings import MediaSettings
from server.media.sfu.feedback import Allowance, TransportFeedback
from server.media.sfu.ice import IceConnection, IcePort, Path
from server.media.sfu.shim import (
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    AnyRtcpPacket,
    Certificate,
    DtlsSrtp,
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSrPacket,
    Srtp,
    SrtpError,
    pack_remb_fci,
    unpack_remb_fci,
)
from server.media.sfu.sink import Sink, send_time
from server.media.sfu.source import Channel, Kind, Track
from server.media.sfu.whip import Offer, Outgoing, Role, Transport, write_answer, write_fragment

log = structlog.get_logger(__name__)

NO_CAP_BPS = 100_000_000
"""Sent to a publisher once its viewers no longer hold it back: a cap stays in force until replaced."""


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
        self._offer, self._port, self._certificate, self._on_end = offer, port, certificate, on_end
        self._cname = secrets.token_urlsafe(9)
        self._counted, self._counted_at = 0, self.born
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
                await self._ice.connect()
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
        try:
            if 191 < data[1] < 224:
                packets = RtcpPacket.parse(srtp.unprotect_rtcp(data))
                self._ice.alive(path, now)
                for packet in packets:
                    self._on_rtcp(packet, now)
            else:
                packet = srtp.unprotect(data)
                self._ice.alive(path, now)
                self._on_rtp(packet, time.monotonic())
        except (SrtpError, ValueError, IndexError, struct.error):
            pass  # forged, repeated or malformed: as if it had been lost

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


class Publication(Peer):
    role = "publish"

    def __init__(
        self,
        port: IcePort,
        certificate: Certificate,
        offer: Offer,
        seat: SeatId,
        source: SourceName,
        settings: MediaSettings,
        on_end: Callable[[Peer], None],
        channels: dict[Kind, Channel],
    ) -> None:
        super().__init__(port, certificate, offer, seat, source, settings, on_end)
        self.silent = False
        self.tracks: list[Track] = []
        self._by_payload_type: dict[int, Track] = {}
        self._capped = False
        ssrc = secrets.randbits(31) + 1
        extension: int | None = None
        for kind, line in offer.accepted.items():
            track = Track(
                channels[kind],
                line.payload_type,
                line.rtx_payload_type,
                line.clock_rate,
                ssrc,
                self.send_rtcp,
                settings,
            )
            self.tracks.append(track)
            self._by_payload_type[line.payload_type] = track
            if line.rtx_payload_type is not None:
                self._by_payload_type[line.rtx_payload_type] = track
            extension = line.extension or extension
        self._feedback = TransportFeedback(extension, ssrc) if extension is not None else None
        self._feedback_ssrc = ssrc
        for channel in channels.values():  # one it does not publish is silent, whoever did before
            channel.track = next((t for t in self.tracks if t.channel is channel), None)

    @property
    def last_packet(self) -> float:
        """When RTP last came, on the monotonic clock; 0 before the first."""
        return max(track.last_packet for track in self.tracks)

    @property
    def loss(self) -> float:
        return max(track.loss for track in self.tracks)

    def tick(self, now: float) -> None:
        """Every `feedback_s`."""
        if self._feedback is not None:
            for packet in self._feedback.build():
                self.send_rtcp(packet)
        for track in self.tracks:
            track.request_missing(now)

    def report(self, now: float, cap_bps: int | None) -> None:
        """Every `report_s`: receiver reports, and the cap its viewers' lines set (None: no cap)."""
        reports = [r for t in self.tracks if (r := t.receiver_report(now)) is not None]
        if not reports:
            return
        packet = bytes(RtcpRrPacket(ssrc=self._feedback_ssrc, reports=reports))
        if cap_bps is not None or self._capped:
            self._capped = True
            ssrcs = [t.ssrc for t in self.tracks if t.channel.kind == "video"]
            packet += bytes(
                RtcpPsfbPacket(
                    fmt=RTCP_PSFB_APP,
                    ssrc=self._feedback_ssrc,
                    media_ssrc=0,
                    fci=pack_remb_fci(cap_bps or NO_CAP_BPS, ssrcs),
                )
            )
        self.send_rtcp(packet)

    def _connected(self, srtp: Srtp) -> None:
        for track in self.tracks:
            track.channel.request_keyframe()

    def silence(self) -> None:
        for track in self.tracks:
            if track.channel.track is track:
                track.channel.track = None

    def _bytes(self) -> int:
        return sum(track.bytes_received for track in self.tracks)

    def _on_rtp(self, packet: bytes, now: float) -> None:
        track = self._by_payload_type.get(packet[1] & 0x7F)
        if self._feedback is not None:
            self._feedback.add(packet, now, track.ssrc if track is not None else 0)
        if track is not None:
            track.receive(packet, now, send_time())

    def _on_rtcp(self, packet: AnyRtcpPacket, now: float) -> None:
        if isinstance(packet, RtcpSrPacket):
            for track in self.tracks:
                if track.ssrc == packet.ssrc:
                    track.sender_report(packet.sender_info, now)


class View(Peer):
    role = "view"

    def __init__(
        self,
        port: IcePort,
        certificate: Certificate,
        offer: Offer,
        seat: SeatId,
        source: SourceName,
        settings: MediaSettings,
        on_end: Callable[[Peer], None],
        peer: SeatId,
        channels: dict[Kind, Channel],
    ) -> None:
        super().__init__(port, certificate, offer, seat, source, settings, on_end)
        self.peer = peer
        self.allowance = Allowance(settings)
        self._sinks: dict[Kind, Sink] = {
            kind: Sink(
                channels[kind],
                line.payload_type,
                line.rtx_payload_type,
                line.clock_rate,
                line.extension,
                self._cname,
                settings,
            )
            for kind, line in offer.accepted.items()
        }
        for sink in self._sinks.values():
            sink.channel.sinks.append(sink)

    @property
    def loss(self) -> float:
        return max(sink.loss for sink in self._sinks.values())

    @property
    def round_trip_ms(self) -> float | None:
        return next((s.round_trip_ms for s in self._sinks.values() if s.round_trip_ms is not None), None)

    def cap_bps(self, now: float) -> int | None:
        """What its line carries, where that is less than was sent to it."""
        return self.allowance.estimate if self.allowance.slowed(now) else None

    def refill(self) -> None:
        for sink in self._sinks.values():
            sink.refill()

    def judge(self, now: float) -> None:
        """Pauses or resumes its video (audio never), after `measure`."""
        video = self._sinks.get("video")
        if video is not None and self.allowance.update(self.bitrate, video.loss, now):
            video.pause(self.allowance.paused)
            log.info(
                "media.viewer_paused" if self.allowance.paused else "media.viewer_resumed",
                resource=self.resource,
            )

    def _outgoing(self) -> dict[Kind, Outgoing]:
        return {kind: Outgoing(sink.ssrc, sink.rtx_ssrc) for kind, sink in self._sinks.items()}

    def _connected(self, srtp: Srtp) -> None:
        for sink in self._sinks.values():
            sink.connect(srtp, self._ice)

    def silence(self) -> None:
        for sink in self._sinks.values():
            sink.cut()

    def _bytes(self) -> int:
        return sum(sink.bytes_sent for sink in self._sinks.values())

    def _on_rtcp(self, packet: AnyRtcpPacket, now: float) -> None:
        if isinstance(packet, RtcpRrPacket | RtcpSrPacket):
            for info in packet.reports:
                for sink in self._sinks.values():
                    if sink.ssrc == info.ssrc:
                        sink.on_report(info, now)
        elif isinstance(packet, RtcpPsfbPacket):
            self._on_payload_feedback(packet)
        elif isinstance(packet, RtcpRtpfbPacket) and packet.fmt == RTCP_RTPFB_NACK:
            for sink in self._sinks.values():
                if sink.ssrc == packet.media_ssrc:
                    sink.resend(packet.lost)

    def _on_payload_feedback(self, packet: RtcpPsfbPacket) -> None:
        video = self._sinks.get("video")
        if packet.fmt in (RTCP_PSFB_PLI, RTCP_PSFB_FIR):
            if video is not None and not video.paused:
                video.channel.request_keyframe()
        elif packet.fmt == RTCP_PSFB_APP and packet.fci[:4] == b"REMB":
            self.allowance.heard(unpack_remb_fci(packet.fci)[0])


def _new_etag() -> str:
    return f'"{secrets.token_urlsafe(9)}"'
