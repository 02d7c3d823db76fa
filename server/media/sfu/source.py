"""One published stream of RTP: sequence accounting, repair, keyframe requests, receiver reports (RFC 3550,
4585, 4588).

What viewers hang on is the `Channel`, which outlives the publisher's connections; the `Track` is what one
connection feeds into it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from server.media.media_settings import MediaSettings
from server.media.sfu.rtcp import pack_nack
from server.media.sfu.serial import TIMESTAMP, distance, extended
from server.media.sfu.shim import (
    MAX_RTP,
    RTCP_PSFB_PLI,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpSenderInfo,
)
from server.media.sfu.trouble import Trouble

if TYPE_CHECKING:
    from server.media.sfu.sink import Sink

Kind = Literal["audio", "video"]
Tap = Callable[[bool, int, int, bytes], None]
"""marker, sequence number, timestamp, payload"""

MAX_BODY = MAX_RTP - 12 - 8  # room for our header and for abs-send-time
MAX_GAP = 200  # a longer jump is not repaired packet by packet
SSRC_HOLD_S = 1.0  # another SSRC of the same payload type is heard once the first has been silent so long
NACK_MOST = 60  # packets asked for at once
MISSING_MOST = 2 * MAX_GAP  # more missing at once are not worth repair: a keyframe is
LOST_MOST = 0x7FFFFF  # a report counts with 24 bits and a sign


class Channel:
    """The audio or the video of one seat's source, whichever connection publishes it now."""

    def __init__(self, kind: Kind) -> None:
        self.kind: Kind = kind
        self.track: Track | None = None
        """The only track heard; None cuts everybody off at once."""
        self.sinks: list[Sink] = []
        self.taps: list[Tap] = []

    def request_keyframe(self) -> None:
        if self.track is not None and self.kind == "video":
            self.track.request_keyframe()


Stored = tuple[int, int, int, int, bytes]
"""A packet kept for retransmission: extended sequence number, marker, timestamp, padding, body.

A plain tuple, because the garbage collector lets go of those that hold but numbers and bytes. Tens of thousands of
anything else, replaced all the time, have it look through everything every other second, and all pictures wait.
"""


