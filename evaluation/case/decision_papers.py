"""The awarding body's own report, handed to the candidate with the ways of appeal, and the receipt (R7.1)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.case import access
from evaluation.case.case_parts import Handed
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import CandidacyId
from evaluation.deadlines import day_of, last_day_of_appeal
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Paper
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

DECISION_PAPERS = Topic()


@DECISION_PAPERS.command
@dataclass(frozen=True)
class HandDecision:
    candidacy: CandidacyId
    paper: Paper
    office: Quote


@DECISION_PAPERS.command
@dataclass(frozen=True)
class TakeDecision:
    candidacy: CandidacyId


@DECISION_PAPERS.event("case.decision_handed")
@dataclass(frozen=True)
class DecisionHanded:
    candidacy: CandidacyId
    paper: Paper
    office: Quote


@DECISION_PAPERS.event("case.decision_taken")
@dataclass(frozen=True)
class DecisionTaken:
    candidacy: CandidacyId


@DECISION_PAPERS.decides(HandDecision)
def hand(state: CaseState, command: HandDecision, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    check_over(state.part(command.candidacy))
    return (DecisionHanded(command.candidacy, command.paper, command.office),)


@rule("R7.1")
def check_over(part: Part) -> None:
    """The paper is handed over once, after the part has ended: it says how."""
    if not part.over or part.handed is not None:
        raise Refusal("R7.1", N_("Le rapport est remis au candidat une fois, quand le dossier est décidé ou clos."))


@DECISION_PAPERS.evolves(DecisionHanded)
def handed(state: CaseState, event: DecisionHanded, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    return state.with_part(replace(part, handed=Handed(event.paper, happened.at, happened.actor)), happened.position)


@DECISION_PAPERS.decides(TakeDecision)
def take(state: CaseState, command: TakeDecision, asked: Asked) -> tuple[Any, ...]:
    part = state.part(command.candidacy)
    access.check_candidate(part, asked)
    known = part.handed is None or part.handed.taken_at is not None
    return () if known else (DecisionTaken(part.candidacy),)


@DECISION_PAPERS.evolves(DecisionTaken)
def taken(state: CaseState, event: DecisionTaken, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    if part.handed is None:
        return state
    return state.with_part(replace(part, handed=replace(part.handed, taken_at=happened.at)), happened.position)


@rule("R9.2", permits=date.max)
def appeal_until(state: CaseState, part: Part) -> date | None:
    """The last day to appeal against a decision, counted from its day or from its handing, as the framework says; None
    where nothing is decided, or not handed yet."""
    if part.decision is None:
        return None
    begins = part.decision.decided_on
    if state.rules.appeal_from == "handing":
        if part.handed is None:
            return None
        begins = day_of(part.handed.at)
    return last_day_of_appeal(begins, state)
