"""An accusation withdrawn: nobody who judges the candidate later sees it; it stays in the journal."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.case import access
from evaluation.case.facts import check_still_open
from evaluation.case.state import CaseState, Ending
from evaluation.case.terms import WITHDRAWN as WITHDRAWN_EVENT
from evaluation.case.terms import CandidacyId
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Forbidden, Refusal, rule

DROPPING = Topic()


@DROPPING.command
@dataclass(frozen=True)
class WithdrawAccusation:
    """By whoever raised it (no `office`), or the clerk."""

    candidacy: CandidacyId
    words: Words
    office: Quote | None = None


@DROPPING.event(WITHDRAWN_EVENT)
@dataclass(frozen=True)
class AccusationWithdrawn:
    """`incident` is the position in the day's journal of what had been recorded there."""

    candidacy: CandidacyId
    words: Words
    office: Quote | None
    hearing: HearingId | None
    incident: int | None


@DROPPING.decides(WithdrawAccusation)
def withdraw(state: CaseState, command: WithdrawAccusation, asked: Asked) -> tuple[Any, ...]:
    part = state.part(command.candidacy)
    if command.office is None:
        check_raised_it(state, asked)
    else:
        access.check_clerk(state, command.office, asked)
    check_still_open(state, part.candidacy)
    check_accusation(state)
    of_day = part.session is not None and part.source.stream == part.session
    return (AccusationWithdrawn(part.candidacy, command.words, command.office, part.hearing if of_day else None,
                                part.source.position if of_day else None),)


@rule("R6.5")
def check_raised_it(state: CaseState, asked: Asked) -> None:
    if asked.actor != state.raised_by:
        raise Forbidden("R6.5", N_("Une accusation se retire par la personne qui l’a portée, ou par l’organisme "
                                   "certificateur."))


@rule("R6.5")
def check_accusation(state: CaseState) -> None:
    if state.kind.door != "fraud":
        raise Refusal("R6.5", N_("Ce dossier n’accuse personne : il n’y a rien à retirer."))


@DROPPING.evolves(AccusationWithdrawn)
def withdrawn(state: CaseState, event: AccusationWithdrawn, happened: Happened) -> CaseState:
    ending = Ending("withdrawn", happened.at, happened.actor, event.words)
    return state.with_part(replace(state.parts[event.candidacy], ended=ending), happened.position)
