"""The SDP of WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep): offers read, answers and ICE-restart fragments
written.

Anything odd is a MediaRefusal that says what; nothing here holds state.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Literal

from server.media.engine import MediaRefusal
from server.media.media_settings import MediaSettings
from server.media.sfu.feedback import ABS_SEND_TIME, TRANSPORT_CC
from server.media.sfu.shim import Fingerprint, is_rtx, sdp
from server.media.sfu.sieve import sieve
from server.media.sfu.source import Kind

Role = Literal["publish", "view"]

CODECS: dict[str, str] = {"audio": "audio/opus", "video": "video/vp8"}
FEEDBACK: dict[Role, tuple[tuple[str, str | None], ...]] = {
    "publish": (("nack", None), ("nack", "pli"), ("transport-cc", None), ("goog-remb", None)),
    "view": (("nack", None), ("nack", "pli"), ("ccm", "fir"), ("goog-remb", None)),
}
EXTENSION: dict[Role, str] = {"publish": TRANSPORT_CC, "view": ABS_SEND_TIME}
DIRECTIONS: dict[Role, tuple[tuple[str, ...], str]] = {
    "publish": (("sendonly", "sendrecv"), "recvonly"),
    "view": (("recvonly", "sendrecv"), "sendonly"),
}
OPUS_PARAMETERS = "minptime=10;useinbandfec=1"
_UFRAG = re.compile(r"[A-Za-z0-9+/]{4,256}")
_PASSWORD = re.compile(r"[A-Za-z0-9+/]{22,256}")


@dataclass(frozen=True)
class Line:
    """One m-line of an offer, as far as we take it up; `accepted` is False for one answered with port 0."""

    kind: str
    mid: str
    profile: str
    accepted: bool
    first_format: str
    payload_type: int = 0
    rtx_payload_type: int | None = None
    clock_rate: int = 0
    extension: int | None = None
    """Number of transport-wide-cc (publish) or abs-send-time (view) where the offer has it."""
    feedback: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    lines: tuple[Line, ...]
    ufrag: str
    fingerprints: tuple[Fingerprint, ...]
    reduced_size: bool
    """The offer takes RTCP that is not compound (RFC 5506)."""
    dtls_server: bool
    """Whether we are the DTLS server: only where the offer insists on being the client."""

    @property
    def accepted(self) -> dict[Kind, Line]:
        found: dict[Kind, Line] = {}
        for line in self.lines:
            if line.accepted:
                found["audio" if line.kind == "audio" else "video"] = line
        return found


@dataclass(frozen=True)
class Transport:
    """What an answer says of our side of ICE and DTLS."""

    ufrag: str
    password: str
    candidates: list[str]
    fingerprint: Fingerprint


@dataclass(frozen=True)
class Outgoing:
    """What a view's answer says of one stream we send."""

    ssrc: int
    rtx_ssrc: int


def check_size(text: str, limit: int) -> None:
    if len(text) > limit or len(text.encode(errors="replace")) > limit:
        raise MediaRefusal(413, f"the session description is larger than {limit} bytes")


def read_offer(text: str, role: Role, kinds: tuple[Kind, ...], settings: MediaSettings) -> Offer:
    """Takes up the first usable m-line of each of `kinds`. Raises MediaRefusal 400 or 413."""
    check_size(text, settings.offer_limit_bytes)
    if not text.startswith("v=0"):
        raise MediaRefusal(400, "this is not a session description")
    feedback = {f"{kind} {parameter}" if parameter else kind for kind, parameter in FEEDBACK[role]}
    description = _parse(sieve(text, CODECS, feedback, settings.offer_limit_lines))
    bundle = _bundle(description)
    lines: list[Line] = []
    taken: set[str] = set()
    for media in description.media:
        line = _read_line(media, role) if media.kind in kinds and media.kind not in taken else None
        if line is None or media.rtp.muxId not in bundle:
            line = _rejected(media)
        else:
            taken.add(media.kind)
        lines.append(line)
    if not taken:
        raise MediaRefusal(400, f"no {' or '.join(CODECS[k] for k in kinds)} that can be used for {role}")
    main = next(m for m, line in zip(description.media, lines, strict=True) if line.accepted)
    ufrag, fingerprints = _credentials(main)
    insists = main.dtls is not None and main.dtls.role == "client"
    return Offer(tuple(lines), ufrag, fingerprints, "a=rtcp-rsize" in text, dtls_server=insists)


