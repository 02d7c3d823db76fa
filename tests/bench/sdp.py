"""The few session descriptions the load needs: an offer to publish or to view, an answer to Janus' offer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from server.media.sfu.feedback import ABS_SEND_TIME, TRANSPORT_CC
from server.media.sfu.shim import Fingerprint

Role = Literal["publish", "view"]
AUDIO, VIDEO, RTX = 111, 96, 97
EXTENSIONS = {3: ABS_SEND_TIME, 5: TRANSPORT_CC}
_CODECS = {
    "audio": (
        f"{AUDIO}",
        [f"rtpmap:{AUDIO} opus/48000/2", f"fmtp:{AUDIO} minptime=10;useinbandfec=1"],
        ["transport-cc"],
    ),
    "video": (
        f"{VIDEO} {RTX}",
        [f"rtpmap:{VIDEO} VP8/90000", f"rtpmap:{RTX} rtx/90000", f"fmtp:{RTX} apt={VIDEO}"],
        ["nack", "nack pli", "ccm fir", "goog-remb", "transport-cc"],
    ),
}
_PAYLOADS = {"audio": AUDIO, "video": VIDEO}
_ECHOED = ("v=", "o=", "s=", "t=", "m=", "c=", "a=group:", "a=mid:", "a=rtpmap:", "a=fmtp:", "a=rtcp-fb:", "a=rtcp-mux")


@dataclass(frozen=True)
class Local:
    """Our end of a connection."""

    address: tuple[str, int]
    ufrag: str
    password: str
    fingerprint: Fingerprint

    def lines(self, setup: str) -> list[str]:
        host, port = self.address
        return [
            f"a=ice-ufrag:{self.ufrag}",
            f"a=ice-pwd:{self.password}",
            f"a=fingerprint:{self.fingerprint.algorithm} {self.fingerprint.value}",
            f"a=setup:{setup}",
            f"a=candidate:1 1 udp 2130706431 {host} {port} typ host",
            "a=end-of-candidates",
        ]


@dataclass(frozen=True)
class Remote:
    """The other end, as its description has it."""

    address: tuple[str, int]
    ufrag: str
    password: str
    fingerprints: tuple[Fingerprint, ...]
    setup: str
    extensions: dict[str, int]
    """Number by URI; of an answer, what was agreed."""


def offer(role: Role, local: Local, ssrcs: dict[str, int]) -> str:
    """`ssrcs` by kind; of a viewer they are not said."""
    out = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1", "a=msid-semantic: WMS *"]
    for mid, (kind, (formats, maps, feedback)) in enumerate(_CODECS.items()):
        out += [f"m={kind} 9 UDP/TLS/RTP/SAVPF {formats}", "c=IN IP4 0.0.0.0", f"a=mid:{mid}"]
        out += ["a=sendonly" if role == "publish" else "a=recvonly", "a=rtcp-mux", "a=rtcp-rsize"]
        out += [f"a=extmap:{number} {uri}" for number, uri in EXTENSIONS.items()]
        out += [f"a={line}" for line in maps] + [f"a=rtcp-fb:{_PAYLOADS[kind]} {one}" for one in feedback]
        if role == "publish":
            out += [f"a=msid:bench {kind}", f"a=ssrc:{ssrcs[kind]} cname:bench"]
        out += local.lines("actpass")
    return "\r\n".join(out) + "\r\n"


def answer(offered: str, local: Local) -> str:
    """Takes all that is offered to a viewer, with abs-send-time as the one header extension; DTLS begins
    with the other side, once its ICE is ready."""
    session, *media = re.split(r"(?m)^(?=m=)", offered)
    out = [line for line in session.split("\r\n") if line.startswith(_ECHOED)]
    for section in media:
        out += [line for line in section.split("\r\n") if line.startswith(_ECHOED) or line.endswith(ABS_SEND_TIME)]
        out += ["a=recvonly", *local.lines("passive")]
    return "\r\n".join(out) + "\r\n"


def read(text: str) -> Remote:
    """ValueError when something is missing. The first UDP candidate of IPv4 is taken."""
    candidate = re.search(r"(?mi)^a=candidate:\S+ 1 udp \d+ (\d+\.\d+\.\d+\.\d+) (\d+) typ host", text)
    fingerprints = tuple(Fingerprint(*one) for one in set(re.findall(r"a=fingerprint:(\S+) (\S+)", text)))
    if candidate is None or not fingerprints:
        raise ValueError(f"no candidate or no fingerprint in {text}")
    return Remote(
        (candidate[1], int(candidate[2])),
        _value(text, "ice-ufrag"),
        _value(text, "ice-pwd"),
        fingerprints,
        _value(text, "setup"),
        {uri: int(number) for number, uri in re.findall(r"a=extmap:(\d+)(?:/\w+)? (\S+)", text)},
    )


def _value(text: str, name: str) -> str:
    found = re.search(rf"(?m)^a={name}:(\S+)", text)
    if found is None:
        raise ValueError(f"no a={name}")
    return found[1]
