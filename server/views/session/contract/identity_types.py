"""The identity check: the jury's side, the candidate's own, and the organizer's try-out."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from evaluation.people import SeatId
from evaluation.session.measured import Band, Consent, Gesture, IdentityDocument, Side, SignalName, Source
from evaluation.session.terms import CopyKind, Course, IdentityFinding


class CopyFinding(TypedDict):
    """One thing seen on a copy, and what to do about it."""

    side: Side
    code: str
    words: str
    to_do: str


class CopyQuality(TypedDict):
    """What was seen on a supplied copy."""

    looked: bool
    words: str
    findings: list[CopyFinding]


class DocumentView(TypedDict):
    """A supplied document. The last four are of a copy of an identity document alone."""

    id: str
    kind: str
    title: str
    pages: int
    supplied_at: int
    identity: NotRequired[IdentityDocument | None]
    quality: NotRequired[CopyQuality]
    accepted_by: NotRequired[str | None]
    decided: NotRequired[bool]


class CaptureView(TypedDict):
    """A picture that a juror took of the live stream."""

    id: str
    at: int
    seat: SeatId
    by: str


class SignalWords(TypedDict):
    """One signal in words, without its pictures."""

    name: SignalName
    title: str
    value: str
    band: Band
    band_words: str
    meaning: str
    to_do: str
    gesture: Gesture | None


class SignalRow(SignalWords):
    """One signal with what it was measured on."""

    copy: str | None
    live: str | None


class Signals(TypedDict):
    """What one check gave."""

    position: int
    at: int
    taken_at: int
    side: Side
    rows: list[SignalRow]


class IdentityCheck(TypedDict):
    """A check under way, for the jury."""

    side: Side
    source: Source
    by: str
    at: int
    words: str


class AskedCheck(TypedDict):
    """A check under way, for the candidate."""

    side: Side
    source: Source
    at: int
    words: str
    advice: str


class SideWords(TypedDict):
    """A side of a document."""

    side: Side
    words: str


class GestureWords(TypedDict):
    """A gesture that can be asked for."""

    gesture: Gesture
    words: str


class OpinionView(TypedDict):
    """A juror's opinion on the identity."""

    seat: SeatId
    name: str
    conform: bool
    words: str | None


class SaidAt(TypedDict):
    """Something to tell, and since when it holds."""

    at: int
    words: str


class KindOfDocument(TypedDict):
    """A kind of identity document, and what it is called."""

    identity: IdentityDocument
    words: str


class FindingChoice(TypedDict):
    """What the president may find, what may follow from it, and whether that is explained in words (R6.3)."""

    finding: IdentityFinding
    courses: list[Course]
    needs_words: bool


class IdentityView(TypedDict):
    """The identity check for the jury and the organizer (R6.3)."""

    state: Literal["undecided", "decided"]
    finding: IdentityFinding | None
    course: Course | None
    decided_words: str | None
    words: str | None
    decided_at: int | None
    by: str | None
    opinions: list[OpinionView]
    dissent: list[str]
    waiting_for: list[str]
    copies: list[DocumentView]
    captures: list[CaptureView]
    sides: list[SideWords]
    gestures: list[GestureWords]
    check: IdentityCheck | None
    gesture: Gesture | None
    on_site: list[KindOfDocument]
    findings: list[FindingChoice]
    failure: SaidAt | None
    renewed: SaidAt | None
    signals: Signals | None


class WantedSide(TypedDict):
    """A side that the candidate has to supply; `lines`: it carries the lines read by machines."""

    side: Side
    kind: CopyKind
    words: str
    lines: bool


class AcceptedKind(TypedDict):
    """A kind of identity document that the certification accepts."""

    identity: IdentityDocument
    words: str
    sides: list[WantedSide]


class FaceConsent(TypedDict):
    """The separate yes or no to a comparison of faces (X1)."""

    state: Consent
    text: list[str]
    question: str
    yes: str
    no: str
    withdraw: str
    over: bool


class CandidateIdentity(TypedDict):
    """The candidate's own side of the check; for everybody else without rights, whether it is decided."""

    state: Literal["undecided", "decided"]
    copies: NotRequired[list[DocumentView]]
    kinds: NotRequired[list[AcceptedKind]]
    consent: NotRequired[FaceConsent]
    check: NotRequired[AskedCheck | None]
    gesture: NotRequired[GestureWords | None]


class Tried(TypedDict):
    """What the organizer's try-out measured."""

    quality: CopyQuality
    rows: list[SignalRow]


class TryOut(Tried):
    """The same, with how long it took."""

    seconds: float
