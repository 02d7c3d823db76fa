"""The minutes of a sitting of the certification jury and the extract for one candidate, archivable as the other papers
are (R3.9)."""
from __future__ import annotations

import asyncio
from typing import TypedDict

from server.documents.typesetting import typeset_paper


class MemberLine(TypedDict):
    """Such as seat "Organisations d’employeurs", name "Catherine Vidal", state "remplace Alain Prévost"."""

    seat: str
    name: str
    state: str


class MinutesBlock(TypedDict):
    """`title` with the block's code; `outcome` in words ("Validé"); `reasons` are whole sentences."""

    title: str
    acquired: str
    outcome: str
    reasons: list[str]


class SettledLine(TypedDict):
    """A competency that the certification jury settled: its mark in words, and why."""

    code: str
    title: str
    mark: str
    words: str


class MinutesItem(TypedDict):
    """One candidacy. `heading` is "1. Lina Morel"; `facts` are pairs of what and its value; `course` are whole
    sentences on how the examination went and what the jury asked; `decision` is the ruling in one sentence, `after`
    what follows from it, `dissents` each in whole sentences."""

    heading: str
    facts: list[tuple[str, str]]
    course: list[str]
    blocks: list[MinutesBlock]
    rule: str
    settled: list[SettledLine]
    decision: str
    after: list[str]
    dissents: list[str]


class MinutesSignature(TypedDict):
    """`time` in words, empty for who has not signed; `level` says which signature it is. `unsigned` is a whole sentence
    of who does not sign, and why; empty else."""

    seat: str
    name: str
    time: str
    level: str
    unsigned: str


class MinutesPaper(TypedDict):
    """Everything the paper says, in the words to print (French): nothing is computed or decided here.

    `amends` says which minutes these are an addendum to, empty else. `jury_notes`, `own_words` (what the jury adds) and
    `removed` (what was taken off the agenda) are whole sentences. `signed_by_hand` stands where a scan is attached
    instead of signatures. `sealed` says what the seal is worth, empty for a paper that bears none. `draft` stands
    across each page, empty else. `dated` is the day of the sitting, as 2026-12-11.
    """

    title: str
    by: str
    by_line: str
    number_label: str
    number: str
    subtitle: str
    amends: str
    jury: list[MemberLine]
    jury_notes: list[str]
    items: list[MinutesItem]
    removed: list[str]
    own_words: list[str]
    signatures: list[MinutesSignature]
    signed_by_hand: str
    sealed: str
    footer: str
    draft: str
    dated: str


def draw_minutes(paper: MinutesPaper) -> bytes:
    """As PDF/A-2a. The same words give the same bytes. `ValueError` when a part is missing."""
    return typeset_paper("minutes.typ", paper, MinutesPaper.__required_keys__)


async def minutes_pdf(paper: MinutesPaper) -> bytes:
    """The same, outside the event loop."""
    return await asyncio.to_thread(draw_minutes, paper)
