"""What letters and the papers of a case have in common: who writes to whom, facts, and parts in words."""
from __future__ import annotations

from typing import TypedDict


class PaperPart(TypedDict):
    """A heading with paragraphs, points, and pairs of when or what and its value. Each may be empty. A part without a
    title goes on from what stands above it."""

    title: str
    words: list[str]
    points: list[str]
    rows: list[tuple[str, str]]


class WrittenPaper(TypedDict):
    """Everything the paper says, in the words to print: nothing is computed or decided here.

    `to` are the lines of an address; `facts` are pairs of what and its value; `sealed` says what the seal is worth,
    empty for a paper that bears none. `dated` is the day of writing, as 2026-03-01.
    """

    title: str
    number_label: str
    number: str
    by: str
    by_line: str
    to: list[str]
    facts: list[tuple[str, str]]
    parts: list[PaperPart]
    signed: str
    sealed: str
    dated: str
