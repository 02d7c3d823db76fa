"""What happened, as the journal keeps it: ids, numbers and keyed digests, never a name or a word (X1)."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from evaluation.codec import Catalogue
from evaluation.commands import (
    Advice,
    Course,
    DocumentKind,
    IdentityFinding,
    IncidentKind,
    PauseCause,
)
from evaluation.grading import Mark
from evaluation.people import HearingId, PersonId, Seat, SeatId, Words
from evaluation.signals import CheckFailure, CopyFlaw, Gesture, IdentityDocument, Side, SignalRow, Source

# The day ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SessionPlanned:
    session: str
    framework: dict[str, object]
    date: str
    organizer: Seat
    observers: tuple[Seat, ...]
    observers_in_deliberation: bool


@dataclass(frozen=True)
class JuryAppointed:
    jurors: tuple[Seat, ...]
    appointed_by: PersonId


@dataclass(frozen=True)
class JurorReplaced:
    replaced: SeatId
    seat: Seat
    appointed_by: PersonId


@dataclass(frozen=True)
class HearingAdded:
    hearing: HearingId
    candidate: Seat
    starts_at: int
    blocks: tuple[str, ...]
    kept_blocks: tuple[str, ...]
    trained_by: tuple[PersonId, ...]
    extra_seconds: dict[str, int]
    aids: tuple[Seat, ...]


@dataclass(frozen=True)
class SessionClosed:
    pass


@dataclass(frozen=True)
class SeatJoined:
    seat: SeatId


@dataclass(frozen=True)
class SeatLeft:
    seat: SeatId


@dataclass(frozen=True)
class SeatTakenOver:
    seat: SeatId


@dataclass(frozen=True)
class ProblemReported:
    words: Words


@dataclass(frozen=True)
class ProblemSettled:
    problem: int


@dataclass(frozen=True)
class RoomMessageWritten:
    words: Words


@dataclass(frozen=True)
class PresidentChosen:
    """One juror's choice. `hearing` where the choice is for one hearing only (the day's president is recused)."""

    choice: SeatId
    hearing: HearingId | None


@dataclass(frozen=True)
class PresidentDesignated:
    president: SeatId
    hearing: HearingId | None


@dataclass(frozen=True)
class JurorRecused:
    hearing: HearingId
    juror: SeatId
    words: Words | None


# At the door -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DocumentSupplied:
    hearing: HearingId
    document: str
    kind: DocumentKind
    digest: str
    pages: int
    identity: IdentityDocument | None = None


@dataclass(frozen=True)
class CopyExamined:
    hearing: HearingId
    document: str
    flaws: tuple[CopyFlaw, ...]


@dataclass(frozen=True)
class CopyAccepted:
    hearing: HearingId
    document: str


@dataclass(frozen=True)
class FaceConsentAnswered:
    hearing: HearingId
    agreed: bool
    wording: str


@dataclass(frozen=True)
class FaceConsentWithdrawn:
    hearing: HearingId


@dataclass(frozen=True)
class PreventionAcknowledged:
    hearing: HearingId
    wording: str


@dataclass(frozen=True)
class PreventionRefused:
    hearing: HearingId


@dataclass(frozen=True)
class WaitingRoomEntered:
    hearing: HearingId


@dataclass(frozen=True)
class CalledIn:
    hearing: HearingId


@dataclass(frozen=True)
class IdentityCheckAsked:
    hearing: HearingId
    side: Side
    source: Source


@dataclass(frozen=True)
class IdentityCheckEnded:
    hearing: HearingId


@dataclass(frozen=True)
class GestureAsked:
    hearing: HearingId
    gesture: Gesture | None


@dataclass(frozen=True)
class SignalsMeasured:
    """What the check at position `check` gave (R6.3): bands and whole numbers, pictures by their digests."""

    hearing: HearingId
    check: int
    side: Side
    taken_at: int
    rows: tuple[SignalRow, ...]
    expiry: Words | None


@dataclass(frozen=True)
class IdentityCheckFailed:
    hearing: HearingId
    check: int
    why: CheckFailure


@dataclass(frozen=True)
class IdentityOpinionGiven:
    hearing: HearingId
    conform: bool
    words: Words | None


@dataclass(frozen=True)
class IdentityDecided:
    """`dissent` names the jurors whose opinion was another. `digests` are those of the pictures in `evidence`, one for
    one, `copies` those of the copies compared with."""

    hearing: HearingId
    finding: IdentityFinding
    course: Course
    words: Words | None
    evidence: tuple[str, ...]
    dissent: tuple[SeatId, ...]
    digests: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReminderChecked:
    hearing: HearingId
    point: int
    said: bool


@dataclass(frozen=True)
class SheetSigned:
    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class SheetRefused:
    hearing: HearingId


@dataclass(frozen=True)
class RefusalDecided:
    hearing: HearingId
    gate: Literal["prevention", "sheet"]
    course: Course
    words: Words


@dataclass(frozen=True)
class NoShowRecorded:
    hearing: HearingId
    words: Words | None


# The examination -------------------------------------------------------------------------------------------------


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


# Incidents -------------------------------------------------------------------------------------------------------


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


# Grids and deliberation ------------------------------------------------------------------------------------------


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

    `marks` are the agreed ones, `result` what they compute (`grading.Result.to_data`): `verify` computes it again.
    """

    hearing: HearingId
    marks: dict[str, Mark]
    result: dict[str, object]
    disputed: bool


Event = (
    SessionPlanned | JuryAppointed | JurorReplaced | HearingAdded | SessionClosed
    | SeatJoined | SeatLeft | SeatTakenOver | ProblemReported | ProblemSettled | RoomMessageWritten
    | PresidentChosen | PresidentDesignated | JurorRecused
    | DocumentSupplied | CopyExamined | CopyAccepted | FaceConsentAnswered | FaceConsentWithdrawn
    | IdentityCheckAsked | IdentityCheckEnded | GestureAsked | SignalsMeasured | IdentityCheckFailed
    | PreventionAcknowledged | PreventionRefused | WaitingRoomEntered | CalledIn
    | IdentityOpinionGiven | IdentityDecided | ReminderChecked | SheetSigned | SheetRefused | RefusalDecided
    | NoShowRecorded | PhaseStarted | PhaseEnded | ClockPaused | ClockResumed | TimeGivenBack | TimeAnnounced
    | CandidateDismissed | HearingAdjourned | AttemptVoided | HearingStopped | VisibilityRequired
    | PointCovered | ExaminedNoted | NoteWritten | CaptureTaken
    | IncidentRecorded | SanctionsTold | StatementAdded
    | MarkSet | MarkCleared | GridClosed | GridReopened
    | DeliberationOpened | ConsensusProposed | ConsensusConfirmed | ConfirmationWithdrawn | DisputeDeclared
    | DeliberationSuspended | DeliberationResumed | Recommended | DeliberationSigned | SignatureRefused
    | HearingClosed
)
EVENTS: Catalogue[Event] = Catalogue[Event].of(*get_args(Event))
