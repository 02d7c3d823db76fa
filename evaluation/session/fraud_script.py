"""What follows on the spot from a suspected fraud, one step after the other: the president tells the candidate what is
noted and the sanctions incurred; the candidate answers in their own words, or does not; the president decides to go on
or to stop (R6.5, R6.6).

The clock stands still meanwhile. Whoever presides takes it up where it is, also after having been away; where that
person is lost, whom the jurors designate in their place (R3.1). Nothing of it decides about the fraud: that is the
case's (R7.2).
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.gates import check_no_script, check_phase
from evaluation.session.hearing_parts import Incident
from evaluation.session.pauses import ClockPaused, ClockResumed
from evaluation.session.phases import IN_ROOM, TIMED
from evaluation.session.script_steps import REPLACED, FraudScript, ScriptCourse, SuspicionAnswer
from evaluation.session.state import Hearing, SessionState
from evaluation.session.stopping import HearingStopped

TOPIC = Topic()
MINUTE = 60_000


@TOPIC.command
@dataclass(frozen=True)
class TellSanctions:
    """R6.5, R6.6: what is noted and the sanctions incurred are told to the candidate. The script begins."""

    hearing: HearingId
    incident: int


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


@TOPIC.command
@dataclass(frozen=True)
class DecideSuspicion:
    """Whether the examination goes on. To stop it needs words."""

    hearing: HearingId
    incident: int
    course: ScriptCourse
    words: Words | None = None


@TOPIC.event("session.sanctions_told")
@dataclass(frozen=True)
class SanctionsTold:
    """`script`: what follows is asked step by step; before that was so, telling was all."""

    hearing: HearingId
    incident: int
    script: bool = False


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


@TOPIC.event("session.suspicion_decided")
@dataclass(frozen=True)
class SuspicionDecided:
    hearing: HearingId
    incident: int
    course: ScriptCourse
    words: Words | None


# The president tells


@rule("R6.5", "R6.6")
def check_sanctions(hearing: Hearing, incident: int) -> None:
    """The sanctions are told once, for a suspected fraud, while the candidate is there."""
    concerned = next((i for i in hearing.noted if i.position == incident), None)
    if concerned is None or not concerned.suspected_fraud or concerned.sanctions_told or hearing.phase not in IN_ROOM:
        raise Refusal(
            "R6.5", N_("Les sanctions se disent une fois, pour une présomption de fraude, pendant l’épreuve.")
        )


@TOPIC.decides(TellSanctions)
def tell_sanctions(state: SessionState, command: TellSanctions, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_sanctions(hearing, command.incident)
    check_no_script(hearing)
    told = SanctionsTold(command.hearing, command.incident, script=True)
    return (told, ClockPaused(hearing.id, "other", None)) if _runs(hearing) else (told,)


def _runs(hearing: Hearing) -> bool:
    return hearing.phase in TIMED and hearing.clock is not None and hearing.clock.running


@TOPIC.evolves(SanctionsTold)
def sanctions_told(state: SessionState, event: SanctionsTold, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    script = FraudScript(happened.at, happened.actor, _runs(hearing)) if event.script else None
    told = tuple(replace(one, sanctions_told=True, script=script) if one.position == event.incident else one
                 for one in hearing.incidents)
    return state.with_hearing(replace(hearing, incidents=told))


def _with_script(
    state: SessionState, hearing: HearingId, incident: int, next_step: Callable[[FraudScript], FraudScript]
) -> SessionState:
    found = state.hearing(hearing)
    incidents = tuple(
        replace(one, script=next_step(one.script)) if one.position == incident and one.script is not None else one
        for one in found.incidents)
    return state.with_hearing(replace(found, incidents=incidents))


# The candidate answers, or does not


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
    return _with_script(state, event.hearing, event.incident, lambda one: one.answered(given))


# The president decides


@rule("R6.5", "R7.2")
def check_decides(hearing: Hearing, command: DecideSuspicion) -> Incident:
    """Nobody goes on or stops before the candidate was told and could answer; who stops says why."""
    check_phase(hearing, *IN_ROOM)
    running = hearing.in_script
    if running is None or running.position != command.incident or running.script is None:
        raise Refusal("R6.5", N_("Aucune suite n’attend d’être décidée : rien n’a été dit à la personne, ou c’est "
                                 "décidé."))
    if running.script.answer is None:
        raise Refusal("R6.5", N_("La personne n’a pas encore répondu : attendez sa réponse, ou écrivez pourquoi elle "
                                 "n’est pas possible."))
    if command.course == "stop" and command.words is None:
        raise Refusal("R7.2", N_("Écrivez en quelques mots pourquoi l’épreuve s’arrête."))
    return running


@TOPIC.decides(DecideSuspicion)
def decide(state: SessionState, command: DecideSuspicion, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    running = check_decides(hearing, command)
    decided = SuspicionDecided(hearing.id, command.incident, command.course, command.words)
    if command.course == "stop" and command.words is not None:
        return (decided, HearingStopped(hearing.id, command.words))
    return (decided, ClockResumed(hearing.id)) if _goes_on(hearing, running) else (decided,)


def _goes_on(hearing: Hearing, running: Incident) -> bool:
    """Only the pause that the script made ends with it: a failure that came before is not over for that, nor does the
    time of a candidate go on whom the organizer has asked to leave the room."""
    clock = hearing.clock
    ours = running.script is not None and running.script.paused
    return ours and hearing.apart is None and hearing.phase in TIMED and clock is not None and not clock.running


@TOPIC.evolves(SuspicionDecided)
def decided(state: SessionState, event: SuspicionDecided, happened: Happened) -> SessionState:
    return _with_script(state, event.hearing, event.incident,
                        lambda one: one.decided(event.course, event.words, happened.at))
