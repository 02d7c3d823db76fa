"""One consensus a competency, or a dispute (R3.6)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evaluation.grading import Mark
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, SeatId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.deliberation import changing, deliberating
from evaluation.session.grids import check_competency, sought
from evaluation.session.hearing_parts import Deliberation, Proposal
from evaluation.session.jury import JURY_SIZE
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class ProposeConsensus:
    """R3.6: the president proposes; a change clears the other confirmations of that competency."""

    hearing: HearingId
    marks: dict[str, Mark]


@TOPIC.command
@dataclass(frozen=True)
class ConfirmConsensus:
    """R3.6: a juror confirms what they saw proposed: `marks` must be the proposals as they stand."""

    hearing: HearingId
    marks: dict[str, Mark]


@TOPIC.command
@dataclass(frozen=True)
class WithdrawConfirmation:
    hearing: HearingId
    competency: str


@TOPIC.command
@dataclass(frozen=True)
class DeclareDispute:
    """R3.6: no consensus; these competencies go to the certification jury with each position."""

    hearing: HearingId
    competencies: tuple[str, ...]
    words: Words


@TOPIC.event("session.consensus_proposed")
@dataclass(frozen=True)
class ConsensusProposed:
    hearing: HearingId
    competency: str
    mark: Mark


@TOPIC.event("session.consensus_confirmed")
@dataclass(frozen=True)
class ConsensusConfirmed:
    hearing: HearingId
    competency: str
    mark: Mark


@TOPIC.event("session.confirmation_withdrawn")
@dataclass(frozen=True)
class ConfirmationWithdrawn:
    hearing: HearingId
    competency: str


@TOPIC.event("session.dispute_declared")
@dataclass(frozen=True)
class DisputeDeclared:
    hearing: HearingId
    competencies: tuple[str, ...]
    words: Words


def reached(state: SessionState, hearing: Hearing) -> dict[str, Mark]:
    """The competencies on which each of the three has confirmed the same mark (R3.6): with two there is none. Once all
    have signed, those that stand signed."""
    if hearing.agreed is not None:
        return dict(hearing.agreed)
    jury = {s.id for s in state.jurors_sitting(hearing.id)}
    if hearing.deliberation is None or len(jury) < JURY_SIZE:
        return {}
    return {code: p.mark for code, p in hearing.deliberation.proposals.items() if jury <= p.confirmed}


def open_questions(state: SessionState, hearing: Hearing) -> tuple[str, ...]:
    """Competencies with neither consensus nor dispute."""
    settled = set(reached(state, hearing))
    settled |= set(hearing.deliberation.disputed) if hearing.deliberation else set()
    return tuple(code for code in sought(state.framework, hearing) if code not in settled)


def to_confirm(hearing: Hearing, juror: SeatId) -> dict[str, Mark]:
    """What is proposed and not in dispute, and this juror has not confirmed: the marks exactly as they stand."""
    table = hearing.deliberation
    if table is None:
        return {}
    return {code: one.mark for code, one in table.proposals.items()
            if code not in table.disputed and juror not in one.confirmed}


def to_propose(state: SessionState, hearing: Hearing) -> dict[str, Mark]:
    """The competencies on which the three already agree, and nothing is proposed or in dispute."""
    table = hearing.deliberation
    jury = [hearing.grid(seat.id).marks for seat in state.jurors_sitting(hearing.id)]
    if table is None or not jury:
        return {}
    untouched = [one for one in sought(state.framework, hearing) if one not in {**table.proposals, **table.disputed}]
    own = {code: {marks[code].mark if code in marks else None for marks in jury} for code in untouched}
    return {code: mark for code, given in own.items() if len(given) == 1 for mark in given if mark is not None}


@rule("R3.6")
def check_confirmed_as_shown(deliberation: Deliberation, marks: Mapping[str, Mark]) -> None:
    """A juror confirms what is proposed now: neither what was proposed before, nor what is in dispute since."""
    for code, mark in marks.items():
        proposal = deliberation.proposals.get(code)
        if proposal is None or proposal.mark != mark or code in deliberation.disputed:
            raise Refusal("R3.6", N_("La proposition pour {code} a changé entre-temps : relisez-la."), code=code)


@TOPIC.decides(ProposeConsensus)
def propose(state: SessionState, command: ProposeConsensus, asked: Asked) -> tuple[object, ...]:
    hearing, deliberation = changing(state, command.hearing, asked.actor)
    for code in command.marks:
        check_competency(state.framework, hearing, code)
    standing = {code: p.mark for code, p in deliberation.proposals.items() if code not in deliberation.disputed}
    return tuple(
        ConsensusProposed(hearing.id, code, mark)
        for code, mark in command.marks.items() if standing.get(code) != mark
    )


@TOPIC.evolves(ConsensusProposed)
def proposed(state: SessionState, event: ConsensusProposed, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    deliberation = deliberating(hearing)
    proposal = Proposal(event.mark, frozenset({happened.actor}))
    changed = replace(
        deliberation,
        proposals={**deliberation.proposals, event.competency: proposal},
        disputed={code: words for code, words in deliberation.disputed.items() if code != event.competency},
        recommendations={},
    )
    return state.with_hearing(replace(hearing, deliberation=changed))


@TOPIC.decides(ConfirmConsensus)
def confirm(state: SessionState, command: ConfirmConsensus, asked: Asked) -> tuple[object, ...]:
    hearing, deliberation = changing(state, command.hearing, asked.actor)
    check_confirmed_as_shown(deliberation, command.marks)
    return tuple(
        ConsensusConfirmed(hearing.id, code, mark)
        for code, mark in command.marks.items() if asked.actor not in deliberation.proposals[code].confirmed
    )


@TOPIC.decides(WithdrawConfirmation)
def withdraw(state: SessionState, command: WithdrawConfirmation, asked: Asked) -> tuple[object, ...]:
    hearing, deliberation = changing(state, command.hearing, asked.actor)
    proposal = deliberation.proposals.get(command.competency)
    if proposal is None or asked.actor not in proposal.confirmed:
        return ()
    return (ConfirmationWithdrawn(hearing.id, command.competency),)


@TOPIC.evolves(ConsensusConfirmed, ConfirmationWithdrawn)
def confirmed(
    state: SessionState, event: ConsensusConfirmed | ConfirmationWithdrawn, happened: Happened
) -> SessionState:
    hearing = state.hearing(event.hearing)
    deliberation = deliberating(hearing)
    proposal = deliberation.proposals[event.competency]
    confirms = isinstance(event, ConsensusConfirmed)
    who = proposal.confirmed | {happened.actor} if confirms else proposal.confirmed - {happened.actor}
    changed = replace(
        deliberation,
        proposals={**deliberation.proposals, event.competency: replace(proposal, confirmed=frozenset(who))},
        recommendations=deliberation.recommendations if confirms else {},
    )
    return state.with_hearing(replace(hearing, deliberation=changed))


@TOPIC.decides(DeclareDispute)
def declare_dispute(state: SessionState, command: DeclareDispute, asked: Asked) -> tuple[object, ...]:
    hearing, _ = changing(state, command.hearing, asked.actor)
    agreed = reached(state, hearing)
    for code in command.competencies:
        check_competency(state.framework, hearing, code)
    if not command.competencies or any(code in agreed for code in command.competencies):
        raise Refusal("R3.6", N_("Un désaccord porte sur des compétences sans consensus."))
    return (DisputeDeclared(hearing.id, command.competencies, command.words),)


@TOPIC.evolves(DisputeDeclared)
def dispute_declared(state: SessionState, event: DisputeDeclared, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    deliberation = deliberating(hearing)
    disputed = {**deliberation.disputed, **dict.fromkeys(event.competencies, event.words)}
    changed = replace(deliberation, disputed=disputed, recommendations={})
    return state.with_hearing(replace(hearing, deliberation=changed))
