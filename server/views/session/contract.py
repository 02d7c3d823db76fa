"""The parts of a view as types: the Python side of `view.d.ts`, which `tests.checks.views` compares with it.

A type has the name of its interface there. What a page is told is added in both, or `make check` refuses.
"""

from __future__ import annotations

from typing import Any, TypedDict

from evaluation.grading import Mark
from evaluation.session.phases import Phase, Stage


class PhaseView(TypedDict):
    """A phase, and what a page asks about it."""

    phase: Phase
    stage: Stage
    timed: bool
    marking: bool


class Clock(TypedDict):
    """A phase's clock as it was read. Milliseconds."""

    phase: str
    read_at: int
    elapsed: int
    ceiling: int
    floor: int
    paused: bool
    paused_since: int | None
    given_back: int
    lost: int
    extra: int
    overrun: int
    announce: list[int]


class Act(TypedDict):
    """An act offered to a seat now."""

    command: str
    label: str
    allowed: bool
    why: str | None
    needs_words: bool
    warning: str | None
    fields: dict[str, Any]


class Happened(TypedDict):
    """What a live region reads out."""

    position: int
    at: int
    event: str
    words: str
    polite: bool


class OwnMark(TypedDict):
    """A juror's own mark."""

    mark: Mark
    words: str | None
    not_shown: bool
    at: int


class ConsensusRow(TypedDict):
    """One competency on the jury's table."""

    competency: str
    own: dict[str, OwnMark]
    differs: bool
    proposed: Mark | None
    confirmed: list[str]
    reached: bool
    disputed: bool
    dispute_words: str | None


class BlockOutcome(TypedDict):
    """A block's computed result."""

    code: str
    title: str
    validated: bool | None
    kept: bool
    acquired: int
    total: int
    reasons: list[str]


class OfferedAdvice(TypedDict):
    """A recommendation that may be made; one that departs from the computed result needs words (X7)."""

    advice: str
    departs: bool


class AdvicePlace(TypedDict):
    """What is recommended on: a block, or the whole certification (None)."""

    block: str | None
    advices: list[OfferedAdvice]


class IncidentView(TypedDict):
    """An incident of the record."""

    position: int
    at: int
    by: str
    phase_words: str
    clock: int | None
    kind: str
    kind_words: str
    suspected_fraud: bool
    words: str | None
    evidence: list[str]
    sanctions_told: bool
