"""A juror's certificate of attendance, for their employer (R1.5), archivable as the other papers are."""
from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, TypedDict, cast

from server.documents.typesetting import typeset_pdf


class AttendancePaper(TypedDict):
    """Everything the paper says, in the words to print. `dated` is the day of the sitting, as 2026-03-01; `facts` are
    pairs of what and its value."""

    title: str
    text: str
    facts: list[tuple[str, str]]
    by: str
    signed: str
    dated: str


def draw_attendance(paper: AttendancePaper) -> bytes:
    """As PDF/A-2a. The same words give the same bytes."""
    return typeset_pdf("juror_attendance.typ", cast("Mapping[str, Any]", paper))


async def attendance_pdf(paper: AttendancePaper) -> bytes:
    """The same, outside the event loop."""
    return await asyncio.to_thread(draw_attendance, paper)
