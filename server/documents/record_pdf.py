"""The signed deliberation grid of one candidate, as an archivable PDF (R3.6 to R3.8)."""
from __future__ import annotations

import asyncio
from typing import TypedDict

from server.documents.typesetting import typeset_paper


class AwardingBody(TypedDict):
    name: str
    line: str


class Reference(TypedDict):
    """Such as label "Épreuve du 24 novembre 2026 à 10 h 30", number "Lina Morel"."""

    label: str
    number: str


class JuryLine(TypedDict):
    """Such as seat "Organisations de salariés", name "Marc Oudin", state "président du jury"."""

    seat: str
    name: str
    state: str


class CandidateLines(TypedDict):
    """`heading` is "La candidate", "Le candidat"; `facts` are pairs of what and its value."""

    heading: str
    name: str
    facts: list[tuple[str, str]]


class CompetencyLine(TypedDict):
    """`mark` in words ("Acquise", "Non acquise", "En litige"); `reason` may be empty."""

    code: str
    title: str
    mandatory: bool
    mark: str
    reason: str


class BlockLines(TypedDict):
    """`outcome` in words ("Validé", "Non validé", "Conservé"); `reasons` are whole sentences.

    A kept block has no competencies. `recommendation` may be empty.
    """

    code: str
    title: str
    competencies: list[CompetencyLine]
    outcome: str
    reasons: list[str]
    recommendation: str


class SignatureLine(TypedDict):
    """`time` in words; `words` are those of a juror who refuses or comments, or empty."""

    seat: str
    name: str
    time: str
    refused: bool
    words: str


class DeliberationGrid(TypedDict):
    """Everything the paper says, in the words to print (French): nothing is computed or decided here.

    `day` is the session's, as 2026-11-24. `subtitle` tells the certification and the session, `jury_notes` and
    `comments` are whole sentences, `result` is what the jury recommends for the whole, `course` are pairs such as
    ("Présentation", "14 min 30 sur 15 min").
    """

    awarding_body: AwardingBody
    reference: Reference
    title: str
    day: str
    subtitle: str
    jury: list[JuryLine]
    jury_notes: list[str]
    candidate: CandidateLines
    blocks: list[BlockLines]
    result: str
    comments: list[str]
    course: list[tuple[str, str]]
    incidents: list[str]
    signatures: list[SignatureLine]
    footer: str


def draw_deliberation_grid(grid: DeliberationGrid) -> bytes:
    """The paper as PDF/A-2a. The same words give the same bytes. `ValueError` when a part is missing."""
    return typeset_paper("record.typ", grid, DeliberationGrid.__required_keys__)


async def deliberation_grid(grid: DeliberationGrid) -> bytes:
    """The same, outside the event loop."""
    return await asyncio.to_thread(draw_deliberation_grid, grid)
