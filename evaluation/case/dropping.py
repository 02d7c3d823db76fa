"""An accusation withdrawn, or come to nothing: nobody who judges the candidate later sees it; it stays in the
journal."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from evaluation.case import access
from evaluation.case.case_parts import Ending, Source
from evaluation.case.facts import check_still_open
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import WITHDRAWN as WITHDRAWN_EVENT
from evaluation.case.terms import CandidacyId, Dropped
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Words
from evaluation.quoted_events import INCIDENT_RECORDED
from evaluation.quotes import Quote
from evaluation.rules import N_, Forbidden, Refusal, rule

DROPPING = Topic()


@DROPPING.command
@dataclass(frozen=True)
class WithdrawAccusation:
    """One source of the part, by its `number`: by whoever it came from (no `office`), or by the clerk."""

    candidacy: CandidacyId
    number: int
    words: Words
    office: Quote | None = None


@DROPPING.event(WITHDRAWN_EVENT)
@dataclass(frozen=True)
class AccusationWithdrawn:
    """`dropped` is what had been recorded on the day; `ends`: no accusation is left, and the part is over."""

    candidacy: CandidacyId
    number: int
    words: Words
    office: Quote | None
    dropped: tuple[Dropped, ...]
    ends: bool


@DROPPING.decides(WithdrawAccusation)
def withdraw(state: CaseState, command: WithdrawAccusation, asked: Asked) -> tuple[Any, ...]:
    part = state.part(command.candidacy)
    check_still_open(state, part.candidacy)
    check_accusation(state)
    source = check_stands(part, command.number)
    if command.office is None:
        check_raised_it(state, source, asked)
    else:
        access.check_clerk(state, command.office, asked)
    return (AccusationWithdrawn(part.candidacy, command.number, command.words, command.office,
                                tuple(_of_days((source,))), len(part.standing) == 1),)


@rule("R6.5")
def check_stands(part: Part, number: int) -> Source:
    """What is withdrawn stands in the case, and once."""
    found = next((one for one in part.standing if one.number == number), None)
    if found is None:
        raise Refusal("R6.5", N_("Cette accusation n’est pas au dossier, ou elle est déjà retirée."))
    return found


def _of_days(sources: Iterable[Source]) -> Iterable[Dropped]:
    return (Dropped(one.quote.stream, str(one.quote.data["hearing"]), one.quote.position) for one in sources
            if one.quote.event == INCIDENT_RECORDED)


@rule("R6.5", permits=())
def come_to_nothing(state: CaseState, parts: Iterable[Part]) -> tuple[Dropped, ...]:
    """What accused these candidates on their days, once it does not any more; nothing where nobody was accused."""
    if not state.kind.accuses:
        return ()
    return tuple(one for part in parts for one in _of_days(part.standing))


@rule("R6.5")
def check_raised_it(state: CaseState, source: Source, asked: Asked) -> None:
    """In person; what the awarding body raised, it takes back in its office."""
    if state.accused_by_clerk or source.by_clerk or asked.actor != source.by:
        raise Forbidden("R6.5", N_("Une accusation se retire par la personne qui l’a portée, ou par l’organisme "
                                   "certificateur."))


@rule("R6.5")
def check_accusation(state: CaseState) -> None:
    if not state.kind.accuses:
        raise Refusal("R6.5", N_("Ce dossier n’accuse personne : il n’y a rien à retirer."))


@DROPPING.evolves(AccusationWithdrawn)
def withdrawn(state: CaseState, event: AccusationWithdrawn, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    sources = tuple(replace(one, withdrawn_at=happened.at) if one.number == event.number else one
                    for one in part.sources)
    ending = Ending("withdrawn", happened.at, happened.actor, event.words) if event.ends else part.ended
    return state.with_part(replace(part, sources=sources, ended=ending), happened.position)
