"""Who may see, hear, speak, read and write, in each phase: the only place where a door is opened.

`rights` is a pure function of the state and a seat; whatever it does not name is closed.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evaluation.people import REPRESENTATIVES, SYSTEM, HearingId, Role, Seat, SeatId
from evaluation.rules import N_, Forbidden, rule
from evaluation.session import commands as c
from evaluation.session.commands import Command
from evaluation.session.measured import Source
from evaluation.session.phases import IN_ROOM, OVER, PRIVATE, TO_CALL, Phase
from evaluation.session.state import Hearing, Note, Problem, SessionState


class Door(StrEnum):
    """What can be read (or supplied) about one hearing."""

    DOCUMENTS = "documents"
    IDENTITY_COPY = "identity_copy"
    CAPTURES = "captures"
    OWN_GRID = "own_grid"
    ALL_GRIDS = "all_grids"
    RECORD = "record"
    UPLOAD = "upload"


MAIN: frozenset[Source] = frozenset({"main"})
BOTH: frozenset[Source] = frozenset({"main", "second"})
OF_THE_LINE = frozenset({"not_hearing", "not_heard", "frozen"})
"""What a call for help may say of the connection: told to the jury, which goes on talking and lets the time run."""
NONE: frozenset[Source] = frozenset()


@dataclass(frozen=True)
class SeatRights:
    """One seat's rights now: sources it may publish, seats it may see and hear, the room's event stream, doors by
    hearing, the day's board, the journal's export."""

    publish: frozenset[Source] = NONE
    view: frozenset[SeatId] = frozenset()
    events: bool = False
    hearings: Mapping[HearingId, frozenset[Door]] = field(default_factory=dict[HearingId, frozenset[Door]])
    board: bool = False
    journal: bool = False

    def doors(self, hearing: HearingId) -> frozenset[Door]:
        return self.hearings.get(hearing, frozenset())


CLOSED = SeatRights()


@rule("R3.6", "R2.3", "X7", permits=None)
def rights(state: SessionState, seat_id: SeatId) -> SeatRights:
    """What this seat may do now. Unknown seats and closed sessions: nothing in the room."""
    seat = state.seat(seat_id)
    if seat is None:
        return CLOSED
    publish, view = _media(state, seat)
    hearings = {h.id: doors for h in state.hearings.values() if (doors := _doors(state, seat, h))}
    organizer = seat.role is Role.ORGANIZER
    return SeatRights(
        publish, view, _events(state, seat), hearings, board=organizer, journal=organizer and not _sealed(state)
    )


STAYS_AFTER_CLOSING = frozenset({Role.ORGANIZER, Role.CANDIDATE})


@rule("X11", permits=True)
def keeps_page(role: Role, closed: bool) -> bool:
    """Whether a seat is still somebody's way in. Once the session is closed nothing is left to do there but for the
    organizer, who reads the records, and the candidate, who may withdraw a consent."""
    return not closed or role in STAYS_AFTER_CLOSING


def phone_rights(state: SessionState, seat_id: SeatId) -> SeatRights:
    """What a phone that films at a seat may do: send the seat's second source, when the seat may. It sees nothing."""
    return SeatRights(publish=rights(state, seat_id).publish - MAIN)


def messages_for(state: SessionState, seat: Seat, hearing: Hearing | None) -> list[Note]:
    """What was said to the room is for those who were there: whoever has its events now reads nothing of what was said
    during another examination than theirs. The organizer, who wrote it, has it all."""
    helps, mine = seat.role is Role.ORGANIZER, (None, hearing.id if hearing else None)
    return [one for one in state.messages if helps or one.hearing in mine]


def calls_for(state: SessionState, seat: Seat) -> list[Problem]:
    """A call for help, with its words, is between who called and the organizer."""
    return [one for one in state.problems if seat.role is Role.ORGANIZER or one.by == seat.id]


def signalled_in(state: SessionState, hearing: Hearing) -> list[Problem]:
    """Of what the candidate or their aid reports, the jury learns the kind alone, while it concerns the line and nobody
    has settled it."""
    there = [seat.id for seat in (hearing.candidate, *hearing.aids)] if hearing.phase in IN_ROOM else []
    return [one for one in state.problems if one.by in there and one.kind in OF_THE_LINE and not one.settled]


def room_rights(state: SessionState) -> tuple[dict[SeatId, frozenset[Source]], dict[SeatId, frozenset[SeatId]]]:
    """What every seat may publish, and whom each may see and hear: what the media room applies."""
    publish: dict[SeatId, frozenset[Source]] = {}
    view: dict[SeatId, frozenset[SeatId]] = {}
    for seat in state.seats():
        publish[seat.id], view[seat.id] = _media(state, seat)
    return publish, view


# Media -----------------------------------------------------------------------------------------------------------


