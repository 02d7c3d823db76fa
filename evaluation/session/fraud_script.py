"""What follows on the spot from a suspected fraud, one step after the other: the president tells the candidate what is
noted and the sanctions incurred; the candidate answers in their own words, or does not (`suspicion_answers`); the
president decides to go on or to stop (R6.5, R6.6).

The clock stands still meanwhile. Whoever presides takes it up where it is, also after having been away; where that
person is lost, whom the jurors designate in their place (R3.1). Nothing of it decides about the fraud: that is the
case's (R7.2).
"""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.gates import check_no_script, check_phase
from evaluation.session.hearing_parts import Incident
from evaluation.session.pauses import ClockPaused, ClockResumed
from evaluation.session.phases import IN_ROOM, TIMED
from evaluation.session.script_steps import FraudScript, ScriptCourse
from evaluation.session.state import Hearing, SessionState
from evaluation.session.stopping import HearingStopped

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class TellSanctions:
    """R6.5, R6.6: what is noted and the sanctions incurred are told to the candidate. The script begins."""

    hearing: HearingId
    incident: int


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
    return state.with_hearing(hearing.with_incident(event.incident, lambda one: replace(
        one, sanctions_told=True, script=script)))


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
    if command.course == "stop" and hearing.untold:
        raise Refusal("R6.5", N_("Une autre présomption de fraude est notée, et n’a pas été dite à la personne : "
                                 "décidez de continuer, dites-la, puis arrêtez l’épreuve."))
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
    hearing = state.hearing(event.hearing)
    return state.with_hearing(hearing.with_script(
        event.incident, lambda one: one.decided(event.course, event.words, happened.at)))
