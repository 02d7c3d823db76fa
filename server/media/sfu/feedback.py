"""Congestion: what we tell publishers, and what viewers tell us.

A publisher numbers every packet in a header extension and estimates its bandwidth itself; we say every 100 ms
which numbers arrived and when (draft-holmer-rmcat-transport-wide-cc-extensions-01, receiver's half). To
viewers we send abs-send-time, and they answer with REMB (draft-alvestrand-rmcat-remb-03); `Allowance` judges
that.
"""

from __future__ import annotations

import struct

from server.media.media_settings import MediaSettings
from server.media.sfu.serial import extended

TRANSPORT_CC = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"

MAX_STATUS = 400  # packets one feedback speaks of
STEPS = 4000  # arrival times count in 250 µs
RTPFB, FORMAT = 205, 15
GROWTH = 1.01  # a second's growth of an estimate that grows
NOISE = 0.9  # what is sent varies by more than a tenth
LOSSY = 0.1  # RFC 3550 loss above which a line is full, whatever its estimate does
_NOT_RECEIVED, _SMALL, _LARGE = 0, 1, 2
_BODY = struct.Struct("!LLHH")


class TransportFeedback:
    """Arrival times of one publisher's packets, and the RTCP that reports them."""

    def __init__(self, extension: int, ssrc: int) -> None:
        self._ssrc, self._media_ssrc, self._count = ssrc, 0, 0
        self._header = extension << 4 | 1  # one-byte header extension (RFC 8285 §4.2): id, length - 1
        self._last: int | None = None  # highest extended number seen
        self._next = 0  # first extended number the next feedback speaks of
        self._arrivals: dict[int, int] = {}

    def add(self, packet: bytes, now: float, ssrc: int) -> None:
        """`packet` is a whole RTP packet, `now` its arrival on the monotonic clock. IndexError when
        truncated."""
        if not packet[0] & 0x10:
            return
        at = 12 + 4 * (packet[0] & 15)
        if packet[at] != 0xBE:
            return
        end = at + 4 + 4 * (packet[at + 2] << 8 | packet[at + 3])
        at += 4
        wanted = self._header
        while at < end:
            head = packet[at]
            if head == wanted:
                break
            at += 2 + (head & 15) if head else 1
        else:
            return
        number = packet[at + 1] << 8 | packet[at + 2]
        last = self._last
        if last is None:
            self._last = self._next = number
        else:
            number = extended(number, last)
            if number > last:
                self._last = number
        self._media_ssrc = ssrc
        self._arrivals[number] = int(now * STEPS)

    def build(self) -> list[bytes]:
        """RTCP packets for what arrived since the last call."""
        arrivals, last = self._arrivals, self._last
        if not arrivals or last is None:
            return []
        self._arrivals = {}
        first = min(arrivals)
        if 0 < first - self._next < MAX_STATUS:  # the gap before is reported as lost, unless absurd
            first = self._next
        first = max(first, last - 4 * MAX_STATUS)  # a publisher jumping in its numbers costs us no more than this
        self._next = last + 1
        packets: list[bytes] = []
        for start in range(first, last + 1, MAX_STATUS):
            count = min(last - start + 1, MAX_STATUS)
            times = [arrivals.get(i) for i in range(start, start + count)]
            origin = next((t for t in times if t is not None), None)
            if origin is not None:
                packets.append(self._packet(start, times, origin))
        return packets

    def _packet(self, first: int, times: list[int | None], origin: int) -> bytes:
        reference = origin >> 8  # 64 ms steps
        previous, statuses, deltas = reference << 8, list[int](), bytearray()
        for arrival in times:
            if arrival is None:
                statuses.append(_NOT_RECEIVED)
                continue
            delta = max(-32768, min(32767, arrival - previous))
            previous += delta
            if 0 <= delta < 256:
                statuses.append(_SMALL)
                deltas.append(delta)
            else:
                statuses.append(_LARGE)
                deltas += struct.pack("!h", delta)
        body = _BODY.pack(self._ssrc, self._media_ssrc, first & 0xFFFF, len(times))
        body += (reference & 0xFFFFFF).to_bytes(3, "big") + bytes([self._count & 0xFF]) + _chunks(statuses) + deltas
        self._count += 1
        padding = -len(body) & 3
        if padding:
            body += bytes(padding - 1) + bytes([padding])
        flags = 0x80 | (0x20 if padding else 0) | FORMAT
        return struct.pack("!BBH", flags, RTPFB, len(body) // 4) + body


def _chunks(statuses: list[int]) -> bytes:
    """Run-length chunks for long runs, else vectors of seven two-bit symbols (draft-holmer §3.1.3,
    §3.1.4)."""
    chunks, i, total = bytearray(), 0, len(statuses)
    while i < total:
        end = i + 1
        while end < total and statuses[end] == statuses[i]:
            end += 1
        if end - i >= 7 or end == total:
            word, i = statuses[i] << 13 | (end - i), end
        else:
            word = 0xC000
            for k, status in enumerate(statuses[i : i + 7]):
                word |= status << 12 - 2 * k
            i += 7
        chunks += word.to_bytes(2, "big")
    return bytes(chunks)


class Allowance:
    """Whether one viewer's line carries the video: below the floor it is paused, and tried again later.

    An estimate below what is sent does not say that the line is full: it starts low and grows by some 8 % a second
    (draft-ietf-rmcat-gcc-02 §5.5), slower than a publisher that has just begun. The line is full when the estimate
    has stopped growing below what is sent, or when packets are lost.

    A paused viewer receives audio alone, and its estimate cannot grow far above what it receives, so only trying
    again can tell; each failed try waits twice as long as the one before.
    """

    def __init__(self, settings: MediaSettings) -> None:
        self._settings = settings
        self.estimate: int | None = None
        """The viewer's last REMB, bit/s."""
        self.paused = False
        self._previous: int | None = None
        self._fresh = False
        self._full_since: float | None = None
        self._slowed_until = self._changed = 0.0
        self._wait = settings.resume_after_s

    def heard(self, estimate: int) -> None:
        """A REMB came."""
        self.estimate, self._fresh = estimate, True

    def slowed(self, now: float) -> bool:
        """Its line was full a moment ago: the publisher is asked for no more than it carries (nor less than the
        floor). Meanwhile the estimate grows, and so does what is asked for."""
        return not self.paused and now < self._slowed_until

    def update(self, sent_bps: int, loss: float, now: float) -> bool:
        """To be called about once a second; `loss` as the viewer reports it. True when `paused` has changed."""
        s, estimate = self._settings, self.estimate
        if self.paused:
            return now - self._changed >= self._wait and self._change(False, now)
        if estimate is None or not self._fresh:
            return False
        grows = self._previous is None or estimate > self._previous * GROWTH
        self._previous, self._fresh = estimate, False
        if estimate >= sent_bps * NOISE or (grows and loss < LOSSY):
            self._full_since = None
            return False
        self._slowed_until = now + s.slow_for_s
        if self._full_since is None:
            self._full_since = now
        if estimate >= s.viewer_floor_bps or now - self._full_since < s.pause_after_s:
            return False
        again = self._changed and now - self._changed < s.resume_at_most_s
        self._wait = min(self._wait * 2, s.resume_at_most_s) if again else s.resume_after_s
        return self._change(True, now)

    def _change(self, paused: bool, now: float) -> bool:
        self.paused, self._changed, self._full_since = paused, now, None
        self.estimate = self._previous = None
        return True
