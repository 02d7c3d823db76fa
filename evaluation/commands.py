"""What somebody in a seat asks for. One dataclass per act; `hearing` names the candidate's examination it is about.

A command never carries the time or who sends it: the server knows both. Words arrive as `Words`: the server has put
the text away, encrypted, before the rules see its reference.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from evaluation.codec import Catalogue
from evaluation.grading import Mark
from evaluation.people import HearingId, PersonId, Seat, SeatId, Words
from evaluation.signals import CheckFailure, CopyFlaw, Gesture, IdentityDocument, Side, SignalRow, Source

Gate = Literal["identity", "prevention", "sheet"]
"""What the candidate must pass before the presentation: the check at the camera, the fraud message, the sheet."""
IdentityFinding = Literal["conform", "doubtful", "not_conform", "refused", "no_document", "no_copy"]
Course = Literal["proceed", "retry", "reserve", "stop"]
"""What the president decides at a gate: go on, try again, go on with a reservation, stop (R6.3)."""
DocumentKind = Literal["portfolio_a", "portfolio_b", "piece", "formative", "brief", "identity_front", "identity_back"]
IncidentKind = Literal["technical", "identity", "conduct", "health", "own_work", "outside_help", "other"]
PauseCause = Literal["technical", "other"]
Advice = Literal["award", "partial", "refuse"]


# Planning the day -----------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class PlanSession:
    """R1.1: the session keeps the framework it began with, whole. `date` is YYYY-MM-DD in Paris."""

    session: str
    framework: dict[str, object]
    date: str
    organizer: Seat
    observers: tuple[Seat, ...] = ()
    observers_in_deliberation: bool = True


@dataclass(frozen=True)
class AppointJury:
    """R1.2: by the commission or its recorded delegate (`appointed_by`)."""

    jurors: tuple[Seat, ...]
    appointed_by: PersonId


@dataclass(frozen=True)
class ReplaceJuror:
    """R1.2: a substitute of the same category, for the whole day or (`seat.hearing`) for one hearing."""

    replaced: SeatId
    seat: Seat
    appointed_by: PersonId


@dataclass(frozen=True)
class AddHearing:
    """One candidate on the day's list. `blocks` are the blocks sought, `kept_blocks` those gained before (X8).

    `starts_at` is in ms since the epoch, `extra_seconds` lengthens phases by name (R10.1), `trained_by` names the
    trainers who trained this candidate (R1.2).
    """

    hearing: HearingId
    candidate: Seat
    starts_at: int
    blocks: tuple[str, ...]
    kept_blocks: tuple[str, ...] = ()
    trained_by: tuple[PersonId, ...] = ()
    extra_seconds: dict[str, int] | None = None
    aids: tuple[Seat, ...] = ()


@dataclass(frozen=True)
class CloseSession:
    """The day is over: links end (X11)."""


# Presence and help ----------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Join:
    """The seat's page is open. Written by the server, as is Leave."""

    seat: SeatId


@dataclass(frozen=True)
class Leave:
    seat: SeatId


@dataclass(frozen=True)
class TakeOverSeat:
    """X11: a second browser took the seat with the mailed code. Written by the server."""

    seat: SeatId


@dataclass(frozen=True)
class ReportProblem:
    """Any seat calls the organizer."""

    words: Words


@dataclass(frozen=True)
class SettleProblem:
    problem: int
    """Position of the report in the journal."""


@dataclass(frozen=True)
class WriteToRoom:
    """The organizer writes to everybody in the room."""

    words: Words


# The jury --------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class DesignatePresident:
    """R3.1: one juror's choice; two of the three make it so."""

    choice: SeatId


@dataclass(frozen=True)
class Recuse:
    """R1.4, X7: a juror declares that they take no part for this candidate."""

    hearing: HearingId
    words: Words | None = None


# The candidate before and at the gates ---------------------------------------------------------------------------

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
    """R6.3: what the check at position `check` gave. Written by the server; `expiry` is the date as printed."""

    hearing: HearingId
    check: int
    taken_at: int
    rows: tuple[SignalRow, ...]
    expiry: Words | None = None


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


# The examination -------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class StartPresentation:
    hearing: HearingId


