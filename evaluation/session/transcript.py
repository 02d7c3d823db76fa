"""What is read off the papers of a hearing that was held on paper: the values alone, and where their words are (X13).

Whatever was written out stands apart, each under the name of its place (`said`).
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from evaluation.grading import Mark
from evaluation.people import SeatId, Words
from evaluation.session.measured import IdentityDocument
from evaluation.session.terms import Advice, IdentityFinding

IDENTITY, GATES, EARLY, DISPUTE = "identity", "gates", "early", "dispute"
"""The places of words: what was seen of the document, why a gate was passed with a reservation, why the questions
ended early, what the jury does not agree on."""


def mark_place(juror: SeatId, competency: str) -> str:
    return f"mark/{juror}/{competency}"


def advice_place(block: str) -> str:
    return f"advice/{block}"


def incident_place(number: int) -> str:
    return f"incident/{number}"


def refusal_place(juror: SeatId) -> str:
    return f"refusal/{juror}"


@dataclass(frozen=True)
class Hours:
    """When a phase began and ended (ms since 1970 UTC)."""

    began_at: int
    ended_at: int


@dataclass(frozen=True)
class PaperMark:
    mark: Mark
    not_shown: bool = False


@dataclass(frozen=True)
class PaperIdentity:
    """`seen` is the kind of document that was looked at."""

    finding: IdentityFinding
    course: Literal["proceed", "reserve"]
    seen: IdentityDocument | None = None


@dataclass(frozen=True)
class PaperIncident:
    kind: str
    suspected_fraud: bool
    phase: Literal["welcome", "presentation", "questions"]


@dataclass(frozen=True)
class Transcript:
    """`recommendations` by block, the whole certification under ``""``. `refused` are the jurors who refused to sign.
    """

    president: SeatId
    prevention: Literal["acknowledged", "waived"]
    sheet: Literal["signed", "waived"]
    identity: PaperIdentity
    presentation: Hours
    questions: Hours
    grids: Mapping[SeatId, Mapping[str, PaperMark]]
    consensus: Mapping[str, Mark]
    disputed: tuple[str, ...]
    recommendations: Mapping[str, Advice]
    incidents: tuple[PaperIncident, ...] = ()
    refused: tuple[SeatId, ...] = ()


@dataclass(frozen=True)
class Transcribed:
    """A transcript as it was entered, and what the jurors say of it. `number` is the journal's position of its entry:
    a correction has another."""

    number: int
    at: int
    by: SeatId
    transcript: Transcript
    said: Mapping[str, Words]
    confirmed: Mapping[SeatId, int] = field(default_factory=dict[SeatId, int])
    """When each juror confirmed."""
    refused: Mapping[SeatId, Words] = field(default_factory=dict[SeatId, Words])
    """What each juror found wrong."""
    stands_at: int | None = None
    """When the last of the jurors confirmed: from then on it is the hearing's record."""
