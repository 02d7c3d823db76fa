"""Every number that wraps, followed across its wrap: nothing is lost, asked for in vain, or sent twice there."""

from __future__ import annotations

import struct
from types import SimpleNamespace

import pytest
from aiortc.rtp import RtcpPacket, RtcpReceiverInfo, RtcpRtpfbPacket, RtcpSenderInfo, RtcpSrPacket
from hypothesis import given
from hypothesis import strategies as st

from server.media.sfu.feedback import TransportFeedback
from server.media.sfu.rtcp import pack_nack
from server.media.sfu.serial import distance, extended
from server.media.sfu.source import MISSING_MOST
from tests.server.media.streams import KEYFRAME, Stream, repair, rtp
from tests.server.media.test_feedback import EXTENSION, decode, packet

near_a_wrap = st.integers(0xFFFF - 60, 0xFFFF + 60).map(lambda n: n & 0xFFFF) | st.integers(0, 0xFFFF)
timestamps = st.integers(0xFFFFFFFF - 9000, 0xFFFFFFFF + 9000).map(lambda n: n & 0xFFFFFFFF)
losses = st.sets(st.integers(1, 58), max_size=30)


def asked_for(stream: Stream) -> list[int]:
    nacks = [p for data in stream.asked for p in RtcpPacket.parse(data) if isinstance(p, RtcpRtpfbPacket)]
    return [n & 0xFFFF for p in nacks for n in p.lost]


@given(st.integers(-(1 << 40), 1 << 40), st.integers(-0x7FFF, 0x7FFF), st.sampled_from([16, 24, 32]))
def test_a_number_is_extended_beside_its_neighbour(near, step, bits):
    written = (near + step) & (1 << bits) - 1
    assert extended(written, near, bits) == near + step
    assert distance(written, near & (1 << bits) - 1, bits) == step


@given(near_a_wrap, st.lists(st.integers(1, 40), min_size=1, max_size=60))
def test_a_nack_names_exactly_what_is_lost(first, steps):
    lost = [first]
    for step in steps:
        lost.append(lost[-1] + step)
    (read,) = RtcpPacket.parse(pack_nack(1, 2, lost))
    assert isinstance(read, RtcpRtpfbPacket)
    assert (read.ssrc, read.media_ssrc, [n & 0xFFFF for n in read.lost]) == (1, 2, [n & 0xFFFF for n in lost])


@given(near_a_wrap, timestamps, losses)
def test_what_a_publisher_loses_is_asked_for_and_all_else_goes_on(start, timestamp, lost):
    stream = Stream()
    kept = [n for n in range(60) if n not in lost]
    for n in kept:
        stream.receive(rtp(start + n, timestamp + n), 1.0 + n / 1000)
    base = stream.sent.media[0]
    assert [(s - base) & 0xFFFF for s in stream.sent.media] == kept
    assert [(t - stream.sent.timestamps[0]) & 0xFFFFFFFF for t in stream.sent.timestamps] == kept
    assert set(asked_for(stream)) == {(start + n) & 0xFFFF for n in lost}
    report = stream.track.receiver_report(2.0)
    assert report is not None
    assert (report.packets_lost, report.highest_sequence & 0xFFFF) == (len(lost), (start + 59) & 0xFFFF)
    assert RtcpReceiverInfo.parse(bytes(report)) == report
    for n in sorted(lost):
        stream.receive(repair(start + n, timestamp + n), 1.1)
        stream.receive(repair(start + n, timestamp + n), 1.1)  # a second one is of no use
        stream.receive(rtp(start + n, timestamp + n), 1.1)  # nor is the packet itself, late
    assert sorted((s - base) & 0xFFFF for s in stream.sent.media) == list(range(60))
    assert stream.track.trouble.count == 0


@given(near_a_wrap, near_a_wrap, losses)
def test_what_a_viewer_loses_is_sent_again(start, out, lost):
    stream = Stream()
    stream.viewer._last = out
    for n in range(60):
        stream.receive(rtp(start + n))
    stream.viewer.resend([(out + 1 + n) & 0xFFFF for n in sorted(lost)])
    assert stream.sent.repaired == [(out + 1 + n) & 0xFFFF for n in sorted(lost)]


@given(near_a_wrap, st.sets(st.integers(1, 500), max_size=200), st.floats(0, 1 << 26))
def test_arrivals_are_told_whatever_the_numbers_and_the_time(start, lost, begin):
    feedback = TransportFeedback(EXTENSION, 1)
    seen: dict[int, int | None] = {}
    for n in range(502):
        seen[(start + n) & 0xFFFF] = None
        if n not in lost:
            now = begin + n / 1000
            feedback.add(packet((start + n) & 0xFFFF), now, 7)
            seen[(start + n) & 0xFFFF] = int(now * 4000) & 0xFFFFFFFF
    told: dict[int, int | None] = {}
    for report in feedback.build():
        told |= {n: None if t is None else t & 0xFFFFFFFF for n, t in decode(report).items()}
    assert {n for n, t in told.items() if t is not None} == {n for n, t in seen.items() if t is not None}
    assert all(t is None or (t - (told[n] or 0)) & 0xFFFFFFFF == 0 for n, t in seen.items() if t is not None)


