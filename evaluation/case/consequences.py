"""A consequence is proposed, and each named party says whether they agree (R7.2). A sanction is proposed only once the
candidate was told and could answer."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.case import access
from evaluation.case.admissibility import check_admissible
from evaluation.case.case_parts import ConsequenceProposal, PartyAnswer
from evaluation.case.facts import check_still_open
from evaluation.case.notifying import check_not_submitted
from evaluation.case.stages import has_facts, is_sanction, was_heard
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import PROVIDER, CandidacyId, Party
from evaluation.case_rules import Consequence
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Forbidden, Refusal, rule

CONSEQUENCES = Topic()


@CONSEQUENCES.command
@dataclass(frozen=True)
class ProposeConsequence:
    candidacy: CandidacyId
    consequence: Consequence
    words: Words
    office: Quote


@CONSEQUENCES.command
@dataclass(frozen=True)
class AnswerProposal:
    """`office` quotes that of whoever answers for the provider; a juror needs none."""

    candidacy: CandidacyId
    number: int
    agrees: bool
    words: Words | None = None
    office: Quote | None = None


@CONSEQUENCES.event("case.proposed")
@dataclass(frozen=True)
class ConsequenceProposed:
    candidacy: CandidacyId
    number: int
    consequence: Consequence
    words: Words
    parties: tuple[Party, ...]
    office: Quote


@CONSEQUENCES.event("case.proposal_answered")
@dataclass(frozen=True)
class ProposalAnswered:
    candidacy: CandidacyId
    number: int
    party: Party
    agrees: bool
    words: Words | None
    office: Quote | None


# Proposed


@CONSEQUENCES.decides(ProposeConsequence)
def propose(state: CaseState, command: ProposeConsequence, asked: Asked) -> tuple[Any, ...]:
    access.check_completes(state, command.office, asked)
    check_still_open(state, command.candidacy)
    part = state.part(command.candidacy)
    check_not_submitted(part)
    check_possible(state, part, command.consequence)
    check_sanction(state, part, command.consequence)
    return (ConsequenceProposed(
        part.candidacy, len(part.proposals) + 1, command.consequence, command.words, state.parties(part),
        command.office),)


@rule("R7.1", "R7.2")
def check_possible(state: CaseState, part: Part, consequence: Consequence) -> None:
    """Of those that the framework has for this kind; on facts, reported to the awarding body unless it opened the case
    itself."""
    if consequence not in state.kind.consequences:
        raise Refusal("R7.2", N_("Le référentiel ne prévoit pas cette suite pour ce genre de dossier."))
    if state.kind.is_appeal:
        check_admissible(state, part)
        return
    if not has_facts(state, part):
        raise Refusal("R7.1", N_("Écrivez d’abord les faits : rien ne se propose sur un dossier vide."))
    if not state.reports_on(part.candidacy) and not state.by_clerk:
        raise Refusal("R7.1", N_("Remettez d’abord le rapport à l’organisme certificateur."))


@rule("R7.2")
def check_sanction(state: CaseState, part: Part, consequence: Consequence) -> None:
    """Nobody is sanctioned unheard: the candidate was told this sanction, every fact and the evidence, and has
    answered, was heard, or let the delay pass."""
    if not is_sanction(state, consequence):
        return
    notice = part.notice
    if notice is None or consequence not in notice.sanctions:
        raise Refusal("R7.2", N_("Cette sanction n’a pas été notifiée au candidat : notifiez-lui d’abord les faits, "
                                 "les preuves et la sanction possible."))
    known = (*state.facts_of(part.candidacy), *state.evidence_of(part.candidacy))
    if any(one.position > notice.position for one in known):
        raise Refusal("R7.2", N_("Des faits ou des preuves ont été ajoutés depuis la notification : notifiez-les aussi "
                                 "au candidat avant de proposer une sanction."))
    if not was_heard(part):
        raise Refusal("R7.2", N_("Le candidat peut encore répondre ou être entendu : une sanction ne se propose "
                                 "qu’après."))


@CONSEQUENCES.evolves(ConsequenceProposed)
def proposed(state: CaseState, event: ConsequenceProposed, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    one = ConsequenceProposal(event.number, happened.position, happened.at, happened.actor, event.consequence,
                              event.words, event.parties)
    return state.with_part(replace(part, proposals=(*part.proposals, one)), happened.position)


# Answered


@CONSEQUENCES.decides(AnswerProposal)
def answer_proposal(state: CaseState, command: AnswerProposal, asked: Asked) -> tuple[Any, ...]:
    """Until the decision, in the place of a silence too."""
    part = state.part(command.candidacy)
    party = _party(state, command, asked)
    check_still_open(state, part.candidacy)
    check_named(part, party, command)
    check_says_why(command)
    return (ProposalAnswered(part.candidacy, command.number, party, command.agrees, command.words, command.office),)


def _party(state: CaseState, command: AnswerProposal, asked: Asked) -> Party:
    if command.office is None:
        return asked.actor
    access.check_answers_for_provider(state, command.office, asked)
    return PROVIDER


@rule("R7.2")
def check_named(part: Part, party: Party, command: AnswerProposal) -> None:
    """Only whom the proposal names answers it, as long as it stands. Raises Refusal."""
    proposal = part.proposal
    if proposal is None or proposal.number != command.number:
        raise Refusal("R7.2", N_("Cette proposition n’est plus celle du dossier : rouvrez la page pour voir l’autre."))
    if party not in proposal.parties:
        raise Forbidden("R7.2", N_("Vous n’êtes pas de ceux dont l’accord est demandé."))


@rule("R7.2")
def check_says_why(command: AnswerProposal) -> None:
    """To disagree needs words: the commission is told what diverges."""
    if not command.agrees and command.words is None:
        raise Refusal("R7.2", N_("Vous n’êtes pas d’accord : dites pourquoi, la commission le lira."))


@CONSEQUENCES.evolves(ProposalAnswered)
def proposal_answered(state: CaseState, event: ProposalAnswered, happened: Happened) -> CaseState:
    one = PartyAnswer("agrees" if event.agrees else "disagrees", happened.at, happened.actor, event.words)
    return with_answer(state, event.candidacy, event.party, one, happened)


def with_answer(state: CaseState, candidacy: CandidacyId, party: Party, answer: PartyAnswer, happened: Happened
                ) -> CaseState:
    """To the last proposal."""
    part = state.parts[candidacy]
    last = part.proposals[-1]
    return with_proposal(state, part, replace(last, answers={**last.answers, party: answer}), happened)


def with_proposal(state: CaseState, part: Part, changed: ConsequenceProposal, happened: Happened) -> CaseState:
    """The last proposal as it is now."""
    return state.with_part(replace(part, proposals=(*part.proposals[:-1], changed)), happened.position)
