"""A party that does not answer a proposal is reminded, then recorded silent: silence is no agreement, and blocks
nothing (R7.2). The clockwork writes it."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.case.case_parts import ConsequenceProposal, PartyAnswer
from evaluation.case.consequences import with_answer, with_proposal
from evaluation.case.stages import party_step, reminded_late, silent_from
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import CandidacyId, Party
from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.rules import N_, Refusal, rule

SILENT_PARTIES = Topic()


@SILENT_PARTIES.command
@dataclass(frozen=True)
class RemindParty:
    """Written by the server."""

    candidacy: CandidacyId
    number: int
    party: Party


@SILENT_PARTIES.command
@dataclass(frozen=True)
class RecordSilent:
    """Written by the server."""

    candidacy: CandidacyId
    number: int
    party: Party


@SILENT_PARTIES.event("case.party_reminded")
@dataclass(frozen=True)
class PartyReminded:
    candidacy: CandidacyId
    number: int
    party: Party


@SILENT_PARTIES.event("case.silence_recorded")
@dataclass(frozen=True)
class SilenceRecorded:
    candidacy: CandidacyId
    number: int
    party: Party


@SILENT_PARTIES.decides(RemindParty, RecordSilent)
def wait_for(state: CaseState, command: RemindParty | RecordSilent, asked: Asked) -> tuple[Any, ...]:
    check_by_the_platform(asked.actor)
    part = state.part(command.candidacy)
    if isinstance(command, RemindParty):
        check_reminder_due(state, part, command, asked.now)
        return (PartyReminded(part.candidacy, command.number, command.party),)
    check_silent(state, part, command, asked.now)
    return (SilenceRecorded(part.candidacy, command.number, command.party),)


@rule("R7.2")
def check_waited_for(part: Part, command: RemindParty | RecordSilent) -> ConsequenceProposal:
    """Whoever has answered, or was recorded silent, is reminded no more."""
    proposal = part.proposal
    if part.over or proposal is None or proposal.number != command.number or command.party not in proposal.waiting:
        raise Refusal("R7.2", N_("Cette réponse n’est plus attendue."))
    return proposal


@rule("R7.2")
def check_reminder_due(state: CaseState, part: Part, command: RemindParty, now: int) -> None:
    proposal = check_waited_for(part, command)
    step = proposal.reminded.get(command.party, 0)
    if step >= state.rules.reminders or now < party_step(state, proposal, command.party, step):
        raise Refusal("R7.2", N_("Aucun rappel n’est dû."))


@rule("R7.2")
def check_silent(state: CaseState, part: Part, command: RecordSilent, now: int) -> None:
    """After the delay, and every reminder."""
    proposal = check_waited_for(part, command)
    reminded = proposal.reminded.get(command.party, 0)
    if reminded < state.rules.reminders or now < silent_from(state, proposal, command.party):
        raise Refusal("R7.2", N_("Le délai pour répondre et les rappels ne sont pas passés."))


@SILENT_PARTIES.evolves(PartyReminded)
def reminded(state: CaseState, event: PartyReminded, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    last = part.proposals[-1]
    count, counted = last.reminded.get(event.party, 0) + 1, last.counted
    if reminded_late(state, last, event.party, happened.at):
        counted = {**counted, event.party: (day_of(happened.at), count)}
    changed = replace(last, reminded={**last.reminded, event.party: count}, counted=counted)
    return with_proposal(state, part, changed, happened)


@SILENT_PARTIES.evolves(SilenceRecorded)
def silence_recorded(state: CaseState, event: SilenceRecorded, happened: Happened) -> CaseState:
    silent = PartyAnswer("silent", happened.at, happened.actor)
    return with_answer(state, event.candidacy, event.party, silent, happened)
