"""What was asked, read back from what happened: the command whose decision begins with an event.

Every act leaves events that hold all it was decided on, so that `verify` can ask the rules again.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.commands import Command
from evaluation.session.events import Event
from evaluation.session.phases import Phase

BY_FIELDS: Mapping[type, type] = {
    e.SessionPlanned: c.PlanSession, e.JuryAppointed: c.AppointJury, e.JurorReplaced: c.ReplaceJuror,
    e.HearingAdded: c.AddHearing, e.AdjustmentTaken: c.TakeAdjustment, e.AdmissionNoted: c.NoteAdmission,
    e.SessionClosed: c.CloseSession,
    e.CandidateWarned: c.WarnCandidate, e.CandidateSeparated: c.SeparateCandidate,
    e.SeparationEnded: c.EndSeparation, e.EndingProposed: c.ProposeEnding, e.EndingDeclined: c.DeclineEnding,
    e.MoveAgreedTo: c.AgreeToMove, e.HearingMoved: c.MoveHearing, e.HearingCancelled: c.CancelHearing,
    e.DayMoved: c.MoveDay, e.AidAdded: c.AddAid, e.AidRemoved: c.RemoveAid, e.ObserverAdded: c.AddObserver,
    e.ObserverRemoved: c.RemoveObserver, e.DeputyNamed: c.NameDeputy, e.DeputyDismissed: c.DismissDeputy,
    e.ModeChanged: c.ChangeMode, e.PlaceNamed: c.NamePlace,
    e.SeatJoined: c.Join, e.SeatLeft: c.Leave, e.SeatTakenOver: c.TakeOverSeat,
    e.LinkRenewed: c.RenewLink,
    e.AgreementLapsed: c.ReviewAgreement, e.AgreementRestored: c.ReviewAgreement,
    e.ProblemReported: c.ReportProblem, e.ProblemSettled: c.SettleProblem, e.RoomMessageWritten: c.WriteToRoom,
    e.PresidentChosen: c.DesignatePresident, e.JurorRecused: c.Recuse,
    e.DocumentSupplied: c.SupplyDocument, e.CopyExamined: c.ExamineCopy, e.CopyAccepted: c.AcceptCopy,
    e.BriefWritten: c.WriteBrief, e.BriefAnswered: c.AnswerBrief, e.BriefPublished: c.PublishBrief,
    e.ShorterDelayRecorded: c.RecordShorterDelay, e.PapersFrozen: c.FreezePapers,
    e.LatePaperAccepted: c.AcceptLatePaper, e.DocumentSetAside: c.SetAsideDocument, e.PieceWasHandled: c.HandlePiece,
    e.AppointmentAnswered: c.AnswerAppointment, e.ImpartialityDeclared: c.DeclareImpartial,
    e.ReadingConfirmed: c.ConfirmRead, e.TriedOut: c.RecordTryOut,
    e.FaceConsentAnswered: c.AnswerFaceConsent, e.FaceConsentWithdrawn: c.WithdrawFaceConsent,
    e.IdentityCheckAsked: c.AskIdentityCheck, e.IdentityCheckEnded: c.EndIdentityCheck,
    e.GestureAsked: c.AskGesture, e.SignalsMeasured: c.RecordSignals, e.IdentityCheckFailed: c.FailIdentityCheck,
    e.PreventionAcknowledged: c.AcknowledgePrevention, e.PreventionRefused: c.RefusePrevention,
    e.WaitingRoomEntered: c.EnterWaitingRoom, e.CalledIn: c.CallIn,
    e.IdentityOpinionGiven: c.GiveIdentityOpinion, e.ReminderChecked: c.CheckReminder,
    e.SheetSigned: c.SignSheet, e.SheetRefused: c.RefuseSheet, e.RefusalDecided: c.DecideRefusal,
    e.NoShowRecorded: c.RecordNoShow, e.ClockPaused: c.PauseClock, e.ClockResumed: c.ResumeClock,
    e.TimeGivenBack: c.GiveBackTime, e.TimeAnnounced: c.AnnounceTime, e.HearingAdjourned: c.AdjournHearing,
    e.HearingStopped: c.StopHearing, e.VisibilityRequired: c.RequireVisible,
    e.PointCovered: c.CoverPoint, e.ExaminedNoted: c.NoteExamined, e.NoteWritten: c.WriteNote,
    e.CaptureTaken: c.TakeCapture,
    e.SatOnSite: c.SitOnSite, e.SatApart: c.SitApart, e.SignedOnPaper: c.RecordOnPaper, e.ScanAttached: c.AttachScan,
    e.TranscriptEntered: c.EnterTranscript, e.TranscriptConfirmed: c.ConfirmTranscript,
    e.TranscriptRefused: c.RefuseTranscript,
    e.AccusationDropped: c.DropAccusation,
    e.IncidentRecorded: c.RecordIncident, e.SanctionsTold: c.TellSanctions, e.StatementAdded: c.AddStatement,
    e.SuspicionAnswered: c.AnswerSuspicion, e.AnswerDeclined: c.DeclineAnswer, e.AnswerMissed: c.RecordUnanswered,
    e.SuspicionDecided: c.DecideSuspicion,
    e.MarkSet: c.SetMark, e.MarkCleared: c.ClearMark, e.GridClosed: c.CloseGrid, e.GridReopened: c.ReopenGrid,
    e.DeliberationOpened: c.OpenDeliberation, e.ConfirmationWithdrawn: c.WithdrawConfirmation,
    e.DisputeDeclared: c.DeclareDispute, e.DeliberationSuspended: c.SuspendDeliberation,
    e.DeliberationResumed: c.ResumeDeliberation, e.Recommended: c.Recommend,
    e.NoticeGiven: c.GiveNotice, e.SeatConvened: c.Convene, e.BodyInformed: c.InformBody,
    e.NoticeTaken: c.NoticeArrived, e.NoticeBounced: c.NoticeFailed, e.NoticeAcknowledged: c.AcknowledgeNotice,
    e.SeatReminded: c.RemindSeat, e.NoticeFollowedUp: c.FollowUpNotice, e.LateNoticeAgreed: c.AgreeToLateNotice,
    e.DeliberationSigned: c.SignDeliberation, e.SignatureRefused: c.RefuseSignature,
}
"""Events that hold their command's fields under the same names."""


