"""Congestion: feedback to publishers, the viewer whose line is too thin."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
import struct

import pytest
from aiortc.rtp import RTCP_PSFB_APP, RtcpPsfbPacket, pack_remb_fci, unpack_remb_fci

from server.media.media_settings import MediaSettings
from server.media.sfu.feedback import Allowance, TransportFeedback
from server.media.sfu.sink import begins_keyframe
from tests.server.media.peers import ROOM, Client, publish, until, view

EXTENSION = 3
ESTIMATOR = "_RTCRtpReceiver__remote_bitrate_estimator"


def packet(number: int, other_extension: bool = True) -> bytes:
    """RTP with a transport-wide number, behind another header extension."""
    extensions = (b"\x12abc" if other_extension else b"") + bytes([EXTENSION << 4 | 1]) + number.to_bytes(2, "big")
    extensions += bytes(-len(extensions) & 3)
    return bytes([0x90]) + bytes(11) + b"\xbe\xde" + (len(extensions) // 4).to_bytes(2, "big") + extensions + b"body"


def decode(data: bytes) -> dict[int, int | None]:
    """Number → arrival in units of 250 µs; None for one reported lost (draft-holmer §3.1)."""
    head, kind, words = struct.unpack_from("!BBH", data)
    assert (head & 0xDF, kind, len(data)) == (0x8F, 205, 4 * words + 4)
    base, count = struct.unpack_from("!HH", data, 12)
    time = (int.from_bytes(data[16:19], "big")) * 256
    statuses, at = [], 20
    while len(statuses) < count:
        chunk = int.from_bytes(data[at : at + 2], "big")
        at += 2
        if chunk & 0x8000:
            assert chunk & 0x4000
            statuses += [chunk >> 12 - 2 * i & 3 for i in range(7)]
        else:
            statuses += [chunk >> 13] * (chunk & 0x1FFF)
    arrivals = {}
    for i, status in enumerate(statuses[:count]):
        if status:
            time += data[at] if status == 1 else struct.unpack_from("!h", data, at)[0]
            at += status
        arrivals[base + i & 0xFFFF] = time if status else None
    assert len(data) - at == (data[-1] if head & 0x20 else 0)
    return arrivals


class TestTransportFeedback:
    def test_arrivals_and_losses_are_reported_across_a_wrap(self):
        feedback = TransportFeedback(EXTENSION, 1)
        arrivals = {65533: 10.0, 65534: 10.001, 0: 10.5, 1: 10.4, 3: 10.502}
        for number, now in arrivals.items():
            feedback.add(packet(number), now, 7)
        (report,) = feedback.build()
        assert decode(report) == {n: int(t * 4000) for n, t in arrivals.items()} | {65535: None, 2: None}
        assert feedback.build() == []

    def test_a_gap_between_two_reports_is_reported_as_lost(self):
        feedback = TransportFeedback(EXTENSION, 1)
        feedback.add(packet(10, other_extension=False), 1.0, 7)
        feedback.build()
        feedback.add(packet(13), 1.1, 7)
        (report,) = feedback.build()
        assert decode(report) == {11: None, 12: None, 13: 4400}

    def test_long_reports_are_split_and_counted(self):
        feedback = TransportFeedback(EXTENSION, 1)
        for number in range(1000):
            feedback.add(packet(number), 1 + number / 1000, 7)
        reports = feedback.build()
        assert [r[19] for r in reports] == [0, 1, 2]
        seen = {n: t for r in reports for n, t in decode(r).items()}
        assert seen == {n: int((1 + n / 1000) * 4000) for n in range(1000)}

    def test_absurd_jumps_cost_little(self):
        feedback = TransportFeedback(EXTENSION, 1)
        for number in (0, 30_000, 60_000, 24_464):
            feedback.add(packet(number), 1.0, 7)
        assert sum(len(r) for r in feedback.build()) < 4000

    def test_packets_without_the_number_are_passed_over(self):
        feedback = TransportFeedback(EXTENSION, 1)
        feedback.add(bytes([0x80]) + bytes(20), 1.0, 7)
        feedback.add(bytes([0x90]) + bytes(11) + b"\xbe\xde\x00\x01\x12abc", 1.0, 7)
        feedback.add(bytes([0x90]) + bytes(11) + b"\x10\x00\x00\x01abcd", 1.0, 7)
        assert feedback.build() == []


class TestAllowance:
    SETTINGS = MediaSettings()
    FLOOR = SETTINGS.viewer_floor_bps

    def run(self, estimate: float, sent: int, seconds: int, start: int = 100, growth: float = 1, loss: float = 0):
        """The seconds at which the state changed, with an estimate that grows by a factor a second."""
        changes = []
        for now in range(start, start + seconds):
            self.allowance.heard(int(estimate))
            estimate *= growth
            if self.allowance.update(sent, loss, now):
                changes.append(now - start)
        return changes

    @pytest.fixture(autouse=True)
    def fresh(self) -> None:
        self.allowance = Allowance(self.SETTINGS)

    def test_a_thin_line_is_paused_and_tried_again_ever_more_rarely(self):
        assert self.run(self.FLOOR // 2, self.FLOOR * 3, 60) == [4, 9, 14, 24, 29, 49, 54]
        assert self.allowance.paused

    def test_an_estimate_that_is_still_growing_is_no_congestion(self):
        assert self.run(self.FLOOR // 3, self.FLOOR * 3, 10, growth=1.07) == []
        assert not self.allowance.slowed(110)

    def test_loss_is_congestion_whatever_the_estimate_does(self):
        assert self.run(self.FLOOR // 3, self.FLOOR * 3, 5, growth=1.07, loss=0.3) == [3]

    def test_a_low_estimate_of_a_low_rate_is_no_congestion(self):
        assert self.run(self.FLOOR // 2, self.FLOOR // 2, 60, loss=0.3) == []

    def test_silence_of_the_viewer_is_no_congestion(self):
        self.run(self.FLOOR // 2, self.FLOOR * 3, 2)
        assert [self.allowance.update(self.FLOOR * 3, 0, 102 + i) for i in range(10)] == [False] * 10

    def test_a_line_above_the_floor_is_slowed_for_a_while_not_paused(self):
        assert self.run(self.FLOOR * 2, self.FLOOR * 3, 60) == []
        assert self.allowance.slowed(160)
        assert self.run(self.FLOOR * 3, self.FLOOR * 2, 20, start=160) == []
        assert not self.allowance.slowed(180)

    def test_a_line_that_recovers_is_forgiven(self):
        self.run(self.FLOOR // 2, self.FLOOR * 3, 20)
        self.run(self.FLOOR * 9, self.FLOOR * 3, 120, start=200)
        assert self.run(self.FLOOR // 2, self.FLOOR * 3, 10, start=400) == [3, 8]


class TestLive:
    @pytest.fixture
    def settings(self) -> MediaSettings:
        """A small test picture needs a few kbit/s."""
        return dataclasses.replace(
            MediaSettings(), viewer_floor_bps=1_000, report_s=0.2, pause_after_s=0.2, resume_after_s=0.8, slow_for_s=0.5
        )

    async def estimate(self, viewer: Client, bps: int) -> None:
        fci = pack_remb_fci(bps, [viewer.of_kind("video")[-1].ssrc])
        await viewer.dtls._send_rtp(bytes(RtcpPsfbPacket(fmt=RTCP_PSFB_APP, ssrc=1, media_ssrc=0, fci=fci)))

    def deaf(self, viewer: Client) -> Client:
        """Without aiortc's own estimates."""
        setattr(viewer.pc.getReceivers()[-1], ESTIMATOR, None)
        return viewer

    async def test_a_congested_viewer_keeps_the_sound_and_gets_its_picture_back(self, sfu, closing):
        closing(await publish(sfu, "candidate"))
        thin = self.deaf(closing(await view(sfu, "juror1", "candidate")))
        other = self.deaf(closing(await view(sfu, "juror2", "candidate")))
        await until(lambda: thin.frames["video"] > 5 and other.frames["video"] > 5)
        peer = sfu._rooms[ROOM].find("juror1", thin.resource)

        while not peer.allowance.paused:
            await self.estimate(thin, 500)
            await asyncio.sleep(0.05)
        count, heard, seen = len(thin.of_kind("video")), thin.frames["audio"], other.frames["video"]
        await until(lambda: thin.frames["audio"] > heard + 10)
        assert len(thin.of_kind("video")) == count
        assert other.frames["video"] > seen

        await until(lambda: not peer.allowance.paused)
        await until(lambda: len(thin.of_kind("video")) > count + 10)
        packets = thin.of_kind("video")
        assert packets[count].sequence_number == (packets[count - 1].sequence_number + 1) & 0xFFFF
        assert begins_keyframe(packets[count].payload)

    async def test_a_publisher_is_asked_for_what_its_thinnest_viewer_carries_and_then_released(self, sfu, closing):
        publisher = closing(await publish(sfu, "candidate"))
        thin = self.deaf(closing(await view(sfu, "juror1", "candidate")))
        await until(lambda: thin.frames["video"] > 5)

        def asked() -> int | None:
            remb = [p for p in publisher.rtcp if isinstance(p, RtcpPsfbPacket) and p.fmt == RTCP_PSFB_APP]
            return unpack_remb_fci(remb[-1].fci)[0] if remb else None

        peer = sfu._rooms[ROOM].find("juror1", thin.resource)
        await until(lambda: peer.bitrate > 3_000)
        while asked() != 2_000:
            await self.estimate(thin, 2_000)
            await asyncio.sleep(0.05)
        await until(lambda: (asked() or 0) > 50_000_000)

    async def test_viewers_are_told_when_each_packet_left(self, sfu, closing):
        closing(await publish(sfu, "candidate"))
        viewer = closing(await view(sfu, "juror1", "candidate"))
        await until(lambda: viewer.frames["video"] > 5)
        stamps = [p.extensions.abs_send_time for p in viewer.of_kind("video")]
        steps = [(b - a) & 0xFFFFFF for a, b in itertools.pairwise(stamps)]
        assert max(steps) < 2 << 18  # two seconds, never backwards
