"""What a seat sends over media holds nobody else up: each kind of flood costs what a few packets cost."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aiortc.rtp import RTCP_PSFB_FIR, RTCP_PSFB_PLI, RtcpPsfbPacket, RtcpReceiverInfo, RtcpRrPacket

from server.media.media_settings import MediaSettings
from server.media.sfu.feedback import TransportFeedback
from server.media.sfu.rtcp import pack_nack
from server.media.sfu.tcp import PACKETS, Receiver, TcpPath
from tests.server.media.peers import ROOM, publish, until, view
from tests.server.media.streams import KEYFRAME, Stream, rtp
from tests.server.media.test_feedback import EXTENSION, packet


@pytest.fixture
async def seen(sfu, closing):
    """A viewer's connection on the server, with frames arriving."""
    closing(await publish(sfu, "candidate"))
    viewer = closing(await view(sfu, "juror1", "candidate"))
    await until(lambda: viewer.frames["video"] > 2)
    return sfu._rooms[ROOM].find("juror1", viewer.resource)


class Line:
    """A TCP connection by hand."""

    paused = 0
    closing = False

    def get_extra_info(self, name: str) -> Any:
        return ("127.0.0.1", 9) if name == "peername" else SimpleNamespace(setsockopt=lambda *_: None)

    def is_closing(self) -> bool:
        return self.closing

    def abort(self) -> None:
        self.closing = True

    def pause_reading(self) -> None:
        self.paused += 1

    def resume_reading(self) -> None:
        self.paused -= 1


def over(line: Line, handled: Callable[[], object]) -> TcpPath:
    """A path that has proved itself over this line. `handled`: told of each packet."""
    receiver = SimpleNamespace(received=lambda *_: handled(), tcp_lost=lambda _: None)
    path = TcpPath(cast(Receiver, receiver), 1 << 20)
    path.connection_made(cast(asyncio.BaseTransport, line))
    path.proven = True
    return path


def give(peer: Any, packet: bytes, times: int) -> None:
    """As if it had come so often, decrypted, within one turn of the loop."""
    peer._srtp = SimpleNamespace(unprotect_rtcp=bytes, unprotect=bytes, protect=bytes, protect_rtcp=bytes)
    for _ in range(times):
        peer._receive(packet, ("127.0.0.1", 9), 1.0)


async def test_repairs_asked_for_without_end_are_few_between_two_feedbacks():
    stream = Stream()
    for n in range(1000):
        stream.receive(rtp(n, n, KEYFRAME))
    for _ in range(100):
        stream.viewer.resend(stream.sent.media)
    assert len(stream.sent.repaired) == stream.settings.retransmissions_per_feedback
    stream.viewer.refill()
    for _ in range(100):  # what is not there any more costs as much to look for
        stream.viewer.resend([(stream.sent.media[-1] + 5000) & 0xFFFF] * 100 + stream.sent.media[-5:])
    assert len(stream.sent.repaired) == stream.settings.retransmissions_per_feedback + 5


async def test_of_much_rtcp_only_some_is_read_between_two_feedbacks(seen, monkeypatch):
    heard: list[object] = []
    monkeypatch.setattr(seen, "_on_rtcp", lambda packet, now: heard.append(packet))
    big = pack_nack(1, seen._sinks["video"].ssrc, range(0, 17 * 340, 17))
    give(seen, big, 500)
    assert len(heard) == -(-MediaSettings().control_bytes_per_feedback // len(big))
    seen.refill()
    small = bytes(RtcpRrPacket(1, [RtcpReceiverInfo(1, 0, 0, 0, 0, 0, 0)]))
    heard.clear()
    give(seen, small, 20)
    assert len(heard) == 20  # a browser's own is taken whole


@pytest.mark.parametrize("fmt", [RTCP_PSFB_PLI, RTCP_PSFB_FIR])
async def test_one_viewer_asks_for_some_keyframes_in_a_row_and_then_rarely(seen, monkeypatch, fmt):
    asked: list[None] = []
    monkeypatch.setattr(seen._sinks["video"].channel, "request_keyframe", lambda: asked.append(None))
    request = bytes(RtcpPsfbPacket(fmt=fmt, ssrc=1, media_ssrc=seen._sinks["video"].ssrc))
    settings = MediaSettings()
    give(seen, request, 200)
    assert len(asked) == settings.viewer_keyframes
    for _ in range(round(10 * settings.viewer_keyframe_s / settings.feedback_s)):
        seen.refill()
        give(seen, request, 2)
    assert len(asked) - settings.viewer_keyframes in (9, 10)


async def test_transport_numbers_that_jump_about_cost_little_to_report():
    feedback = TransportFeedback(EXTENSION, 1)
    for n in range(5000):
        feedback.add(packet(n * 7919 & 0xFFFF), 1.0 + n / 1e6, 7)
    assert sum(len(report) for report in feedback.build()) < 8000


@pytest.mark.parametrize("body", [b"", b"\x01", b"\x80\xc8" + bytes(10)])
async def test_many_small_packets_over_tcp_let_others_take_their_turn(body):
    handled: list[int] = []
    line, turn = Line(), 0
    path = over(line, lambda: handled.append(turn))
    count = 20 * PACKETS + 5
    path.data_received((struct.pack("!H", len(body)) + body) * count)
    turns = 1
    while line.paused:
        turn += 1
        turns += 1
        await asyncio.sleep(0)
    assert turns >= count // PACKETS
    assert len(handled) == (count if body else 0)
    assert all(handled.count(one) <= PACKETS for one in range(turns))


async def test_what_waits_for_its_turn_when_a_path_is_cut_is_never_handled():
    handled: list[bool] = []
    line = Line()
    path = over(line, lambda: handled.append(line.closing))
    path.data_received((struct.pack("!H", 40) + bytes(40)) * (PACKETS + 5))
    path.reset()
    for _ in range(3):
        await asyncio.sleep(0)
    assert handled == [False] * PACKETS


async def test_padding_that_is_not_there_reaches_no_viewer():
    stream = Stream("audio")
    stream.receive(rtp(1, 0, b"word"))
    for body in (b"", b"\x00", b"word\x09", b"\xff" * 3):
        padded = bytearray(rtp(2, 0, body))
        padded[0] |= 0x20
        stream.receive(bytes(padded))
    assert len(stream.sent.media) == 1
    whole = bytearray(rtp(2, 0, b"word\x00\x02"))
    whole[0] |= 0x20
    stream.receive(bytes(whole))
    assert len(stream.sent.media) == 2
