"""A connection that publishes: its tracks, and what its publisher is told."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from server.media.engine import SeatId, SourceName
from server.media.media_settings import MediaSettings
from server.media.sfu.feedback import TransportFeedback
from server.media.sfu.peer import Peer
from server.media.sfu.port import IcePort
from server.media.sfu.shim import (
    RTCP_PSFB_APP,
    AnyRtcpPacket,
    Certificate,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpSrPacket,
    Srtp,
    pack_remb_fci,
)
from server.media.sfu.sink import send_time
from server.media.sfu.source import Channel, Kind, Track
from server.media.sfu.whip import Offer

NO_CAP_BPS = 100_000_000
"""Sent to a publisher once its viewers no longer hold it back: a cap stays in force until replaced."""


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
        self.refill()
        if self._feedback is not None:
            for packet in self.trouble.attempt(self._feedback.build) or ():
                self.trouble.attempt(self.send_rtcp, packet)
        for track in self.tracks:
            track.trouble.attempt(track.request_missing, now)

    def report(self, now: float, cap_bps: int | None) -> None:
        """Every `report_s`: receiver reports, and the cap its viewers' lines set (None: no cap)."""
        reports = [r for t in self.tracks if (r := t.trouble.attempt(t.receiver_report, now)) is not None]
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
            try:
                self._feedback.add(packet, now, track.ssrc if track is not None else 0)
            except Exception as error:  # what is only told to the publisher never keeps its viewers waiting
                self.trouble.note(error)
        if track is not None:
            track.receive(packet, now, send_time())

    def _on_rtcp(self, packet: AnyRtcpPacket, now: float) -> None:
        if isinstance(packet, RtcpSrPacket):
            for track in self.tracks:
                if track.ssrc == packet.ssrc:
                    track.sender_report(packet.sender_info, now)