def _parse(text: str) -> sdp.SessionDescription:
    try:
        return sdp.SessionDescription.parse(text)
    except Exception as error:  # the parser is not made for hostile input: any failure of it is a bad offer
        raise MediaRefusal(400, f"malformed session description ({type(error).__name__})") from error


def _bundle(description: sdp.SessionDescription) -> set[str]:
    """Mids sharing the one transport (RFC 9725 §4.4.1 requires BUNDLE; with a single m-line it goes without
    saying)."""
    for group in description.group:
        if group.semantic == "BUNDLE" and group.items:
            return {str(item) for item in group.items}
    return {description.media[0].rtp.muxId} if len(description.media) == 1 else set()


def _read_line(media: sdp.MediaDescription, role: Role) -> Line | None:
    """None when this m-line cannot be used."""
    codecs = media.rtp.codecs
    codec = next((c for c in codecs if c.mimeType.lower() == CODECS[media.kind]), None)
    if codec is None or codec.payloadType is None or not 0 <= codec.payloadType < 128:
        return None
    if (media.direction or "sendrecv") not in DIRECTIONS[role][0] or not media.rtcp_mux:
        return None
    rtx = next((c.payloadType for c in codecs if is_rtx(c) and c.parameters.get("apt") == codec.payloadType), None)
    offered = {(f.type, f.parameter) for f in codec.rtcpFeedback}
    feedback = tuple(f"{t} {p}" if p else t for t, p in FEEDBACK[role] if (t, p) in offered)
    # One-byte header extensions number up to 14 (RFC 8285 §4.2).
    extension = next((e.id for e in media.rtp.headerExtensions if e.uri == EXTENSION[role] and 0 < e.id < 15), None)
    return Line(
        media.kind,
        _token(media.rtp.muxId),
        media.profile,
        True,
        str(codec.payloadType),
        codec.payloadType,
        rtx if rtx is not None and 0 <= rtx < 128 else None,
        codec.clockRate,
        extension,
        feedback,
    )


def _rejected(media: sdp.MediaDescription) -> Line:
    return Line(_token(media.kind), _token(media.rtp.muxId), media.profile, False, _token(str(media.fmt[0])))


def _token(text: str | None) -> str:
    """What we echo must be a token: nothing of an offer may break out of its line."""
    if text is None or not re.fullmatch(r"[\w!#$%&'*+.^`{|}~-]{1,64}", text, re.ASCII):
        raise MediaRefusal(400, "an m-line has no usable a=mid, media or format")
    return text


def _credentials(media: sdp.MediaDescription) -> tuple[str, tuple[Fingerprint, ...]]:
    ice, dtls = media.ice, media.dtls
    if ice is None or not _UFRAG.fullmatch(ice.usernameFragment or "") or not _PASSWORD.fullmatch(ice.password or ""):
        raise MediaRefusal(400, "a=ice-ufrag or a=ice-pwd is missing or malformed")
    if dtls is None or not any(f.algorithm.lower() in ("sha-256", "sha-384", "sha-512") for f in dtls.fingerprints):
        raise MediaRefusal(400, "a=setup or a usable a=fingerprint is missing")
    return ice.usernameFragment or "", tuple(dtls.fingerprints)


def write_answer(offer: Offer, role: Role, transport: Transport, cname: str, outgoing: dict[Kind, Outgoing]) -> str:
    """The answer to `offer`; `outgoing` is empty for a publication."""
    session = secrets.randbits(62)
    mids = " ".join(line.mid for line in offer.lines if line.accepted)
    out = [
        "v=0",
        f"o=- {session} 1 IN IP4 0.0.0.0",
        "s=-",
        "t=0 0",
        "a=ice-lite",
        f"a=group:BUNDLE {mids}",
        "a=msid-semantic: WMS *",
    ]
    for line in offer.lines:
        if not line.accepted:
            out += [
                f"m={line.kind} 0 {line.profile} {line.first_format}",
                "c=IN IP4 0.0.0.0",
                f"a=mid:{line.mid}",
                "a=inactive",
            ]
            continue
        out += _codec_lines(line, role)
        if offer.reduced_size:
            out.append("a=rtcp-rsize")
        if role == "view":
            out += _stream_lines(outgoing["audio" if line.kind == "audio" else "video"], line, cname)
        out += _transport_lines(transport, "passive" if offer.dtls_server else "active")
    return "\r\n".join(out) + "\r\n"


