"""What the media edge answers to bad input: a MediaRefusal with its status, and nothing kept."""

from __future__ import annotations

import contextlib
import random
import re
import time
from collections.abc import Callable

import pytest

from server.media.engine import MediaRefusal
from server.media.media_settings import MediaSettings
from server.media.sfu.whip import read_fragment, read_offer
from tests.server.media.peers import ROOM, Client, publish

CHROMIUM = """v=0
o=- 4611731400430051336 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1
a=extmap-allow-mixed
a=msid-semantic: WMS 7ebe4f2b
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:1467250027 1 udp 2122260223 4cd01a5e-a3a2-4f2a-8a1c-29b1a1a7b6a2.local 46243 typ host generation 0
a=ice-ufrag:4ZcD
a=ice-pwd:2/1muCWoOi3uLifh0NuRHlBG
a=ice-options:trickle
a=fingerprint:sha-256 FINGERPRINT
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=sendonly
a=msid:7ebe4f2b f3b5b2c0
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:9 G722/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:13 CN/8000
a=rtpmap:110 telephone-event/48000
a=rtpmap:126 telephone-event/8000
a=ssrc:3570614608 cname:4TOk42mSjXCkVIa6
m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:4ZcD
a=ice-pwd:2/1muCWoOi3uLifh0NuRHlBG
a=ice-options:trickle
a=fingerprint:sha-256 FINGERPRINT
a=setup:actpass
a=mid:1
a=extmap:14 urn:ietf:params:rtp-hdrext:toffset
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=sendonly
a=msid:7ebe4f2b 9a2c
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 goog-remb
a=rtcp-fb:96 transport-cc
a=rtcp-fb:96 ccm fir
a=rtcp-fb:96 nack
a=rtcp-fb:96 nack pli
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:102 H264/90000
a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f
a=rtpmap:103 rtx/90000
a=fmtp:103 apt=102
a=ssrc-group:FID 2231627014 632943048
a=ssrc:2231627014 cname:4TOk42mSjXCkVIa6
a=ssrc:632943048 cname:4TOk42mSjXCkVIa6
""".replace("\n", "\r\n").replace("FINGERPRINT", ":".join(["7B"] * 32))


def without(pattern: str) -> str:
    changed = re.sub(pattern, "", CHROMIUM)
    assert changed != CHROMIUM
    return changed


