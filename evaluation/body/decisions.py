"""The commission's decisions: recorded by a member, by a delegate within the delegation, or by the clerk with the
meeting's date and its extract (X15). A jury is appointed so (R1.2)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from evaluation.body import access, appointing
from evaluation.body.state import Appointed, BodyState, Decided
from evaluation.body.terms import Course, Hours, Meeting
from evaluation.codec import FieldError, decode
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import BODY_KIND, Act, OfficeId
from evaluation.people import Seat, SeatId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.slots import Busy

DECISIONS = Topic()
JURY = "body.jury_decided"
SUBSTITUTE = "body.substitute_decided"
OTHER = "body.decision_recorded"


@DECISIONS.command
@dataclass(frozen=True)
class DecideJury:
    """R1.2: who sits on one jury's day. `candidates` quotes the day's hearings, or its candidates' registrations;
    `hours` are the day's, `elsewhere` is where these jurors sit on other days: what stands against them is asked before
    the decision stands."""

    decision: str
    session: str
    jurors: tuple[Seat, ...]
    meeting: Meeting | None = None
    candidates: tuple[Quote, ...] = ()
    hours: Hours | None = None
    elsewhere: tuple[Busy, ...] = ()


@DECISIONS.command
@dataclass(frozen=True)
class DecideSubstitute:
    """R1.2: who sits in a juror's place, for the whole day or (`seat.hearing`) for one hearing. The rest as for a jury;
    `candidates` and `hours` are those of the place."""

    decision: str
    session: str
    replaced: SeatId
    seat: Seat
    meeting: Meeting | None = None
    candidates: tuple[Quote, ...] = ()
    hours: Hours | None = None
    elsewhere: tuple[Busy, ...] = ()


@DECISIONS.command
@dataclass(frozen=True)
class RecordDecision:
    """Any other decision, in its words."""

    decision: str
    words: Words
    meeting: Meeting | None = None


@DECISIONS.event(JURY)
@dataclass(frozen=True)
class JuryDecided:
    """`under` is the office under which it was recorded, here and in the others. `courses` are those of whoever sits in
    the trainer's seat, as the pool knew them."""

    decision: str
    session: str
    jurors: tuple[Seat, ...]
    meeting: Meeting | None
    under: OfficeId
    courses: tuple[Course, ...] = ()
    candidates: tuple[Quote, ...] = ()
    hours: Hours | None = None
    elsewhere: tuple[Busy, ...] = ()


@DECISIONS.event(SUBSTITUTE)
@dataclass(frozen=True)
class SubstituteDecided:
    decision: str
    session: str
    replaced: SeatId
    seat: Seat
    meeting: Meeting | None
    under: OfficeId
    courses: tuple[Course, ...] = ()
    candidates: tuple[Quote, ...] = ()
    hours: Hours | None = None
    elsewhere: tuple[Busy, ...] = ()


@DECISIONS.event(OTHER)
@dataclass(frozen=True)
class DecisionRecorded:
    decision: str
    words: Words
    meeting: Meeting | None
    under: OfficeId


@DECISIONS.decides(DecideJury)
def decide_jury(state: BodyState, command: DecideJury, asked: Asked) -> tuple[Any, ...]:
    under = access.as_commission(state, asked, Act.JURY, command.meeting)
    check_new(state, command.decision)
    check_none_decided(state, command.session)
    appointing.check_jury(state, _need(state, command), command.jurors, command.elsewhere)
    return (JuryDecided(command.decision, command.session, command.jurors, command.meeting, under,
                        appointing.courses_of(state, command.jurors), command.candidates, command.hours,
                        command.elsewhere),)


@DECISIONS.decides(DecideSubstitute)
def decide_substitute(state: BodyState, command: DecideSubstitute, asked: Asked) -> tuple[Any, ...]:
    under = access.as_commission(state, asked, Act.SUBSTITUTE, command.meeting)
    check_new(state, command.decision)
    appointing.check_substitute(state, _need(state, command), command.replaced, command.seat, command.elsewhere)
    return (SubstituteDecided(command.decision, command.session, command.replaced, command.seat, command.meeting, under,
                              appointing.courses_of(state, (command.seat,)), command.candidates, command.hours,
                              command.elsewhere),)


def _need(state: BodyState, command: DecideJury | DecideSubstitute) -> appointing.Need:
    candidates = tuple(appointing.quoted(one) for one in command.candidates)
    return appointing.need_of(state, command.session, candidates, command.hours)


@DECISIONS.decides(RecordDecision)
def record(state: BodyState, command: RecordDecision, asked: Asked) -> tuple[Any, ...]:
    under = access.as_commission(state, asked, Act.DECISION, command.meeting)
    check_new(state, command.decision)
    return (DecisionRecorded(command.decision, command.words, command.meeting, under),)


@rule("X15")
def check_new(state: BodyState, decision: str) -> None:
    if not decision or decision in state.decisions:
        raise Refusal("X15", N_("Cette décision est déjà enregistrée."))


@rule("R1.2")
def check_none_decided(state: BodyState, session: str) -> None:
    """A jury is decided once; then its members are replaced, or the decision is taken back."""
    if session in state.juries:
        raise Refusal("R1.2", N_("Le jury de cette journée est déjà désigné : désignez le remplaçant d’un juré."))


@DECISIONS.evolves(JuryDecided, SubstituteDecided, DecisionRecorded)
def decided(
    state: BodyState, event: JuryDecided | SubstituteDecided | DecisionRecorded, happened: Happened
) -> BodyState:
    name = {JuryDecided: JURY, SubstituteDecided: SUBSTITUTE, DecisionRecorded: OTHER}[type(event)]
    session = None if isinstance(event, DecisionRecorded) else event.session
    after = state.with_decision(
        Decided(event.decision, name, happened.position, event.under, event.meeting, session))
    if isinstance(event, DecisionRecorded):
        return after
    before = state.juries.get(event.session)
    seats = event.jurors if isinstance(event, JuryDecided) else (event.seat,)
    jury = before or Appointed(event.session, {}, event.hours)
    jury = replace(jury, seats={**jury.seats, event.decision: seats})
    if isinstance(event, SubstituteDecided) and event.seat.hearing is None:
        jury = replace(jury, replaced={**jury.replaced, event.decision: event.replaced})
    return after.with_jury(jury).answering(event.session, open=False)


# Decisions shown in another stream

D = TypeVar("D", JuryDecided, SubstituteDecided)


def quoted(quote: Quote, wanted: type[D]) -> D:
    """The decision that is quoted. Refusal for a quote of anything else."""
    if quote.kind != BODY_KIND or quote.event != (JURY if wanted is JuryDecided else SUBSTITUTE):
        raise Refusal("R1.2", N_("Ce qui est cité n’est pas une décision de la commission sur ce jury."))
    try:
        return decode(wanted, dict(quote.data))
    except FieldError as error:
        raise Refusal("R1.2", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None
