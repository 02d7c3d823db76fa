"""What happened, all topics together, as the journal keeps it: ids, numbers and keyed digests, never a name or a word
(X1)."""
from __future__ import annotations

from evaluation.session.accusations import AccusationDropped
from evaluation.session.adding import HearingAdded
from evaluation.session.adjusted import AdjustmentTaken
from evaluation.session.admitting import AdmissionNoted
from evaluation.session.agreement import AgreementLapsed, AgreementRestored
from evaluation.session.announcements import TimeAnnounced
from evaluation.session.answering import AppointmentAnswered
from evaluation.session.attendance import LinkRenewed, SeatJoined, SeatLeft, SeatTakenOver
from evaluation.session.attendees import (
    AidAdded,
    AidRemoved,
    DeputyDismissed,
    DeputyNamed,
    ModeChanged,
    ObserverAdded,
    ObserverRemoved,
    PlaceNamed,
)
from evaluation.session.brief import BriefAnswered, BriefPublished, BriefWritten, ShorterDelayRecorded
from evaluation.session.calling import CalledIn, WaitingRoomEntered
from evaluation.session.captures import CaptureTaken
from evaluation.session.consensus import ConfirmationWithdrawn, ConsensusConfirmed, ConsensusProposed, DisputeDeclared
from evaluation.session.deliberation import DeliberationOpened, DeliberationResumed, DeliberationSuspended
from evaluation.session.examination import CandidateDismissed, PhaseEnded, PhaseStarted
from evaluation.session.face_consent import FaceConsentAnswered, FaceConsentWithdrawn
from evaluation.session.fraud_script import SanctionsTold, SuspicionDecided
from evaluation.session.freezing import DocumentSetAside, LatePaperAccepted, PapersFrozen
from evaluation.session.giving_back import TimeGivenBack
from evaluation.session.grids import GridClosed, GridReopened, MarkCleared, MarkSet
from evaluation.session.helping import ProblemReported, ProblemSettled, RoomMessageWritten
from evaluation.session.identity_check import (
    GestureAsked,
    IdentityCheckAsked,
    IdentityCheckEnded,
    IdentityCheckFailed,
    SignalsMeasured,
)
from evaluation.session.identity_copy import CopyAccepted, CopyExamined
from evaluation.session.identity_decision import IdentityDecided, IdentityOpinionGiven
from evaluation.session.impartiality import ImpartialityDeclared
from evaluation.session.incidents import IncidentRecorded, StatementAdded
from evaluation.session.interruptions import AttemptVoided, HearingAdjourned
from evaluation.session.measures import (
    CandidateSeparated,
    CandidateWarned,
    EndingDeclined,
    EndingProposed,
    SeparationEnded,
)
from evaluation.session.moving_day import DayMoved
from evaluation.session.notes import ExaminedNoted, NoteWritten, PointCovered
from evaluation.session.notice_outcomes import (
    LateNoticeAgreed,
    NoticeAcknowledged,
    NoticeBounced,
    NoticeFollowedUp,
    NoticeTaken,
)
from evaluation.session.notices import BodyInformed, NoticeGiven, SeatConvened
from evaluation.session.on_paper import ScanAttached, SignedOnPaper
from evaluation.session.on_site import SatApart, SatOnSite
from evaluation.session.pauses import ClockPaused, ClockResumed
from evaluation.session.pieces import PieceWasHandled
from evaluation.session.planning import JuryAppointed, SessionClosed, SessionPlanned
from evaluation.session.preparing import ReadingConfirmed
from evaluation.session.president import PresidentChosen, PresidentDesignated
from evaluation.session.prevention import PreventionAcknowledged, PreventionRefused
from evaluation.session.prompting import SeatReminded
from evaluation.session.recommendation import Recommended
from evaluation.session.recusal import JurorRecused
from evaluation.session.refusal import RefusalDecided
from evaluation.session.reminder import ReminderChecked
from evaluation.session.replacement import JurorReplaced
from evaluation.session.scheduling import HearingCancelled, HearingMoved, MoveAgreedTo
from evaluation.session.sheet import SheetRefused, SheetSigned
from evaluation.session.signatures import DeliberationSigned, HearingClosed, SignatureRefused
from evaluation.session.stopping import HearingStopped, NoShowRecorded
from evaluation.session.supplied_documents import DocumentSupplied
from evaluation.session.suspicion_answers import AnswerDeclined, AnswerMissed, SuspicionAnswered
from evaluation.session.transcribing import (
    TranscriptConfirmed,
    TranscriptEntered,
    TranscriptRefused,
    TranscriptStood,
)
from evaluation.session.trying_out import TriedOut
from evaluation.session.visibility import VisibilityRequired