def _codec_lines(line: Line, role: Role) -> list[str]:
    pt, rtx = line.payload_type, line.rtx_payload_type
    formats = f"{pt}" if rtx is None else f"{pt} {rtx}"
    out = [
        f"m={line.kind} 9 {line.profile} {formats}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{line.mid}",
        f"a={DIRECTIONS[role][1]}",
        "a=rtcp-mux",
    ]
    if line.extension is not None:
        out.append(f"a=extmap:{line.extension} {EXTENSION[role]}")
    if line.kind == "audio":
        out += [f"a=rtpmap:{pt} opus/{line.clock_rate}/2", f"a=fmtp:{pt} {OPUS_PARAMETERS}"]
    else:
        out.append(f"a=rtpmap:{pt} VP8/{line.clock_rate}")
    out += [f"a=rtcp-fb:{pt} {feedback}" for feedback in line.feedback]
    if rtx is not None:
        out += [f"a=rtpmap:{rtx} rtx/{line.clock_rate}", f"a=fmtp:{rtx} apt={pt}"]
    return out


def _stream_lines(stream: Outgoing, line: Line, cname: str) -> list[str]:
    out = [f"a=msid:{cname} {cname}-{line.kind}"]
    ssrcs = [stream.ssrc]
    if line.rtx_payload_type is not None:
        ssrcs.append(stream.rtx_ssrc)
        out.append(f"a=ssrc-group:FID {stream.ssrc} {stream.rtx_ssrc}")
    return out + [f"a=ssrc:{ssrc} cname:{cname}" for ssrc in ssrcs]


def _transport_lines(transport: Transport, setup: str) -> list[str]:
    return [
        f"a=ice-ufrag:{transport.ufrag}",
        f"a=ice-pwd:{transport.password}",
        f"a=fingerprint:{transport.fingerprint.algorithm} {transport.fingerprint.value}",
        f"a=setup:{setup}",
        *(f"a=candidate:{c}" for c in transport.candidates),
        "a=end-of-candidates",
    ]


def read_fragment(text: str, limit: int) -> str:
    """The ufrag of a trickle-ice-sdpfrag (RFC 8840 §9). Candidates in it are ignored: ours is ICE-lite.
    Raises MediaRefusal 400 or 413."""
    check_size(text, limit)
    values = {name: re.findall(rf"(?m)^a=ice-{name}:(\S+?)\s*$", text) for name in ("ufrag", "pwd")}
    if not values["ufrag"] or not values["pwd"]:
        raise MediaRefusal(400, "the fragment lacks a=ice-ufrag or a=ice-pwd")
    if not _UFRAG.fullmatch(values["ufrag"][0]) or not _PASSWORD.fullmatch(values["pwd"][0]):
        raise MediaRefusal(400, "a=ice-ufrag or a=ice-pwd is malformed")
    return values["ufrag"][0]


def write_fragment(offer: Offer, transport: Transport) -> str:
    """Our new ICE credentials (RFC 9725 §4.3.3)."""
    accepted = [line for line in offer.lines if line.accepted]
    first = accepted[0]
    out = [
        "a=ice-lite",
        f"a=group:BUNDLE {' '.join(line.mid for line in accepted)}",
        f"m={first.kind} 9 {first.profile} {first.payload_type}",
        f"a=mid:{first.mid}",
        f"a=ice-ufrag:{transport.ufrag}",
        f"a=ice-pwd:{transport.password}",
    ]
    out += [f"a=candidate:{c}" for c in transport.candidates] + ["a=end-of-candidates"]
    return "\r\n".join(out) + "\r\n"


def matches(if_match: str, etag: str) -> bool:
    """RFC 9110 §13.1.1: `*`, or a list holding the entity tag."""
    return if_match.strip() == "*" or etag in [tag.strip() for tag in if_match.split(",")]
