"""Rights: cut before `set_rights` returns, closed when in doubt."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from server.media.engine import NO_RIGHTS, MediaRefusal, RoomRights, SourceChange
from server.media.sfu.port import IcePort
from tests.server.media.peers import ROOM, TcpBridge, everybody, is_media, publish, until, view

DELIBERATION = everybody("juror1", "juror2", "juror3")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[object, list[bytes]]:
    """Every packet of media handed to a socket, by path."""
    packets: dict[object, list[bytes]] = {}
    transmitter = IcePort.transmitter

    def recording(port, path):
        transmit = transmitter(port, path)

        def record(data: bytes) -> bool:
            if is_media(data):
                packets.setdefault(path, []).append(data)
            return transmit(data)

        return record

    monkeypatch.setattr(IcePort, "transmitter", recording)
    return packets


@pytest.mark.rule("R3.6")
async def test_no_packet_leaves_for_the_candidate_once_deliberation_rights_are_set(sfu, sent, changes, closing):
    for seat in ("candidate", "juror1", "juror2"):
        closing(await publish(sfu, seat))
    candidate = [closing(await view(sfu, "candidate", peer)) for peer in ("juror1", "juror2")]
    juror = closing(await view(sfu, "juror2", "juror1"))
    await until(lambda: all(v.frames["video"] > 3 and v.frames["audio"] > 3 for v in (*candidate, juror)))
    theirs = {peer._ice.path for peer in sfu._rooms[ROOM].peers() if peer.seat == "candidate"}
    assert len(theirs) == 3

    sfu.set_rights(ROOM, DELIBERATION)
    for packets in sent.values():
        packets.clear()
    frames = juror.frames["video"]
    await until(lambda: juror.frames["video"] > frames + 10)

    assert [path for path in theirs if sent.get(path)] == []
    assert changes[-1] == SourceChange(ROOM, "candidate", "main", "ended")
    await until(lambda: all(v.dtls.state == "closed" for v in candidate))


@pytest.mark.rule("R3.6")
async def test_what_a_slow_tcp_peer_has_not_yet_been_sent_is_dropped(sfu, sent, closing):
    bridge = closing(TcpBridge(sfu.tcp_port))
    closing(await publish(sfu, "juror1"))
    viewer = closing(await view(sfu, "candidate", "juror1", port=await bridge.open()))
    await until(lambda: viewer.frames["video"] > 3)
    path = next(p for p in sfu._port.by_path if not isinstance(p, tuple))
    bridge.pause()
    await asyncio.sleep(0.05)
    for _ in range(100):
        path._transport.write(bytes(1 << 20))
    assert path._transport.get_write_buffer_size() > 0
    sfu.set_rights(ROOM, DELIBERATION)
    assert await bridge.drain() <= 0, "the system went on delivering what it held"


async def test_a_publication_that_is_forbidden_is_heard_by_nobody(sfu, closing):
    closing(await publish(sfu, "candidate"))
    viewer = closing(await view(sfu, "juror1", "candidate"))
    await until(lambda: viewer.frames["video"] > 3)
    rights = everybody("candidate", "juror1")
    sfu.set_rights(ROOM, RoomRights(publish={"juror1": frozenset({"main"})}, view=rights.view))
    await asyncio.sleep(0.05)  # what was on its way
    viewer.packets.clear()
    await asyncio.sleep(0.3)
    assert viewer.packets == []
    with pytest.raises(MediaRefusal) as refusal:
        await sfu.capture(ROOM, "candidate", "main")
    assert refusal.value.status == 404
    assert viewer.dtls.state == "connected"  # it may go on when the candidate is called in again
    sfu.set_rights(ROOM, rights)
    closing(await publish(sfu, "candidate"))
    await until(lambda: viewer.packets)


class Unreadable(Mapping):
    def __getitem__(self, key):
        raise RuntimeError("rights cannot be read")

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def get(self, key, default=None):
        raise RuntimeError("rights cannot be read")


async def test_rights_that_cannot_be_applied_close_the_room(sfu, closing):
    closing(await publish(sfu, "candidate"))
    closing(await view(sfu, "juror1", "candidate"))
    with pytest.raises(RuntimeError, match="cannot be read"):
        sfu.set_rights(ROOM, RoomRights(publish=Unreadable(), view=Unreadable()))
    assert (sfu.quality(ROOM), sfu.sources(ROOM), sfu._port.by_path) == ((), (), {})
    with pytest.raises(MediaRefusal) as refusal:
        await publish(sfu, "candidate")
    assert refusal.value.status == 403


@pytest.mark.parametrize("rights", [NO_RIGHTS, None])
async def test_a_seat_not_named_may_do_nothing(sfu, closing, rights):
    closing(await publish(sfu, "candidate"))
    if rights is None:
        sfu.close_room(ROOM)
    else:
        sfu.set_rights(ROOM, rights)
    for attempt in (publish(sfu, "candidate"), view(sfu, "juror1", "candidate"), publish(sfu, "stranger")):
        with pytest.raises(MediaRefusal) as refusal:
            await attempt
        assert refusal.value.status == 403


async def test_only_the_sources_named_may_be_published(sfu):
    sfu.set_rights(ROOM, RoomRights(publish={"candidate": frozenset({"main"})}))
    with pytest.raises(MediaRefusal) as refusal:
        await publish(sfu, "candidate", "second")
    assert refusal.value.status == 403


async def test_rights_that_change_while_a_connection_is_being_made_cut_it_too(sfu, closing):
    from tests.server.media.peers import Client

    client = closing(Client())
    client.pc.addTransceiver("video", "sendonly")
    await sfu.publish(ROOM, "candidate", "main", await client.offer())
    sfu.set_rights(ROOM, NO_RIGHTS)
    assert (sfu.quality(ROOM), sfu._port.by_ufrag) == ((), {})


async def test_a_cut_closes_what_one_seat_sends_and_receives_and_leaves_rights_as_they_are(sfu, closing):
    for source in ("main", "second"):
        closing(await publish(sfu, "candidate", source))
    closing(await publish(sfu, "juror1"))
    closing(await view(sfu, "candidate", "juror1"))
    closing(await view(sfu, "juror1", "candidate"))

    def going() -> list[tuple[str, str, str]]:
        return sorted((one.seat, one.role, one.source) for one in sfu.quality(ROOM))

    sfu.cut(ROOM, "candidate", "second")
    others = [("juror1", "publish", "main"), ("juror1", "view", "main")]
    assert going() == [("candidate", "publish", "main"), ("candidate", "view", "main"), *others]
    sfu.cut(ROOM, "candidate")
    assert going() == others
    closing(await publish(sfu, "candidate", "second"))  # the right is as it was
    assert going() == [("candidate", "publish", "second"), *others]
    sfu.cut("elsewhere", "candidate")
    assert sfu.sources("elsewhere") == ()
