"""Streams of RTP without a network: a track and its viewers, whose packets are kept as they would leave."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from server.media.media_settings import MediaSettings
from server.media.sfu.sink import Sink
from server.media.sfu.source import Channel, Kind, Track

PAYLOAD_TYPE, RTX_TYPE, CLOCK = 96, 97, {"audio": 48_000, "video": 90_000}
KEYFRAME = b"\x10\x00\x00\x9d\x01\x2a" + bytes(20)


def rtp(number: int, timestamp: int = 0, body: bytes = KEYFRAME, ssrc: int = 7, kind: int = PAYLOAD_TYPE) -> bytes:
    return struct.pack("!BBHLL", 0x80, kind, number & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc) + body


def repair(number: int, timestamp: int = 0, body: bytes = KEYFRAME) -> bytes:
    return rtp(number, timestamp, (number & 0xFFFF).to_bytes(2, "big") + body, kind=RTX_TYPE)


@dataclass
class Sent:
    """What reached a viewer: media by sequence number in order, and RTX by the number it repairs."""

    media: list[int]
    timestamps: list[int]
    repaired: list[int]


class Stream:
    """A publisher's track with one viewer behind it."""

    def __init__(self, kind: Kind = "video", settings: MediaSettings | None = None) -> None:
        self.settings = settings or MediaSettings()
        self.asked: list[bytes] = []
        self.channel = Channel(kind)
        self.track = Track(self.channel, PAYLOAD_TYPE, RTX_TYPE, CLOCK[kind], 1, self.asked.append, self.settings)
        self.channel.track = self.track
        self.sent = Sent([], [], [])
        self.viewer = self.view()

    def view(self) -> Sink:
        sink = Sink(self.channel, PAYLOAD_TYPE, RTX_TYPE, CLOCK[self.channel.kind], None, "cname", self.settings)
        plain: Any = SimpleNamespace(protect=bytes, protect_rtcp=bytes)
        wire: Any = SimpleNamespace(transmit=self._sent)
        sink.connect(plain, wire)
        self.channel.sinks.append(sink)
        return sink

    def receive(self, packet: bytes, now: float = 1.0) -> None:
        self.track.receive(packet, now, 0)

    def _sent(self, packet: bytes) -> bool:
        _, kind, sequence, timestamp, _ = struct.unpack_from("!BBHLL", packet)
        if kind & 0x7F == PAYLOAD_TYPE:
            self.sent.media.append(sequence)
            self.sent.timestamps.append(timestamp)
        elif kind & 0x7F == RTX_TYPE:
            self.sent.repaired.append(int.from_bytes(packet[12:14], "big"))
        return True
