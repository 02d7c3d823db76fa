"""Of an appeal the commission first says whether it is admissible (R9.2)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.body.terms import Meeting
from evaluation.case import access
from evaluation.case.case_parts import Ending
from evaluation.case.facts import check_still_open
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import INADMISSIBLE, CandidacyId
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

ADMISSIBILITY = Topic()


@ADMISSIBILITY.command
@dataclass(frozen=True)
class RuleAdmissibility:
    candidacy: CandidacyId
    admissible: bool
    words: Words
    office: Quote
    meeting: Meeting | None = None


@ADMISSIBILITY.event(INADMISSIBLE)
@dataclass(frozen=True)
class AdmissibilityRuled:
    candidacy: CandidacyId
    admissible: bool
    words: Words
    office: Quote
    meeting: Meeting | None


@ADMISSIBILITY.decides(RuleAdmissibility)
def rule_admissibility(state: CaseState, command: RuleAdmissibility, asked: Asked) -> tuple[Any, ...]:
    access.check_commission(state, command.office, command.meeting, asked)
    check_still_open(state, command.candidacy)
    check_to_admit(state, state.part(command.candidacy))
    return (AdmissibilityRuled(command.candidacy, command.admissible, command.words, command.office,
                               command.meeting),)


@rule("R9.2")
def check_to_admit(state: CaseState, part: Part) -> None:
    """Once, and of an appeal: what was flagged decides nothing by itself."""
    if not state.kind.is_appeal or part.admissible is not None:
        raise Refusal("R9.2", N_("La recevabilité se décide une fois, et d’un recours."))


@rule("R9.2")
def check_admissible(state: CaseState, part: Part) -> None:
    """Nothing is proposed or laid before the commission of an appeal that it has not admitted."""
    if state.kind.is_appeal and not part.admissible:
        raise Refusal("R9.2", N_("La commission se prononce d’abord sur la recevabilité du recours."))


@ADMISSIBILITY.evolves(AdmissibilityRuled)
def admissibility_ruled(state: CaseState, event: AdmissibilityRuled, happened: Happened) -> CaseState:
    part = replace(state.parts[event.candidacy], admissible=event.admissible)
    if not event.admissible:
        part = replace(part, ended=Ending("inadmissible", happened.at, happened.actor, event.words))
    return state.with_part(part, happened.position)
