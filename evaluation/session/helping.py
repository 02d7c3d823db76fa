"""Calls for help and their settling; the organizer's messages to the room."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Words
from evaluation.rules import N_, Refusal
from evaluation.session.hearing_parts import Note, Problem
from evaluation.session.state import SessionState
from evaluation.session.terms import ProblemKind

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class ReportProblem:
    """Any seat calls the organizer: with words, or with what it chose among the common problems, or both."""

    words: Words | None = None
    kind: ProblemKind | None = None


@TOPIC.command
@dataclass(frozen=True)
class SettleProblem:
    problem: int
    """Position of the report in the journal."""


@TOPIC.command
@dataclass(frozen=True)
class WriteToRoom:
    """The organizer writes to everybody in the room."""

    words: Words


@TOPIC.event("session.problem_reported")
@dataclass(frozen=True)
class ProblemReported:
    words: Words | None
    kind: ProblemKind | None = None


@TOPIC.event("session.problem_settled")
@dataclass(frozen=True)
class ProblemSettled:
    problem: int


@TOPIC.event("session.room_message_written")
@dataclass(frozen=True)
class RoomMessageWritten:
    words: Words


@TOPIC.decides(ReportProblem)
def report(state: SessionState, command: ReportProblem, asked: Asked) -> tuple[object, ...]:
    if command.words is None and command.kind is None:
        raise Refusal("R4.4", N_("Choisissez ce qui se passe, ou écrivez-le en quelques mots."))
    return (ProblemReported(command.words, command.kind),)


@TOPIC.evolves(ProblemReported)
def reported(state: SessionState, event: ProblemReported, happened: Happened) -> SessionState:
    problem = Problem(happened.position, happened.at, happened.actor, event.words, event.kind)
    return replace(state, problems=(*state.problems, problem))


@TOPIC.decides(SettleProblem)
def settle(state: SessionState, command: SettleProblem, asked: Asked) -> tuple[object, ...]:
    if not any(p.position == command.problem and not p.settled for p in state.problems):
        raise Refusal("R4.4", N_("Ce problème est déjà réglé, ou n’existe pas."))
    return (ProblemSettled(command.problem),)


@TOPIC.evolves(ProblemSettled)
def settled(state: SessionState, event: ProblemSettled, happened: Happened) -> SessionState:
    problems = tuple(replace(p, settled=True) if p.position == event.problem else p for p in state.problems)
    return replace(state, problems=problems)


@TOPIC.decides(WriteToRoom)
def write_to_room(state: SessionState, command: WriteToRoom, asked: Asked) -> tuple[object, ...]:
    return (RoomMessageWritten(command.words),)


@TOPIC.evolves(RoomMessageWritten)
def room_message(state: SessionState, event: RoomMessageWritten, happened: Happened) -> SessionState:
    note = Note(happened.position, happened.at, happened.actor, event.words, state.current)
    return replace(state, messages=(*state.messages, note))
