"""What stands around every page of the offices: whose it is, what they hold, where they may go."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A page of the offices in the navigation."""

    href: str
    words: str
    here: bool = False


@dataclass(frozen=True)
class Desk:
    """`space` is the address of the person's space, with a slash at the end; `offices` are what they hold, in words."""

    space: str
    name: str
    offices: Sequence[str]
    places: Sequence[Place]
