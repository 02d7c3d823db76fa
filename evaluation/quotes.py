"""Quotes: what a command rests on that stands in another stream (architecture: quote, never peek).

A page sends where it stands; the write path looks it up in its own transaction, and the rules get what it says. The
event keeps both, so that one journal is verified with its quotes as given, and a bundle by matching hashes.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Quote:
    """One event of another stream: where it stands, its hash, and what it says (`event`, `data` as the journal holds
    them)."""

    kind: str
    stream: str
    position: int
    hash: str
    event: str
    data: Mapping[str, object]