def _media(state: SessionState, seat: Seat) -> tuple[frozenset[Source], frozenset[SeatId]]:
    if state.closed:
        return NONE, frozenset()
    if state.in_private is not None:
        return _media_in_private(state, state.in_private, seat)
    hearing = state.in_room
    if hearing is None:
        return _media_between(state, seat)
    jurors = {s.id for s in state.jurors_appointed(hearing.id)}
    everybody = jurors | _attending(hearing)
    sees = frozenset(everybody - {seat.id})
    if seat.role in (Role.CANDIDATE, Role.AID):
        if seat.id not in _attending(hearing):
            return NONE, frozenset()
        return (BOTH if seat.role is Role.CANDIDATE else MAIN), sees
    if seat.role is Role.JUROR:
        return (BOTH, sees) if seat.id in jurors else (NONE, frozenset())
    return NONE, sees


def _media_between(state: SessionState, seat: Seat) -> tuple[frozenset[Source], frozenset[SeatId]]:
    """With no candidate in the room the jurors are among themselves, in the morning with who organizes and observes.
    Once they have judged somebody, what they still say of them as the deliberation is suspended or signed stays
    theirs (R3.6); who is recused for somebody whose deliberation is not over waits outside (R1.4)."""
    apart = {juror for h in state.hearings.values() if h.phase in PRIVATE for juror in h.recused}
    jurors = frozenset(s.id for s in state.jurors_appointed(None)) - apart
    if seat.role is Role.JUROR:
        return (BOTH, jurors - {seat.id}) if seat.id in jurors else (NONE, frozenset())
    judged = any(h.phase in PRIVATE or h.phase is Phase.CLOSED for h in state.hearings.values())
    watches = seat.role in (Role.ORGANIZER, Role.OBSERVER) and not judged
    return NONE, jurors if watches else frozenset()


def _media_in_private(state: SessionState, hearing: Hearing, seat: Seat) -> tuple[frozenset[Source], frozenset[SeatId]]:
    """The jury is alone, with the observers unless the awarding body has set otherwise (R2.3)."""
    jury = frozenset(s.id for s in state.jurors_sitting(hearing.id))
    if seat.id in jury:
        return BOTH, jury - {seat.id}
    if seat.role is Role.OBSERVER and state.observers_in_deliberation:
        return NONE, jury
    return NONE, frozenset()


def _attending(hearing: Hearing) -> set[SeatId]:
    """The candidate who is in the room, with their aids."""
    return {hearing.candidate.id, *(aid.id for aid in hearing.aids)}


# The event stream ------------------------------------------------------------------------------------------------


def _events(state: SessionState, seat: Seat) -> bool:
    if state.closed:
        return False
    if seat.role in (Role.CANDIDATE, Role.AID):
        hearing = state.hearing_of(seat)
        return hearing is not None and hearing.phase in IN_ROOM | TO_CALL
    private = state.in_private
    if private is not None:
        return stays_with_jury(state, seat, private)
    if seat.role is Role.JUROR:
        focus = state.focus
        return any(s.id == seat.id for s in state.jurors_appointed(focus.id if focus else None))
    return True


def stays_with_jury(state: SessionState, seat: Seat, hearing: Hearing) -> bool:
    """Who stays with the jury when it is alone: who is of it, and the observers unless the awarding body has set
    otherwise (R3.6, R2.3). To all others, how far the jury has come is nothing they may know."""
    if seat.role is Role.OBSERVER:
        return state.observers_in_deliberation
    return state.sits(seat.id, hearing.id)


# Doors -----------------------------------------------------------------------------------------------------------


@rule("R6.2", permits=frozenset(Door))
def _doors(state: SessionState, seat: Seat, hearing: Hearing) -> frozenset[Door]:
    """What is open of one hearing; the copy of the identity document to the jury and the organizer alone."""
    by_role = {
        Role.CANDIDATE: _candidate_doors, Role.AID: _aid_doors, Role.JUROR: _juror_doors,
        Role.ORGANIZER: _organizer_doors, Role.OBSERVER: _observer_doors,
    }
    return frozenset(by_role[seat.role](state, seat, hearing))


def _candidate_doors(state: SessionState, seat: Seat, hearing: Hearing) -> set[Door]:
    if state.closed or hearing.candidate.id != seat.id or hearing.phase not in IN_ROOM | TO_CALL:
        return set()
    return {Door.DOCUMENTS, Door.UPLOAD}


def _aid_doors(state: SessionState, seat: Seat, hearing: Hearing) -> set[Door]:
    here = seat.hearing == hearing.id and hearing.phase in IN_ROOM and not state.closed
    return {Door.DOCUMENTS} if here else set()


def _juror_doors(state: SessionState, seat: Seat, hearing: Hearing) -> set[Door]:
    if state.closed or not any(s.id == seat.id for s in state.jurors_appointed(hearing.id)):
        return set()
    if not state.sits(seat.id, hearing.id):
        return {Door.DOCUMENTS} if hearing.phase in IN_ROOM | TO_CALL else set()
    doors = {Door.DOCUMENTS, Door.IDENTITY_COPY, Door.CAPTURES, Door.OWN_GRID, Door.RECORD}
    return doors | ({Door.ALL_GRIDS} if hearing.deliberation is not None else set())


