"""The papers on which one candidate's hearing can be held without a screen: one PDF, archivable as others are (X13)."""
from __future__ import annotations

import asyncio
from typing import TypedDict

from server.documents.typesetting import typeset_paper


class PackCompetency(TypedDict):
    code: str
    title: str
    mandatory: bool
    questions: list[str]


class PackBlock(TypedDict):
    code: str
    title: str
    competencies: list[PackCompetency]


class PackJuror(TypedDict):
    """Such as seat "Pour les salariés", name "Marc Oudin"."""

    seat: str
    name: str


class PaperPack(TypedDict):
    """Everything the papers say, in the words to print (French). `dated` is the session's day, as 2026-11-24;
    `running` stands on each page; `facts` are pairs of what and its value; `others` are those who attend besides;
    `phases` are pairs of a phase and how long it may last; `definitions` of each mark."""

    dated: str
    title: str
    running: str
    candidate: str
    facts: list[tuple[str, str]]
    jury: list[PackJuror]
    others: list[PackJuror]
    contents: list[str]
    steps: list[str]
    message: list[str]
    reminder: list[str]
    phases: list[tuple[str, str]]
    blocks: list[PackBlock]
    definitions: list[tuple[str, str]]
    documents: list[str]
    findings: list[str]
    courses: list[str]
    advices: list[str]
    whole_advices: list[str]
    incidents: list[str]
    frauds: list[str]
    sanctions: list[str]


def draw_paper_pack(pack: PaperPack) -> bytes:
    """As PDF/A-2a. The same words give the same bytes. `ValueError` when a part is missing."""
    return typeset_paper("pack.typ", pack, PaperPack.__required_keys__)


async def paper_pack_pdf(pack: PaperPack) -> bytes:
    """The same, outside the event loop."""
    return await asyncio.to_thread(draw_paper_pack, pack)
