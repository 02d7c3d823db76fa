"""Everything this package takes from aiortc and aioice that is not their public interface.

Used of aiortc: DTLS-SRTP (handshake, keys), the SDP parser and the RTCP packets. ICE, RTP and the connection
itself are ours, so nothing in aiortc is replaced and other users of it in the process are left alone.
`verify()` asserts at start-up the exact version and each attribute relied on.
"""

# pyright: reportPrivateUsage=false
from __future__ import annotations

import importlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

import aioice
import aiortc
import pylibsrtp
from aioice import stun
from aiortc import sdp
from aiortc.codecs import is_rtx
from aiortc.rtcdtlstransport import (
    SRTP_PROFILES,
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    SRTPProtectionProfile,
    State,
)
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB,
    RTCP_RTPFB_NACK,
    AnyRtcpPacket,
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSdesPacket,
    RtcpSenderInfo,
    RtcpSourceInfo,
    RtcpSrPacket,
    pack_remb_fci,
    unpack_remb_fci,
)
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import SSL

__all__ = [
    "RTCP_PSFB_APP",
    "RTCP_PSFB_FIR",
    "RTCP_PSFB_PLI",
    "RTCP_RTPFB",
    "RTCP_RTPFB_NACK",
    "AnyRtcpPacket",
    "Certificate",
    "DtlsSrtp",
    "Fingerprint",
    "RtcpPacket",
    "RtcpPsfbPacket",
    "RtcpReceiverInfo",
    "RtcpRrPacket",
    "RtcpRtpfbPacket",
    "RtcpSdesPacket",
    "RtcpSenderInfo",
    "RtcpSourceInfo",
    "RtcpSrPacket",
    "SrtpError",
    "is_rtx",
    "pack_remb_fci",
    "sdp",
    "stun",
    "unpack_remb_fci",
    "verify",
]

_libsrtp: Any = importlib.import_module("pylibsrtp._binding")

AIORTC = "1.16.0"
MAX_RTP = 1356
"""`pylibsrtp.Session.protect` refuses more: its buffer of 1500 bytes less room for the longest trailer."""

SRTP_TRAILER = 16 + 128
"""SRTP_MAX_TAG_LEN + SRTP_MAX_MKI_LEN."""

CIPHERS = b"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305"
"""Forward secret and authenticated alike (RFC 9325 §4.2); every browser with WebRTC has the first (RFC 8827 §6.5)."""
DTLS_1_2 = 0xFEFD

SrtpError = pylibsrtp.Error
Fingerprint = RTCDtlsFingerprint


class ShimError(RuntimeError):
    """The installed libraries are not the ones this package was written for."""


class DatagramPath(Protocol):
    """What DTLS needs of the connection below it."""

    async def recv(self) -> bytes: ...

    async def send(self, data: bytes) -> None: ...


@dataclass(frozen=True)
class Srtp:
    """The four functions of a connection. All raise SrtpError, or ValueError when a packet is too long."""

    protect: Callable[[bytes], bytes]
    protect_rtcp: Callable[[bytes], bytes]
    unprotect: Callable[[bytes], bytes]
    unprotect_rtcp: Callable[[bytes], bytes]
    sessions: tuple[pylibsrtp.Session, pylibsrtp.Session]
    """They own the memory the functions work in."""


def _in_place(session: pylibsrtp.Session, function: Any, limit: int) -> Callable[[bytes], bytes]:
    """`Session.protect` without its allocation per packet: a third of the time, on the hottest path there is."""
    opened: Any = session
    handle, memory, view = opened._srtp[0], opened._cdata, opened._buffer
    length: Any = _libsrtp.ffi.new("int *")

    def process(packet: bytes) -> bytes:
        size = len(packet)
        if size > limit:
            raise ValueError("packet is too long")
        length[0] = size
        view[0:size] = packet
        status = function(handle, memory, length)
        if status:
            raise SrtpError(f"libsrtp: error {status}")
        return view[0 : length[0]]

    return process


@dataclass(frozen=True)
class _IceFacade:
    """The part of RTCIceTransport that RTCDtlsTransport uses."""

    _recv: Callable[[], Awaitable[bytes]]
    _send: Callable[[bytes], Awaitable[None]]
    role: str = "controlled"


