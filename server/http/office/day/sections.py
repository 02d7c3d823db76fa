"""What the page of a day is made of."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Missing:
    """What is not done yet, and the last day for it (None: before the day itself). `href` leads to where it is done.
    `grave`: the day cannot be held as it stands."""

    words: str
    href: str = ""
    by: date | None = None
    grave: bool = False


@dataclass(frozen=True)
class Section:
    """`id` is its anchor on the page; `template` is a file of `office/day/`, which finds `shown` as `of`. What is
    `missing` comes first on the page, by its day."""

    id: str
    title: str
    template: str
    shown: object
    missing: tuple[Missing, ...] = ()
