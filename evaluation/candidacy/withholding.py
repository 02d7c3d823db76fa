"""A case withholds the award of its candidacy, from its opening to its decision; several may at once. What is decided
in it stands here (R7.2). Told by the server, after the case's own event."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from evaluation.candidacy.state import CandidacyState, CaseNoted
from evaluation.candidacy.terms import HearingEnding
from evaluation.case import terms
from evaluation.case_rules import Consequence, Door
from evaluation.deadlines import day_of
from evaluation.field_values import day, json_object
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

WITHHOLDING = Topic()
ENDS = frozenset({terms.DECIDED, terms.CLOSED, terms.WITHDRAWN, terms.INADMISSIBLE})
DISQUALIFIES = frozenset({Consequence.DISQUALIFY, Consequence.BAR})
VOIDS = frozenset({Consequence.POSTPONE, Consequence.ANNUL})
"""After these the candidate is examined anew."""


@WITHHOLDING.command
@dataclass(frozen=True)
class NoteCase:
    """`said` quotes what happened in a case of this candidacy. `door` is what the case is: by which it came in, or made
    of it since."""

    said: Quote
    door: Door


@WITHHOLDING.event("candidacy.withheld")
@dataclass(frozen=True)
class AwardWithheld:
    """`instead` are the cases that this one took the place of."""

    said: Quote
    door: Door
    case: str
    instead: tuple[str, ...]


@WITHHOLDING.event("candidacy.released")
@dataclass(frozen=True)
class AwardReleased:
    """`lifts` is the case whose sanction no longer holds."""

    said: Quote
    door: Door
    case: str
    consequence: Consequence
    decided_on: date | None
    lifts: str | None


@WITHHOLDING.decides(NoteCase)
def note(state: CandidacyState, command: NoteCase, asked: Asked) -> tuple[Any, ...]:
    """Nothing where that is known already."""
    check_by_the_platform(asked.actor)
    said, known = command.said, state.cases.get(command.said.stream)
    check_about(state, said)
    if said.event in ENDS:
        return () if known is None or not known.open or _goes_on(said) else (_released(command),)
    if said.event == terms.REQUALIFIED:
        same = known is None or not known.open or known.door == command.door
        return () if same else (AwardWithheld(said, command.door, said.stream, ()),)
    before = _before(state, said)
    gone = any(said.stream in one.instead for one in state.cases.values())
    if gone or (known is not None and {*before} <= {*known.instead}):
        return ()
    return (AwardWithheld(said, command.door, said.stream, before),)


def _goes_on(said: Quote) -> bool:
    """An appeal was admitted, or one accusation of several withdrawn."""
    admitted = said.event == terms.INADMISSIBLE and said.data.get("admissible") is True
    return admitted or (said.event == terms.WITHDRAWN and said.data.get("ends") is not True)


def _before(state: CandidacyState, said: Quote) -> tuple[str, ...]:
    """The cases through which this candidacy's part came into the one that took it in."""
    if said.event != terms.TOOK_IN:
        return ()
    mine = next(one for one in _brought(said) if one["candidacy"] == state.id)
    return tuple(map(str, cast("list[object]", mine["came_from"])))


def _brought(said: Quote) -> Iterable[dict[str, object]]:
    """The parts that went into the case that says so."""
    return map(json_object, cast("list[object]", json_object(said.data["brought"])["parts"]))


def _released(command: NoteCase) -> AwardReleased:
    said = command.said
    if said.event != terms.DECIDED:
        return AwardReleased(said, command.door, said.stream, Consequence.NONE, None, None)
    consequence = Consequence(str(said.data["consequence"]))
    lifts = str(said.data["against"]) if consequence is Consequence.LIFT else None
    return AwardReleased(said, command.door, said.stream, consequence, day(said.data["decided_on"]), lifts)


@rule("R7.2")
def check_about(state: CandidacyState, said: Quote) -> None:
    """What is quoted is an event of a case, and about this candidacy."""
    named = said.event == terms.REQUALIFIED and said.stream in state.cases
    if said.kind != terms.KIND or not (named or state.id in _candidacies(said)):
        raise Refusal("R7.2", N_("Ce qui est cité n’est pas un dossier de cette candidature."))


def _candidacies(said: Quote) -> set[str]:
    if said.event == terms.OPENED:
        given = said.data.get("given")
        by_hand = json_object(said.data["source"]).get("stream")
        return {str(json_object(given)["candidacy"] if given is not None else by_hand)}
    if said.event == terms.TOOK_IN:
        return {str(one["candidacy"]) for one in _brought(said)}
    return {str(said.data.get("candidacy"))} if said.event in ENDS else set()


@WITHHOLDING.evolves(AwardWithheld)
def withheld(state: CandidacyState, event: AwardWithheld, happened: Happened) -> CandidacyState:
    known = state.cases.get(event.case, CaseNoted(event.case, event.door, happened.at, happened.position))
    one = replace(known, door=event.door, instead=(*known.instead, *event.instead), open=True)
    others = {id: each for id, each in state.cases.items() if id not in event.instead}
    return replace(state, cases={**others, one.case: one})