def test_two_losses_on_both_sides_of_the_wrap_are_asked_for():
    stream = Stream()
    for number in (65534, 1):
        stream.receive(rtp(number))
    assert asked_for(stream) == [65535, 0]
    assert len(stream.sent.media) == 2


@pytest.mark.parametrize("kind", ["audio", "video"])
def test_a_stream_goes_on_through_more_than_one_wrap_and_none_is_sent_twice(kind):
    stream = Stream(kind)
    count = 3 * 0x10000
    for n in range(count):
        stream.receive(rtp(n, n * 960, KEYFRAME), 10 + n / 50)
    assert len(stream.sent.media) == count
    base = stream.sent.media[0]
    assert all(s == (base + n) & 0xFFFF for n, s in enumerate(stream.sent.media))
    report = stream.track.receiver_report(count / 50)
    assert report is not None
    assert (report.highest_sequence, report.packets_lost, report.fraction_lost) == (count - 1, 0, 0)


def test_what_came_before_a_splice_is_never_sent_however_late():
    stream = Stream("audio")
    for n in (10, 11):
        stream.receive(rtp(n))
    late = stream.view()  # joins at the next
    stream.receive(rtp(12))
    sent = late.packets
    stream.receive(rtp(9))
    assert (sent, late.packets) == (1, 1)


@given(st.integers(0, 0xFFFFFFFF), st.integers(1, 200))
def test_jitter_is_the_same_across_the_wrap_of_timestamps(start, late):
    def jitter(first: int) -> int:
        stream = Stream("audio")
        for n in range(20):
            stream.receive(rtp(n, first + n * 960), 1 + n / 50 + (late / 48_000 if n % 2 else 0))
        report = stream.track.receiver_report(3.0)
        assert report is not None
        return report.jitter

    assert abs(jitter(start) - jitter(0)) <= 1


def test_reports_hold_what_does_not_fit_their_fields():
    stream = Stream("audio")
    stream.receive(rtp(0))
    stream.track._base = -(1 << 30)
    report = stream.track.receiver_report(1.0)
    assert report is not None
    assert RtcpReceiverInfo.parse(bytes(report)).packets_lost == 0x7FFFFF
    stream.track._base, stream.track._received = 1 << 30, 1 << 31
    report = stream.track.receiver_report(2.0)
    assert report is not None
    assert RtcpReceiverInfo.parse(bytes(report)).packets_lost == -0x7FFFFF


@given(timestamps, st.integers(0, (1 << 64) - 1), st.integers(1 << 31, 1 << 34))
def test_a_senders_report_is_written_anew_whatever_has_been_counted(timestamp, ntp, counted):
    stream = Stream("audio")
    sent: list[bytes] = []
    stream.receive(rtp(0))
    stream.viewer._ice = SimpleNamespace(transmit=sent.append)  # type: ignore[assignment]
    stream.viewer.packets = stream.viewer.octets = counted
    stream.track.sender_report(RtcpSenderInfo(ntp, timestamp, 1, 1), 5.0)
    written = RtcpPacket.parse(sent[0])[0]
    assert isinstance(written, RtcpSrPacket)
    report = written.sender_info
    shift = stream.viewer._timestamp_shift
    assert (report.ntp_timestamp, report.rtp_timestamp) == (ntp, (timestamp + shift) & 0xFFFFFFFF)
    assert report.packet_count == counted & 0xFFFFFFFF
    middle = (ntp >> 16) & 0xFFFFFFFF
    stream.viewer.on_report(RtcpReceiverInfo(1, 0, 0, 0, 0, middle, 65536), 6.5)
    assert stream.viewer.round_trip_ms == (500.0 if middle else None)


def test_retransmissions_number_themselves_across_their_wrap():
    stream = Stream()
    for n in range(4):
        stream.receive(rtp(n))
    stream.viewer._next_rtx = 0xFFFF
    sent: list[bytes] = []
    stream.viewer._ice = SimpleNamespace(transmit=sent.append)  # type: ignore[assignment]
    stream.viewer.resend(stream.sent.media)
    assert [struct.unpack_from("!H", p, 2)[0] for p in sent] == [0xFFFF, 0, 1, 2]


async def test_a_flood_of_losses_costs_a_keyframe_not_a_list_of_thousands():
    stream = Stream()
    for n in range(0, 20_000, 150):
        stream.receive(rtp(n))
        assert len(stream.track._missing) <= MISSING_MOST
    kinds = {type(p).__name__ for data in stream.asked for p in RtcpPacket.parse(data)}
    assert kinds == {"RtcpRtpfbPacket", "RtcpPsfbPacket"}