@dataclass(frozen=True)
class StartQuestions:
    hearing: HearingId


@dataclass(frozen=True)
class DismissCandidate:
    """R6.7. Under the questions' floor a reason is needed (R3.4, X7)."""

    hearing: HearingId
    words: Words | None = None


@dataclass(frozen=True)
class PauseClock:
    hearing: HearingId
    cause: PauseCause
    words: Words | None = None


@dataclass(frozen=True)
class ResumeClock:
    hearing: HearingId


@dataclass(frozen=True)
class GiveBackTime:
    """X9: time lost before the pause, given back."""

    hearing: HearingId
    seconds: int
    words: Words | None = None


@dataclass(frozen=True)
class AnnounceTime:
    """A phase's end approaches; written by the clockwork once per phase and mark."""

    hearing: HearingId
    phase: str
    remaining: int


@dataclass(frozen=True)
class AdjournHearing:
    """Interrupted, to go on another day: marks and elapsed time kept, identity and sheet anew."""

    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class RestartAttempt:
    """X9: start again; the attempt so far does not count."""

    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class PostponeHearing:
    """X9: another day; the attempt so far does not count."""

    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class StopHearing:
    hearing: HearingId
    words: Words


@dataclass(frozen=True)
class RequireVisible:
    """R6.4: the jury's demand that the candidate stays visible."""

    hearing: HearingId
    required: bool


@dataclass(frozen=True)
class CoverPoint:
    """R3.3: a juror ticks one of the presentation's points on their own list."""

    hearing: HearingId
    point: int
    covered: bool


@dataclass(frozen=True)
class NoteExamined:
    """R3.4: a juror notes that the jury has examined this competency."""

    hearing: HearingId
    competency: str
    examined: bool


@dataclass(frozen=True)
class WriteNote:
    """A juror's private notes, replaced whole."""

    hearing: HearingId
    words: Words | None


@dataclass(frozen=True)
class TakeCapture:
    """One frame the server decoded from the live stream; the picture lies encrypted outside the journal."""

    hearing: HearingId
    capture: str
    seat: SeatId
    source: str
    digest: str


# Incidents -------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class RecordIncident:
    """R6.5, R7.1: phase, clock and author are filled in. `suspected_fraud` until a person has decided."""

    hearing: HearingId
    kind: IncidentKind
    suspected_fraud: bool
    words: Words
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class TellSanctions:
    """R6.5: the sanctions incurred are shown to the candidate."""

    hearing: HearingId
    incident: int


@dataclass(frozen=True)
class AddStatement:
    """X9: how the candidate saw it, in their own words."""

    hearing: HearingId
    words: Words


# Grids -----------------------------------------------------------------------------------------------------------

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


# Deliberation ----------------------------------------------------------------------------------------------------

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


Command = (
    PlanSession | AppointJury | ReplaceJuror | AddHearing | CloseSession
    | Join | Leave | TakeOverSeat | ReportProblem | SettleProblem | WriteToRoom
    | DesignatePresident | Recuse
    | SupplyDocument | ExamineCopy | AcceptCopy
    | AnswerFaceConsent | WithdrawFaceConsent | AskIdentityCheck | EndIdentityCheck | AskGesture | RecordSignals
    | FailIdentityCheck | AcknowledgePrevention | RefusePrevention | EnterWaitingRoom | CallIn
    | GiveIdentityOpinion | DecideIdentity | CheckReminder | SignSheet | RefuseSheet | DecideRefusal | RecordNoShow
    | StartPresentation | StartQuestions | DismissCandidate | PauseClock | ResumeClock | GiveBackTime | AnnounceTime
    | AdjournHearing | RestartAttempt | PostponeHearing | StopHearing | RequireVisible
    | CoverPoint | NoteExamined | WriteNote | TakeCapture
    | RecordIncident | TellSanctions | AddStatement
    | SetMark | ClearMark | CloseGrid | ReopenGrid
    | OpenDeliberation | ProposeConsensus | ConfirmConsensus | WithdrawConfirmation | DeclareDispute
    | SuspendDeliberation | ResumeDeliberation | Recommend | SignDeliberation | RefuseSignature
)
COMMANDS: Catalogue[Command] = Catalogue[Command].of(*get_args(Command))
