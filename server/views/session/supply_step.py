"""One line of what a candidate has to do before the day."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StepState = Literal["done", "missing", "late", "free"]
"""There; still to be supplied; supplied late and not accepted; only where there is something to supply."""


@dataclass(frozen=True)
class Step:
    """`href` is its own page, empty where nothing is to be done there any more; `by` its last day in words. `tag` and
    `go` are its state and its button in words, where they are others than those of a paper."""

    id: str
    title: str
    words: str
    state: StepState
    by: str
    href: str
    tag: str = ""
    go: str = ""