def _identity(event: e.IdentityDecided, following: Event | None) -> Command:
    """What the president cited stands in the incident; the decision also quotes what the check had shown."""
    told = isinstance(following, e.IncidentRecorded) and event.finding != "conform"
    evidence = following.evidence if isinstance(following, e.IncidentRecorded) and told else event.evidence
    return c.DecideIdentity(event.hearing, event.finding, event.course, event.words, evidence, event.seen)


def _started(event: e.PhaseStarted, _following: Event | None) -> Command:
    presentation = event.phase == Phase.PRESENTATION
    return c.StartPresentation(event.hearing) if presentation else c.StartQuestions(event.hearing)


def _ended(event: e.PhaseEnded, _following: Event | None) -> Command:
    if event.phase == Phase.PRESENTATION:
        return c.StartQuestions(event.hearing)
    return c.DismissCandidate(event.hearing, event.words)


def _voided(event: e.AttemptVoided, _following: Event | None) -> Command:
    if event.postponed:
        return c.PostponeHearing(event.hearing, event.words, event.untold)
    return c.RestartAttempt(event.hearing, event.words)


def _proposed(event: e.ConsensusProposed, _following: Event | None) -> Command:
    return c.ProposeConsensus(event.hearing, {event.competency: event.mark})


def _confirmed(event: e.ConsensusConfirmed, _following: Event | None) -> Command:
    return c.ConfirmConsensus(event.hearing, {event.competency: event.mark})


BY_HAND: Mapping[type, Callable[[Any, Event | None], Command]] = {
    e.IdentityDecided: _identity, e.PhaseStarted: _started, e.PhaseEnded: _ended, e.AttemptVoided: _voided,
    e.ConsensusProposed: _proposed, e.ConsensusConfirmed: _confirmed,
}
"""Several competencies proposed or confirmed at once count as one after the other, as do several hearings moved, or
hit by one failure: each was allowed by itself."""
FOLLOWS = frozenset({e.PresidentDesignated, e.CandidateDismissed, e.HearingClosed, e.TranscriptStood})
"""Events that stand only behind the one their act begins with."""


def asked_for(event: Event, following: Event | None) -> Command | None:
    """The command that began with this event; None for one that begins nothing. `following` is the event after it."""
    by_hand = BY_HAND.get(type(event))
    if by_hand is not None:
        return by_hand(event, following)
    command = BY_FIELDS.get(type(event))
    return command(**{name: getattr(event, name) for name in _shared(command, type(event))}) if command else None


@cache
def _shared(command: type, event: type) -> tuple[str, ...]:
    held = {one.name for one in fields(event)}
    return tuple(one.name for one in fields(command) if one.name in held)
