"""The papers of a case: reports, notices, decisions, archivable as the other papers are (R6.6, R7.1, R7.2)."""
from __future__ import annotations

import asyncio

from server.documents.typesetting import typeset_paper
from server.documents.written_paper import WrittenPaper


class CasePaper(WrittenPaper):
    """`number` is unique among the case's papers, as "2026-0012/1". `draft` stands across each page of a paper that is
    not handed yet, empty else."""

    draft: str


def draw_case_paper(paper: CasePaper) -> bytes:
    """As PDF/A-2a. The same words give the same bytes. `ValueError` when a part is missing."""
    return typeset_paper("case.typ", paper, CasePaper.__required_keys__)


async def case_pdf(paper: CasePaper) -> bytes:
    """The same, outside the event loop."""
    return await asyncio.to_thread(draw_case_paper, paper)
