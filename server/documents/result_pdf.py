"""The letter of a result, archivable as the other papers are and readable by all: one page in the usual case (R8.1)."""
from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, TypedDict, cast

from server.documents.case_pdf import CasePart
from server.documents.typesetting import typeset_pdf


class ResultPaper(TypedDict):
    """Everything the letter says, in the words to print: nothing is computed or decided here.

    `number` is unique among the letters of all candidacies; `to` are the lines of an address; `facts` are pairs of what
    and its value; the first of `parts` says what was ruled, and stands in a frame; `sealed` says what the seal is
    worth. `dated` is the day of the letter, as 2026-03-01.
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
    dated: str


def draw_result(paper: ResultPaper) -> bytes:
    """As PDF/A-2a. The same words give the same bytes. `ValueError` when a part is missing."""
    missing = ResultPaper.__required_keys__ - paper.keys()
    if missing:
        raise ValueError(f"the letter lacks {', '.join(sorted(missing))}")
    return typeset_pdf("result.typ", cast("Mapping[str, Any]", paper))


async def result_pdf(paper: ResultPaper) -> bytes:
    """The same, outside the event loop."""
    return await asyncio.to_thread(draw_result, paper)
