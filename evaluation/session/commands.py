"""What somebody in a seat asks for, all topics together. One dataclass per act; `hearing` names the candidate's
examination it is about.

A command never carries the time or who sends it: the server knows both. Words arrive as `Words`: the server has put
the text away, encrypted, before the rules see its reference.
"""
from __future__ import annotations

from evaluation.session.accusations import DropAccusation
from evaluation.session.adding import AddHearing
from evaluation.session.adjusted import TakeAdjustment
from evaluation.session.admitting import NoteAdmission
from evaluation.session.agreement import ReviewAgreement
from evaluation.session.announcements import AnnounceTime
from evaluation.session.answering import AnswerAppointment
from evaluation.session.attendance import Join, Leave, RenewLink, TakeOverSeat
from evaluation.session.attendees import (
    AddAid,
    AddObserver,
    ChangeMode,
    DismissDeputy,
    NameDeputy,
    NamePlace,
    RemoveAid,
    RemoveObserver,
)
from evaluation.session.brief import AnswerBrief, PublishBrief, RecordShorterDelay, WriteBrief
from evaluation.session.calling import CallIn, EnterWaitingRoom
from evaluation.session.captures import TakeCapture
from evaluation.session.common_incident import RecordCommonIncident
from evaluation.session.consensus import ConfirmConsensus, DeclareDispute, ProposeConsensus, WithdrawConfirmation
from evaluation.session.deliberation import OpenDeliberation, ResumeDeliberation, SuspendDeliberation
from evaluation.session.examination import DismissCandidate, StartPresentation, StartQuestions
from evaluation.session.face_consent import AnswerFaceConsent, WithdrawFaceConsent
from evaluation.session.fraud_script import DecideSuspicion, TellSanctions
from evaluation.session.freezing import AcceptLatePaper, FreezePapers, SetAsideDocument
from evaluation.session.giving_back import GiveBackTime
from evaluation.session.grids import ClearMark, CloseGrid, ReopenGrid, SetMark
from evaluation.session.helping import ReportProblem, SettleProblem, WriteToRoom
from evaluation.session.identity_check import (
    AskGesture,
    AskIdentityCheck,
    EndIdentityCheck,
    FailIdentityCheck,
    RecordSignals,
)
from evaluation.session.identity_copy import AcceptCopy, ExamineCopy
from evaluation.session.identity_decision import DecideIdentity, GiveIdentityOpinion
from evaluation.session.impartiality import DeclareImpartial
from evaluation.session.incidents import AddStatement, RecordIncident
from evaluation.session.interruptions import AdjournHearing, PostponeHearing, RestartAttempt
from evaluation.session.measures import (
    DeclineEnding,
    EndSeparation,
    ProposeEnding,
    SeparateCandidate,
    WarnCandidate,
)
from evaluation.session.moving_day import MoveDay
from evaluation.session.notes import CoverPoint, NoteExamined, WriteNote
from evaluation.session.notice_outcomes import (
    AcknowledgeNotice,
    AgreeToLateNotice,
    FollowUpNotice,
    NoticeArrived,
    NoticeFailed,
)
from evaluation.session.notices import Convene, GiveNotice, InformBody
from evaluation.session.on_paper import AttachScan, RecordOnPaper
from evaluation.session.on_site import SitApart, SitOnSite
from evaluation.session.pauses import PauseClock, ResumeClock
from evaluation.session.pieces import HandlePiece
from evaluation.session.planning import AppointJury, CloseSession, PlanSession
from evaluation.session.preparing import ConfirmRead
from evaluation.session.president import DesignatePresident
from evaluation.session.prevention import AcknowledgePrevention, RefusePrevention
from evaluation.session.prompting import RemindSeat
from evaluation.session.recommendation import Recommend
from evaluation.session.recusal import Recuse
from evaluation.session.refusal import DecideRefusal
from evaluation.session.reminder import CheckReminder
from evaluation.session.replacement import ReplaceJuror
from evaluation.session.scheduling import AgreeToMove, CancelHearing, MoveHearing, PutOffHearing, ReorderHearings
from evaluation.session.sheet import RefuseSheet, SignSheet
from evaluation.session.signatures import RefuseSignature, SignDeliberation
from evaluation.session.stopping import RecordNoShow, StopHearing
from evaluation.session.supplied_documents import SupplyDocument
from evaluation.session.suspicion_answers import AnswerSuspicion, DeclineAnswer, RecordUnanswered
from evaluation.session.transcribing import ConfirmTranscript, EnterTranscript, RefuseTranscript
from evaluation.session.trying_out import RecordTryOut
from evaluation.session.visibility import RequireVisible

