"""A consequence is proposed, and each named party says whether they agree: silence is no agreement, and blocks nothing
(R7.2). A sanction is proposed only to somebody who was told and could answer."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.case import access
from evaluation.case.case_parts import ConsequenceProposal, PartyAnswer
from evaluation.case.facts import check_still_open
from evaluation.case.notifying import check_not_submitted
from evaluation.case.stages import has_facts, is_sanction, party_step, reminded_late, silent_from, was_heard
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import PROVIDER, CandidacyId, Party
from evaluation.case_rules import Consequence
from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
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


@CONSEQUENCES.command
@dataclass(frozen=True)
class RemindParty:
    """Written by the server."""

    candidacy: CandidacyId
    number: int
    party: Party


@CONSEQUENCES.command
@dataclass(frozen=True)
class RecordSilent:
    """Written by the server."""

    candidacy: CandidacyId
    number: int
    party: Party


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


@CONSEQUENCES.event("case.party_reminded")
@dataclass(frozen=True)
class PartyReminded:
    candidacy: CandidacyId
    number: int
    party: Party


@CONSEQUENCES.event("case.silence_recorded")
@dataclass(frozen=True)
class SilenceRecorded:
    candidacy: CandidacyId
    number: int
    party: Party


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
    itself. Of an appeal, once it is admissible."""
    if consequence not in state.kind.consequences:
        raise Refusal("R7.2", N_("Le référentiel ne prévoit pas cette suite pour ce genre de dossier."))
    if state.kind.is_appeal:
        if not part.admissible:
            raise Refusal("R7.2", N_("La commission se prononce d’abord sur la recevabilité du recours."))
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
    if not command.agrees and command.words is None:
        raise Refusal("R7.2", N_("Vous n’êtes pas d’accord : dites pourquoi, la commission le lira."))
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


@CONSEQUENCES.evolves(ProposalAnswered, SilenceRecorded)
def proposal_answered(state: CaseState, event: ProposalAnswered | SilenceRecorded, happened: Happened) -> CaseState:
    if isinstance(event, SilenceRecorded):
        one = PartyAnswer("silent", happened.at, happened.actor)
    else:
        one = PartyAnswer("agrees" if event.agrees else "disagrees", happened.at, happened.actor, event.words)
    part = state.parts[event.candidacy]
    last = part.proposals[-1]
    return _with_last(state, part, replace(last, answers={**last.answers, event.party: one}), happened)


def _with_last(state: CaseState, part: Part, proposal: ConsequenceProposal, happened: Happened) -> CaseState:
    changed = replace(part, proposals=(*part.proposals[:-1], proposal))
    return state.with_part(changed, happened.position)


# Reminded, and silent


@CONSEQUENCES.decides(RemindParty, RecordSilent)
def wait_for(state: CaseState, command: RemindParty | RecordSilent, asked: Asked) -> tuple[Any, ...]:
    check_by_the_platform(asked.actor)
    part = state.part(command.candidacy)
    if isinstance(command, RemindParty):
        check_reminder_due(state, part, command, asked.now)
        return (PartyReminded(part.candidacy, command.number, command.party),)
    check_silent(state, part, command, asked.now)
    return (SilenceRecorded(part.candidacy, command.number, command.party),)


def _waiting(part: Part, command: RemindParty | RecordSilent) -> ConsequenceProposal:
    proposal = part.proposal
    if part.over or proposal is None or proposal.number != command.number or command.party not in proposal.waiting:
        raise Refusal("R7.2", N_("Cette réponse n’est plus attendue."))
    return proposal


@rule("R7.2")
def check_reminder_due(state: CaseState, part: Part, command: RemindParty, now: int) -> None:
    proposal = _waiting(part, command)
    step = proposal.reminded.get(command.party, 0)
    if step >= state.rules.reminders or now < party_step(state, proposal, command.party, step):
        raise Refusal("R7.2", N_("Aucun rappel n’est dû."))


@rule("R7.2")
def check_silent(state: CaseState, part: Part, command: RecordSilent, now: int) -> None:
    """After the delay, and every reminder."""
    proposal = _waiting(part, command)
    reminded = proposal.reminded.get(command.party, 0)
    if reminded < state.rules.reminders or now < silent_from(state, proposal, command.party):
        raise Refusal("R7.2", N_("Le délai pour répondre et les rappels ne sont pas passés."))


@CONSEQUENCES.evolves(PartyReminded)
def reminded(state: CaseState, event: PartyReminded, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    last = part.proposals[-1]
    count, counted = last.reminded.get(event.party, 0) + 1, last.counted
    if reminded_late(state, last, event.party, happened.at):
        counted = {**counted, event.party: (day_of(happened.at), count)}
    changed = replace(last, reminded={**last.reminded, event.party: count}, counted=counted)
    return _with_last(state, part, changed, happened)
