"""What protects media on the way: ICE credentials, DTLS, its certificate, turns at handshakes; and the clocks."""

from __future__ import annotations

import asyncio
import dataclasses
import re
import struct
import time
from pathlib import Path

import pylibsrtp
import pytest
from aiortc.rtcdtlstransport import RTCCertificate
from OpenSSL import SSL

from server.media import sfu as package
from server.media.media_settings import MediaSettings
from server.media.sfu.shim import (
    MAX_RTP,
    SRTP_PROFILES,
    SRTP_TRAILER,
    Certificate,
    SrtpError,
    _in_place,
    _libsrtp,
)
from server.media.sfu.sink import send_time
from tests.server.media.peers import ROOM, Camera, Client, publish, until, view
from tests.server.media.test_refusals import CHROMIUM

CBC = b"ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA"


def said(answer: str, name: str) -> str:
    return next(line.partition(":")[2] for line in answer.splitlines() if line.startswith(f"a={name}:"))


async def test_ice_credentials_hold_more_chance_than_is_asked_for_and_never_twice_the_same(sfu):
    """RFC 8445 §5.3: 24 bits of chance in the ufrag, 128 in the password, at the least."""
    answers = [(await sfu.publish(ROOM, "candidate", "main", CHROMIUM)).sdp for _ in range(20)]
    for name, bits in (("ice-ufrag", 24), ("ice-pwd", 128)):
        found = [said(answer, name) for answer in answers]
        assert len(set(found)) == 20
        assert all(8 * len(bytes.fromhex(one)) >= bits for one in found)


def test_only_authenticated_ciphers_with_forward_secrecy_are_offered():
    context = Certificate.generateCertificate()._create_ssl_context(SRTP_PROFILES)
    offered = SSL.Connection(context).get_cipher_list()
    suites = [name for name in offered if not name.startswith("TLS_")]  # those of 1.3 are all so
    assert suites == [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305",
    ]


def test_a_packet_that_was_forged_changed_or_repeated_is_not_opened():
    """RFC 3711 §3.3: before anything of it is looked at."""
    def session(direction: int) -> pylibsrtp.Session:
        return pylibsrtp.Session(pylibsrtp.Policy(
            key=bytes(range(44)), ssrc_type=direction,
            srtp_profile=pylibsrtp.Policy.SRTP_PROFILE_AEAD_AES_256_GCM))

    sending, receiving = session(pylibsrtp.Policy.SSRC_ANY_OUTBOUND), session(pylibsrtp.Policy.SSRC_ANY_INBOUND)
    unprotect = _in_place(receiving, _libsrtp.lib.srtp_unprotect, MAX_RTP + SRTP_TRAILER)
    plain = struct.pack("!BBHLL", 0x80, 96, 1, 2, 3) + b"a picture"
    genuine = sending.protect(plain)
    for at in (1, 3, len(plain), len(genuine) - 1):
        with pytest.raises(SrtpError):
            unprotect(genuine[:at] + bytes([genuine[at] ^ 1]) + genuine[at + 1:])
    with pytest.raises(SrtpError):
        unprotect(plain)
    assert unprotect(genuine) == plain
    with pytest.raises(SrtpError):
        unprotect(genuine)


async def test_a_peer_with_none_but_cbc_ciphers_is_not_connected(sfu, closing, monkeypatch):
    made = RTCCertificate._create_ssl_context

    def cbc_alone(self, srtp_profiles):
        context = made(self, srtp_profiles)
        context.set_cipher_list(CBC)
        context.set_options(SSL.OP_NO_TLSv1_3)
        return context

    monkeypatch.setattr(RTCCertificate, "_create_ssl_context", cbc_alone)
    client = closing(Client())
    client.pc.addTransceiver(Camera(), "sendonly")
    await client.accept(await sfu.publish(ROOM, "candidate", "second", await client.offer()))
    await until(lambda: client.dtls.state in ("connected", "failed", "closed"))
    assert client.dtls.state != "connected"


async def test_a_peer_with_another_certificate_than_its_offer_named_is_not_connected(sfu, closing):
    closing(await publish(sfu, "candidate"))
    client = closing(Client())
    client.pc.addTransceiver("video", "recvonly")
    offer = re.sub(r"(a=fingerprint:\S+ )\w\w", r"\g<1>00", await client.offer())
    await client.accept(await sfu.view(ROOM, "juror1", "candidate", "main", offer))
    await until(lambda: [q.role for q in sfu.quality(ROOM)] == ["publish"])
    assert client.packets == []


async def test_the_certificate_changes_with_its_age_by_the_monotonic_clock(sfu, monkeypatch):
    async def fingerprint() -> str:
        return said((await sfu.publish(ROOM, "candidate", "main", CHROMIUM)).sdp, "fingerprint")

    first = await fingerprint()
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    assert await fingerprint() == first
    sfu._certificate.born -= MediaSettings().certificate_s + 1
    assert await fingerprint() != first


class TestHandshakes:
    @pytest.fixture
    def settings(self) -> MediaSettings:
        return dataclasses.replace(MediaSettings(), handshakes_per_address=1)

    async def test_those_of_one_address_wait_for_one_another(self, sfu, closing):
        closing(await publish(sfu, "candidate"))
        gate = sfu._port.handshake(("127.0.0.1", 1))
        await gate.acquire()
        client = closing(Client())
        client.pc.addTransceiver("video", "recvonly")
        await client.accept(await sfu.view(ROOM, "juror1", "candidate", "main", await client.offer()))
        peer = sfu._rooms[ROOM].find("juror1", client.resource)
        await until(lambda: peer._ice.path is not None)
        await asyncio.sleep(0.1)
        assert (client.pc.connectionState, peer._dtls.state) == ("connecting", "new")
        gate.release()
        await client.connected()

    async def test_another_address_has_its_own(self, sfu):
        assert sfu._port.handshake(("192.0.2.1", 1)) is not sfu._port.handshake(("192.0.2.2", 1))
        held = sfu._port.handshake(("2001:db8::1", 1, 0, 0))
        assert sfu._port.handshake(("2001:db8::2", 1, 0, 0)) is held


async def test_media_goes_on_when_the_wall_clock_is_set_back_an_hour(sfu, closing, monkeypatch):
    closing(await publish(sfu, "candidate"))
    viewer = closing(await view(sfu, "juror1", "candidate"))
    await until(lambda: viewer.frames["video"] > 2)
    before, real = send_time(), time.time
    monkeypatch.setattr(time, "time", lambda: real() - 3600)
    assert (send_time() - before) & 0xFFFFFF < 1 << 18
    frames = viewer.frames["video"]
    await until(lambda: viewer.frames["video"] > frames + 10)
    assert "live" in {change.state for change in sfu.sources(ROOM)}


def test_nothing_here_asks_the_wall_clock():
    folder = Path(package.__file__).parent
    wall = re.compile(r"time\.time\(|datetime|time_ns\(\)")
    asking = [path.name for path in folder.glob("*.py") if wall.search(path.read_text())]
    assert asking == []
