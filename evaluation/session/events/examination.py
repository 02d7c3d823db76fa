"""While the candidate is in the room: phases and clocks, notes, captures, incidents (R3.2 to R3.4, R6.5)."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.people import HearingId, SeatId, Words
from evaluation.session.terms import IncidentKind, PauseCause


@dataclass(frozen=True)
class PhaseStarted:
    """Seconds. Also written when an adjourned phase goes on: its clock then keeps what has elapsed."""

    hearing: HearingId
    phase: str
    floor: int
    ceiling: int
    extra: int


@dataclass(frozen=True)
class PhaseEnded:
    """Milliseconds. `overrun` past the ceiling is written down (R4.7); `early` is an end under the floor (R3.4)."""

    hearing: HearingId
    phase: str
    elapsed: int
    overrun: int
    early: bool
    words: Words | None


@dataclass(frozen=True)
class ClockPaused:
    hearing: HearingId
    cause: PauseCause
    words: Words | None


@dataclass(frozen=True)
class ClockResumed:
    hearing: HearingId


@dataclass(frozen=True)
class TimeGivenBack:
    hearing: HearingId
    seconds: int
    words: Words | None


@dataclass(frozen=True)
class TimeAnnounced:
    hearing: HearingId
    phase: str
    remaining: int


@dataclass(frozen=True)
class CandidateDismissed:
    """R6.7: `results_by` is the last day (YYYY-MM-DD) by which results come."""

    hearing: HearingId
    results_by: str


@dataclass(frozen=True)
class HearingAdjourned:
    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class AttemptVoided:
    """X9: what was done so far does not count. `postponed` to another day, else started again at once."""

    hearing: HearingId
    postponed: bool
    words: Words


@dataclass(frozen=True)
class HearingStopped:
    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class VisibilityRequired:
    hearing: HearingId
    required: bool


@dataclass(frozen=True)
class PointCovered:
    hearing: HearingId
    point: int
    covered: bool


@dataclass(frozen=True)
class ExaminedNoted:
    hearing: HearingId
    competency: str
    examined: bool


@dataclass(frozen=True)
class NoteWritten:
    hearing: HearingId
    words: Words | None


@dataclass(frozen=True)
class CaptureTaken:
    hearing: HearingId
    capture: str
    seat: SeatId
    source: str
    digest: str


@dataclass(frozen=True)
class IncidentRecorded:
    """`clock` is what had elapsed of `phase`, in ms, or None where no clock ran."""

    hearing: HearingId
    kind: IncidentKind
    suspected_fraud: bool
    phase: str
    clock: int | None
    words: Words | None
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class SanctionsTold:
    hearing: HearingId
    incident: int


@dataclass(frozen=True)
class StatementAdded:
    hearing: HearingId
    words: Words


ExaminationEvent = (
    PhaseStarted | PhaseEnded | ClockPaused | ClockResumed | TimeGivenBack | TimeAnnounced | CandidateDismissed
    | HearingAdjourned | AttemptVoided | HearingStopped | VisibilityRequired | PointCovered | ExaminedNoted
    | NoteWritten | CaptureTaken | IncidentRecorded | SanctionsTold | StatementAdded
)
