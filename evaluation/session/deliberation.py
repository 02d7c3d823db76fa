"""The jury alone: own grids frozen and shown, one consensus a competency, recommendations, three signatures."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from evaluation.framework import Framework
from evaluation.grading import Mark, Result, compile_result
from evaluation.rules import N_, Refusal, rule
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.dispatch import Asked, Happened, decides, evolves
from evaluation.session.events import Event
from evaluation.session.gates import check_phase
from evaluation.session.grids import check_competency, sought
from evaluation.session.jury import JURY_SIZE, check_sits, check_three_present
from evaluation.session.phases import PRIVATE, Phase
from evaluation.session.state import Deliberation, Hearing, Proposal, Recommendation, SessionState, Signature

WHOLE = ""
"""The key of the recommendation for the whole certification."""
ADVICE = {"full": "award", "partial": "partial", "none": "refuse"}


# What the consensus is -------------------------------------------------------------------------------------------


def deliberating(hearing: Hearing) -> Deliberation:
    if hearing.deliberation is None or hearing.phase is not Phase.DELIBERATION or hearing.suspended:
        raise Refusal("R3.6", N_("La délibération n’est pas ouverte."))
    return hearing.deliberation


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


def result_of(framework: Framework, hearing: Hearing, marks: Mapping[str, Mark]) -> Result:
    """What the agreed marks compute for the blocks sought and kept (R3.7, R5.4, X8)."""
    return compile_result(framework, marks, hearing.kept_blocks, hearing.blocks)


@rule("R3.7")
def compiled(state: SessionState, hearing: Hearing) -> Result:
    """Results per block, compiled at each change until all have signed: then what they signed, whatever the rules of a
    later version would make of the same marks."""
    if hearing.result is not None:
        return hearing.result
    return result_of(state.framework, hearing, reached(state, hearing))


def unadvised(hearing: Hearing) -> tuple[str, ...]:
    """Blocks (and the whole) still without recommendation."""
    given = set(hearing.deliberation.recommendations if hearing.deliberation else ())
    return tuple(block for block in (*hearing.blocks, WHOLE) if block not in given)


@rule("R3.6", "X7")
def check_unsigned(deliberation: Deliberation) -> None:
    """After the first signature neither marks nor consensus nor recommendations change."""
    if deliberation.signatures:
        raise Refusal("X7", N_("Une signature est déjà posée : plus rien ne change."))


@rule("R3.6", "X7")
def check_grids_closed(state: SessionState, hearing: Hearing) -> None:
    """Own grids are complete and frozen before any is shown."""
    waiting = sum(1 for s in state.jurors_sitting(hearing.id) if not hearing.grid(s.id).closed)
    if waiting:
        raise Refusal(
            "R3.6", N_("Chaque membre du jury clôt d’abord sa grille : il en manque {waiting}."), waiting=waiting
        )


@rule("R3.6")
def check_confirmed_as_shown(deliberation: Deliberation, marks: Mapping[str, Mark]) -> None:
    """A juror confirms what is proposed now: neither what was proposed before, nor what is in dispute since."""
    for code, mark in marks.items():
        proposal = deliberation.proposals.get(code)
        if proposal is None or proposal.mark != mark or code in deliberation.disputed:
            raise Refusal("R3.6", N_("La proposition pour {code} a changé entre-temps : relisez-la."), code=code)


@rule("R3.8", "R1.6")
def check_advice(framework: Framework, block: str | None, advice: str) -> None:
    """A block is awarded or not; only a registered certification is awarded in part."""
    if advice == "partial" and (block is not None or not framework.registered):
        raise Refusal("R1.6", N_("Cette certification ne s’attribue pas en partie : tout ou rien."))


@rule("X7", permits=False)
def departs(result: Result, block: str | None, advice: str) -> bool:
    """The advice is not what the marks compute."""
    if block is None:
        return result.outcome is not None and ADVICE[result.outcome] != advice
    validated = next((b.validated for b in result.blocks if b.code == block), None)
    return validated is not None and ("award" if validated else "refuse") != advice


def advices(framework: Framework, block: str | None) -> tuple[str, ...]:
    """What may be recommended for a block, or for the whole certification (None)."""

    def offered(advice: str) -> bool:
        try:
            check_advice(framework, block, advice)
        except Refusal:
            return False
        return True

    return tuple(advice for advice in ADVICE.values() if offered(advice))


@rule("X7")
def check_may_sign(state: SessionState, hearing: Hearing, juror: str) -> None:
    """Each of the three once, when nothing is missing, the president last."""
    deliberation = deliberating(hearing)
    if juror in deliberation.signatures:
        raise Refusal("X7", N_("Vous avez déjà signé ou refusé de signer."))
    if open_questions(state, hearing):
        raise Refusal("R3.6", N_("Il manque un consensus : la délibération n’est pas terminée."))
    if unadvised(hearing):
        raise Refusal("R3.8", N_("Il manque une préconisation."))
    others = [s.id for s in state.jurors_sitting(hearing.id) if s.id != juror]
    if juror == state.president_of(hearing.id) and any(s not in deliberation.signatures for s in others):
        raise Refusal("X7", N_("La personne qui préside signe en dernier."))


# Opening, suspending ---------------------------------------------------------------------------------------------


@decides(c.OpenDeliberation)
def open_deliberation(state: SessionState, command: c.OpenDeliberation, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, Phase.GRADING)
    if hearing.suspended:
        raise Refusal("R3.6", N_("La délibération est suspendue : reprenez-la d’abord."))
    check_three_present(state, hearing.id)
    check_grids_closed(state, hearing)
    return (e.DeliberationOpened(hearing.id, tuple(s.id for s in state.jurors_sitting(hearing.id))),)


@evolves(e.DeliberationOpened)
def opened(state: SessionState, event: e.DeliberationOpened, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(
        replace(hearing, phase=Phase.DELIBERATION, deliberation=Deliberation(happened.at, event.jurors))
    )


@decides(c.SuspendDeliberation)
def suspend(state: SessionState, command: c.SuspendDeliberation, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *PRIVATE)
    if hearing.suspended:
        raise Refusal("R3.6", N_("La délibération est déjà suspendue."))
    return (e.DeliberationSuspended(command.hearing, command.words),)


@decides(c.ResumeDeliberation)
def resume(state: SessionState, command: c.ResumeDeliberation, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    if not hearing.suspended:
        raise Refusal("R3.6", N_("La délibération n’est pas suspendue."))
    if state.current is not None:
        raise Refusal("R3.2", N_("Une autre épreuve est en cours : terminez-la ou suspendez-la d’abord."))
    return (e.DeliberationResumed(command.hearing),)


@evolves(e.DeliberationSuspended, e.DeliberationResumed)
def suspended(
    state: SessionState, event: e.DeliberationSuspended | e.DeliberationResumed, happened: Happened
) -> SessionState:
    stops = isinstance(event, e.DeliberationSuspended)
    hearing = replace(state.hearing(event.hearing), suspended=stops)
    return replace(state.with_hearing(hearing), current=None if stops else hearing.id)


# Consensus -------------------------------------------------------------------------------------------------------


def _changing(state: SessionState, hearing_id: str, juror: str) -> tuple[Hearing, Deliberation]:
    """What may still be changed: the deliberation is open, the three are there, nobody has signed."""
    hearing = state.hearing(hearing_id)
    deliberation = deliberating(hearing)
    check_sits(state, hearing_id, juror)
    check_unsigned(deliberation)
    check_three_present(state, hearing_id)
    return hearing, deliberation


@decides(c.ProposeConsensus)
def propose(state: SessionState, command: c.ProposeConsensus, asked: Asked) -> tuple[Event, ...]:
    hearing, deliberation = _changing(state, command.hearing, asked.actor)
    for code in command.marks:
        check_competency(state.framework, hearing, code)
    standing = {code: p.mark for code, p in deliberation.proposals.items() if code not in deliberation.disputed}
    return tuple(
        e.ConsensusProposed(hearing.id, code, mark)
        for code, mark in command.marks.items() if standing.get(code) != mark
    )


@evolves(e.ConsensusProposed)
def proposed(state: SessionState, event: e.ConsensusProposed, happened: Happened) -> SessionState:
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


@decides(c.ConfirmConsensus)
def confirm(state: SessionState, command: c.ConfirmConsensus, asked: Asked) -> tuple[Event, ...]:
    hearing, deliberation = _changing(state, command.hearing, asked.actor)
    check_confirmed_as_shown(deliberation, command.marks)
    return tuple(
        e.ConsensusConfirmed(hearing.id, code, mark)
        for code, mark in command.marks.items() if asked.actor not in deliberation.proposals[code].confirmed
    )


@decides(c.WithdrawConfirmation)
def withdraw(state: SessionState, command: c.WithdrawConfirmation, asked: Asked) -> tuple[Event, ...]:
    hearing, deliberation = _changing(state, command.hearing, asked.actor)
    proposal = deliberation.proposals.get(command.competency)
    if proposal is None or asked.actor not in proposal.confirmed:
        return ()
    return (e.ConfirmationWithdrawn(hearing.id, command.competency),)


@evolves(e.ConsensusConfirmed, e.ConfirmationWithdrawn)
def confirmed(
    state: SessionState, event: e.ConsensusConfirmed | e.ConfirmationWithdrawn, happened: Happened
) -> SessionState:
    hearing = state.hearing(event.hearing)
    deliberation = deliberating(hearing)
    proposal = deliberation.proposals[event.competency]
    confirms = isinstance(event, e.ConsensusConfirmed)
    who = proposal.confirmed | {happened.actor} if confirms else proposal.confirmed - {happened.actor}
    changed = replace(
        deliberation,
        proposals={**deliberation.proposals, event.competency: replace(proposal, confirmed=frozenset(who))},
        recommendations=deliberation.recommendations if confirms else {},
    )
    return state.with_hearing(replace(hearing, deliberation=changed))


@decides(c.DeclareDispute)
def declare_dispute(state: SessionState, command: c.DeclareDispute, asked: Asked) -> tuple[Event, ...]:
    hearing, _ = _changing(state, command.hearing, asked.actor)
    agreed = reached(state, hearing)
    for code in command.competencies:
        check_competency(state.framework, hearing, code)
    if not command.competencies or any(code in agreed for code in command.competencies):
        raise Refusal("R3.6", N_("Un désaccord porte sur des compétences sans consensus."))
    return (e.DisputeDeclared(hearing.id, command.competencies, command.words),)


@evolves(e.DisputeDeclared)
def dispute_declared(state: SessionState, event: e.DisputeDeclared, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    deliberation = deliberating(hearing)
    disputed = {**deliberation.disputed, **dict.fromkeys(event.competencies, event.words)}
    changed = replace(deliberation, disputed=disputed, recommendations={})
    return state.with_hearing(replace(hearing, deliberation=changed))


# Recommendations and signatures ----------------------------------------------------------------------------------


@decides(c.Recommend)
def recommend(state: SessionState, command: c.Recommend, asked: Asked) -> tuple[Event, ...]:
    hearing, _ = _changing(state, command.hearing, asked.actor)
    if open_questions(state, hearing):
        raise Refusal("R3.8", N_("Les préconisations viennent après le consensus."))
    if command.block is not None and command.block not in hearing.blocks:
        raise Refusal("R3.8", N_("Ce bloc n’est pas présenté à cette épreuve."))
    check_advice(state.framework, command.block, command.advice)
    departure = departs(compiled(state, hearing), command.block, command.advice)
    if departure and command.words is None:
        raise Refusal("X7", N_("Votre préconisation s’écarte du résultat calculé : écrivez pourquoi."))
    return (e.Recommended(hearing.id, command.block, command.advice, departure, command.words),)


@evolves(e.Recommended)
def recommended(state: SessionState, event: e.Recommended, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    deliberation = deliberating(hearing)
    given = Recommendation(event.advice, event.departs, event.words)
    recommendations = {**deliberation.recommendations, event.block or WHOLE: given}
    changed = replace(deliberation, recommendations=recommendations, advised_at=happened.position)
    return state.with_hearing(replace(hearing, deliberation=changed))


@decides(c.SignDeliberation, c.RefuseSignature)
def sign(state: SessionState, command: c.SignDeliberation | c.RefuseSignature, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    deliberation = deliberating(hearing)
    check_sits(state, hearing.id, asked.actor)
    check_three_present(state, hearing.id)
    check_may_sign(state, hearing, asked.actor)
    refuses = isinstance(command, c.RefuseSignature)
    act = e.SignatureRefused(hearing.id, command.words) if refuses else e.DeliberationSigned(hearing.id)
    acted = {*deliberation.signatures, asked.actor}
    if any(s.id not in acted for s in state.jurors_sitting(hearing.id)):
        return (act,)
    refused = refuses or any(s.refused for s in deliberation.signatures.values())
    marks = reached(state, hearing)
    result = result_of(state.framework, hearing, marks)
    return (act, e.HearingClosed(hearing.id, marks, result, refused or bool(deliberation.disputed)))


@evolves(e.DeliberationSigned, e.SignatureRefused)
def signed(state: SessionState, event: e.DeliberationSigned | e.SignatureRefused, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    deliberation = deliberating(hearing)
    refused = isinstance(event, e.SignatureRefused)
    signature = Signature(happened.at, refused, event.words if refused else None)
    signatures = {**deliberation.signatures, happened.actor: signature}
    return state.with_hearing(replace(hearing, deliberation=replace(deliberation, signatures=signatures)))


@evolves(e.HearingClosed)
def hearing_closed(state: SessionState, event: e.HearingClosed, happened: Happened) -> SessionState:
    hearing = replace(state.hearing(event.hearing), phase=Phase.CLOSED, disputed=event.disputed)
    return state.with_ended(replace(hearing, agreed=event.marks, result=event.result))
