"""Who may do which act, and on what a decision rests that a page must have shown."""
from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from evaluation.people import REPRESENTATIVES, SYSTEM, HearingId, Role, SeatId
from evaluation.rules import N_, Forbidden, rule
from evaluation.session import commands as c
from evaluation.session.commands import Command
from evaluation.session.phases import PRIVATE, TO_CALL
from evaluation.session.state import SessionState


class Who(StrEnum):
    ANYONE = "anyone"
    SYSTEM = "system"
    ORGANIZER = "organizer"
    CANDIDATE = "candidate"
    APPOINTED_JUROR = "appointed_juror"
    """A juror of the hearing, recused or not."""
    SITTING_JUROR = "sitting_juror"
    """A juror of the hearing who is not recused: who marks and deliberates."""
    PRESIDENT = "president"


OF_CLOSED = (c.Leave, c.WithdrawFaceConsent, c.ReviewAgreement, c.HandlePiece, c.TakeAdjustment, c.NoteAdmission,
             c.DropAccusation)
"""What is still done once the day is over: a piece goes back weeks later."""
ACTS: dict[type, frozenset[Who]] = {}


def _allow(*who: Who, to: tuple[type, ...]) -> None:
    ACTS.update(dict.fromkeys(to, frozenset(who)))


_allow(
    Who.SYSTEM,
    to=(
        c.Join, c.Leave, c.TakeOverSeat, c.AnnounceTime, c.ExamineCopy, c.RecordSignals, c.FailIdentityCheck,
        c.AppointJury, c.ReplaceJuror, c.ReviewAgreement, c.NoticeArrived, c.NoticeFailed,
        c.FreezePapers, c.TakeAdjustment, c.NoteAdmission, c.RemindSeat, c.DropAccusation,
    ),
)
_allow(
    Who.ORGANIZER,
    to=(
        c.AddHearing, c.RenewLink, c.SettleProblem, c.WriteToRoom, c.AgreeToMove, c.MoveHearing, c.ReorderHearings,
        c.PutOffHearing, c.CancelHearing, c.MoveDay, c.AddAid, c.RemoveAid, c.AddObserver, c.RemoveObserver,
        c.NameDeputy, c.DismissDeputy, c.ChangeMode, c.NamePlace,
    ),
)
_allow(
    Who.ORGANIZER, to=(c.GiveNotice, c.Convene, c.InformBody, c.FollowUpNotice, c.AgreeToLateNotice))
_allow(Who.ORGANIZER, to=(c.WarnCandidate, c.SeparateCandidate, c.ProposeEnding, c.RecordCommonIncident))
_allow(Who.PRESIDENT, Who.ORGANIZER, to=(c.EndSeparation,))
_allow(Who.PRESIDENT, to=(c.DeclineEnding,))
_allow(Who.CANDIDATE, to=(c.AcknowledgeNotice,))
_allow(
    Who.ORGANIZER, to=(c.WriteBrief, c.PublishBrief, c.RecordShorterDelay, c.AcceptLatePaper, c.HandlePiece))