REFUSED = {
    "empty": ("", 400),
    "not SDP": ("hello", 400),
    "binary": ("\x00\xff" * 200, 400),
    "no media": (CHROMIUM[: CHROMIUM.index("m=audio")], 400),
    "no ufrag": (without(r"a=ice-ufrag:\S+\r\n"), 400),
    "short password": (CHROMIUM.replace("2/1muCWoOi3uLifh0NuRHlBG", "short"), 400),
    "no fingerprint": (without(r"a=fingerprint:.*\r\n"), 400),
    "weak fingerprint": (CHROMIUM.replace("sha-256", "sha-1"), 400),
    "no setup": (without(r"a=setup:\S+\r\n"), 400),
    "unknown setup": (CHROMIUM.replace("actpass", "sideways"), 400),
    "no BUNDLE": (without(r"a=group:BUNDLE.*\r\n"), 400),
    "no rtcp-mux": (without(r"a=rtcp-mux\r\n"), 400),
    "wrong direction": (CHROMIUM.replace("a=sendonly", "a=recvonly"), 400),
    "no codec of ours": (CHROMIUM.replace("VP8", "AV1").replace("opus", "speex"), 400),
    "no mid": (without(r"a=mid:\S+\r\n"), 400),
    "a mid that is no token": (CHROMIUM.replace("a=mid:0", "a=mid:<0>"), 400),
    "huge": (CHROMIUM + "a=x:y\r\n" * 20_000, 413),
    "huge in bytes alone": (CHROMIUM + "a=x:" + "é" * 40_000, 413),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_bad_offer_is_refused_and_leaves_nothing(sfu, name):
    offer, status = REFUSED[name]
    with pytest.raises(MediaRefusal) as refusal:
        await sfu.publish(ROOM, "candidate", "main", offer)
    assert refusal.value.status == status
    assert refusal.value.reason
    assert (sfu.quality(ROOM), sfu._port.by_ufrag, sfu._rooms[ROOM].feeds) == ((), {}, {})


def test_what_is_taken_up_of_chromiums_offer():
    offer = read_offer(CHROMIUM, "publish", ("audio", "video"), MediaSettings())
    audio, video = offer.accepted["audio"], offer.accepted["video"]
    assert (audio.payload_type, audio.rtx_payload_type, audio.extension, audio.feedback) == (
        111,
        None,
        3,
        ("transport-cc",),
    )
    assert (video.payload_type, video.rtx_payload_type, video.extension) == (96, 97, 3)
    assert video.feedback == ("nack", "nack pli", "transport-cc", "goog-remb")
    assert not offer.dtls_server


MEDIA = CHROMIUM.index("m=audio")


def crowded(line: Callable[[int], str], most: int = 1800) -> str:
    """As many such lines as fit behind a browser's own."""
    room, lines = MediaSettings().offer_limit_bytes - len(CHROMIUM), list[str]()
    while len(lines) < most and room > 0:
        lines.append(line(len(lines)) + "\r\n")
        room -= len(lines[-1].encode())
    return "".join(lines[:-1])


HALF = 900
HOSTILE = {
    "streams": CHROMIUM + crowded(lambda i: f"a=ssrc:{i} cname:a"),
    "codecs, and parameters of the last": CHROMIUM + crowded(lambda i: f"a=rtpmap:{i % 128} rtx/9", HALF)
    + crowded(lambda i: "a=fmtp:127 apt=96", HALF),
    "codecs, and feedback for all of them": CHROMIUM + crowded(lambda i: f"a=rtpmap:{i % 128} rtx/9", HALF)
    + crowded(lambda i: "a=rtcp-fb:* nack", HALF),
    "media": CHROMIUM + crowded(lambda i: "m=audio 9 UDP/TLS/RTP/SAVPF 111"),
    "media, and fingerprints of all of them": CHROMIUM[:MEDIA] + crowded(lambda i: "a=fingerprint:sha-256 AA", HALF)
    + CHROMIUM[MEDIA:] + crowded(lambda i: "m=audio 9 X 1", HALF),
    "candidates": CHROMIUM + crowded(lambda i: f"a=candidate:{i} 1 udp 1 192.0.2.1 9 typ host"),
    "extensions": CHROMIUM + crowded(lambda i: f"a=extmap:{i % 15} urn:{i}"),
    "formats": CHROMIUM.replace("SAVPF 96", "SAVPF " + "9 " * 20_000 + "96"),
    "names": CHROMIUM.replace("BUNDLE 0 1", "BUNDLE 0 1" + " a" * 20_000),
    "empty lines": CHROMIUM + "\n" * 50_000,
    "parameters": CHROMIUM + "a=fmtp:103 " + "a;" * 20_000,
    "digits": CHROMIUM.replace("a=mid:0", "a=extmap:" + "9" * 50_000 + " a\r\na=mid:0"),
}


def cpu(work: Callable[[], object]) -> float:
    """Seconds of the processor, the least of some."""

    def once() -> float:
        began = time.process_time()
        with contextlib.suppress(MediaRefusal):
            work()
        return time.process_time() - began

    return min(once() for _ in range(5))


@pytest.mark.parametrize("name", HOSTILE)
def test_the_worst_offer_holds_nobody_up_longer_than_some_of_a_browsers(name):
    def read(text: str) -> Callable[[], object]:
        return lambda: read_offer(text, "publish", ("audio", "video"), MediaSettings())

    assert len(HOSTILE[name].encode()) <= MediaSettings().offer_limit_bytes
    assert cpu(read(HOSTILE[name])) < 25 * cpu(read(CHROMIUM)) + 0.001


@pytest.mark.parametrize("fragment", [
    "a=ice-ufrag:x" + "\n" * 60_000, "a=ice-ufrag:" + "x" * 30_000 + " " * 30_000 + "y", "a=ice-ufrag:x \n" * 4000,
    "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\n" * 1500,
])
def test_the_worst_fragment_holds_nobody_up(fragment):
    plain = cpu(lambda: read_offer(CHROMIUM, "publish", ("audio", "video"), MediaSettings()))
    assert cpu(lambda: read_fragment(fragment, 1 << 16)) < 25 * plain + 0.001


UNREAD = {
    "candidates": "a=candidate:nonsense\r\n",
    "streams": "a=ssrc:nonsense\r\n",
    "parameters of codecs that are not there": "a=fmtp:999 apt=1\r\n",
    "addresses": "c=nowhere\r\na=rtcp:nonsense\r\n",
    "data channels": "a=sctp-port:nonsense\r\n",
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_of_no_use_gets_no_offer_refused(name):
    read = read_offer(CHROMIUM + UNREAD[name], "publish", ("audio", "video"), MediaSettings())
    assert read == read_offer(CHROMIUM, "publish", ("audio", "video"), MediaSettings())


def test_the_order_of_lines_does_not_matter():
    """Firefox names the parameters of a codec before the codec."""
    video = CHROMIUM.index("m=video")
    first, *lines = CHROMIUM[video:].splitlines()
    turned = CHROMIUM[:video] + "\r\n".join([first, *sorted(lines)]) + "\r\n"
    read = read_offer(turned, "publish", ("audio", "video"), MediaSettings())
    assert read == read_offer(CHROMIUM, "publish", ("audio", "video"), MediaSettings())


def test_data_channels_are_answered_with_port_0():
    channel = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\na=sctp-port:5000\r\n"
    read = read_offer(CHROMIUM + channel, "publish", ("audio", "video"), MediaSettings())
    assert [(line.kind, line.accepted) for line in read.lines] == [
        ("audio", True), ("video", True), ("application", False)
    ]


async def test_audio_offered_for_the_second_source_is_answered_with_port_0(sfu):
    negotiated = await sfu.publish(ROOM, "candidate", "second", CHROMIUM)
    lines = negotiated.sdp.split("\r\n")
    assert [line for line in lines if line.startswith(("m=", "a=group"))] == [
        "a=group:BUNDLE 1",
        "m=audio 0 UDP/TLS/RTP/SAVPF 111",
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97",
    ]


@pytest.mark.parametrize(("offered", "answered"), [("actpass", "active"), ("passive", "active"), ("active", "passive")])
async def test_dtls_roles_complement_each_other(sfu, offered, answered):
    negotiated = await sfu.publish(ROOM, "candidate", "main", CHROMIUM.replace("actpass", offered))
    assert re.findall(r"a=setup:(\w+)", negotiated.sdp) == [answered] * 2


def test_no_mutilated_offer_raises_anything_but_a_refusal():
    chance = random.Random(7)
    for _ in range(600):
        lines = CHROMIUM.split("\r\n")
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(lines))
            line = lines[at]
            cut = chance.randrange(len(line) + 1)
            lines[at] = chance.choice([line[:cut], line[cut:], line * 2, line[:cut] + "\x00é 99999999999" + line[cut:]])
        with contextlib.suppress(MediaRefusal):
            read_offer("\r\n".join(lines), "publish", ("audio", "video"), MediaSettings())


class TestRestart:
    """PATCH (RFC 9725 §4.3)."""

    FRAGMENT = "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n"

    @pytest.fixture
    async def publisher(self, sfu, closing) -> Client:
        return closing(await publish(sfu, "candidate"))

    @pytest.mark.parametrize(
        ("fragment", "status"),
        [
            ("", 400),
            ("a=ice-ufrag:EsAw\r\n", 400),
            ("a=ice-ufrag:E\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n", 400),
            ("a=ice-ufrag:EsAw\r\na=ice-pwd:short\r\n", 400),
            (FRAGMENT * 2000, 413),
        ],
    )
    async def test_a_malformed_fragment_changes_nothing(self, sfu, publisher, fragment, status):
        with pytest.raises(MediaRefusal) as refusal:
            await sfu.restart(ROOM, "candidate", publisher.resource, "*", fragment)
        assert refusal.value.status == status
        assert len(sfu._port.by_ufrag) == 1

    @pytest.mark.parametrize(("if_match", "status"), [(None, 428), ('"another"', 412), ("", 412)])
    async def test_the_entity_tag_must_match(self, sfu, publisher, if_match, status):
        with pytest.raises(MediaRefusal) as refusal:
            await sfu.restart(ROOM, "candidate", publisher.resource, if_match, self.FRAGMENT)
        assert refusal.value.status == status

    async def test_each_restart_has_its_own_entity_tag(self, sfu, publisher):
        first = await sfu.restart(ROOM, "candidate", publisher.resource, f'"x", {publisher.etag}', self.FRAGMENT)
        assert first.etag != publisher.etag
        with pytest.raises(MediaRefusal) as refusal:
            await sfu.restart(ROOM, "candidate", publisher.resource, publisher.etag, self.FRAGMENT)
        assert refusal.value.status == 412

    async def test_trickled_candidates_are_accepted_and_ignored(self, sfu, publisher):
        trickle = re.sub("EsAw", sfu._rooms[ROOM].find("candidate", publisher.resource).remote_ufrag, self.FRAGMENT)
        answer = await sfu.restart(ROOM, "candidate", publisher.resource, publisher.etag, trickle)
        assert (answer.etag, answer.sdp) == (publisher.etag, "")

    @pytest.mark.parametrize("act", ["restart", "close"])
    async def test_another_seats_resource_does_not_exist(self, sfu, publisher, act):
        sfu.set_rights("other", sfu._rooms[ROOM].rights)
        for room, seat in ((ROOM, "juror1"), ("other", "candidate"), ("nowhere", "candidate")):
            attempt = (
                sfu.close(room, seat, publisher.resource)
                if act == "close"
                else sfu.restart(room, seat, publisher.resource, "*", self.FRAGMENT)
            )
            with pytest.raises(MediaRefusal) as refusal:
                await attempt
            assert refusal.value.status == 404
        assert len(sfu.quality(ROOM)) == 1


def test_a_fragment_is_read_wherever_its_credentials_stand():
    assert read_fragment("a=group:BUNDLE 0\nm=audio 9 X 0\na=mid:0\n" + TestRestart.FRAGMENT, 1000) == "EsAw"
