"""Publishing and viewing, with real ICE, DTLS and RTP."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
from types import SimpleNamespace

import pytest
from aiortc.rtp import RtcpRrPacket

from server.media.engine import MediaRefusal, SourceChange
from server.media.media_settings import MediaSettings
from tests.server.media.peers import ROOM, TcpBridge, publish, until, view


async def test_three_viewers_decode_what_one_publishes(sfu, changes, closing):
    closing(await publish(sfu, "candidate", colour=200))
    viewers = [closing(await view(sfu, f"juror{i}", "candidate")) for i in (1, 2, 3)]
    await until(lambda: all(v.frames["video"] >= 10 and v.frames["audio"] >= 10 for v in viewers))
    assert [abs(v.luma - 200) < 10 for v in viewers] == [True] * 3
    assert changes == [SourceChange(ROOM, "candidate", "main", "live")]
    assert sfu.sources(ROOM) == (SourceChange(ROOM, "candidate", "main", "live"),)


async def test_second_source_is_video_alone(sfu, closing):
    closing(await publish(sfu, "candidate", "second", colour=90))
    viewer = closing(await view(sfu, "juror1", "candidate", "second"))
    await until(lambda: viewer.frames["video"] >= 5)
    assert abs(viewer.luma - 90) < 10
    with pytest.raises(MediaRefusal) as refusal:
        await view(sfu, "juror1", "candidate", "main")
    assert refusal.value.status == 404


async def test_a_publisher_that_reconnects_goes_on_for_its_viewers(sfu, changes, closing):
    before = closing(await publish(sfu, "candidate", colour=60))
    viewer = closing(await view(sfu, "juror1", "candidate"))
    await until(lambda: viewer.frames["video"] >= 5)
    before.vanish()
    closing(await publish(sfu, "candidate", colour=220))
    await until(lambda: abs(viewer.luma - 220) < 10)
    for kind in ("video", "audio"):
        packets = viewer.of_kind(kind)
        sequences = [p.sequence_number for p in packets]
        assert sequences == [(sequences[0] + i) & 0xFFFF for i in range(len(sequences))]
        steps = [(b.timestamp - a.timestamp) & 0xFFFFFFFF for a, b in itertools.pairwise(packets)]
        assert max(steps) < 5 * 90000  # never backwards
        assert len({p.ssrc for p in packets}) == 1
    assert changes == [SourceChange(ROOM, "candidate", "main", "live")]


async def test_a_view_waits_through_its_publishers_absence(sfu, changes, closing):
    before = closing(await publish(sfu, "candidate", colour=60))
    viewer = closing(await view(sfu, "juror1", "candidate"))
    await until(lambda: viewer.frames["video"] >= 3)
    await sfu.close(ROOM, "candidate", before.resource)
    assert sfu.sources(ROOM) == ()
    with pytest.raises(MediaRefusal) as refusal:
        await view(sfu, "juror2", "candidate")
    assert refusal.value.status == 404
    assert [(q.seat, q.role) for q in sfu.quality(ROOM)] == [("juror1", "view")]
    closing(await publish(sfu, "candidate", colour=220))
    await until(lambda: abs(viewer.luma - 220) < 10)
    await until(lambda: len(changes) == 3)
    assert [c.state for c in changes] == ["live", "ended", "live"]


async def test_delete_ends_the_connection_and_frees_the_resource(sfu, closing):
    publisher = closing(await publish(sfu, "candidate"))
    viewer = closing(await view(sfu, "juror1", "candidate"))
    await sfu.close(ROOM, "juror1", viewer.resource)
    await until(lambda: viewer.dtls.state == "closed")
    with pytest.raises(MediaRefusal) as refusal:
        await sfu.close(ROOM, "juror1", viewer.resource)
    assert refusal.value.status == 404
    await sfu.close(ROOM, "candidate", publisher.resource)
    assert (sfu.quality(ROOM), sfu._port.by_ufrag, sfu._port.by_path) == ((), {}, {})


async def test_a_third_tab_closes_the_oldest_view(sfu, closing):
    closing(await publish(sfu, "candidate"))
    first, *others = [closing(await view(sfu, "juror1", "candidate")) for _ in range(3)]
    await until(lambda: first.dtls.state == "closed")
    assert [v.dtls.state for v in others] == ["connected"] * 2


async def test_quality_tells_bit_rate_loss_and_delay(sfu, closing):
    closing(await publish(sfu, "candidate"))
    closing(await view(sfu, "juror1", "candidate"))

    def measured():
        return {q.role: q for q in sfu.quality(ROOM) if q.bitrate > 10_000 and q.loss == 0}

    await until(lambda: len(measured()) == 2 and measured()["view"].round_trip_ms is not None)
    sent, seen = measured()["publish"], measured()["view"]
    assert (sent.seat, sent.peer, sent.source, sent.silent) == ("candidate", "candidate", "main", False)
    assert (seen.seat, seen.peer, seen.source, seen.silent) == ("juror1", "candidate", "main", False)
    assert 0 <= seen.round_trip_ms < 200


async def test_keyframe_requests_are_throttled(sfu, closing):
    publisher = closing(await publish(sfu, "candidate"))
    await until(lambda: sfu.sources(ROOM)[0].state == "live")
    publisher.rtcp.clear()
    track = sfu._rooms[ROOM].feeds["candidate", "main"].channels["video"].track
    for _ in range(50):
        track.request_keyframe()
        await asyncio.sleep(0.02)
    pli = [p for p in publisher.rtcp if getattr(p, "fmt", None) == 1 and type(p).__name__ == "RtcpPsfbPacket"]
    assert 2 <= len(pli) <= 4  # one second, at most one each 400 ms


async def test_rooms_do_not_hear_each_other(sfu, closing):
    closing(await publish(sfu, "candidate"))
    sfu.set_rights("other", sfu._rooms[ROOM].rights)
    with pytest.raises(MediaRefusal) as refusal:
        await sfu.view("other", "juror1", "candidate", "main", "v=0")
    assert (refusal.value.status, sfu.sources("other")) == (404, ())


async def test_trouble_with_one_viewer_is_not_the_others(sfu, closing):
    closing(await publish(sfu, "candidate"))
    broken, sound = [closing(await view(sfu, f"juror{i}", "candidate")) for i in (1, 2)]
    await until(lambda: sound.frames["video"] > 2)
    sinks = sfu._rooms[ROOM].find("juror1", broken.resource)._sinks.values()
    for sink in sinks:
        sink._srtp = dataclasses.replace(sink._srtp, protect=lambda data: data[-1:] * None)
    frames = dict(sound.frames)
    await until(lambda: all(sound.frames[kind] > frames[kind] + 5 for kind in frames))
    assert all(sink.trouble.count > 5 for sink in sinks)


async def test_what_fails_for_one_source_stops_neither_its_next_step_nor_the_others(sfu, closing, monkeypatch):
    odd, sound = closing(await publish(sfu, "juror1")), closing(await publish(sfu, "candidate"))
    failing = sfu._rooms[ROOM].find("juror1", odd.resource)

    def broken(*_: object) -> None:
        raise OverflowError("a fault of ours")

    failing._feedback = SimpleNamespace(add=broken, build=broken)
    monkeypatch.setattr(failing.tracks[0], "receiver_report", broken)
    monkeypatch.setattr(failing.tracks[1], "request_missing", broken)
    odd.rtcp.clear()
    sound.rtcp.clear()

    def reported(client) -> int:
        return sum(len(p.reports) for p in client.rtcp if isinstance(p, RtcpRrPacket))

    await until(lambda: reported(odd) >= 3 and reported(sound) >= 6)
    assert failing.trouble.count > 3
    assert all(track.trouble.count >= 3 for track in failing.tracks)


class TestIceTcp:
    async def test_media_flows_both_ways_over_tcp(self, sfu, closing):
        up, down = closing(TcpBridge(sfu.tcp_port)), closing(TcpBridge(sfu.tcp_port))
        closing(await publish(sfu, "candidate", colour=150, port=await up.open()))
        viewer = closing(await view(sfu, "juror1", "candidate", port=await down.open()))
        await until(lambda: viewer.frames["video"] >= 5 and viewer.frames["audio"] >= 5)
        assert abs(viewer.luma - 150) < 10
        assert {type(path).__name__ for path in sfu._port.by_path} == {"TcpPath"}


@pytest.fixture
def settings(request: pytest.FixtureRequest) -> MediaSettings:
    return dataclasses.replace(MediaSettings(), report_s=0.5)
