"""The candidate, told in the room of a suspected fraud, answers in their own words, or does not: nothing follows from
that by itself (R6.5)."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.gates import check_phase
from evaluation.session.phases import IN_ROOM
from evaluation.session.script_steps import REPLACED, FraudScript, SuspicionAnswer
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()
MINUTE = 60_000


@TOPIC.command
@dataclass(frozen=True)
class AnswerSuspicion:
    """The candidate's own words, signed with their name."""

    hearing: HearingId
    incident: int
    words: Words
    signature: Words


@TOPIC.command
@dataclass(frozen=True)
class DeclineAnswer:
    """The candidate does not answer: nothing follows from that by itself."""

    hearing: HearingId
    incident: int


@TOPIC.command
@dataclass(frozen=True)
class RecordUnanswered:
    """No answer could be taken. `words`: what happened."""

    hearing: HearingId
    incident: int
    words: Words


@TOPIC.event("session.suspicion_answered")
@dataclass(frozen=True)
class SuspicionAnswered:
    hearing: HearingId
    incident: int
    words: Words
    signature: Words


@TOPIC.event("session.answer_declined")
@dataclass(frozen=True)
class AnswerDeclined:
    hearing: HearingId
    incident: int


@TOPIC.event("session.answer_missed")
@dataclass(frozen=True)
class AnswerMissed:
    hearing: HearingId
    incident: int
    words: Words


@rule("R6.5")
def check_asked(hearing: Hearing, incident: int) -> FraudScript:
    """An answer is to what was told last, in the room, and stands once it is given."""
    check_phase(hearing, *IN_ROOM)
    running = hearing.in_script
    if running is None or running.position != incident or running.script is None:
        raise Refusal("R6.5", N_("Rien n’attend de réponse ici. Pour dire comment vous avez vu les choses, "
                                 "écrivez une déclaration : elle entre au dossier."))
    answer = running.script.answer
    if answer is not None and answer.how not in REPLACED:
        raise Refusal("R6.5", N_("La réponse est déjà enregistrée, telle qu’elle a été signée."))
    return running.script


@TOPIC.decides(AnswerSuspicion)
def answer(state: SessionState, command: AnswerSuspicion, asked: Asked) -> tuple[object, ...]:
    check_asked(state.hearing(command.hearing), command.incident)
    return (SuspicionAnswered(command.hearing, command.incident, command.words, command.signature),)


@TOPIC.decides(DeclineAnswer)
def decline(state: SessionState, command: DeclineAnswer, asked: Asked) -> tuple[object, ...]:
    script = check_asked(state.hearing(command.hearing), command.incident)
    declined = script.answer is not None and script.answer.how == "declined"
    return () if declined else (AnswerDeclined(command.hearing, command.incident),)


@TOPIC.decides(RecordUnanswered)
def unanswered(state: SessionState, command: RecordUnanswered, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    script = check_asked(hearing, command.incident)
    check_none_came(state, hearing, script, asked.now)
    return (AnswerMissed(command.hearing, command.incident, command.words),)


@rule("R6.5")
def check_none_came(state: SessionState, hearing: Hearing, script: FraudScript, now: int) -> None:
    """Nobody answers for the candidate, nor before them: they are gone, or were given the time and said nothing."""
    if script.answer is not None:
        raise Refusal("R6.5", N_("La réponse est déjà enregistrée : décidez de la suite."))
    minutes = state.framework.case.room_answer_minutes
    if now < missed_from(state, hearing, script):
        raise Refusal("R6.5", N_("La personne est là : laissez-lui le temps de répondre, ou de dire qu’elle ne répond "
                                 "pas. Sans rien d’elle après {minutes} minutes, vous pourrez l’écrire ici."),
                      minutes=minutes)


def missed_from(state: SessionState, hearing: Hearing, script: FraudScript) -> int:
    """From when the president may write that no answer came, in ms."""
    waited = script.told_at + state.framework.case.room_answer_minutes * MINUTE
    there = hearing.candidate.id in state.present and hearing.apart is None
    return waited if there else script.told_at


@TOPIC.evolves(SuspicionAnswered, AnswerDeclined, AnswerMissed)
def answered(
    state: SessionState, event: SuspicionAnswered | AnswerDeclined | AnswerMissed, happened: Happened
) -> SessionState:
    by, at = happened.actor, happened.at
    if isinstance(event, SuspicionAnswered):
        given = SuspicionAnswer("given", event.words, event.signature, by, at)
    elif isinstance(event, AnswerMissed):
        given = SuspicionAnswer("missed", event.words, None, by, at)
    else:
        given = SuspicionAnswer("declined", None, None, by, at)
    hearing = state.hearing(event.hearing)
    return state.with_hearing(hearing.with_script(event.incident, lambda one: one.answered(given)))