_allow(Who.ORGANIZER, to=(c.AttachScan, c.EnterTranscript))
_allow(Who.ANYONE, to=(c.ReportProblem, c.RecordTryOut, c.SitOnSite, c.SitApart))
_allow(Who.APPOINTED_JUROR, to=(c.Recuse, c.AnswerAppointment, c.ConfirmRead))
_allow(Who.SITTING_JUROR, to=(c.AnswerBrief, c.DeclareImpartial))
_allow(Who.CANDIDATE, Who.ORGANIZER, to=(c.SupplyDocument, c.SetAsideDocument))
_allow(
    Who.CANDIDATE,
    to=(
        c.AcknowledgePrevention, c.RefusePrevention, c.EnterWaitingRoom, c.SignSheet, c.RefuseSheet, c.AddStatement,
        c.AnswerFaceConsent, c.WithdrawFaceConsent, c.AnswerSuspicion, c.DeclineAnswer,
    ),
)
_allow(Who.SITTING_JUROR, Who.ORGANIZER, to=(c.RecordIncident, c.AcceptCopy))
_allow(Who.PRESIDENT, Who.ORGANIZER, to=(c.RecordNoShow, c.PostponeHearing, c.CloseSession))
_allow(
    Who.SITTING_JUROR,
    to=(
        c.DesignatePresident, c.AskIdentityCheck, c.EndIdentityCheck, c.AskGesture, c.GiveIdentityOpinion, c.CoverPoint,
        c.NoteExamined, c.WriteNote, c.TakeCapture,
        c.SetMark, c.ClearMark, c.CloseGrid, c.ReopenGrid, c.ConfirmConsensus, c.WithdrawConfirmation,
        c.SignDeliberation, c.RefuseSignature, c.ConfirmTranscript, c.RefuseTranscript,
    ),
)
_allow(
    Who.PRESIDENT,
    to=(
        c.CallIn, c.DecideIdentity, c.CheckReminder, c.DecideRefusal, c.StartPresentation, c.StartQuestions,
        c.DismissCandidate, c.PauseClock, c.ResumeClock, c.GiveBackTime, c.AdjournHearing, c.RestartAttempt,
        c.StopHearing, c.RequireVisible, c.TellSanctions, c.RecordUnanswered, c.DecideSuspicion,
        c.OpenDeliberation, c.ProposeConsensus, c.DeclareDispute,
        c.SuspendDeliberation, c.ResumeDeliberation, c.Recommend, c.RecordOnPaper,
    ),
)

FROM_BROWSERS = frozenset(
    command for command, who in ACTS.items()
    if who - {Who.SYSTEM}
    and command not in (c.AddHearing, c.RenewLink, c.SupplyDocument, c.TakeCapture, c.GiveNotice, c.Convene,
                        c.InformBody, c.WriteBrief, c.MoveDay, c.AddAid, c.AddObserver, c.NameDeputy, c.RecordTryOut,
                        c.AttachScan, c.EnterTranscript, c.RecordCommonIncident)
)
"""Commands a page may send; the others come from the server's own parts."""

RESTS_ON: Mapping[type, tuple[str, ...]] = {
    c.DecideIdentity: ("opinions", "face_consent", "check", "check_failure", "gesture", "signals", "withdrawn",
                       "captures", "documents", "identity"),
    c.DecideRefusal: ("prevention", "sheet", "face_consent", "refusals", "reservations"),
    c.DecideSuspicion: ("incidents",),
    c.DeclareDispute: ("deliberation", "disputed"),
    c.Recommend: ("deliberation",),
    c.MoveHearing: ("starts_at",),
    c.PutOffHearing: ("starts_at",),
    c.CancelHearing: ("starts_at",),
    c.ChangeMode: ("starts_at", "mode"),
    c.AgreeToMove: ("starts_at",),
    c.EnterTranscript: ("transcribed",),
}
"""Decisions taken on what the page shows, and the parts of the hearing they rest on: refused when the page was behind
one of these. Whoever came, went or called for help meanwhile changes nothing."""
SIGNS: frozenset[type] = frozenset({c.SignDeliberation, c.RefuseSignature})
OF_BRIEF: frozenset[type] = frozenset({c.AnswerBrief, c.PublishBrief})
"""Decided on the version that the page shows: nobody adopts what they have not read."""
OF_THE_HOUR: frozenset[type] = frozenset({c.AnswerAppointment, c.AcknowledgeNotice, c.MoveDay, c.ReorderHearings})
"""Said of the day and the hours that the page shows: nobody accepts, has received, or moves, another day than they
read."""


