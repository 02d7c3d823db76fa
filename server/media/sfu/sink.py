"""One stream of RTP to one viewer: it has its own SSRC, sequence numbers, timestamps and payload type, and
goes on unbroken whatever happens to the publisher (RFC 3550, 4588)."""

from __future__ import annotations

import secrets
import struct
import time
from collections.abc import Callable
from typing import Protocol

from server.media.media_settings import MediaSettings
from server.media.sfu.serial import extended
from server.media.sfu.shim import (
    RtcpReceiverInfo,
    RtcpSdesPacket,
    RtcpSenderInfo,
    RtcpSourceInfo,
    RtcpSrPacket,
    Srtp,
)
from server.media.sfu.source import Channel
from server.media.sfu.trouble import Trouble

SDES_CNAME = 1
REPORTS_KEPT = 4
_HEADER = struct.Struct("!BBHLL")


class Transmitter(Protocol):
    """Its `transmit` changes with the path: to be looked up for every packet."""

    transmit: Callable[[bytes], bool]


class Sink:
    """Created when the view is answered, in its channel's `sinks` while it may be served."""

    def __init__(
        self,
        channel: Channel,
        payload_type: int,
        rtx_payload_type: int | None,
        clock_rate: int,
        abs_send_time: int | None,
        cname: str,
        settings: MediaSettings,
    ) -> None:
        self.channel = channel
        self.payload_type, self.rtx_payload_type, self.clock_rate = payload_type, rtx_payload_type, clock_rate
        self.ssrc, self.rtx_ssrc = secrets.randbits(31) + 1, secrets.randbits(31) + 1
        # The extension's first four bytes (one-byte form, length 3): only the time is left to fill in.
        self._stamp = None if abs_send_time is None else abs_send_time << 28 | 2 << 24
        self._settings = settings
        self._cname = bytes(RtcpSdesPacket([RtcpSourceInfo(self.ssrc, [(SDES_CNAME, cname.encode())])]))
        self._srtp: Srtp | None = None
        self._ice: Transmitter | None = None
        self.paused = False
        self._origin: object | None = None
        # Below 2**15: a wrap right after the start would leave libsrtp's guess of the rollover counter open.
        self._next_rtx = secrets.randbelow(1 << 15)
        self._last = secrets.randbelow(1 << 15)
        self._last_timestamp, self._last_at = secrets.randbits(32), 0.0
        # Sequence numbers are extended, in and out: a 16-bit one does not tell what came before the splice.
        self._first = self._sequence_shift = self._timestamp_shift = 0
        self._budget = settings.retransmissions_per_feedback
        self.trouble = Trouble("forwarding", kind=channel.kind)
        self.packets = self.octets = self.bytes_sent = 0
        self.loss, self.round_trip_ms = 0.0, None
        self._reports: dict[int, float] = {}

    loss: float
    """Share lost, from the viewer's last receiver report."""
    round_trip_ms: float | None

    def connect(self, srtp: Srtp, ice: Transmitter) -> None:
        """From now on it serves its viewer."""
        self._srtp, self._ice = srtp, ice
        self.channel.request_keyframe()

    def cut(self) -> None:
        """Nothing more is sent, for good."""
        self._srtp = self._ice = None
        if self in self.channel.sinks:
            self.channel.sinks.remove(self)

    def pause(self, paused: bool) -> None:
        """A paused one sends nothing; afterwards it goes on with a keyframe."""
        self.paused, self._origin = paused, None
        if not paused:
            self.channel.request_keyframe()

    def forward(
        self,
        origin: object,
        marker: int,
        number: int,
        timestamp: int,
        padding: int,
        body: bytes,
        now: float,
        sent: int,
    ) -> None:
        """`number` is the extended sequence number."""
        srtp, ice = self._srtp, self._ice
        if srtp is None or ice is None or self.paused:
            return
        if origin is not self._origin and not self._splice(origin, number, timestamp, body, now):
            return
        if number < self._first:
            # Older than the splice: its number was used for another packet, and SRTP must never use one
            # twice.
            return
        out = number + self._sequence_shift
        out_timestamp = (timestamp + self._timestamp_shift) & 0xFFFFFFFF
        if out > self._last:
            self._last, self._last_timestamp, self._last_at = out, out_timestamp, now
        out &= 0xFFFF
        if self._stamp is None:
            packet = _HEADER.pack(0x80 | padding, marker | self.payload_type, out, out_timestamp, self.ssrc) + body
        else:
            packet = (
                _HEADER.pack(0x90 | padding, marker | self.payload_type, out, out_timestamp, self.ssrc)
                + b"\xbe\xde\x00\x01"
                + (self._stamp | sent).to_bytes(4, "big")
                + body
            )
        self.packets += 1
        self.octets += len(body)
        self.bytes_sent += len(packet)
        ice.transmit(srtp.protect(packet))

    def _splice(self, origin: object, number: int, timestamp: int, body: bytes, now: float) -> bool:
        """Joins a stream that starts anew to what the viewer had. False while there is no keyframe to start
        with."""
        if self.channel.kind == "video" and not begins_keyframe(body):
            self.channel.request_keyframe()
            return False
        elapsed = max(1, int((now - self._last_at) * self.clock_rate)) if self._last_at else 1
        self._first = number
        self._sequence_shift = self._last + 1 - number
        self._timestamp_shift = self._last_timestamp + elapsed - timestamp
        self._origin = origin
        return True

    def resend(self, lost: list[int]) -> None:
        """Generic NACK answered by RTX (RFC 4588). A viewer without RTX gets none: the same number with
        another send time would be a second SRTP packet under one nonce."""
        track, srtp, ice = self.channel.track, self._srtp, self._ice
        if track is None or srtp is None or ice is None or self.rtx_payload_type is None or self.paused:
            return
        if track.origin is not self._origin or not track.ring:
            return
        for out in lost:
            if self._budget <= 0:
                return
            self._budget -= 1
            number = extended(out, self._last) - self._sequence_shift
            stored = track.ring[number % len(track.ring)]
            if stored is None or stored[0] != number or number < self._first:
                continue
            _, marker, timestamp, padding, body = stored
            packet = self._header(
                padding,
                marker | self.rtx_payload_type,
                self._next_rtx,
                (timestamp + self._timestamp_shift) & 0xFFFFFFFF,
                self.rtx_ssrc,
            )
            packet += (out & 0xFFFF).to_bytes(2, "big") + body
            self._next_rtx = (self._next_rtx + 1) & 0xFFFF
            self.bytes_sent += len(packet)
            ice.transmit(srtp.protect(packet))

    def _header(self, padding: int, second: int, sequence: int, timestamp: int, ssrc: int) -> bytes:
        if self._stamp is None:
            return _HEADER.pack(0x80 | padding, second, sequence, timestamp, ssrc)
        return (
            _HEADER.pack(0x90 | padding, second, sequence, timestamp, ssrc)
            + b"\xbe\xde\x00\x01"
            + (self._stamp | send_time()).to_bytes(4, "big")
        )

    def refill(self) -> None:
        self._budget = self._settings.retransmissions_per_feedback

    def send_report(self, origin: object, info: RtcpSenderInfo, now: float) -> None:
        """The publisher's clock mapping, in this stream's timestamps: audio and video keep their common
        time."""
        if origin is not self._origin or self._srtp is None or self._ice is None:
            return
        report = RtcpSrPacket(
            self.ssrc,
            RtcpSenderInfo(
                ntp_timestamp=info.ntp_timestamp,
                rtp_timestamp=(info.rtp_timestamp + self._timestamp_shift) & 0xFFFFFFFF,
                packet_count=self.packets & 0xFFFFFFFF,
                octet_count=self.octets & 0xFFFFFFFF,
            ),
        )
        self._reports[(info.ntp_timestamp >> 16) & 0xFFFFFFFF] = now
        if len(self._reports) > REPORTS_KEPT:
            del self._reports[next(iter(self._reports))]
        self._ice.transmit(self._srtp.protect_rtcp(bytes(report) + self._cname))

    def on_report(self, info: RtcpReceiverInfo, now: float) -> None:
        self.loss = info.fraction_lost / 256
        sent = self._reports.get(info.lsr) if info.lsr else None  # 0: it has had no report of ours yet
        if sent is not None:
            self.round_trip_ms = max(0.0, (now - sent - info.dlsr / 65536) * 1000)


def begins_keyframe(body: bytes) -> bool:
    """Whether this VP8 payload is the first of a keyframe (RFC 7741 §4.2, §4.3)."""
    if len(body) < 4 or body[0] & 0x17 != 0x10:  # start of partition 0
        return False
    start = 1
    if body[0] & 0x80:
        extensions = body[1]
        start = 2 + ((2 if body[2] & 0x80 else 1) if extensions & 0x80 else 0)
        start += (1 if extensions & 0x40 else 0) + (1 if extensions & 0x30 else 0)
    return start < len(body) and not body[start] & 1


def send_time() -> int:
    """abs-send-time: 24 bits of seconds with 18 binary digits. Only differences count, so it goes on evenly when the
    wall clock is set."""
    return int(time.monotonic() * 262144) & 0xFFFFFF
