"""Incidents, suspected fraud, statements: what is written into the record, by people alone."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from evaluation.case_rules import incident_door
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.quoted_events import INCIDENT_RECORDED
from evaluation.rules import N_, Refusal, rule
from evaluation.session.hearing_parts import Incident, Note
from evaluation.session.phases import IN_ROOM, OVER, TO_CALL
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import IncidentKind

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class RecordIncident:
    """R6.5, R7.1: phase, clock and author are filled in. `suspected_fraud` until a person has decided; `kind` is one of
    the framework's for that door, `answers` are to what that kind asks, by the place of each question ("0" first)."""

    hearing: HearingId
    kind: str
    suspected_fraud: bool
    words: Words
    evidence: tuple[str, ...] = ()
    answers: Mapping[str, Words] = field(default_factory=dict[str, Words])


@TOPIC.command
@dataclass(frozen=True)
class AddStatement:
    """X9: how the candidate saw it, in their own words."""

    hearing: HearingId
    words: Words


@TOPIC.event(INCIDENT_RECORDED)
@dataclass(frozen=True)
class IncidentRecorded:
    """`clock` is what had elapsed of `phase`, in ms, or None where no clock ran. `to_tell`: a suspicion noted while the
    candidate could still be told of it in the room."""

    hearing: HearingId
    kind: str
    suspected_fraud: bool
    phase: str
    clock: int | None
    words: Words | None
    evidence: tuple[str, ...]
    answers: Mapping[str, Words] = field(default_factory=dict[str, Words])
    to_tell: bool = False


@TOPIC.event("session.statement_added")
@dataclass(frozen=True)
class StatementAdded:
    hearing: HearingId
    words: Words


@rule("R7.1")
def phase_and_clock(hearing: Hearing, now: int) -> tuple[str, int | None]:
    """Where in the examination something happened: the phase, and what had elapsed of it in ms."""
    clock = hearing.clocks.get(hearing.phase)
    return hearing.phase.value, clock.elapsed(now) if clock else None


@rule("R6.5")
def check_incident(hearing: Hearing, evidence: tuple[str, ...]) -> None:
    """An incident is written while the record is open, on evidence taken in this hearing."""
    if hearing.phase in OVER:
        raise Refusal("R6.5", N_("L’épreuve est terminée : écrivez au certificateur."))
    if not set(evidence) <= hearing.pictures.keys():
        raise Refusal("R6.5", N_("Une image citée n’a pas été prise dans cette épreuve."))


@rule("R6.5", "R7.1")
def check_kind(state: SessionState, kind: str, *, suspected_fraud: bool) -> None:
    """A suspected fraud and a malfunction come in by two doors, each with kinds of its own. A framework that does not
    name them has those that there were before."""
    rules, door = state.framework.case, incident_door(suspected_fraud=suspected_fraud)
    kinds = [one.code for one in rules.of_door(door)] if rules.kinds else get_args(IncidentKind)
    if kind not in kinds:
        raise Refusal("R6.5", N_("Ce genre de fait n’est pas prévu ici : choisissez-en un de la liste."))


@rule("R7.1")
def check_answers(state: SessionState, command: RecordIncident) -> None:
    """Each is to a question that the framework asks of this kind; none has to be answered on the spot."""
    kind = state.framework.case.kind(incident_door(suspected_fraud=command.suspected_fraud), command.kind)
    asked = {str(place) for place in range(len(kind.asks))} if kind else set[str]()
    if not command.answers.keys() <= asked:
        raise Refusal("R7.1", N_("Une réponse n’est à aucune des questions de ce formulaire. Rechargez la page : ce "
                                 "que vous avez écrit est gardé."))


@TOPIC.decides(RecordIncident)
def record(state: SessionState, command: RecordIncident, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_incident(hearing, command.evidence)
    check_kind(state, command.kind, suspected_fraud=command.suspected_fraud)
    check_answers(state, command)
    phase, clock = phase_and_clock(hearing, asked.now)
    to_tell = command.suspected_fraud and hearing.phase in IN_ROOM | TO_CALL
    return (
        IncidentRecorded(
            hearing.id, command.kind, command.suspected_fraud, phase, clock, command.words, command.evidence,
            command.answers, to_tell,
        ),
    )


@TOPIC.evolves(IncidentRecorded)
def recorded(state: SessionState, event: IncidentRecorded, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    incident = Incident(
        happened.position, happened.at, happened.actor, event.kind, event.suspected_fraud, event.phase, event.clock,
        event.words, event.evidence, answers=event.answers, to_tell=event.to_tell,
    )
    return state.with_hearing(replace(hearing, incidents=(*hearing.incidents, incident)))


@TOPIC.decides(AddStatement)
def add_statement(state: SessionState, command: AddStatement, asked: Asked) -> tuple[object, ...]:
    state.hearing(command.hearing)
    return (StatementAdded(command.hearing, command.words),)


@TOPIC.evolves(StatementAdded)
def statement_added(state: SessionState, event: StatementAdded, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    note = Note(happened.position, happened.at, happened.actor, event.words)
    return state.with_hearing(replace(hearing, statements=(*hearing.statements, note)))