Command = (
    DropAccusation | AnswerSuspicion | DeclineAnswer | RecordUnanswered | DecideSuspicion
    | PlanSession | AppointJury | AddHearing | CloseSession | ReplaceJuror | Recuse | DesignatePresident | Join | Leave
    | TakeOverSeat | RenewLink | SupplyDocument | ExamineCopy | AcceptCopy | AnswerFaceConsent | WithdrawFaceConsent
    | AskIdentityCheck | EndIdentityCheck | AskGesture | RecordSignals | FailIdentityCheck | GiveIdentityOpinion
    | DecideIdentity | AcknowledgePrevention | RefusePrevention | EnterWaitingRoom | CallIn | CheckReminder
    | SignSheet | RefuseSheet | DecideRefusal | StartPresentation | StartQuestions | DismissCandidate | PauseClock
    | ResumeClock | GiveBackTime | AnnounceTime | AdjournHearing | RestartAttempt | PostponeHearing | StopHearing
    | RecordNoShow | RequireVisible | TakeCapture | SetMark | ClearMark | CloseGrid | ReopenGrid | CoverPoint
    | NoteExamined | WriteNote | RecordIncident | TellSanctions | AddStatement | ReportProblem | SettleProblem
    | WriteToRoom | OpenDeliberation | SuspendDeliberation | ResumeDeliberation | ProposeConsensus | ConfirmConsensus
    | WithdrawConfirmation | DeclareDispute | Recommend | SignDeliberation | RefuseSignature
    | ReviewAgreement | GiveNotice | Convene | InformBody | NoticeArrived | NoticeFailed | AcknowledgeNotice
    | FollowUpNotice | AgreeToLateNotice | RemindSeat
    | WriteBrief | AnswerBrief | PublishBrief | RecordShorterDelay | FreezePapers | AcceptLatePaper | SetAsideDocument
    | HandlePiece | TakeAdjustment | NoteAdmission
    | AnswerAppointment | DeclareImpartial | ConfirmRead | RecordTryOut
    | AddAid | AddObserver | ChangeMode | DismissDeputy | NameDeputy | NamePlace | RemoveAid | RemoveObserver
    | SitOnSite | SitApart | RecordOnPaper | AttachScan | EnterTranscript | ConfirmTranscript | RefuseTranscript
    | RecordCommonIncident | DeclineEnding | EndSeparation | ProposeEnding | SeparateCandidate | WarnCandidate
    | AgreeToMove | CancelHearing | MoveDay | MoveHearing | PutOffHearing | ReorderHearings
)

__all__ = [
    "AcceptCopy",
    "AcceptLatePaper",
    "AcknowledgeNotice",
    "AcknowledgePrevention",
    "AddAid",
    "AddHearing",
    "AddObserver",
    "AddStatement",
    "AdjournHearing",
    "AgreeToLateNotice",
    "AgreeToMove",
    "AnnounceTime",
    "AnswerAppointment",
    "AnswerBrief",
    "AnswerFaceConsent",
    "AnswerSuspicion",
    "AppointJury",
    "AskGesture",
    "AskIdentityCheck",
    "AttachScan",
    "CallIn",
    "CancelHearing",
    "ChangeMode",
    "CheckReminder",
    "ClearMark",
    "CloseGrid",
    "CloseSession",
    "Command",
    "ConfirmConsensus",
    "ConfirmRead",
    "ConfirmTranscript",
    "Convene",
    "CoverPoint",
    "DecideIdentity",
    "DecideRefusal",
    "DecideSuspicion",
    "DeclareDispute",
    "DeclareImpartial",
    "DeclineAnswer",
    "DeclineEnding",
    "DesignatePresident",
    "DismissCandidate",
    "DismissDeputy",
    "DropAccusation",
    "EndIdentityCheck",
    "EndSeparation",
    "EnterTranscript",
    "EnterWaitingRoom",
    "ExamineCopy",
    "FailIdentityCheck",
    "FollowUpNotice",
    "FreezePapers",
    "GiveBackTime",
    "GiveIdentityOpinion",
    "GiveNotice",
    "HandlePiece",
    "InformBody",
    "Join",
    "Leave",
    "MoveDay",
    "MoveHearing",
    "NameDeputy",
    "NamePlace",
    "NoteAdmission",
    "NoteExamined",
    "NoticeArrived",
    "NoticeFailed",
    "OpenDeliberation",
    "PauseClock",
    "PlanSession",
    "PostponeHearing",
    "ProposeConsensus",
    "ProposeEnding",
    "PublishBrief",
    "PutOffHearing",
    "Recommend",
    "RecordCommonIncident",
    "RecordIncident",
    "RecordNoShow",
    "RecordOnPaper",
    "RecordShorterDelay",
    "RecordSignals",
    "RecordTryOut",
    "RecordUnanswered",
    "Recuse",
    "RefusePrevention",
    "RefuseSheet",
    "RefuseSignature",
    "RefuseTranscript",
    "RemindSeat",
    "RemoveAid",
    "RemoveObserver",
    "RenewLink",
    "ReopenGrid",
    "ReorderHearings",
    "ReplaceJuror",
    "ReportProblem",
    "RequireVisible",
    "RestartAttempt",
    "ResumeClock",
    "ResumeDeliberation",
    "ReviewAgreement",
    "SeparateCandidate",
    "SetAsideDocument",
    "SetMark",
    "SettleProblem",
    "SignDeliberation",
    "SignSheet",
    "SitApart",
    "SitOnSite",
    "StartPresentation",
    "StartQuestions",
    "StopHearing",
    "SupplyDocument",
    "SuspendDeliberation",
    "TakeAdjustment",
    "TakeCapture",
    "TakeOverSeat",
    "TellSanctions",
    "WarnCandidate",
    "WithdrawConfirmation",
    "WithdrawFaceConsent",
    "WriteBrief",
    "WriteNote",
    "WriteToRoom",
]
