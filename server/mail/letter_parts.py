"""What a letter is made of."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Fields = Mapping[str, str | int]


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Points:
    """A heading (a French msgid) over lines that are the framework's own, in its language."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """French msgids; the letter's fields fill their places. `code` is set large, `link` is the one thing to press.
    `facts` are what is to be found again at a glance: a msgid, and what is no one's to translate."""

    subject: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    code: str | None = None
    link: Link | None = None
    facts: tuple[tuple[str, str], ...] = ()
    points: tuple[Points, ...] = ()


@dataclass(frozen=True)
class Enclosure:
    """What goes with a letter. `parameters` are of its media type."""

    name: str
    media_type: str
    data: bytes
    parameters: Mapping[str, str]