class Track:
    """What one connection publishes of one kind. `send_rtcp` reaches its publisher."""

    def __init__(
        self,
        channel: Channel,
        payload_type: int,
        rtx_payload_type: int | None,
        clock_rate: int,
        feedback_ssrc: int,
        send_rtcp: Callable[[bytes], None],
        settings: MediaSettings,
    ) -> None:
        self.channel, self.payload_type, self.rtx_payload_type = channel, payload_type, rtx_payload_type
        self.clock_rate, self.feedback_ssrc = clock_rate, feedback_ssrc
        self._send_rtcp, self._settings = send_rtcp, settings
        self._last_keyframe_request = 0.0
        self._keyframe_timer: asyncio.TimerHandle | None = None
        self.trouble = Trouble("track", kind=channel.kind)
        self.bytes_received = 0
        self.last_packet = self._spoken = 0.0
        self._reset(0)

    def _reset(self, ssrc: int) -> None:
        self.ssrc = ssrc
        self.origin = object()
        """Changes whenever sequence numbers and timestamps start anew; sinks then splice."""
        self.ring: list[Stored | None] = [None] * (self._settings.ring_packets if self.channel.kind == "video" else 0)
        self._mask = self._settings.ring_packets - 1
        self._highest: int | None = None  # extended, as all sequence numbers here
        self._base = 0
        self._received: int = 0
        self._expected_prior: int = 0
        self._received_prior: int = 0
        self._missing: dict[int, tuple[float, float]] = {}  # number → (found missing, last asked for)
        self._jitter = 0.0
        self._transit: int | None = None
        self._report_ntp, self._report_at = 0, 0.0
        self.loss = 0.0
        """Share lost between the last two receiver reports, before repair."""

    def receive(self, packet: bytes, now: float, sent: int) -> None:
        """One RTP packet, decrypted. `sent` is the abs-send-time to stamp on copies. IndexError when
        truncated."""
        channel = self.channel
        if channel.track is not self:
            return
        self.bytes_received += len(packet)
        self.last_packet = now
        accepted = self._accept(packet, now)
        if accepted is None:
            return
        number, body = accepted
        marker, padding = packet[1] & 0x80, packet[0] & 0x20
        timestamp = int.from_bytes(packet[4:8], "big")
        if channel.kind == "video":
            self.ring[number & self._mask] = (number, marker, timestamp, padding, body)
        origin = self.origin
        for sink in channel.sinks:
            try:
                sink.forward(origin, marker, number, timestamp, padding, body, now, sent)
            except Exception as error:  # one viewer's trouble is never the others'
                sink.trouble.note(error)
        for tap in tuple(channel.taps):
            self.trouble.attempt(tap, marker != 0, number & 0xFFFF, timestamp, body)

    def _accept(self, packet: bytes, now: float) -> tuple[int, bytes] | None:
        """Extended sequence number and payload, out of RTX too; None for what is not to be forwarded."""
        flags = packet[0]
        start = 12 + 4 * (flags & 15)
        if flags & 0x10:
            start += 4 + 4 * (packet[start + 2] << 8 | packet[start + 3])
        left = len(packet) - start
        if left < 0 or (flags & 0x20 and not 0 < packet[-1] <= left):
            return None  # no viewer is to be told of padding that is not there
        sequence = packet[2] << 8 | packet[3]
        if packet[1] & 0x7F == self.rtx_payload_type:
            if self._highest is None or left - (packet[-1] if flags & 0x20 else 0) < 2:
                return None  # an empty one is a bandwidth probe
            number = extended(packet[start] << 8 | packet[start + 1], self._highest)
            start += 2
            if self._missing.pop(number, None) is None:
                return None
        else:
            ssrc = int.from_bytes(packet[8:12], "big")
            if ssrc != self.ssrc:
                if now - self._spoken < SSRC_HOLD_S:
                    return None  # layers nobody agreed on must not make the stream start anew at each packet
                self._reset(ssrc)
            self._spoken = now
            number = extended(sequence, self._highest) if self._highest is not None else sequence
            if not self._account(number, int.from_bytes(packet[4:8], "big"), now):
                return None
        return (number, packet[start:]) if len(packet) - start <= MAX_BODY else None

    def _account(self, number: int, timestamp: int, now: float) -> bool:
        """False where it is of no use any more: a repaired or abandoned one, which SRTP must not send again."""
        self._received += 1
        highest = self._highest
        wanted = True
        if highest is None:
            self._highest = self._base = number
        elif number > highest:
            if self.channel.kind == "video" and 1 < number - highest < MAX_GAP:
                self._miss(range(highest + 1, number), now)
            self._highest = number
        elif self.channel.kind == "video":
            wanted = self._missing.pop(number, None) is not None
        transit = int(now * self.clock_rate) - timestamp
        if self._transit is not None:
            difference = abs(distance(transit, self._transit, TIMESTAMP))
            if difference < 5 * self.clock_rate:
                self._jitter += (difference - self._jitter) / 16  # RFC 3550 §6.4.1
        self._transit = transit
        return wanted

    def _miss(self, numbers: range, now: float) -> None:
        if len(self._missing) + len(numbers) > MISSING_MOST:
            self._missing.clear()
            self.request_keyframe()
            return
        self._missing.update((number, (now, 0.0)) for number in numbers)
        self.trouble.attempt(self.request_missing, now)

    def request_missing(self, now: float) -> None:
        """Generic NACK (RFC 4585 §6.2.1) for what is missing and was not asked for just now."""
        lost: list[int] = []
        for number, (found, asked) in list(self._missing.items()):
            if now - found > self._settings.nack_give_up_s:
                del self._missing[number]
            elif now - asked >= self._settings.nack_retry_s and len(lost) < NACK_MOST:
                self._missing[number] = (found, now)
                lost.append(number)
        if lost:
            self._send_rtcp(pack_nack(self.feedback_ssrc, self.ssrc, lost))

    def request_keyframe(self) -> None:
        """PLI (RFC 4585 §6.3.1), at most one per `keyframe_s`; one asked for too early is sent when it
        may."""
        now = time.monotonic()
        wait = self._last_keyframe_request + self._settings.keyframe_s - now
        if wait <= 0:
            if self.ssrc:  # before its first packet a publisher sends a keyframe anyway
                self._last_keyframe_request = now
                pli = RtcpPsfbPacket(fmt=RTCP_PSFB_PLI, ssrc=self.feedback_ssrc, media_ssrc=self.ssrc)
                self._send_rtcp(bytes(pli))
        elif self._keyframe_timer is None:
            self._keyframe_timer = asyncio.get_running_loop().call_later(wait, self._later_keyframe)

    def _later_keyframe(self) -> None:
        self._keyframe_timer = None
        if self.channel.track is self:
            self.request_keyframe()

    def sender_report(self, info: RtcpSenderInfo, now: float) -> None:
        self._report_ntp, self._report_at = (info.ntp_timestamp >> 16) & 0xFFFFFFFF, now
        if self.channel.track is self:
            for sink in self.channel.sinks:
                sink.send_report(self.origin, info, now)

    def receiver_report(self, now: float) -> RtcpReceiverInfo | None:
        """RFC 3550 §6.4.1. None while nothing arrives."""
        if self._highest is None or self._received == self._received_prior:
            return None
        expected = self._highest - self._base + 1
        of, got = expected - self._expected_prior, self._received - self._received_prior
        self._expected_prior, self._received_prior = expected, self._received
        self.loss = max(0.0, 1 - got / of) if of > 0 else 0.0
        delay = int((now - self._report_at) * 65536) & 0xFFFFFFFF if self._report_ntp else 0
        return RtcpReceiverInfo(
            ssrc=self.ssrc,
            fraction_lost=min(255, int(self.loss * 256)),
            packets_lost=max(-LOST_MOST, min(expected - self._received, LOST_MOST)),
            highest_sequence=self._highest & 0xFFFFFFFF,
            jitter=int(self._jitter),
            lsr=self._report_ntp,
            dlsr=delay,
        )
