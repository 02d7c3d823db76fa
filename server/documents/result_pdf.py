"""The letter of a result, archivable as the other papers are and readable by all: one page in the usual case (R8.1)."""
from __future__ import annotations

import asyncio

from server.documents.typesetting import typeset_paper
from server.documents.written_paper import WrittenPaper


class ResultPaper(WrittenPaper):
    """`number` is unique among the letters of all candidacies; the first of `parts` says what was ruled, and stands in
    a frame."""


def draw_result(paper: ResultPaper) -> bytes:
    """As PDF/A-2a. The same words give the same bytes. `ValueError` when a part is missing."""
    return typeset_paper("result.typ", paper, ResultPaper.__required_keys__)


async def result_pdf(paper: ResultPaper) -> bytes:
    """The same, outside the event loop."""
    return await asyncio.to_thread(draw_result, paper)
