"""Findings of observers, and of the awarding body's other controls: recorded, given to somebody with a corrective
action and a day, closed (R2.4)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from evaluation.body import access
from evaluation.body.access import may_keep_registers
from evaluation.body.state import BodyState, Finding
from evaluation.codec import FieldError, decode
from evaluation.deadlines import day_of
from evaluation.field_values import json_object
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import OfficeId, ProviderId, held, quoted, runs
from evaluation.people import SYSTEM, PersonId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

FINDINGS = Topic()
PLANNED, ADDED = "session.session_planned", "session.observer_added"
"""What gives somebody a place to observe a day from."""


@FINDINGS.command
@dataclass(frozen=True)
class RecordFinding:
    """What was found at a provider on a day; `session` is the jury's day that it was found on, if it was on one. `day`
    quotes the planning of it, `seat` what gave its author a place there: the planning itself, or a later act."""

    finding: str
    provider: ProviderId
    found_on: date
    words: Words
    session: str | None = None
    day: Quote | None = None
    seat: Quote | None = None


@FINDINGS.command
@dataclass(frozen=True)
class AssignFinding:
    """`words` say the corrective action; `owner` does it by the day `due`. A later one stands in its place."""

    finding: str
    owner: PersonId
    due: date
    words: Words


@FINDINGS.command
@dataclass(frozen=True)
class CloseFinding:
    """`words` say what was corrected, or why nothing was to be."""

    finding: str
    words: Words


@FINDINGS.event("body.finding_recorded")
@dataclass(frozen=True)
class FindingRecorded:
    finding: str
    provider: ProviderId
    found_on: date
    words: Words
    session: str | None
    under: OfficeId
    day: Quote | None = None
    seat: Quote | None = None


@FINDINGS.event("body.finding_assigned")
@dataclass(frozen=True)
class FindingAssigned:
    finding: str
    owner: PersonId
    due: date
    words: Words
    under: OfficeId


@FINDINGS.event("body.finding_closed")
@dataclass(frozen=True)
class FindingClosed:
    finding: str
    words: Words
    under: OfficeId


@FINDINGS.decides(RecordFinding)
def record(state: BodyState, command: RecordFinding, asked: Asked) -> tuple[Any, ...]:
    under = access.as_observing(state, asked)
    check_found(state, command, day_of(asked.now))
    if command.session is not None or not _keeps(state, asked):
        check_observed(state, command, asked)
    return (FindingRecorded(command.finding, command.provider, command.found_on, command.words, command.session,
                            under, command.day, command.seat),)


def _keeps(state: BodyState, asked: Asked) -> bool:
    return may_keep_registers(held(state.all_offices(), asked.actor, day_of(asked.now))) is not None


@rule("R2.4")
def check_observed(state: BodyState, command: RecordFinding, asked: Asked) -> None:
    """The day is of this provider and this awarding body; whoever does not keep the registers had a place to observe
    it from."""
    if not _is_day_of(state, command.day, command.session, command.provider):
        raise Refusal("R2.4", N_("Cette journée n’est pas connue, ou n’est pas de cet organisme de formation."))
    if not _keeps(state, asked) and not _observed(command, asked.actor):
        raise Refusal("R2.4", N_("Un constat se fait par qui avait une place d’observation ce jour-là."))


def _is_day_of(state: BodyState, day: Quote | None, session: str | None, provider: ProviderId) -> bool:
    if day is None or (day.event, day.stream) != (PLANNED, session):
        return False
    try:
        office = decode(Quote, day.data.get("office"))
    except FieldError:
        return False
    return office.stream == state.id and quoted(office).provider == provider


def _observed(command: RecordFinding, person: PersonId) -> bool:
    seat = command.seat
    if seat is None or seat.stream != command.session:
        return False
    several = {PLANNED: "observers", ADDED: "observer"}.get(seat.event)
    given = seat.data.get(several) if several is not None else None
    found = cast("list[object]", given) if isinstance(given, list | tuple) else [given]
    return person in {json_object(one).get("person") for one in found if one is not None}


@rule("R2.4")
def check_found(state: BodyState, command: RecordFinding, today: date) -> None:
    if not command.finding or command.finding in state.findings:
        raise Refusal("R2.4", N_("Ce constat est déjà enregistré."))
    if command.provider not in state.providers:
        raise Refusal("R2.4", N_("Cet organisme de formation n’est pas connu."))
    if command.found_on > today:
        raise Refusal("R2.4", N_("Un constat ne se fait pas un jour à venir."))


@FINDINGS.evolves(FindingRecorded)
def recorded(state: BodyState, event: FindingRecorded, happened: Happened) -> BodyState:
    one = Finding(event.finding, event.provider, event.found_on, event.words, event.session, happened.actor,
                  happened.at)
    return state.with_finding(one)


@FINDINGS.decides(AssignFinding)
def assign(state: BodyState, command: AssignFinding, asked: Asked) -> tuple[Any, ...]:
    under = access.as_clerk(state, asked)
    check_open(state, command.finding)
    check_assigned(command, day_of(asked.now))
    check_owner(state, command, day_of(asked.now))
    return (FindingAssigned(command.finding, command.owner, command.due, command.words, under),)


@rule("R2.4")
def check_open(state: BodyState, finding: str) -> None:
    found = state.findings.get(finding)
    if found is None or found.closed_at is not None:
        raise Refusal("R2.4", N_("Ce constat n’est pas connu, ou il est clos."))


@rule("R2.4")
def check_assigned(command: AssignFinding, today: date) -> None:
    if command.owner in ("", SYSTEM):
        raise Refusal("R2.4", N_("Dites qui corrige."))
    if command.due < today:
        raise Refusal("R2.4", N_("L’échéance est passée : donnez un jour à venir."))


@rule("R2.4")
def check_owner(state: BodyState, command: AssignFinding, today: date) -> None:
    if command.owner not in owners(state, state.findings[command.finding].provider, today):
        raise Refusal("R2.4", N_("Une action corrective se confie à quelqu’un de cet organisme de formation, ou de "
                                 "l’organisme certificateur, qui y a une fonction aujourd’hui."))


@rule("R2.4", permits=frozenset[PersonId]())
def owners(state: BodyState, provider: ProviderId, today: date) -> frozenset[PersonId]:
    """Those who may be given a corrective action: whoever holds an office there, or keeps the registers."""
    return frozenset(one.person for one in state.all_offices() if runs(one.since, one.until, today) and (
        one.provider == provider or may_keep_registers((one,)) is not None))


@FINDINGS.evolves(FindingAssigned)
def assigned(state: BodyState, event: FindingAssigned, _happened: Happened) -> BodyState:
    one = replace(state.findings[event.finding], owner=event.owner, due=event.due, action=event.words)
    return state.with_finding(one)


@FINDINGS.decides(CloseFinding)
def close(state: BodyState, command: CloseFinding, asked: Asked) -> tuple[Any, ...]:
    """The clerk alone closes a finding: whoever corrects does not judge whether that is enough."""
    under = access.as_clerk(state, asked)
    check_open(state, command.finding)
    return (FindingClosed(command.finding, command.words, under),)


@FINDINGS.evolves(FindingClosed)
def closed(state: BodyState, event: FindingClosed, happened: Happened) -> BodyState:
    return state.with_finding(replace(state.findings[event.finding], closed_at=happened.at, outcome=event.words))
