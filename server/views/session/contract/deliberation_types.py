"""The jury's table: marks, consensus, results, recommendations, signatures."""

from __future__ import annotations

from typing import TypedDict

from evaluation.grading import Mark, Outcome
from evaluation.people import SeatId
from evaluation.session.terms import Advice
from server.views.session.contract.basic_types import Act


class OwnMark(TypedDict):
    """A juror's own mark."""

    mark: Mark
    words: str | None
    not_shown: bool
    at: int


class ConsensusRow(TypedDict):
    """One competency on the jury's table."""

    competency: str
    own: dict[SeatId, OwnMark]
    differs: bool
    proposed: Mark | None
    confirmed: list[SeatId]
    reached: bool
    disputed: bool
    dispute_words: str | None
    awaited: list[SeatId]
    may_withdraw: bool


class BlockOutcome(TypedDict):
    """A block's computed result."""

    code: str
    title: str
    validated: bool | None
    kept: bool
    acquired: int
    total: int
    reasons: list[str]


class ResultView(TypedDict):
    """What the marks agreed so far compute (R3.7)."""

    blocks: list[BlockOutcome]
    outcome: Outcome | None
    outcome_words: str
    complete: bool


class OfferedAdvice(TypedDict):
    """A recommendation that may be made; one that departs from the computed result needs words (X7)."""

    advice: Advice
    words: str
    departs: bool


class AdvicePlace(TypedDict):
    """What is recommended on: a block, or the whole certification (None)."""

    block: str | None
    advices: list[OfferedAdvice]


class RecommendationView(TypedDict):
    """A recommendation of the president's."""

    block: str | None
    advice: Advice
    advice_words: str
    words: str | None
    departs: bool


class SignatureView(TypedDict):
    """One juror's signature, refusal, or neither so far."""

    seat: SeatId
    name: str
    signed_at: int | None
    refused: bool
    refused_at: int | None
    words: str | None
    on_paper: bool


class MissingLine(TypedDict):
    """What is left to do, and where."""

    what: str
    anchor: str


class ToDo(TypedDict):
    """What one juror may do on the table now."""

    to_confirm: dict[str, Mark]
    to_propose: dict[str, Mark]
    to_dispute: list[str]
    advises: bool
    sign: Act | None


class Deliberation(ResultView, ToDo):
    """The jury's table, for the jurors who sit."""

    opened_at: int
    suspended: bool
    jurors: list[SeatId]
    rows: list[ConsensusRow]
    sought: list[str]
    settled: bool
    places: list[AdvicePlace]
    recommendations: list[RecommendationView]
    signatures: list[SignatureView]
    missing: list[MissingLine]
    frozen: bool
