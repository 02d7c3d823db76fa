"""The identity decided: the jurors' opinions, then the president's decision (R6.3)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, SeatId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.gates import check_decision, check_undecided, checked_anew, reserved
from evaluation.session.hearing_parts import IdentityDecision, Opinion
from evaluation.session.incidents import IncidentRecorded
from evaluation.session.measured import IdentityDocument
from evaluation.session.on_site import is_on_site
from evaluation.session.state import Hearing, SessionState
from evaluation.session.stopping import stopped
from evaluation.session.supplied_documents import check_identity_kind
from evaluation.session.terms import IDENTITY_KINDS, Course, IdentityFinding

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class GiveIdentityOpinion:
    """R6.3: what one juror says before the president decides."""

    hearing: HearingId
    conform: bool
    words: Words | None = None


@TOPIC.command
@dataclass(frozen=True)
class DecideIdentity:
    """R6.3: the president's decision. Anything but `conform` is an incident, and needs words. `evidence` names
    pictures; those of the newest check are quoted by themselves. `seen` is the kind of document that the jury saw on
    site, with its own eyes (X13)."""

    hearing: HearingId
    finding: IdentityFinding
    course: Course
    words: Words | None = None
    evidence: tuple[str, ...] = ()
    seen: IdentityDocument | None = None


@TOPIC.event("session.identity_opinion_given")
@dataclass(frozen=True)
class IdentityOpinionGiven:
    hearing: HearingId
    conform: bool
    words: Words | None


@TOPIC.event("session.identity_decided")
@dataclass(frozen=True)
class IdentityDecided:
    """`dissent` names the jurors whose opinion was another. `digests` are those of the pictures in `evidence`, one for
    one, `copies` those of the copies compared with."""

    hearing: HearingId
    finding: IdentityFinding
    course: Course
    words: Words | None
    evidence: tuple[str, ...]
    dissent: tuple[SeatId, ...]
    digests: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    seen: IdentityDocument | None = None


@rule("R6.3")
def check_heard(state: SessionState, hearing: Hearing, president: str) -> None:
    """The president decides after hearing the jurors who are there."""
    unheard = [
        s for s in state.jurors_sitting(hearing.id)
        if s.id != president and s.id in state.present and s.id not in hearing.opinions
    ]
    if unheard:
        raise Refusal("R6.3", N_("Entendez d’abord les autres jurés : il manque {count} avis."), count=len(unheard))


@TOPIC.decides(GiveIdentityOpinion)
def give_opinion(state: SessionState, command: GiveIdentityOpinion, asked: Asked) -> tuple[object, ...]:
    check_undecided(state.hearing(command.hearing))
    return (IdentityOpinionGiven(command.hearing, command.conform, command.words),)


@TOPIC.evolves(IdentityOpinionGiven)
def opinion_given(state: SessionState, event: IdentityOpinionGiven, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    opinion = Opinion(event.conform, event.words, happened.at)
    return state.with_hearing(replace(hearing, opinions={**hearing.opinions, happened.actor: opinion}))


@rule("X13")
def check_seen(state: SessionState, hearing: Hearing, finding: IdentityFinding, seen: IdentityDocument | None) -> None:
    """On site the document is seen by the jury's own eyes, and which one it was is said; of somebody at a camera that
    is no way to know them."""
    on_site = is_on_site(state, hearing, hearing.candidate.id)
    if seen is not None and not on_site:
        raise Refusal("X13", N_("La personne n’est pas sur place : sa pièce d’identité se montre à la caméra."))
    if on_site and seen is None and finding == "conform":
        raise Refusal("X13", N_("Dites quelle pièce d’identité vous avez vue sur place."))
    check_identity_kind(state, "identity_front", seen)


@rule("R6.3", permits=())
def dissenting(hearing: Hearing, conform: bool) -> tuple[SeatId, ...]:
    """The jurors whose opinion is another than what the president finds: written down with the decision."""
    return tuple(seat for seat, opinion in hearing.opinions.items() if opinion.conform != conform)


@rule("R6.3", permits=())
def quoted(hearing: Hearing, cited: tuple[str, ...]) -> tuple[str, ...]:
    """The pictures a decision rests on: those cited, and all that the newest check showed to the jury."""
    shown = hearing.signals[-1].pictures() if hearing.signals else ()
    return tuple(dict.fromkeys((*cited, *(one.id for one in shown))))


def digests(hearing: Hearing, evidence: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the pictures quoted, and of the copies as they are now: no picture can be exchanged afterwards (X5)."""
    copies = (hearing.document(kind) for kind in sorted(IDENTITY_KINDS))
    return tuple(hearing.pictures[one] for one in evidence), tuple(one.digest for one in copies if one is not None)


@TOPIC.decides(DecideIdentity)
def decide_identity(state: SessionState, command: DecideIdentity, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_undecided(hearing)
    check_heard(state, hearing, asked.actor)
    check_decision(command.finding, command.course, command.words is not None)
    check_seen(state, hearing, command.finding, command.seen)
    if not set(command.evidence) <= hearing.pictures.keys():
        raise Refusal("R6.3", N_("Une image citée n’a pas été prise dans cette épreuve."))
    conform = command.finding == "conform"
    decided = IdentityDecided(
        command.hearing, command.finding, command.course, command.words, quoted(hearing, command.evidence),
        dissenting(hearing, conform), *digests(hearing, quoted(hearing, command.evidence)), command.seen,
    )
    if conform:
        return (decided,)
    incident = IncidentRecorded(
        command.hearing, state.framework.case.opens("identity"), False, hearing.phase.value, None, command.words,
        command.evidence
    )
    return (decided, incident, *stopped(command.course, hearing, command.words))


@TOPIC.evolves(IdentityDecided)
def identity_decided(state: SessionState, event: IdentityDecided, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    if event.course == "retry":
        return state.with_hearing(checked_anew(replace(hearing, opinions={})))
    decision = IdentityDecision(
        event.finding, event.course, event.words, event.evidence, event.dissent, happened.actor, happened.at, event.seen
    )
    hearing = replace(hearing, identity=decision, check=None, gesture=None)
    return state.with_hearing(reserved(hearing, "identity") if event.course == "reserve" else hearing)
