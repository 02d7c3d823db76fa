"""Bad networks and vanishing peers: loss, changing addresses, ICE restart, silence, hostile datagrams."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
import os
import socket
import struct
import time

import aioice.ice
import pytest
from aioice import stun

from server.media.engine import SourceChange
from server.media.media_settings import MediaSettings
from server.media.sfu.source import SSRC_HOLD_S
from tests.pace import patient
from tests.server.media.peers import ROOM, Relay, is_media, is_rtcp, losing, publish, until, view


@pytest.fixture
def settings() -> MediaSettings:
    """Short delays: what is told after 2.5 s or 30 s in earnest is told within the test."""
    return dataclasses.replace(
        MediaSettings(), watchdog_s=0.4, consent_s=1.2, sweep_s=0.1, path_silent_s=0.3, viewer_silent_s=0.5
    )


@pytest.fixture(autouse=True)
def frequent_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aioice.ice, "CONSENT_INTERVAL", 0.2)


@pytest.fixture
async def relay(sfu, closing) -> Relay:
    return closing(Relay(sfu.udp_port))


async def complete(viewer, start: int, end: int) -> None:
    """Waits until every video packet of the range has come, by itself or again."""
    wanted = {n & 0xFFFF for n in range(start, end)}
    await until(lambda: wanted <= {p.sequence_number for p in viewer.of_kind("video")} | viewer.repaired())


class TestLoss:
    async def test_packets_lost_on_the_way_up_are_asked_for_again(self, sfu, relay, closing):
        closing(await publish(sfu, "candidate", port=await relay.open()))
        viewer = closing(await view(sfu, "juror1", "candidate"))
        await until(lambda: viewer.frames["video"] > 2)
        start = viewer.of_kind("video")[-1].sequence_number
        relay.lose_up = losing(0.1)
        await until(lambda: relay.lost > 8)
        relay.lose_up = losing(0)
        await asyncio.sleep(0.2)
        await complete(viewer, start, viewer.of_kind("video")[-1].sequence_number)

    async def test_packets_lost_on_the_way_down_are_sent_again(self, sfu, relay, closing):
        closing(await publish(sfu, "candidate"))
        viewer = closing(await view(sfu, "juror1", "candidate", port=await relay.open()))
        await until(lambda: viewer.frames["video"] > 2)
        start = viewer.of_kind("video")[-1].sequence_number
        relay.lose_down = losing(0.1)
        await until(lambda: relay.lost > 8)
        relay.lose_down = losing(0)
        await asyncio.sleep(0.3)
        await complete(viewer, start, viewer.of_kind("video")[-1].sequence_number)
        assert viewer.repaired()

    async def test_a_lost_repair_is_asked_for_once_more(self, sfu, relay, closing):
        publisher = closing(await publish(sfu, "candidate", port=await relay.open()))
        viewer = closing(await view(sfu, "juror1", "candidate"))
        await until(lambda: viewer.frames["video"] > 2)
        video, rtx = (publisher.codec("video", rtx).payloadType for rtx in (False, True))
        to_lose = {video: 1, rtx: 2}  # one packet, its repair, and the repair's repair

        def lose(data: bytes) -> bool:
            kind = data[1] & 0x7F
            if is_rtcp(data) or not to_lose.get(kind):
                return False
            to_lose[kind] -= 1
            return True

        start = viewer.of_kind("video")[-1].sequence_number
        relay.lose_up = lose
        await until(lambda: relay.lost == 3)
        await asyncio.sleep(0.4)
        await complete(viewer, start, viewer.of_kind("video")[-1].sequence_number)


class TestWatchdog:
    async def test_a_publisher_that_vanishes_is_silent_at_once_and_ends_when_consent_expires(
        self, sfu, changes, closing
    ):
        publisher = closing(await publish(sfu, "candidate"))
        await until(lambda: changes)
        publisher.vanish()
        gone = time.monotonic()
        await until(lambda: len(changes) == 2)
        assert 0.3 < time.monotonic() - gone < patient(0.8)
        assert [q.silent for q in sfu.quality(ROOM)] == [True]
        await until(lambda: len(changes) == 3)
        assert [c.state for c in changes] == ["live", "silent", "ended"]
        assert (sfu.quality(ROOM), sfu._port.by_path) == ((), {})

    async def test_one_that_speaks_again_is_live_again(self, sfu, relay, changes, closing):
        closing(await publish(sfu, "candidate", port=await relay.open()))
        await until(lambda: changes)
        relay.lose_up = lambda data: True
        await until(lambda: len(changes) == 2)
        assert sfu.sources(ROOM) == (SourceChange(ROOM, "candidate", "main", "silent"),)
        relay.lose_up = lambda data: False
        await until(lambda: len(changes) == 3)
        assert [c.state for c in changes] == ["live", "silent", "live"]

    async def test_a_viewer_that_vanishes_shows_and_is_forgotten(self, sfu, closing):
        closing(await publish(sfu, "candidate"))
        viewer = closing(await view(sfu, "juror1", "candidate"))
        viewer.vanish()
        await until(lambda: [q.silent for q in sfu.quality(ROOM) if q.role == "view"] == [True])
        await until(lambda: [q.role for q in sfu.quality(ROOM)] == ["publish"])

    async def test_one_that_never_connects_is_forgotten(self, sfu):
        from tests.server.media.test_refusals import CHROMIUM

        await sfu.publish(ROOM, "candidate", "main", CHROMIUM)
        assert [c.state for c in sfu.sources(ROOM)] == ["silent"]
        await until(lambda: sfu.sources(ROOM) == ())
        assert sfu._port.by_ufrag == {}


class TestAddresses:
    async def test_both_sides_survive_a_change_of_address(self, sfu, relay, closing):
        port = await relay.open()
        closing(await publish(sfu, "candidate", port=port))
        viewer = closing(await view(sfu, "juror1", "candidate", port=port))
        await until(lambda: viewer.frames["video"] > 2)
        relay.rebind()
        await asyncio.sleep(0.1)
        frames = viewer.frames["video"]
        await until(lambda: viewer.frames["video"] > frames + 10)

    async def test_a_restart_moves_the_stream_to_the_new_path_and_ends_the_old_credentials(self, sfu, closing):
        closing(await publish(sfu, "candidate"))
        viewer = closing(await view(sfu, "juror1", "candidate"))
        await until(lambda: viewer.frames["video"] > 2)
        ice = sfu._rooms[ROOM].find("juror1", viewer.resource)._ice
        old = ice.username, ice.password
        fragment = "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n"
        answer = await sfu.restart(ROOM, "juror1", viewer.resource, viewer.etag, fragment)
        new = tuple(
            next(line.split(":")[1] for line in answer.sdp.split("\r\n") if line.startswith(f"a=ice-{key}:"))
            for key in ("ufrag", "pwd")
        )
        with new_address(sfu) as elsewhere:
            assert await check(elsewhere, *old)  # both serve until the new ones have a path
            assert await check(elsewhere, *new, nominate=True)
            assert is_media(await receive(elsewhere))
            assert not await check(elsewhere, *old)
        assert list(ice.credentials) == [new[0]]


class TestHostile:
    """With the delays of earnest: nothing here waits for a silence, and a busy machine is none."""

    @pytest.fixture
    def settings(self) -> MediaSettings:
        return MediaSettings()

    @pytest.fixture(autouse=True)
    def frequent_checks(self) -> None:
        """Six unanswered checks end a connection (aioice): of 0.2 s each they are a pause that load alone can make."""

    async def test_a_check_with_a_wrong_password_gets_no_answer(self, sfu, closing):
        publisher = closing(await publish(sfu, "candidate"))
        ice = sfu._rooms[ROOM].find("candidate", publisher.resource)._ice
        with new_address(sfu) as stranger:
            assert not await check(stranger, ice.username, "wrong")
            assert not await check(stranger, "unknown", ice.password)
            assert await check(stranger, ice.username, ice.password)

    async def test_a_strangers_datagrams_change_nothing(self, sfu, closing):
        closing(await publish(sfu, "candidate"))
        viewer = closing(await view(sfu, "juror1", "candidate"))
        with new_address(sfu) as stranger:
            for first in range(256):
                for length in (1, 2, 12, 20, 200):
                    stranger.send(bytes([first]) + os.urandom(length - 1))
            await asyncio.sleep(0.05)
        frames = viewer.frames["video"]
        await until(lambda: viewer.frames["video"] > frames + 5)

    async def test_a_peers_own_malformed_packets_change_nothing(self, sfu, closing):
        errors = []
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: errors.append(context))
        odd, good = closing(await publish(sfu, "juror1")), closing(await publish(sfu, "candidate"))
        viewers = [closing(await view(sfu, "juror2", seat)) for seat in ("juror1", "candidate")]
        await until(lambda: all(v.frames["video"] > 2 for v in viewers))
        for transceiver in odd.pc.getTransceivers():
            transceiver.sender.replaceTrack(None)
        await asyncio.sleep(SSRC_HOLD_S + 0.1)
        types = [
            odd.codec("video").payloadType,
            odd.codec("video", rtx=True).payloadType,
            odd.codec("audio").payloadType,
        ]
        payloads = (b"", b"\x90", b"\x90\xff", b"\x10\x00\x00\x9d", b"\x00\x01", b"\xff" * 3)
        for kind, flags, (i, payload) in itertools.product(types, (0x80, 0xA0), enumerate(payloads)):
            head = struct.pack("!BBHLL", flags, kind, i + flags, i, 1000 + kind)
            await odd.dtls._send_rtp(head + payload)
        for peer in (odd, good, *viewers):
            for fmt, kind in itertools.product((1, 4, 15), (200, 201, 205, 206)):
                await peer.dtls._send_rtp(bytes([0x80 | fmt, kind, 0, 2]) + bytes(8))
        frames = viewers[1].frames["video"]
        await until(lambda: viewers[1].frames["video"] > frames + 5)
        assert errors == []
        assert [(q.seat, q.role) for q in sfu.quality(ROOM)].count(("juror1", "publish")) == 1

    async def test_a_tcp_peer_that_proves_nothing_is_dropped(self, sfu, closing):
        reader, writer = await asyncio.open_connection("127.0.0.1", sfu.tcp_port)
        writer.write(b"\xff\xff" + bytes(4000))
        with pytest.raises(ConnectionResetError):
            await asyncio.wait_for(reader.readexactly(1), patient(2))
        writer.close()


class new_address:  # noqa: N801 - reads as what it gives
    """A UDP socket of its own, connected to the server."""

    def __init__(self, sfu) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.connect(("127.0.0.1", sfu.udp_port))

    def __enter__(self) -> socket.socket:
        return self._socket

    def __exit__(self, *_: object) -> None:
        self._socket.close()


async def receive(sock: socket.socket, timeout: float = 0.3) -> bytes:
    try:
        return await asyncio.wait_for(asyncio.get_running_loop().sock_recv(sock, 2048), patient(timeout))
    except TimeoutError:
        return b""


async def check(sock: socket.socket, ufrag: str, password: str, nominate: bool = False) -> bool:
    """A binding request; whether it was answered."""
    attributes: dict[str, object] = {"USERNAME": f"{ufrag}:them", "PRIORITY": 1845501695}
    if nominate:
        attributes["USE-CANDIDATE"] = None
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, attributes=attributes)
    request.add_message_integrity(password.encode())
    sock.send(bytes(request))
    for _ in range(50):
        data = await receive(sock)
        if not data:
            return False
        if data[0] < 4:
            return stun.parse_message(data).transaction_id == request.transaction_id
    return False
