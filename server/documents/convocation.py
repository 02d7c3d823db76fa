"""The notice to attend as a paper that can be shown to an employer (R4.2), archivable as the other papers are."""
from __future__ import annotations

from typing import TypedDict

from server.documents.typesetting import typeset_paper


class Convocation(TypedDict):
    """Everything the paper says, in the words to print. `dated` is the day of writing, as 2026-03-01; `facts` are pairs
    of what and its value; `points` are headings with their lines."""

    title: str
    to: str
    text: str
    facts: list[tuple[str, str]]
    points: list[tuple[str, list[str]]]
    by: str
    signed: str
    dated: str


def draw_convocation(paper: Convocation) -> bytes:
    """As PDF/A-2a. The same words give the same bytes. `ValueError` when a part is missing."""
    return typeset_paper("convocation.typ", paper, Convocation.__required_keys__)
