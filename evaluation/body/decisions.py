"""The commission's decisions: recorded by a member, by a delegate within the delegation, or by the clerk with the
meeting's date and its extract (X15). A jury is appointed so (R1.2)."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from evaluation.body import access
from evaluation.body.state import BodyState, Decided
from evaluation.body.terms import Meeting
from evaluation.codec import FieldError, decode
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import BODY_KIND, Act, OfficeId
from evaluation.people import Role, Seat, SeatId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.session.jury import check_composition

DECISIONS = Topic()
JURY = "body.jury_decided"
SUBSTITUTE = "body.substitute_decided"
OTHER = "body.decision_recorded"


@DECISIONS.command
@dataclass(frozen=True)
class DecideJury:
    """R1.2: who sits on one jury's day."""

    decision: str
    session: str
    jurors: tuple[Seat, ...]
    meeting: Meeting | None = None


@DECISIONS.command
@dataclass(frozen=True)
class DecideSubstitute:
    """R1.2: who sits in a juror's place, for the whole day or (`seat.hearing`) for one hearing."""

    decision: str
    session: str
    replaced: SeatId
    seat: Seat
    meeting: Meeting | None = None


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
    """`under` is the office under which it was recorded, here and in the others."""

    decision: str
    session: str
    jurors: tuple[Seat, ...]
    meeting: Meeting | None
    under: OfficeId


@DECISIONS.event(SUBSTITUTE)
@dataclass(frozen=True)
class SubstituteDecided:
    decision: str
    session: str
    replaced: SeatId
    seat: Seat
    meeting: Meeting | None
    under: OfficeId


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
    check_composition(command.jurors)
    return (JuryDecided(command.decision, command.session, command.jurors, command.meeting, under),)


@DECISIONS.decides(DecideSubstitute)
def decide_substitute(state: BodyState, command: DecideSubstitute, asked: Asked) -> tuple[Any, ...]:
    under = access.as_commission(state, asked, Act.SUBSTITUTE, command.meeting)
    check_new(state, command.decision)
    if command.seat.role is not Role.JUROR:
        raise Refusal("R1.2", N_("Un jury d’évaluation est fait de jurés."))
    return (
        SubstituteDecided(
            command.decision, command.session, command.replaced, command.seat, command.meeting, under),
    )


@DECISIONS.decides(RecordDecision)
def record(state: BodyState, command: RecordDecision, asked: Asked) -> tuple[Any, ...]:
    under = access.as_commission(state, asked, Act.DECISION, command.meeting)
    check_new(state, command.decision)
    return (DecisionRecorded(command.decision, command.words, command.meeting, under),)


@rule("X15")
def check_new(state: BodyState, decision: str) -> None:
    if not decision or decision in state.decisions:
        raise Refusal("X15", N_("Cette décision est déjà enregistrée."))


@DECISIONS.evolves(JuryDecided, SubstituteDecided, DecisionRecorded)
def decided(
    state: BodyState, event: JuryDecided | SubstituteDecided | DecisionRecorded, happened: Happened
) -> BodyState:
    name = {JuryDecided: JURY, SubstituteDecided: SUBSTITUTE, DecisionRecorded: OTHER}[type(event)]
    return state.with_decision(Decided(event.decision, name, happened.position, event.under, event.meeting))


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
