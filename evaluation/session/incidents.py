"""Incidents, suspected fraud, statements, calls for help: what is written into the record, by people alone."""
from __future__ import annotations

from dataclasses import replace

from evaluation.rules import N_, Refusal, rule
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.dispatch import Asked, Happened, decides, evolves
from evaluation.session.events import Event
from evaluation.session.phases import IN_ROOM, OVER
from evaluation.session.state import Hearing, Incident, Note, Problem, SessionState


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


@decides(c.RecordIncident)
def record(state: SessionState, command: c.RecordIncident, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_incident(hearing, command.evidence)
    phase, clock = phase_and_clock(hearing, asked.now)
    return (
        e.IncidentRecorded(
            hearing.id, command.kind, command.suspected_fraud, phase, clock, command.words, command.evidence
        ),
    )


@evolves(e.IncidentRecorded)
def recorded(state: SessionState, event: e.IncidentRecorded, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    incident = Incident(
        happened.position, happened.at, happened.actor, event.kind, event.suspected_fraud, event.phase, event.clock,
        event.words, event.evidence,
    )
    return state.with_hearing(replace(hearing, incidents=(*hearing.incidents, incident)))


@rule("R6.5")
def check_sanctions(hearing: Hearing, incident: int) -> None:
    """The sanctions are told once, for a suspected fraud, while the candidate is there."""
    concerned = next((i for i in hearing.incidents if i.position == incident), None)
    if concerned is None or not concerned.suspected_fraud or concerned.sanctions_told or hearing.phase not in IN_ROOM:
        raise Refusal(
            "R6.5", N_("Les sanctions se disent une fois, pour une présomption de fraude, pendant l’épreuve.")
        )


@decides(c.TellSanctions)
def tell_sanctions(state: SessionState, command: c.TellSanctions, asked: Asked) -> tuple[Event, ...]:
    check_sanctions(state.hearing(command.hearing), command.incident)
    return (e.SanctionsTold(command.hearing, command.incident),)


@evolves(e.SanctionsTold)
def sanctions_told(state: SessionState, event: e.SanctionsTold, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    told = tuple(replace(i, sanctions_told=True) if i.position == event.incident else i for i in hearing.incidents)
    return state.with_hearing(replace(hearing, incidents=told))


@decides(c.AddStatement)
def add_statement(state: SessionState, command: c.AddStatement, asked: Asked) -> tuple[Event, ...]:
    state.hearing(command.hearing)
    return (e.StatementAdded(command.hearing, command.words),)


@evolves(e.StatementAdded)
def statement_added(state: SessionState, event: e.StatementAdded, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    note = Note(happened.position, happened.at, happened.actor, event.words)
    return state.with_hearing(replace(hearing, statements=(*hearing.statements, note)))


@decides(c.ReportProblem)
def report(state: SessionState, command: c.ReportProblem, asked: Asked) -> tuple[Event, ...]:
    if command.words is None and command.kind is None:
        raise Refusal("R4.4", N_("Choisissez ce qui se passe, ou écrivez-le en quelques mots."))
    return (e.ProblemReported(command.words, command.kind),)


@evolves(e.ProblemReported)
def reported(state: SessionState, event: e.ProblemReported, happened: Happened) -> SessionState:
    problem = Problem(happened.position, happened.at, happened.actor, event.words, event.kind)
    return replace(state, problems=(*state.problems, problem))


@decides(c.SettleProblem)
def settle(state: SessionState, command: c.SettleProblem, asked: Asked) -> tuple[Event, ...]:
    if not any(p.position == command.problem and not p.settled for p in state.problems):
        raise Refusal("R4.4", N_("Ce problème est déjà réglé, ou n’existe pas."))
    return (e.ProblemSettled(command.problem),)


@evolves(e.ProblemSettled)
def settled(state: SessionState, event: e.ProblemSettled, happened: Happened) -> SessionState:
    problems = tuple(replace(p, settled=True) if p.position == event.problem else p for p in state.problems)
    return replace(state, problems=problems)


@decides(c.WriteToRoom)
def write_to_room(state: SessionState, command: c.WriteToRoom, asked: Asked) -> tuple[Event, ...]:
    return (e.RoomMessageWritten(command.words),)


@evolves(e.RoomMessageWritten)
def room_message(state: SessionState, event: e.RoomMessageWritten, happened: Happened) -> SessionState:
    note = Note(happened.position, happened.at, happened.actor, event.words, state.current)
    return replace(state, messages=(*state.messages, note))