def _organizer_doors(state: SessionState, seat: Seat, hearing: Hearing) -> set[Door]:
    if hearing.phase in PRIVATE:
        return set()
    doors = {Door.DOCUMENTS, Door.IDENTITY_COPY, Door.CAPTURES, Door.RECORD}
    if hearing.phase in TO_CALL and not state.closed:
        doors.add(Door.UPLOAD)
    return doors | ({Door.ALL_GRIDS} if hearing.phase is Phase.CLOSED else set())


def _observer_doors(state: SessionState, seat: Seat, hearing: Hearing) -> set[Door]:
    """R2.3: never the grids."""
    sees = not state.closed and (hearing.phase in IN_ROOM | TO_CALL or state.observers_in_deliberation)
    return {Door.DOCUMENTS} if sees else set()


def _sealed(state: SessionState) -> bool:
    """Some marks are still the jury's own (R3.8): the journal, which holds them, stays closed. So are those of an
    attempt that does not count, and of a hearing that was stopped, as long as the same jury sits."""
    return any(_marks_are_the_jurys(state, hearing) for hearing in state.hearings.values())


def _marks_are_the_jurys(state: SessionState, hearing: Hearing) -> bool:
    marked = bool(hearing.grids)
    if hearing.phase is Phase.STOPPED:
        return not state.closed and (marked or hearing.attempt > 1)
    if hearing.phase in OVER:
        return False
    return marked or hearing.phase in PRIVATE or (not state.closed and hearing.attempt > 1)


# Acts ------------------------------------------------------------------------------------------------------------


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


ACTS: dict[type, frozenset[Who]] = {}


def _allow(*who: Who, to: tuple[type, ...]) -> None:
    ACTS.update(dict.fromkeys(to, frozenset(who)))


_allow(
    Who.SYSTEM,
    to=(
        c.Join, c.Leave, c.TakeOverSeat, c.AnnounceTime, c.ExamineCopy, c.RecordSignals, c.FailIdentityCheck,
        c.AppointJury, c.ReplaceJuror,
    ),
)
_allow(Who.ORGANIZER, to=(c.AddHearing, c.RenewLink, c.SettleProblem, c.WriteToRoom))
_allow(Who.ANYONE, to=(c.ReportProblem,))
_allow(Who.APPOINTED_JUROR, to=(c.Recuse,))
_allow(Who.CANDIDATE, Who.ORGANIZER, to=(c.SupplyDocument,))
_allow(
    Who.CANDIDATE,
    to=(
        c.AcknowledgePrevention, c.RefusePrevention, c.EnterWaitingRoom, c.SignSheet, c.RefuseSheet, c.AddStatement,
        c.AnswerFaceConsent, c.WithdrawFaceConsent,
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
        c.SignDeliberation, c.RefuseSignature,
    ),
)
_allow(
    Who.PRESIDENT,
    to=(
        c.CallIn, c.DecideIdentity, c.CheckReminder, c.DecideRefusal, c.StartPresentation, c.StartQuestions,
        c.DismissCandidate, c.PauseClock, c.ResumeClock, c.GiveBackTime, c.AdjournHearing, c.RestartAttempt,
        c.StopHearing, c.RequireVisible, c.TellSanctions, c.OpenDeliberation, c.ProposeConsensus, c.DeclareDispute,
        c.SuspendDeliberation, c.ResumeDeliberation, c.Recommend,
    ),
)

FROM_BROWSERS = frozenset(
    command for command, who in ACTS.items()
    if who - {Who.SYSTEM}
    and command not in (c.AddHearing, c.RenewLink, c.SupplyDocument, c.TakeCapture)
)
"""Commands a page may send; the others come from the server's own parts."""

RESTS_ON: Mapping[type, tuple[str, ...]] = {
    c.DecideIdentity: ("opinions", "face_consent", "check", "check_failure", "gesture", "signals", "withdrawn",
                       "captures", "documents", "identity"),
    c.DecideRefusal: ("prevention", "sheet", "face_consent", "refusals", "reservations"),
    c.DeclareDispute: ("deliberation", "disputed"),
    c.Recommend: ("deliberation",),
}
"""Decisions taken on what the page shows, and the parts of the hearing they rest on: refused when the page was behind
one of these. Whoever came, went or called for help meanwhile changes nothing."""
SIGNS: frozenset[type] = frozenset({c.SignDeliberation, c.RefuseSignature})


@rule("X7", permits=0)
def must_have_seen(state: SessionState, command: type, hearing: HearingId | None) -> int:
    """The journal's position that a page must have shown for this act to count as decided on it; 0: any.

    Nobody signs a recommendation that was changed while they read the one before; others' signatures change nothing.
    """
    found = state.hearings.get(hearing or "")
    if found is None:
        return 0
    if command in SIGNS:
        return found.deliberation.advised_at if found.deliberation else 0
    return max((found.changed.get(part, 0) for part in RESTS_ON.get(command, ())), default=0)


@rule("R3.1", "R2.3", "R1.4")
def check(state: SessionState, actor: SeatId, command: Command) -> None:
    """This seat may do this, as who it is for the hearing concerned. Raises Forbidden."""
    if state.closed and not isinstance(command, c.Leave | c.WithdrawFaceConsent):
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
