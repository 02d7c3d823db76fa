"""What the peers send and count: a clip played in a loop, packets lost, and how long they were on their way."""

from __future__ import annotations

import asyncio
import random
import struct
import time
from dataclasses import dataclass, field

from server.media.sfu.feedback import TRANSPORT_CC
from server.media.sfu.shim import (
    RTCP_PSFB_APP,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpSenderInfo,
    RtcpSrPacket,
    pack_remb_fci,
)
from tests.bench import sdp
from tests.bench.clip import AUDIO_SAMPLES, FRAME_RATE, SAMPLE_RATE, Clip
from tests.bench.peer import Beside, Peer, arrived

MAGIC = b"\xfesent at"
STAMP = struct.Struct("!8sd")
STAMPED_OVER = 300
"""Bytes; only the larger packets that end a frame carry the time, at their end."""
REPORT_S = 1.0
ESTIMATE_BPS = 5_000_000
"""What viewers say their line carries (REMB)."""
_HEADER = struct.Struct("!BBHLL")


class Publisher:
    """Plays a clip at its own pace while `playing` is set. `stamped`: packets carry the time they were sent at, which
    only an engine that decodes nothing can pass on."""

    def __init__(self, peer: Peer, clip: Clip, stamped: bool) -> None:
        self.peer, self.clip, self.stamped = peer, clip, stamped
        self.sent = self.bytes = self.feedback = 0
        self.playing = asyncio.Event()
        self._frames = self._sounds = self._wide = 0
        # After the keyframe that lets viewers begin, each somewhere else in the clip: rooms have nothing to do with
        # one another, and all their keyframes within one thirtieth of a second would be a storm of our making.
        self._ahead = random.randrange(len(clip.video))
        self._sequence = {kind: random.randrange(30_000) for kind in ("audio", "video")}
        assert peer.remote is not None
        assert peer.srtp is not None
        self._extension = peer.remote.extensions.get(TRANSPORT_CC)
        self._srtp = peer.srtp
        peer.on_media = self._on_media
        self.task = asyncio.ensure_future(self._play())

    def _on_media(self, data: bytes, _beside: Beside) -> None:
        if data[1] == 205 and data[0] & 31 == 15:  # the header of SRTCP is readable
            self.feedback += 1

    async def _play(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            await self.playing.wait()
            start, frames, sounds = clock() + random.random() / FRAME_RATE, self._frames, self._sounds
            reported = 0.0
            while self.playing.is_set():
                frame_at = start + (self._frames - frames) / FRAME_RATE
                sound_at = start + (self._sounds - sounds) * AUDIO_SAMPLES / SAMPLE_RATE
                wait = min(frame_at, sound_at) - clock()
                if wait > 0:
                    await asyncio.sleep(wait)
                if frame_at <= sound_at:
                    self._send_frame()
                else:
                    self._send_sound()
                if clock() - reported >= REPORT_S:
                    reported = clock()
                    self._report()

    def _send_frame(self) -> None:
        place = self._frames + self._ahead if self._frames else 0
        payloads = self.clip.video[place % len(self.clip.video)]
        stamp, last = self._frames * 90_000 // FRAME_RATE & 0xFFFFFFFF, len(payloads) - 1
        for i, payload in enumerate(payloads):
            if i == last and self.stamped and len(payload) > STAMPED_OVER:
                payload = payload[: -STAMP.size] + STAMP.pack(MAGIC, time.time())
            self._send("video", sdp.VIDEO | (128 if i == last else 0), stamp, payload)
        self._frames += 1

    def _send_sound(self) -> None:
        payload = self.clip.audio[self._sounds % len(self.clip.audio)]
        self._send("audio", sdp.AUDIO, self._sounds * AUDIO_SAMPLES & 0xFFFFFFFF, payload)
        self._sounds += 1

    def _send(self, kind: str, second: int, stamp: int, payload: bytes) -> None:
        number = self._sequence[kind]
        self._sequence[kind] = number + 1 & 0xFFFF
        first, extension = 0x80, b""
        if self._extension is not None:
            first = 0x90
            extension = b"\xbe\xde\x00\x01" + bytes((self._extension << 4 | 1,)) + self._wide.to_bytes(2, "big") + b"\0"
            self._wide = self._wide + 1 & 0xFFFF
        header = _HEADER.pack(first, second, number, stamp, self.peer.ssrcs[kind])
        packet = self._srtp.protect(header + extension + payload)
        self.peer.transmit(packet)
        self.sent += 1
        self.bytes += len(packet)

    def _report(self) -> None:
        stamps = {
            "video": self._frames * 90_000 // FRAME_RATE & 0xFFFFFFFF,
            "audio": self._sounds * AUDIO_SAMPLES & 0xFFFFFFFF,
        }
        now = int((time.time() + 2_208_988_800) * 2**32) & (1 << 64) - 1  # NTP counts from 1900
        for kind, stamp in stamps.items():
            info = RtcpSenderInfo(ntp_timestamp=now, rtp_timestamp=stamp, packet_count=self.sent, octet_count=0)
            self.peer.transmit(self._srtp.protect_rtcp(bytes(RtcpSrPacket(self.peer.ssrcs[kind], info))))


@dataclass
class Stream:
    """One SSRC as a viewer sees it: highest extended sequence number and packets, now and when counting began."""

    highest: int
    packets: int = 0
    highest_before: int = 0
    packets_before: int = 0

    def __post_init__(self) -> None:
        self.highest_before = self.highest

    def add(self, number: int) -> None:
        self.packets += 1
        ahead = (number - self.highest + 0x8000 & 0xFFFF) - 0x8000
        if ahead > 0:
            self.highest += ahead

    def begin(self) -> None:
        self.highest_before, self.packets_before = self.highest, self.packets

    @property
    def expected(self) -> int:
        return self.highest - self.highest_before

    @property
    def received(self) -> int:
        return self.packets - self.packets_before


@dataclass
class Delays:
    """Shared by all viewers; filled while `on`. Seconds from the publisher's `send` to the viewer's system: what the
    engine adds, and the load's own slowness does not."""

    on: bool = False
    seconds: list[float] = field(default_factory=list[float])


class Viewer:
    """Counts what comes, and says once a second what it got and what its line carries."""

    def __init__(self, peer: Peer, delays: Delays, estimate_bps: int = ESTIMATE_BPS) -> None:
        assert peer.srtp is not None
        self.peer, self.delays, self.streams = peer, delays, dict[int, Stream]()
        self._srtp, self._estimate = peer.srtp, estimate_bps
        peer.on_media = self._on_media
        self.task = asyncio.ensure_future(self._report())

    def _on_media(self, data: bytes, beside: Beside) -> None:
        second = data[1]
        if 191 < second < 224:
            return
        ssrc, number = int.from_bytes(data[8:12], "big"), data[2] << 8 | data[3]
        stream = self.streams.get(ssrc)
        if stream is None:
            stream = self.streams[ssrc] = Stream(number - 1)
        stream.add(number)
        # One frame in four is enough to know the delay by.
        if second & 128 and self.delays.on and not number & 3 and len(data) > STAMPED_OVER:
            magic, sent = STAMP.unpack(self._srtp.unprotect(data)[-STAMP.size :])
            if magic == MAGIC:
                self.delays.seconds.append(arrived(beside) - sent)

    async def _report(self) -> None:
        await asyncio.sleep(random.random() * REPORT_S)
        own = self.peer.ssrcs["video"]
        while True:
            if self.streams:
                reports = [
                    RtcpReceiverInfo(s, fraction_lost=0, packets_lost=0, highest_sequence=one.highest & 0xFFFFFFFF,
                                     jitter=0, lsr=0, dlsr=0)
                    for s, one in self.streams.items()
                ]
                remb = pack_remb_fci(self._estimate, list(self.streams))
                packets = bytes(RtcpRrPacket(own, reports)) + bytes(RtcpPsfbPacket(RTCP_PSFB_APP, own, 0, remb))
                self.peer.transmit(self._srtp.protect_rtcp(packets))
            await asyncio.sleep(REPORT_S)