class Certificate(RTCCertificate):
    """One certificate and one OpenSSL context for all connections: making them costs more than a
    handshake."""

    _context: SSL.Context | None = None
    _sha256: RTCDtlsFingerprint | None = None

    def __init__(self, key: ec.EllipticCurvePrivateKey, cert: x509.Certificate) -> None:
        super().__init__(key, cert)
        self.born = time.monotonic()

    @property
    def sha256(self) -> RTCDtlsFingerprint:
        if self._sha256 is None:
            self._sha256 = next(f for f in self.getFingerprints() if f.algorithm == "sha-256")
        return self._sha256

    def _create_ssl_context(self, srtp_profiles: list[SRTPProtectionProfile]) -> SSL.Context:
        if self._context is None:
            self._context = super()._create_ssl_context(srtp_profiles)
            self._context.set_cipher_list(CIPHERS)
            self._context.set_min_proto_version(DTLS_1_2)
            self._context.set_options(SSL.OP_NO_RENEGOTIATION)
        return self._context


class DtlsSrtp(RTCDtlsTransport):
    """The DTLS handshake over a path, then the four SRTP functions (RFC 5764)."""

    def __init__(self, path: DatagramPath, certificate: Certificate, server: bool) -> None:
        facade: Any = _IceFacade(path.recv, path.send)
        super().__init__(facade, [certificate])
        self._role = "server" if server else "client"

    async def connect(self, fingerprints: tuple[Fingerprint, ...]) -> bool:
        """True once connected with the peer the offer named; False when the handshake fails."""
        await self.start(RTCDtlsParameters(fingerprints=list(fingerprints), role="auto"))
        return self._state == State.CONNECTED

    def srtp(self) -> Srtp:
        """Once connected."""
        return Srtp(
            protect=_in_place(self._tx_srtp, _libsrtp.lib.srtp_protect, MAX_RTP),
            protect_rtcp=self._tx_srtp.protect_rtcp,
            unprotect=_in_place(self._rx_srtp, _libsrtp.lib.srtp_unprotect, MAX_RTP + SRTP_TRAILER),
            unprotect_rtcp=self._rx_srtp.unprotect_rtcp,
            sessions=(self._tx_srtp, self._rx_srtp),
        )

    def on_closed(self, callback: Callable[[], None]) -> None:
        """`callback` is called once the peer has closed DTLS or the path below has ended."""
        self.on("statechange", lambda: callback() if self._state in (State.CLOSED, State.FAILED) else None)

    def shutdown(self) -> bytes:
        """End it at once. Returns the close_notify alert to send, empty where there is nothing to close."""
        self.remove_all_listeners()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self._ssl is None or self._state not in (State.CONNECTING, State.CONNECTED):
            return b""
        try:
            self._ssl.shutdown()
            return self._ssl.bio_read(1500)
        except SSL.Error:
            return b""


_CLASS_ATTRIBUTES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        RTCDtlsTransport,
        ("start", "_do_handshake", "_recv_next", "_setup_srtp", "_set_state", "remove_all_listeners"),
    ),
    (RTCCertificate, ("generateCertificate", "_create_ssl_context", "getFingerprints")),
    (State, ("CONNECTING", "CONNECTED", "CLOSED", "FAILED")),
    (sdp.SessionDescription, ("parse",)),
    (RtcpPacket, ("parse",)),
    (stun, ("parse_message", "Message", "Method", "Class")),
    (stun.Message, ("check_message_integrity", "add_message_integrity")),
    (_libsrtp.lib, ("srtp_protect", "srtp_unprotect")),
    (pylibsrtp.Session(), ("_srtp", "_cdata", "_buffer")),
    (pylibsrtp.Session, ("protect", "protect_rtcp", "unprotect", "unprotect_rtcp")),
)
_DTLS_ATTRIBUTES = ("_role", "_ssl", "_state", "_task", "_rx_srtp", "_tx_srtp")


def verify() -> None:
    """Raises ShimError unless the libraries are those this package relies on."""
    if aiortc.__version__ != AIORTC:
        raise ShimError(f"aiortc {AIORTC} is required, {aiortc.__version__} is installed")
    for owner, names in _CLASS_ATTRIBUTES:
        missing = [name for name in names if not hasattr(owner, name)]
        if missing:
            raise ShimError(f"{owner!r} (aiortc {aiortc.__version__}, aioice {aioice.__version__}) lacks {missing}")
    probe: Any = RTCDtlsTransport(_IceFacade(None, None), [RTCCertificate.generateCertificate()])  # type: ignore
    missing = [name for name in _DTLS_ATTRIBUTES if not hasattr(probe, name)]
    if missing or not SRTP_PROFILES:
        raise ShimError(f"RTCDtlsTransport lacks {missing or 'every SRTP profile'}")
