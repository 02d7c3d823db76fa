"""What the organizer may do where somebody disturbs, or it cannot go on so: warn, separate, propose. Never sanction
(R4.4). The first of a hearing opens a case; the others are told to it."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.case_rules import OpenedBy
from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.begun_ended import incident_of
from evaluation.session.hearing_parts import Measure
from evaluation.session.incidents import IncidentRecorded
from evaluation.session.on_site import is_on_site
from evaluation.session.phases import IN_ROOM, TIMED, TO_CALL
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import ProposedEnding

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class WarnCandidate:
    """`words` are the warning, as the candidate reads it."""

    hearing: HearingId
    words: Words


@TOPIC.command
@dataclass(frozen=True)
class SeparateCandidate:
    """The candidate leaves the room for the waiting room, and the clock stands still. `words` tell them why."""

    hearing: HearingId
    words: Words


@TOPIC.command
@dataclass(frozen=True)
class EndSeparation:
    """The candidate comes back into the room; the clock goes on when the president says so."""

    hearing: HearingId


@TOPIC.command
@dataclass(frozen=True)
class ProposeEnding:
    """To the president, who alone ends what has begun. A consequence is proposed in the case."""

    hearing: HearingId
    ending: ProposedEnding
    words: Words


@TOPIC.command
@dataclass(frozen=True)
class DeclineEnding:
    """The president goes on. `proposal` is the journal's position."""

    hearing: HearingId
    proposal: int
    words: Words


@TOPIC.event("session.candidate_warned")
@dataclass(frozen=True)
class CandidateWarned:
    hearing: HearingId
    words: Words


@TOPIC.event("session.candidate_separated")
@dataclass(frozen=True)
class CandidateSeparated:
    hearing: HearingId
    words: Words


@TOPIC.event("session.separation_ended")
@dataclass(frozen=True)
class SeparationEnded:
    hearing: HearingId


@TOPIC.event("session.ending_proposed")
@dataclass(frozen=True)
class EndingProposed:
    hearing: HearingId
    ending: ProposedEnding
    words: Words


@TOPIC.event("session.ending_declined")
@dataclass(frozen=True)
class EndingDeclined:
    hearing: HearingId
    proposal: int
    words: Words


# Warned


@TOPIC.decides(WarnCandidate)
def warn(state: SessionState, command: WarnCandidate, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_here(state, hearing)
    return (CandidateWarned(hearing.id, command.words), *_case(state, hearing, "warning", command.words, asked.now))


@rule("R4.4")
def check_here(state: SessionState, hearing: Hearing) -> None:
    """A warning is for somebody in the room, or at its door."""
    candidate = hearing.candidate.id
    at_door = hearing.phase in TO_CALL and (candidate in state.present or is_on_site(state, hearing, candidate))
    if hearing.phase not in IN_ROOM and not at_door:
        raise Refusal("R4.4", N_("Le candidat n’est pas là : un avertissement ne lui parviendrait pas. Écrivez ce qui "
                                 "s’est passé dans un incident."))


def _case(state: SessionState, hearing: Hearing, act: OpenedBy, words: Words, now: int) -> tuple[IncidentRecorded, ...]:
    """Once for a hearing's day: what comes later is told to the case that the first opened."""
    known = any(day_of(one.at) == day_of(now) for one in hearing.measures)
    return () if known else (incident_of(state, hearing, act, words, now),)


@TOPIC.evolves(CandidateWarned)
def warned(state: SessionState, event: CandidateWarned, happened: Happened) -> SessionState:
    return _with(state, event.hearing, Measure(happened.position, happened.at, happened.actor, "warning", event.words))


def _with(state: SessionState, hearing: HearingId, measure: Measure) -> SessionState:
    found = state.hearing(hearing)
    return state.with_hearing(replace(found, measures=(*found.measures, measure)))


# Separated


@TOPIC.decides(SeparateCandidate)
def separate(state: SessionState, command: SeparateCandidate, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_may_leave(hearing)
    return (CandidateSeparated(hearing.id, command.words),
            *_case(state, hearing, "separation", command.words, asked.now))


@rule("R4.4")
def check_may_leave(hearing: Hearing) -> None:
    """Somebody leaves the room who is in it."""
    if hearing.phase not in IN_ROOM or hearing.apart is not None:
        raise Refusal("R4.4", N_("Le candidat n’est pas dans la salle : il n’y a personne à en faire sortir."))


@TOPIC.evolves(CandidateSeparated)
def separated(state: SessionState, event: CandidateSeparated, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    clock = hearing.clock
    if clock is not None and hearing.phase in TIMED and clock.running:
        state = state.with_hearing(hearing.with_clock(clock.pause(happened.at, lost=False)))
    measure = Measure(happened.position, happened.at, happened.actor, "separation", event.words)
    return _with(state, event.hearing, measure)


@TOPIC.decides(EndSeparation)
def end_separation(state: SessionState, command: EndSeparation, asked: Asked) -> tuple[object, ...]:
    if state.hearing(command.hearing).apart is None:
        raise Refusal("R4.4", N_("Le candidat n’est pas à l’écart : il n’y a rien à terminer."))
    return (SeparationEnded(command.hearing),)


@TOPIC.evolves(SeparationEnded)
def separation_ended(state: SessionState, event: SeparationEnded, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(with_measures_over(hearing, "separation", happened.at))


def with_measures_over(hearing: Hearing, kind: str, at: int) -> Hearing:
    over = (replace(one, over_at=at) if one.kind == kind and one.over_at is None else one for one in hearing.measures)
    return replace(hearing, measures=tuple(over))


# Proposed


@TOPIC.decides(ProposeEnding)
def propose(state: SessionState, command: ProposeEnding, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_may_propose(hearing)
    proposed = EndingProposed(hearing.id, command.ending, command.words)
    return (proposed, *_case(state, hearing, "proposal", command.words, asked.now))


@rule("R4.4")
def check_may_propose(hearing: Hearing) -> None:
    """Of what has begun the president decides, on one proposal at a time."""
    if hearing.phase not in IN_ROOM:
        raise Refusal("R4.4", N_("L’épreuve n’est pas en cours. Ce qui n’a pas commencé, vous le reportez ou l’annulez "
                                 "vous-même ; ce qui est terminé relève du dossier."))
    if hearing.proposed is not None:
        raise Refusal("R4.4", N_("Une proposition attend déjà la réponse de la personne qui préside."))


@TOPIC.evolves(EndingProposed)
def proposed(state: SessionState, event: EndingProposed, happened: Happened) -> SessionState:
    return _with(state, event.hearing, Measure(
        happened.position, happened.at, happened.actor, "proposal", event.words, event.ending))


@TOPIC.decides(DeclineEnding)
def decline(state: SessionState, command: DeclineEnding, asked: Asked) -> tuple[object, ...]:
    check_is_proposed(state.hearing(command.hearing), command.proposal)
    return (EndingDeclined(command.hearing, command.proposal, command.words),)


@rule("R4.4")
def check_is_proposed(hearing: Hearing, proposal: int) -> None:
    if hearing.proposed is None or hearing.proposed.position != proposal:
        raise Refusal("R4.4", N_("Cette proposition n’attend plus de réponse."))


@TOPIC.evolves(EndingDeclined)
def declined(state: SessionState, event: EndingDeclined, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    measures = (replace(one, over_at=happened.at, declined=event.words) if one.position == event.proposal else one
                for one in hearing.measures)
    return state.with_hearing(replace(hearing, measures=tuple(measures)))
