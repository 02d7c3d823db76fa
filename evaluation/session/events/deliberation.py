"""Marks, the consensus and the signatures (R3.5 to R3.8, X7)."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.grading import Mark, Result
from evaluation.people import HearingId, SeatId, Words
from evaluation.session.terms import Advice


@dataclass(frozen=True)
class MarkSet:
    hearing: HearingId
    competency: str
    mark: Mark
    words: Words | None
    not_shown: bool


@dataclass(frozen=True)
class MarkCleared:
    hearing: HearingId
    competency: str


@dataclass(frozen=True)
class GridClosed:
    hearing: HearingId


@dataclass(frozen=True)
class GridReopened:
    hearing: HearingId


@dataclass(frozen=True)
class DeliberationOpened:
    hearing: HearingId
    jurors: tuple[SeatId, ...]


@dataclass(frozen=True)
class ConsensusProposed:
    hearing: HearingId
    competency: str
    mark: Mark


@dataclass(frozen=True)
class ConsensusConfirmed:
    hearing: HearingId
    competency: str
    mark: Mark


@dataclass(frozen=True)
class ConfirmationWithdrawn:
    hearing: HearingId
    competency: str


@dataclass(frozen=True)
class DisputeDeclared:
    hearing: HearingId
    competencies: tuple[str, ...]
    words: Words


@dataclass(frozen=True)
class DeliberationSuspended:
    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class DeliberationResumed:
    hearing: HearingId


@dataclass(frozen=True)
class Recommended:
    """`departs` from what the marks compute (X7)."""

    hearing: HearingId
    block: str | None
    advice: Advice
    departs: bool
    words: Words | None


@dataclass(frozen=True)
class DeliberationSigned:
    hearing: HearingId


@dataclass(frozen=True)
class SignatureRefused:
    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class HearingClosed:
    """All three have signed or refused: the record goes to the certification jury (R3.8).

    `marks` are the agreed ones, `result` what they computed then, reasons included: it is what pages and papers show
    from now on. `verify` alone computes it again.
    """

    hearing: HearingId
    marks: dict[str, Mark]
    result: Result
    disputed: bool


DeliberationEvent = (
    MarkSet | MarkCleared | GridClosed | GridReopened | DeliberationOpened | ConsensusProposed | ConsensusConfirmed
    | ConfirmationWithdrawn | DisputeDeclared | DeliberationSuspended | DeliberationResumed | Recommended
    | DeliberationSigned | SignatureRefused | HearingClosed
)
