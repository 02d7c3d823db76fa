"""What certification juries ruled is presented to the commission in batches, and validated by it, or returned one by
one (R8.1)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.body import access
from evaluation.body.state import Batch, BatchItem, BodyState
from evaluation.body.terms import Meeting
from evaluation.candidacy.state import KIND as CANDIDACY
from evaluation.candidacy.state import RECORDED
from evaluation.deadlines import day_of
from evaluation.field_values import json_object
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import Act, OfficeId
from evaluation.people import Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

BATCHES = Topic()
PRESENTED, VALIDATED, RETURNED = "body.outcome_presented", "body.outcome_validated", "body.outcome_returned"


@BATCHES.command
@dataclass(frozen=True)
class PresentBatch:
    """`outcomes` quote what sittings ruled, of one candidacy each."""

    batch: str
    outcomes: tuple[Quote, ...]


@BATCHES.command
@dataclass(frozen=True)
class ValidateBatch:
    """All of a batch at once: `returned` are the candidacies whose outcome the commission does not validate, each with
    why; the others it validates."""

    batch: str
    returned: Mapping[str, Words]
    meeting: Meeting | None = None


@BATCHES.event("body.batch_presented")
@dataclass(frozen=True)
class BatchPresented:
    batch: str
    outcomes: tuple[Quote, ...]
    under: OfficeId


@BATCHES.event("body.batch_validated")
@dataclass(frozen=True)
class BatchValidated:
    batch: str
    returned: Mapping[str, Words]
    meeting: Meeting | None
    under: OfficeId


@BATCHES.event(PRESENTED)
@dataclass(frozen=True)
class OutcomePresented:
    """This and the two others are about one candidacy alone, which quotes them: `outcome` is where its outcome stands
    there."""

    batch: str
    candidacy: str
    outcome: int
    on: date


@BATCHES.event(VALIDATED)
@dataclass(frozen=True)
class OutcomeValidated:
    batch: str
    candidacy: str
    outcome: int
    on: date


@BATCHES.event(RETURNED)
@dataclass(frozen=True)
class OutcomeReturned:
    batch: str
    candidacy: str
    outcome: int
    on: date
    words: Words


@BATCHES.decides(PresentBatch)
def present(state: BodyState, command: PresentBatch, asked: Asked) -> tuple[Any, ...]:
    under, today = access.as_clerk(state, asked), day_of(asked.now)
    check_new(state, command.batch)
    check_outcomes(command.outcomes)
    check_presented_once(state, command.outcomes)
    return (BatchPresented(command.batch, command.outcomes, under),
            *(OutcomePresented(command.batch, one.stream, one.position, today) for one in command.outcomes))


@rule("R8.1")
def check_new(state: BodyState, batch: str) -> None:
    if not batch or batch in state.batches:
        raise Refusal("R8.1", N_("Ce lot est déjà présenté."))


@rule("R8.1")
def check_outcomes(outcomes: tuple[Quote, ...]) -> None:
    """Of sittings, of one candidacy each."""
    if not outcomes:
        raise Refusal("R8.1", N_("Choisissez au moins un résultat à présenter à la commission."))
    if any((one.kind, one.event) != (CANDIDACY, RECORDED) or one.data.get("said") is None for one in outcomes):
        raise Refusal("R8.1", N_("Ce qui se présente à la commission est le résultat d’un jury de certification."))
    if len({one.stream for one in outcomes}) != len(outcomes):
        raise Refusal("R8.1", N_("Un lot a un seul résultat par candidature."))


@rule("R8.1")
def check_presented_once(state: BodyState, outcomes: tuple[Quote, ...]) -> None:
    """What is before the commission, or was, is not presented again: a candidate whose outcome was returned is ruled on
    anew first."""
    known = {(item.candidacy, item.outcome) for one in state.batches.values() for item in one.items}
    if any((one.stream, one.position) in known for one in outcomes):
        raise Refusal("R8.1", N_("Un de ces résultats a déjà été présenté à la commission : rouvrez la page."))


@BATCHES.evolves(BatchPresented)
def presented(state: BodyState, event: BatchPresented, happened: Happened) -> BodyState:
    items = tuple(_item(one) for one in event.outcomes)
    return state.with_batch(Batch(event.batch, items, happened.at, happened.actor, happened.position))


def _item(outcome: Quote) -> BatchItem:
    awarded = json_object(outcome.data["outcome"])
    return BatchItem(outcome.stream, outcome.position, str(awarded["award"]), str(awarded["person"]))


@BATCHES.decides(ValidateBatch)
def validate(state: BodyState, command: ValidateBatch, asked: Asked) -> tuple[Any, ...]:
    under = access.as_commission(state, asked, Act.DECISION, command.meeting)
    batch = open_batch(state, command.batch)
    on = command.meeting.day if command.meeting is not None else day_of(asked.now)
    check_returned(batch, command.returned)
    check_after_presented(batch, on)
    several = (_decided(one, command, on) for one in batch.items)
    return (BatchValidated(command.batch, command.returned, command.meeting, under), *several)


def _decided(item: BatchItem, command: ValidateBatch, on: date) -> OutcomeValidated | OutcomeReturned:
    why = command.returned.get(item.candidacy)
    if why is None:
        return OutcomeValidated(command.batch, item.candidacy, item.outcome, on)
    return OutcomeReturned(command.batch, item.candidacy, item.outcome, on, why)


def open_batch(state: BodyState, batch: str) -> Batch:
    found = state.batches.get(batch)
    check_open(found)
    assert found is not None
    return found


@rule("R8.1")
def check_open(batch: Batch | None) -> None:
    """Decided once, whoever records it a second time."""
    if batch is None:
        raise Refusal("R8.1", N_("Ce lot n’est pas connu."))
    if batch.decided_on is not None:
        raise Refusal("R8.1", N_("La commission a déjà décidé de ce lot : rouvrez la page pour voir ce qu’elle a "
                                 "décidé."))


@rule("R8.1")
def check_returned(batch: Batch, returned: Mapping[str, Words]) -> None:
    if not {*returned} <= {one.candidacy for one in batch.items}:
        raise Refusal("R8.1", N_("Ce qui est renvoyé au jury de certification n’est pas dans ce lot."))


@rule("R8.1")
def check_after_presented(batch: Batch, on: date) -> None:
    if on < day_of(batch.at):
        raise Refusal("R8.1", N_("La commission s’est réunie avant que ce lot ne lui soit présenté."))


@BATCHES.evolves(BatchValidated)
def validated(state: BodyState, event: BatchValidated, happened: Happened) -> BodyState:
    one = state.batches[event.batch]
    on = event.meeting.day if event.meeting is not None else day_of(happened.at)
    items = tuple(replace(item, returned=event.returned.get(item.candidacy)) for item in one.items)
    return state.with_batch(replace(
        one, items=items, decided_on=on, decided_at=happened.at, decided_by=happened.actor, meeting=event.meeting))


@BATCHES.evolves(OutcomePresented, OutcomeValidated, OutcomeReturned)
def told(state: BodyState, _event: OutcomePresented | OutcomeValidated | OutcomeReturned, _happened: Happened
         ) -> BodyState:
    """For the candidacy to quote: the batch holds it already."""
    return state
