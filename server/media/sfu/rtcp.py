"""RTCP that the library would write wrongly."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from server.media.sfu.shim import RTCP_RTPFB, RTCP_RTPFB_NACK

SPAN = 16  # numbers one entry names beside its first
_FEEDBACK = struct.Struct("!BBHLL")
_ENTRY = struct.Struct("!HH")


def pack_nack(ssrc: int, media_ssrc: int, lost: Iterable[int]) -> bytes:
    """Generic NACK (RFC 4585 §6.2.1) of extended numbers, ascending: an entry may span the wrap."""
    entries, first, following = bytearray(), None, 0
    for number in lost:
        if first is not None and number - first <= SPAN:
            following |= 1 << number - first - 1
            continue
        if first is not None:
            entries += _ENTRY.pack(first & 0xFFFF, following)
        first, following = number, 0
    if first is not None:
        entries += _ENTRY.pack(first & 0xFFFF, following)
    return _FEEDBACK.pack(0x80 | RTCP_RTPFB_NACK, RTCP_RTPFB, 2 + len(entries) // 4, ssrc, media_ssrc) + entries
