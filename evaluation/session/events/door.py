"""Before the presentation: documents, the gates of identity, prevention and the sheet (R6.1 to R6.4)."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evaluation.people import HearingId, SeatId, Words
from evaluation.session.measured import (
    CheckFailure,
    CopyFlaw,
    Gesture,
    IdentityDocument,
    Picture,
    Side,
    SignalRow,
    Source,
)
from evaluation.session.terms import Course, DocumentKind, IdentityFinding


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
    """What the check at position `check` gave (R6.3): bands and whole numbers, pictures by their digests. `apart` is
    the row that was measured with the candidate's consent: outside the chain, with its pictures, so that it can be
    deleted."""

    hearing: HearingId
    check: int
    side: Side
    taken_at: int
    rows: tuple[SignalRow, ...]
    expiry: Words | None
    apart: Words | None = None
    apart_pictures: tuple[Picture, ...] = ()


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


DoorEvent = (
    DocumentSupplied | CopyExamined | CopyAccepted | FaceConsentAnswered | FaceConsentWithdrawn
    | PreventionAcknowledged | PreventionRefused | WaitingRoomEntered | CalledIn | IdentityCheckAsked
    | IdentityCheckEnded | GestureAsked | SignalsMeasured | IdentityCheckFailed | IdentityOpinionGiven
    | IdentityDecided | ReminderChecked | SheetSigned | SheetRefused | RefusalDecided | NoShowRecorded
)