@WITHHOLDING.evolves(AwardReleased)
def released(state: CandidacyState, event: AwardReleased, _happened: Happened) -> CandidacyState:
    one = replace(state.cases[event.case], open=False, consequence=event.consequence, decided_on=event.decided_on)
    after = replace(state, cases={**state.cases, one.case: one})
    lifted = state.cases.get(event.lifts or "")
    if lifted is not None:
        return _lifted(after, lifted)
    return _uncounted(after, one, _attempts(state, event)) if event.consequence in VOIDS else after


def _attempts(state: CandidacyState, event: AwardReleased) -> frozenset[tuple[str, str]]:
    """The sessions and hearings that the case was about; of one that names none, the last one that was held."""
    named = map(json_object, cast("list[object]", event.said.data.get("attempts", [])))
    found = frozenset((str(one["session"]), str(one["hearing"])) for one in named)
    held = [one.key for one in state.endings if one.ending is not HearingEnding.VOID]
    return found or frozenset(held[-1:])


def _uncounted(state: CandidacyState, one: CaseNoted, attempts: frozenset[tuple[str, str]]) -> CandidacyState:
    """The attempts do not count, whenever they end; nor does what a jury ruled on them."""
    annuls = annulled(state, one.door, attempts)
    endings = tuple(replace(each, ending=HearingEnding.VOID, was=each.was or each.ending) if each.key in attempts
                    else each for each in state.endings)
    return replace(
        state, endings=endings, planned=tuple(each for each in state.planned if each.key not in attempts),
        cases={**state.cases, one.case: replace(one, annuls=annuls, attempts=tuple(sorted(attempts)))},
        void=state.void | {*annuls}, uncounted=state.uncounted | attempts)


@rule("R7.2", permits=())
def annulled(state: CandidacyState, door: Door, attempts: frozenset[tuple[str, str]]) -> tuple[int, ...]:
    """What rests on these attempts: the outcomes from their day on (the last, where no day is known), and the
    certificates that followed. What was awarded is taken back for fraud alone, of which the candidate was told and
    could answer: after a malfunction what was awarded stays, and what was not is ruled anew."""
    days = [day_of(one.at) for one in state.endings if one.key in attempts]
    known = state.standing()
    rests = [one for one in known if one.awarded.ruled_on >= min(days)] if days else known[-1:]
    gone = [one for one in rests if door == "fraud" or one.awarded.award == "none"]
    awards = [one.awarded.ruled_on for one in gone if one.awarded.award != "none"]
    papers = [one.position for one in state.certified() if awards and one.dated >= min(awards)]
    return (*(one.position for one in gone), *papers)


def _lifted(state: CandidacyState, sanction: CaseNoted) -> CandidacyState:
    """What it had taken back holds again, unless another case annulled it too, or the commission returned it."""
    cases = {**state.cases, sanction.case: replace(sanction, lifted=True, annuls=(), attempts=())}
    others = [one for one in cases.values() if one.case != sanction.case]
    still = {position for one in others for position in one.annuls}
    still |= {one.outcome for one in state.validations.values() if one.status == "returned"}
    uncounted = frozenset(key for one in others for key in one.attempts)
    endings = tuple(replace(each, ending=each.was, was=None)
                    if each.was is not None and each.key in sanction.attempts and each.key not in uncounted else each
                    for each in state.endings)
    return replace(state, cases=cases, endings=endings, uncounted=uncounted,
                   void=state.void - ({*sanction.annuls} - still))


# What it means


@rule("R7.2", permits=False)
def award_withheld(state: CandidacyState) -> bool:
    """As long as a case is open, or a reservation to be settled."""
    return any(one.open for one in state.cases.values()) or any(one.settled is None for one in state.reservations)


@rule("R6.6", permits=False)
def disqualified(state: CandidacyState) -> bool:
    return any(one.consequence in DISQUALIFIES and not one.lifted for one in state.cases.values())


@rule("X8", permits=())
def gives_no_block(state: CandidacyState) -> tuple[int, ...]:
    """The outcomes by which no block is kept any more: corrected, annulled, returned, or of who is eliminated."""
    return tuple(one for one in state.outcomes if one in state.void or disqualified(state))


@rule("R7.2")
def check_not_withheld(state: CandidacyState) -> None:
    if award_withheld(state):
        raise Refusal("R7.2", N_("L’attribution est suspendue : un dossier est ouvert, ou une réserve reste à lever. "
                                 "Décidez-en d’abord."))


@rule("R6.6")
def check_not_disqualified(state: CandidacyState) -> None:
    if disqualified(state):
        raise Refusal("R6.6", N_("Cette personne est éliminée par décision de la commission : rien ne lui est attribué "
                                 "sur cette candidature."))
