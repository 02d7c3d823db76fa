"""Before the presentation: documents, the gates of identity, prevention and the sheet (R6.1 to R6.4)."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evaluation.people import HearingId, Words
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
class SupplyDocument:
    """A file was taken in; the file itself lies encrypted outside the journal under `document`. `identity` says which
    kind of identity document a copy is of (R6.2)."""

    hearing: HearingId
    document: str
    kind: DocumentKind
    digest: str
    pages: int
    identity: IdentityDocument | None = None


@dataclass(frozen=True)
class ExamineCopy:
    """R6.2: what a machine saw on a supplied copy. Written by the server."""

    hearing: HearingId
    document: str
    flaws: tuple[CopyFlaw, ...]


@dataclass(frozen=True)
class AcceptCopy:
    """R6.2: a person looked at the copy and takes it as it is, whatever a machine made of it."""

    hearing: HearingId
    document: str


@dataclass(frozen=True)
class AcknowledgePrevention:
    """R6.1: kept with its time and the wording shown (`wording`: digest of the text)."""

    hearing: HearingId
    wording: str


@dataclass(frozen=True)
class RefusePrevention:
    hearing: HearingId


@dataclass(frozen=True)
class EnterWaitingRoom:
    """The candidate has tried camera and microphone and is ready to be called."""

    hearing: HearingId


@dataclass(frozen=True)
class CallIn:
    """R3.2: the president calls the candidate in. Also resumes an adjourned or postponed hearing."""

    hearing: HearingId


@dataclass(frozen=True)
class AnswerFaceConsent:
    """X1: the candidate's separate yes or no to comparing faces. `wording`: digest of the text shown."""

    hearing: HearingId
    agreed: bool
    wording: str


@dataclass(frozen=True)
class WithdrawFaceConsent:
    """X1: at any time, at no cost."""

    hearing: HearingId


@dataclass(frozen=True)
class AskIdentityCheck:
    """R6.3: a juror asks to see one side of the document; a second asking ends the first."""

    hearing: HearingId
    side: Side
    source: Source = "main"


@dataclass(frozen=True)
class EndIdentityCheck:
    hearing: HearingId


@dataclass(frozen=True)
class AskGesture:
    """R6.3: a movement the candidate is asked for; None: no longer."""

    hearing: HearingId
    gesture: Gesture | None


@dataclass(frozen=True)
class RecordSignals:
    """R6.3: what the check at position `check` gave. Written by the server; `expiry` is the date as printed;
    `apart` the row of faces compared, as JSON (`evaluation.signals.SignalRow`), with its pictures."""

    hearing: HearingId
    check: int
    taken_at: int
    rows: tuple[SignalRow, ...]
    expiry: Words | None = None
    apart: Words | None = None
    apart_pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class FailIdentityCheck:
    """The check at position `check` gave nothing, through nobody's fault. Written by the server."""

    hearing: HearingId
    check: int
    why: CheckFailure


@dataclass(frozen=True)
class GiveIdentityOpinion:
    """R6.3: what one juror says before the president decides."""

    hearing: HearingId
    conform: bool
    words: Words | None = None


@dataclass(frozen=True)
class DecideIdentity:
    """R6.3: the president's decision. Anything but `conform` is an incident, and needs words. `evidence` names
    pictures; those of the newest check are quoted by themselves."""

    hearing: HearingId
    finding: IdentityFinding
    course: Course
    words: Words | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckReminder:
    """R3.2: one of the points of the reminder has been said."""

    hearing: HearingId
    point: int
    said: bool


@dataclass(frozen=True)
class SignSheet:
    """R3.2: the attendance sheet, signed on the candidate's screen (typed name or drawn path, as words)."""

    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class RefuseSheet:
    hearing: HearingId


@dataclass(frozen=True)
class DecideRefusal:
    """R6.3: what follows when the candidate refuses to sign the sheet or to acknowledge the message."""

    hearing: HearingId
    gate: Literal["prevention", "sheet"]
    course: Course
    words: Words


@dataclass(frozen=True)
class RecordNoShow:
    hearing: HearingId
    words: Words | None = None


DoorCommand = (
    SupplyDocument | ExamineCopy | AcceptCopy | AcknowledgePrevention | RefusePrevention | EnterWaitingRoom | CallIn
    | AnswerFaceConsent | WithdrawFaceConsent | AskIdentityCheck | EndIdentityCheck | AskGesture | RecordSignals
    | FailIdentityCheck | GiveIdentityOpinion | DecideIdentity | CheckReminder | SignSheet | RefuseSheet
    | DecideRefusal | RecordNoShow
)
