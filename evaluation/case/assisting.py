"""The candidate asks somebody to assist them, who accepts or not: only who has accepted sees the candidate's part,
answers for them, and decides nothing here (R7.2)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.case import access
from evaluation.case.facts import check_still_open
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import CandidacyId
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import SYSTEM, PersonId
from evaluation.rules import N_, Forbidden, Refusal, rule

ASSISTING = Topic()


@ASSISTING.command
@dataclass(frozen=True)
class NameAssistant:
    """The candidate asks this person to assist them."""

    candidacy: CandidacyId
    person: PersonId


@ASSISTING.command
@dataclass(frozen=True)
class DismissAssistant:
    """The candidate wants this person's help no more, or takes the request back."""

    candidacy: CandidacyId
    person: PersonId


@ASSISTING.command
@dataclass(frozen=True)
class AcceptAssisting:
    """Whoever was asked accepts, and sees the candidate's part from now on."""

    candidacy: CandidacyId


@ASSISTING.command
@dataclass(frozen=True)
class DeclineAssisting:
    """Whoever was asked declines, or ends what they had accepted."""

    candidacy: CandidacyId


@ASSISTING.event("case.assistant_named")
@dataclass(frozen=True)
class AssistantNamed:
    candidacy: CandidacyId
    person: PersonId


@ASSISTING.event("case.assistant_dismissed")
@dataclass(frozen=True)
class AssistantDismissed:
    candidacy: CandidacyId
    person: PersonId


@ASSISTING.event("case.assisting_accepted")
@dataclass(frozen=True)
class AssistingAccepted:
    candidacy: CandidacyId


@ASSISTING.event("case.assisting_declined")
@dataclass(frozen=True)
class AssistingDeclined:
    candidacy: CandidacyId


@ASSISTING.decides(NameAssistant)
def name_assistant(state: CaseState, command: NameAssistant, asked: Asked) -> tuple[Any, ...]:
    part = state.part(command.candidacy)
    access.check_candidate(part, asked, alone=True)
    check_still_open(state, part.candidacy)
    check_may_be_asked(state, part, command.person)
    known = command.person in (*part.assistants, *part.invited)
    return () if known else (AssistantNamed(part.candidacy, command.person),)


@rule("R7.2")
def check_may_be_asked(state: CaseState, part: Part, person: PersonId) -> None:
    """Somebody else, who judges the candidate not and did not organize their day. Whether they are in the case
    otherwise, as another candidate is, nobody is told: they cannot accept."""
    if person in ("", SYSTEM, part.person, *part.jurors, *state.organizers):
        raise Refusal("R7.2", N_("Cette personne prend part au dossier autrement : elle ne peut vous assister."))


@ASSISTING.decides(DismissAssistant)
def dismiss_assistant(state: CaseState, command: DismissAssistant, asked: Asked) -> tuple[Any, ...]:
    part = state.part(command.candidacy)
    access.check_candidate(part, asked, alone=True)
    known = command.person in (*part.assistants, *part.invited)
    return (AssistantDismissed(part.candidacy, command.person),) if known else ()


@ASSISTING.decides(AcceptAssisting)
def accept(state: CaseState, command: AcceptAssisting, asked: Asked) -> tuple[Any, ...]:
    part = state.part(command.candidacy)
    if asked.actor in part.assistants:
        return ()
    check_was_asked(part, asked)
    check_still_open(state, part.candidacy)
    check_may_assist(state, asked)
    return (AssistingAccepted(part.candidacy),)


@ASSISTING.decides(DeclineAssisting)
def decline(state: CaseState, command: DeclineAssisting, asked: Asked) -> tuple[Any, ...]:
    part = state.part(command.candidacy)
    check_was_asked(part, asked)
    return (AssistingDeclined(part.candidacy),)


@rule("R7.2")
def check_was_asked(part: Part, asked: Asked) -> None:
    if asked.actor not in (*part.invited, *part.assistants):
        raise Forbidden("R7.2", N_("Personne ne vous a demandé de l’assister ici, ou la demande a été reprise."))


@rule("R7.2")
def check_may_assist(state: CaseState, asked: Asked) -> None:
    """Nobody who is a candidate of the case, judged or organized one, or whom the facts concern. The words name no
    reason: it would tell of another's part."""
    others = {one.person for one in state.parts.values()} | {
        juror for one in state.parts.values() for juror in one.jurors}
    if asked.actor in (*others, *state.organizers, *state.subjects):
        raise Refusal("R7.2", N_("Vous ne pouvez pas assister cette personne dans ce dossier."))


@ASSISTING.evolves(AssistantNamed)
def named(state: CaseState, event: AssistantNamed, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    return state.with_part(replace(part, invited=(*part.invited, event.person)), part.changed)


@ASSISTING.evolves(AssistantDismissed)
def dismissed(state: CaseState, event: AssistantDismissed, happened: Happened) -> CaseState:
    return _without(state, state.parts[event.candidacy], event.person)


@ASSISTING.evolves(AssistingDeclined)
def declined(state: CaseState, event: AssistingDeclined, happened: Happened) -> CaseState:
    return _without(state, state.parts[event.candidacy], happened.actor)


def _without(state: CaseState, part: Part, person: PersonId) -> CaseState:
    assistants = tuple(one for one in part.assistants if one != person)
    invited = tuple(one for one in part.invited if one != person)
    return state.with_part(replace(part, assistants=assistants, invited=invited), part.changed)


@ASSISTING.evolves(AssistingAccepted)
def accepted(state: CaseState, event: AssistingAccepted, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    invited = tuple(one for one in part.invited if one != happened.actor)
    return state.with_part(replace(part, assistants=(*part.assistants, happened.actor), invited=invited), part.changed)