Event = (
    AccusationDropped
    | SessionPlanned | JuryAppointed | HearingAdded | SessionClosed | JurorReplaced | JurorRecused | PresidentChosen
    | PresidentDesignated | SeatJoined | SeatLeft | SeatTakenOver | LinkRenewed | DocumentSupplied | CopyExamined
    | CopyAccepted | FaceConsentAnswered | FaceConsentWithdrawn | IdentityCheckAsked | IdentityCheckEnded
    | GestureAsked | SignalsMeasured | IdentityCheckFailed | IdentityOpinionGiven | IdentityDecided
    | PreventionAcknowledged | PreventionRefused | WaitingRoomEntered | CalledIn | ReminderChecked | SheetSigned
    | SheetRefused | RefusalDecided | PhaseStarted | PhaseEnded | CandidateDismissed | ClockPaused | ClockResumed
    | TimeGivenBack | TimeAnnounced | HearingAdjourned | AttemptVoided | HearingStopped | NoShowRecorded
    | VisibilityRequired | CaptureTaken | MarkSet | MarkCleared | GridClosed | GridReopened | PointCovered
    | ExaminedNoted | NoteWritten | IncidentRecorded | SanctionsTold | StatementAdded
    | SuspicionAnswered | AnswerDeclined | AnswerMissed | SuspicionDecided | ProblemReported
    | ProblemSettled | RoomMessageWritten | DeliberationOpened | DeliberationSuspended | DeliberationResumed
    | ConsensusProposed | ConsensusConfirmed | ConfirmationWithdrawn | DisputeDeclared | Recommended
    | DeliberationSigned | SignatureRefused | HearingClosed | AgreementLapsed | AgreementRestored
    | NoticeGiven | SeatConvened | BodyInformed | NoticeTaken | NoticeBounced | NoticeAcknowledged | NoticeFollowedUp
    | LateNoticeAgreed | SeatReminded
    | BriefWritten | BriefAnswered | BriefPublished | ShorterDelayRecorded | PapersFrozen | LatePaperAccepted
    | DocumentSetAside | PieceWasHandled | AdjustmentTaken | AdmissionNoted
    | AppointmentAnswered | ImpartialityDeclared | ReadingConfirmed
    | DocumentSetAside | PieceWasHandled | AdjustmentTaken
    | DocumentSetAside | PieceWasHandled
    | AppointmentAnswered | ImpartialityDeclared | ReadingConfirmed | TriedOut
    | AidAdded | AidRemoved | DeputyDismissed | DeputyNamed | ModeChanged | ObserverAdded | ObserverRemoved
    | SatOnSite | SatApart | SignedOnPaper | ScanAttached
    | TranscriptEntered | TranscriptConfirmed | TranscriptRefused | TranscriptStood
    | CandidateSeparated | CandidateWarned | EndingDeclined | EndingProposed | SeparationEnded
    | PlaceNamed | DayMoved | HearingCancelled | HearingMoved | MoveAgreedTo
)

__all__ = [
    "AccusationDropped",
    "AdjustmentTaken",
    "AdmissionNoted",
    "AgreementLapsed",
    "AgreementRestored",
    "AidAdded",
    "AidRemoved",
    "AnswerDeclined",
    "AnswerMissed",
    "AppointmentAnswered",
    "AttemptVoided",
    "BodyInformed",
    "BriefAnswered",
    "BriefPublished",
    "BriefWritten",
    "CalledIn",
    "CandidateDismissed",
    "CandidateSeparated",
    "CandidateWarned",
    "CaptureTaken",
    "ClockPaused",
    "ClockResumed",
    "ConfirmationWithdrawn",
    "ConsensusConfirmed",
    "ConsensusProposed",
    "CopyAccepted",
    "CopyExamined",
    "DayMoved",
    "DeliberationOpened",
    "DeliberationResumed",
    "DeliberationSigned",
    "DeliberationSuspended",
    "DeputyDismissed",
    "DeputyNamed",
    "DisputeDeclared",
    "DocumentSetAside",
    "DocumentSupplied",
    "EndingDeclined",
    "EndingProposed",
    "Event",
    "ExaminedNoted",
    "FaceConsentAnswered",
    "FaceConsentWithdrawn",
    "GestureAsked",
    "GridClosed",
    "GridReopened",
    "HearingAdded",
    "HearingAdjourned",
    "HearingCancelled",
    "HearingClosed",
    "HearingMoved",
    "HearingStopped",
    "IdentityCheckAsked",
    "IdentityCheckEnded",
    "IdentityCheckFailed",
    "IdentityDecided",
    "IdentityOpinionGiven",
    "ImpartialityDeclared",
    "IncidentRecorded",
    "JurorRecused",
    "JurorReplaced",
    "JuryAppointed",
    "LateNoticeAgreed",
    "LatePaperAccepted",
    "LinkRenewed",
    "MarkCleared",
    "MarkSet",
    "ModeChanged",
    "MoveAgreedTo",
    "NoShowRecorded",
    "NoteWritten",
    "NoticeAcknowledged",
    "NoticeBounced",
    "NoticeFollowedUp",
    "NoticeGiven",
    "NoticeTaken",
    "ObserverAdded",
    "ObserverRemoved",
    "PapersFrozen",
    "PhaseEnded",
    "PhaseStarted",
    "PieceWasHandled",
    "PlaceNamed",
    "PointCovered",
    "PresidentChosen",
    "PresidentDesignated",
    "PreventionAcknowledged",
    "PreventionRefused",
    "ProblemReported",
    "ProblemSettled",
    "ReadingConfirmed",
    "Recommended",
    "RefusalDecided",
    "ReminderChecked",
    "RoomMessageWritten",
    "SanctionsTold",
    "SatApart",
    "SatOnSite",
    "ScanAttached",
    "SeatConvened",
    "SeatJoined",
    "SeatLeft",
    "SeatReminded",
    "SeatTakenOver",
    "SeparationEnded",
    "SessionClosed",
    "SessionPlanned",
    "SheetRefused",
    "SheetSigned",
    "ShorterDelayRecorded",
    "SignalsMeasured",
    "SignatureRefused",
    "SignedOnPaper",
    "StatementAdded",
    "SuspicionAnswered",
    "SuspicionDecided",
    "TimeAnnounced",
    "TimeGivenBack",
    "TranscriptConfirmed",
    "TranscriptEntered",
    "TranscriptRefused",
    "TranscriptStood",
    "TriedOut",
    "VisibilityRequired",
    "WaitingRoomEntered",
]
