"""Numbers that wrap (RFC 1982, RFC 3550 §A.1): the one place where any is told from its neighbours.

Whoever counts keeps numbers *extended*, as plain integers that never wrap, and cuts them down where they are written
into a packet. What a packet says is extended again beside a number already known.
"""

from __future__ import annotations

SEQUENCE = 16
"""Bits of an RTP sequence number, of a transport-wide number, and of what a NACK or an RTX packet names."""
TIMESTAMP = 32
"""Bits of an RTP timestamp, and of the middle of an NTP one."""


def distance(number: int, reference: int, bits: int) -> int:
    """From `reference` to `number` the shorter way round; negative where it lies before."""
    half = 1 << bits - 1
    return (number - reference + half & (half << 1) - 1) - half


def extended(number: int, near: int, bits: int = SEQUENCE) -> int:
    """Of all numbers that are written like this one, the nearest to `near`, which is extended already."""
    return near + distance(number, near, bits)
