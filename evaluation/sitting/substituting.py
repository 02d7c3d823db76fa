"""Somebody else takes the place of a member: on some candidates, or for the whole sitting (R1.3)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from evaluation import offices
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import Office
from evaluation.people import JurorCategory, PersonId
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.sitting import access
from evaluation.sitting.members import check_not_over, check_one_place, check_presides_by, undecided_again
from evaluation.sitting.state import Called, SittingState
from evaluation.sitting.terms import CandidacyId, Place
from evaluation.sitting.who_sits import check_can_judge, holder, recommendations

SUBSTITUTES = Topic()


@SUBSTITUTES.command
@dataclass(frozen=True)
class CallSubstitute:
    """`substitute` takes the place of `member`, on some candidates alone (`candidacies`) or for the whole sitting. In
    the president's place sits who shows the presidency or its delegation (`office_of`)."""

    member: PersonId
    substitute: PersonId
    office: Quote
    candidacies: tuple[CandidacyId, ...] | None = None
    office_of: Quote | None = None


@SUBSTITUTES.event("sitting.substitute_called")
@dataclass(frozen=True)
class SubstituteCalled:
    member: PersonId
    substitute: PersonId
    office: Quote
    candidacies: tuple[CandidacyId, ...] | None
    office_of: Quote | None
    place: Place


@SUBSTITUTES.decides(CallSubstitute)
def call(state: SittingState, command: CallSubstitute, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state.body, command.office, asked)
    check_not_over(state)
    items = tuple(state.item(one) for one in command.candidacies or ())
    check_some(command)
    place = place_of(state, command.member, command.candidacies)
    if place == "president":
        check_delegate(state, command, asked)
    else:
        check_appointed(state, command.substitute, place)
    check_one_place(state, command.substitute, place)
    check_can_judge(recommendations(items or state.agenda.values()), (command.substitute,))
    return (SubstituteCalled(command.member, command.substitute, command.office, command.candidacies,
                             command.office_of, place),)


@rule("R1.3")
def check_some(command: CallSubstitute) -> None:
    if command.candidacies is not None and len(set(command.candidacies)) != max(len(command.candidacies), 1):
        raise Refusal("R1.3", N_("Dites pour quels candidats, chacun une fois, ou pour toute la séance."))
    if command.member == command.substitute:
        raise Refusal("R1.3", N_("Personne ne se remplace soi-même."))


def place_of(state: SittingState, member: PersonId, candidacies: tuple[CandidacyId, ...] | None) -> Place:
    """The place that somebody holds, for each of these candidates. Refusal R1.3 where they hold none."""
    places: tuple[Place, ...] = ("employees", "employers", "president")
    for place in places:
        if all(holder(state, place, one) == member for one in candidacies or (None,)):
            return place
    raise Refusal("R1.3", N_("Cette personne ne siège pas là où elle serait remplacée."))


@rule("R1.3")
def check_appointed(state: SittingState, person: PersonId, place: Place) -> None:
    """The commission named them for that place."""
    if not any(one.person == person and one.category == JurorCategory(place) for one in state.members):
        raise Refusal("R1.3", N_("La commission n’a pas nommé cette personne suppléante à cette place."))


def check_delegate(state: SittingState, command: CallSubstitute, asked: Asked) -> None:
    """Raises Refusal R1.3."""
    if command.office_of is None:
        raise Refusal("R1.3", N_("À la place de la présidence siège qui en a une délégation écrite : donnez-la."))
    check_presides_by(state, command.substitute, command.office_of, asked)


@SUBSTITUTES.evolves(SubstituteCalled)
def called(state: SittingState, event: SubstituteCalled, happened: Happened) -> SittingState:
    concerned = frozenset(event.candidacies) if event.candidacies is not None else None
    one = Called(event.place, event.substitute, concerned, happened.position)
    delegates: Mapping[PersonId, Office] = state.delegates
    if event.office_of is not None:
        delegates = {**delegates, event.substitute: offices.quoted(event.office_of)}
    after = replace(state, calls=(*state.calls, one), delegates=delegates, changed=happened.position)
    return undecided_again(after, concerned, happened.position)
