"""The papers of a case: reports, notices, decisions, archivable as the other papers are (R6.6, R7.1, R7.2)."""
from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, TypedDict, cast

from server.documents.typesetting import typeset_pdf


class CasePart(TypedDict):
    """A heading with paragraphs, points, and pairs of when and what. Each may be empty."""

    title: str
    words: list[str]
    points: list[str]
    rows: list[tuple[str, str]]


class CasePaper(TypedDict):
    """Everything the paper says, in the words to print: nothing is computed or decided here.

    `number` is unique among the case's papers, as "2026-0012/1"; `to` are the lines of an address; `facts` are pairs of
    what and its value; `sealed` says what the seal is worth, empty for a paper that bears none. `draft` stands across
    each page of a paper that is not handed yet, empty else. `dated` is the day of writing, as 2026-03-01. A part
    without a title goes on from what stands above it.
    """

    title: str
    number_label: str
    number: str
    by: str
    by_line: str
    to: list[str]
    facts: list[tuple[str, str]]
    parts: list[CasePart]
    signed: str
    sealed: str
    draft: str
    dated: str


def draw_case_paper(paper: CasePaper) -> bytes:
    """As PDF/A-2a. The same words give the same bytes. `ValueError` when a part is missing."""
    missing = CasePaper.__required_keys__ - paper.keys()
    if missing:
        raise ValueError(f"the paper lacks {', '.join(sorted(missing))}")
    return typeset_pdf("case.typ", cast("Mapping[str, Any]", paper))


async def case_pdf(paper: CasePaper) -> bytes:
    """The same, outside the event loop."""
    return await asyncio.to_thread(draw_case_paper, paper)
