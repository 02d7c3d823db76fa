"""A connection that views one source of one seat, and what its viewer tells."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from server.media.engine import SeatId, SourceName
from server.media.media_settings import MediaSettings
from server.media.sfu.feedback import Allowance
from server.media.sfu.peer import Peer
from server.media.sfu.port import IcePort
from server.media.sfu.shim import (
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    AnyRtcpPacket,
    Certificate,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSrPacket,
    Srtp,
    unpack_remb_fci,
)
from server.media.sfu.sink import Sink
from server.media.sfu.source import Channel, Kind
from server.media.sfu.whip import Offer, Outgoing

log = structlog.get_logger(__name__)


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
        self._keyframes = float(settings.viewer_keyframes)
        self._keyframes_refilled = settings.feedback_s / settings.viewer_keyframe_s
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
        super().refill()
        self._keyframes = min(self._keyframes + self._keyframes_refilled, float(self.settings.viewer_keyframes))
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
            # Each costs all viewers of the publisher: one that asks without end gets few.
            if video is not None and not video.paused and self._keyframes >= 1:
                self._keyframes -= 1
                video.channel.request_keyframe()
        elif packet.fmt == RTCP_PSFB_APP and packet.fci[:4] == b"REMB":
            self.allowance.heard(unpack_remb_fci(packet.fci)[0])
