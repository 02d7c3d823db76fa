"""Marks, the consensus and the signatures (R3.5 to R3.8, X7)."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.grading import Mark
from evaluation.people import HearingId, Words
from evaluation.session.terms import Advice


@dataclass(frozen=True)
class SetMark:
    """R5.1, R3.5: a juror's own mark. An NA needs words or `not_shown` before the grid closes (X7)."""

    hearing: HearingId
    competency: str
    mark: Mark
    words: Words | None = None
    not_shown: bool = False


@dataclass(frozen=True)
class ClearMark:
    hearing: HearingId
    competency: str


@dataclass(frozen=True)
class CloseGrid:
    hearing: HearingId


@dataclass(frozen=True)
class ReopenGrid:
    """Allowed until the deliberation opens."""

    hearing: HearingId


@dataclass(frozen=True)
class OpenDeliberation:
    hearing: HearingId


@dataclass(frozen=True)
class ProposeConsensus:
    """R3.6: the president proposes; a change clears the other confirmations of that competency."""

    hearing: HearingId
    marks: dict[str, Mark]


@dataclass(frozen=True)
class ConfirmConsensus:
    """R3.6: a juror confirms what they saw proposed: `marks` must be the proposals as they stand."""

    hearing: HearingId
    marks: dict[str, Mark]


@dataclass(frozen=True)
class WithdrawConfirmation:
    hearing: HearingId
    competency: str


@dataclass(frozen=True)
class DeclareDispute:
    """R3.6, R3.9: no consensus; these competencies go to the certification jury with each position."""

    hearing: HearingId
    competencies: tuple[str, ...]
    words: Words


@dataclass(frozen=True)
class SuspendDeliberation:
    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class ResumeDeliberation:
    hearing: HearingId


@dataclass(frozen=True)
class Recommend:
    """R3.8: for a block (`block`) or the whole (None). Other than computed needs words (X7)."""

    hearing: HearingId
    block: str | None
    advice: Advice
    words: Words | None = None


@dataclass(frozen=True)
class SignDeliberation:
    """X7: each of the three on their own screen, the president last."""

    hearing: HearingId


@dataclass(frozen=True)
class RefuseSignature:
    hearing: HearingId
    words: Words


DeliberationCommand = (
    SetMark | ClearMark | CloseGrid | ReopenGrid | OpenDeliberation | ProposeConsensus | ConfirmConsensus
    | WithdrawConfirmation | DeclareDispute | SuspendDeliberation | ResumeDeliberation | Recommend | SignDeliberation
    | RefuseSignature
)