@rule("X7", permits=0)
def must_have_seen(state: SessionState, command: type, hearing: HearingId | None) -> int:
    """The journal's position that a page must have shown for this act to count as decided on it; 0: any.

    Nobody signs a recommendation that was changed while they read the one before; others' signatures change nothing.
    """
    if command in OF_BRIEF:
        return state.briefs[-1].position if state.briefs else 0
    found = state.hearings.get(hearing or "")
    if command in OF_THE_HOUR:
        about = state.hearings.values() if found is None else (found,)
        return max((one.changed.get("starts_at", 0) for one in about), default=0)
    if found is None:
        return 0
    if command in SIGNS:
        return found.deliberation.advised_at if found.deliberation else 0
    return max((found.changed.get(part, 0) for part in RESTS_ON.get(command, ())), default=0)


@rule("R3.1", "R2.3", "R1.4")
def check(state: SessionState, actor: SeatId, command: Command) -> None:
    """This seat may do this, as who it is for the hearing concerned. Raises Forbidden."""
    if state.closed and not isinstance(command, OF_CLOSED):
        raise Forbidden("X11", N_("La session est close."))
    hearing = getattr(command, "hearing", None)
    if isinstance(command, c.DesignatePresident):
        hearing = state.focus.id if state.focus else None
    held = whoever(state, actor, hearing)
    allowed = ACTS[type(command)]
    if not held & allowed:
        raise _forbidden(held, allowed)
    if Who.PRESIDENT in allowed and Who.ORGANIZER in held:
        check_organizer_moment(state, hearing, command)
    about = state.hearings.get(hearing or "") if isinstance(command, c.RecordIncident | c.AcceptCopy) else None
    if about is not None and about.phase in PRIVATE and Who.ORGANIZER in held:
        raise Forbidden("R3.6", N_("Le jury délibère à huis clos."))


def whoever(state: SessionState, actor: SeatId, hearing: HearingId | None) -> frozenset[Who]:
    """As whom a seat acts for one hearing."""
    if actor == SYSTEM:
        return frozenset({Who.SYSTEM})
    seat = state.seat(actor)
    if seat is None:
        return frozenset()
    held = {Who.ANYONE}
    if seat.role is Role.ORGANIZER:
        held.add(Who.ORGANIZER)
    if seat.role is Role.CANDIDATE and (hearing is None or seat.hearing == hearing):
        held.add(Who.CANDIDATE)
    if seat.role is Role.JUROR and any(s.id == actor for s in state.jurors_appointed(hearing)):
        held.add(Who.APPOINTED_JUROR)
        if state.sits(actor, hearing):
            held.add(Who.SITTING_JUROR)
        if state.president_of(hearing) == actor:
            held.add(Who.PRESIDENT)
    return frozenset(held)


@rule("R4.4")
def check_organizer_moment(state: SessionState, hearing: HearingId | None, command: Command) -> None:
    """The organizer postpones only what has not begun, or what nobody is left to preside."""
    if not isinstance(command, c.PostponeHearing):
        return
    found = state.hearing(hearing or "")
    deserted = found.phase in PRIVATE and not any(s.category in REPRESENTATIVES for s in state.jurors_sitting(found.id))
    if found.phase not in TO_CALL and not deserted:
        raise Forbidden("R4.4", N_("L’épreuve a commencé : la reporter revient à la personne qui préside le jury."))


def _forbidden(held: frozenset[Who], allowed: frozenset[Who]) -> Forbidden:
    if Who.APPOINTED_JUROR in held and Who.SITTING_JUROR not in held and allowed & {Who.SITTING_JUROR, Who.PRESIDENT}:
        return Forbidden("R1.4", N_("Après votre récusation, vous ne prenez pas part à cette épreuve."))
    if Who.PRESIDENT in allowed:
        return Forbidden("R3.1", N_("C’est à la personne qui préside le jury de le faire."))
    if allowed & {Who.SITTING_JUROR, Who.APPOINTED_JUROR}:
        return Forbidden("R2.3", N_("C’est aux jurés de le faire."))
    return Forbidden("X11", N_("Votre place ne permet pas cet acte."))
