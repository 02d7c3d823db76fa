"""Who decides on which candidate: three, each in a place of their own, after recusals and substitutes (R1.3, R1.4)."""
from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from evaluation.candidacy.award_parts import Recommended
from evaluation.people import PersonId
from evaluation.rules import N_, Refusal, rule
from evaluation.sitting.state import Item, SittingState
from evaluation.sitting.terms import PLACES, CandidacyId, Place


def holder(state: SittingState, place: Place, candidacy: CandidacyId | None = None) -> PersonId | None:
    """Who was seated or called last: for one candidate, or for the whole sitting."""
    found = _appointed(state, place)
    for one in state.calls:
        if one.place == place and (one.candidacies is None or candidacy in one.candidacies):
            found = one.person
    return found


def _appointed(state: SittingState, place: Place) -> PersonId | None:
    if place == "president":
        return state.president.person if state.president is not None else None
    return next((one.person for one in state.members if one.category == place and not one.substitute), None)


@rule("R1.3", permits=())
def sat_in_both(item: Item, person: PersonId) -> tuple[str, ...]:
    """Nobody sits in both juries for one candidate; nor whoever trained the candidate, nor the candidate."""
    return ("both_juries",) if judged(item.recommended, person) else ()


def judged(given: Recommended, person: PersonId) -> bool:
    """Whether somebody judged or trained this candidate, or is the candidate."""
    return person in (given.person, *given.jurors, *given.trained_by)


@rule("R1.3")
def check_can_judge(given: Collection[Recommended], people: Iterable[PersonId]) -> None:
    """Whoever judged or trained every candidate of a sitting could decide on nobody: they are not appointed, not as a
    substitute either, nor called in somebody's place, nor do they preside."""
    for one in people:
        if given and all(judged(each, one) for each in given):
            raise Refusal("R1.3", N_("Cette personne a siégé au jury d’évaluation de tous ces candidats, ou les a "
                                     "formés : choisissez quelqu’un d’autre."))


def recommendations(items: Iterable[Item]) -> tuple[Recommended, ...]:
    """What the evaluation juries handed on of these candidates."""
    return tuple(one.recommended for one in items)


@rule("R9.2", permits=())
def sat_on_it(item: Item, person: PersonId) -> tuple[str, ...]:
    """What is examined again is examined by others, where there are any."""
    return ("ruled_before",) if item.despite is None and person in item.sat_before else ()


@rule("R1.4", permits=())
def recused_from(state: SittingState, item: Item, person: PersonId) -> tuple[str, ...]:
    """Whoever declared that they do not decide on this candidate."""
    return ("recused",) if item.candidacy in state.recused.get(person, frozenset()) else ()


def kept_from_deciding(state: SittingState, item: Item, person: PersonId) -> tuple[str, ...]:
    """Why somebody does not decide on a candidate; nothing where they may."""
    return sat_in_both(item, person) + sat_on_it(item, person) + recused_from(state, item, person)


def three_on(state: SittingState, item: Item) -> Mapping[Place, PersonId | None]:
    """Who decides on a candidate, by place; None where nobody may who was called."""
    found: dict[Place, PersonId | None] = {}
    for place in PLACES:
        person = holder(state, place, item.candidacy)
        found[place] = person if person is not None and not kept_from_deciding(state, item, person) else None
    return found


def deciding(state: SittingState, item: Item) -> tuple[PersonId, ...]:
    """The three on a candidate, the president first. Refusal R1.3 where a place is empty."""
    found = three_on(state, item)
    check_three(found)
    president = found["president"]
    others = [one for place, one in found.items() if place != "president"]
    return tuple(one for one in (president, *others) if one is not None)


@rule("R1.3")
def check_three(found: Mapping[Place, PersonId | None]) -> None:
    """One in each place, and nobody in two."""
    there = [one for one in found.values() if one is not None]
    if len(there) < len(PLACES) or len(set(there)) < len(PLACES):
        raise Refusal("R1.3", N_("Il faut trois membres pour décider : une représentation des salariés, une des "
                                 "employeurs, la présidence. Appelez un suppléant à la place qui est vide."))


def on_whole_sitting(state: SittingState) -> Mapping[Place, PersonId | None]:
    """Who sits, but for candidates on whom others do."""
    return {place: holder(state, place) for place in PLACES}


def everybody(state: SittingState) -> tuple[PersonId, ...]:
    """Whoever was appointed, seated or called, each once: substitutes too who are not called yet."""
    seated = (*(one.person for one in state.members), *state.convened, *(one.person for one in state.calls))
    return tuple(dict.fromkeys(seated))


def sitting_now(state: SittingState) -> frozenset[PersonId]:
    """Whoever holds a place, for the whole sitting or for a candidate."""
    places = [*on_whole_sitting(state).values()]
    places += [holder(state, place, candidacy) for candidacy in state.agenda for place in PLACES]
    return frozenset(one for one in places if one is not None)
