"""Who sits: the two representatives whom the commission appoints, the president by office or by a written delegation,
and whoever is called in a place that is empty (R1.3)."""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from evaluation import offices
from evaluation.codec import FieldError, decode
from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import BODY_KIND, OfficeId, check_by_the_platform, runs
from evaluation.people import REPRESENTATIVES, PersonId
from evaluation.quoted_events import SITTING_DECIDED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.sitting import access
from evaluation.sitting.state import SittingState
from evaluation.sitting.terms import CandidacyId, Place, SittingMember
from evaluation.sitting.who_sits import check_can_judge, recommendations

MEMBERS = Topic()


@MEMBERS.command
@dataclass(frozen=True)
class SeatMembers:
    """`said` quotes the commission's decision. Written by the server."""

    said: Quote


@MEMBERS.command
@dataclass(frozen=True)
class SeatPresident:
    """`office_of` quotes the grant of the presidency, or of its delegation. Seated again, somebody else presides."""

    person: PersonId
    office_of: Quote
    office: Quote


@MEMBERS.event("sitting.members_seated")
@dataclass(frozen=True)
class MembersSeated:
    said: Quote


@MEMBERS.event("sitting.president_seated")
@dataclass(frozen=True)
class PresidentSeated:
    person: PersonId
    office_of: Quote
    office: Quote


@dataclass(frozen=True)
class Appointment:
    """What the commission's decision says. `trained` are the days of the members' last training to the scale,
    `companies` the keyed digests of where they work, as far as the pool knows them."""

    decision: str
    sitting: str
    members: tuple[SittingMember, ...]
    meeting: object = None
    under: OfficeId = ""
    trained: Mapping[PersonId, date] = field(default_factory=dict[PersonId, date])
    recommended: tuple[Quote, ...] = ()
    companies: Mapping[PersonId, str] = field(default_factory=dict[str, str])


@MEMBERS.decides(SeatMembers)
def seat(state: SittingState, command: SeatMembers, asked: Asked) -> tuple[Any, ...]:
    """Nothing where that decision holds already. A substitute of its who judged all that is on the agenda since is
    called on nobody."""
    check_by_the_platform(asked.actor)
    if state.decision is not None and state.decision.position >= command.said.position:
        return ()
    appointed = appointment(command.said)
    check_for_this(state, command.said, appointed)
    check_composed(appointed.members)
    check_can_judge(recommendations(state.agenda.values()),
                    [one.person for one in appointed.members if not one.substitute])
    check_still_there(state, appointed.members)
    return (MembersSeated(command.said),)


def appointment(said: Quote) -> Appointment:
    """The commission's decision that is quoted. Refusal for a quote of anything else."""
    if (said.kind, said.event) != (BODY_KIND, SITTING_DECIDED):
        raise Refusal("R1.3", N_("Ce qui est cité n’est pas une décision de la commission sur cette séance."))
    try:
        return decode(Appointment, dict(said.data))
    except FieldError as error:
        raise Refusal("R1.3", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None


@rule("R1.3", "X15")
def check_for_this(state: SittingState, said: Quote, appointed: Appointment) -> None:
    if appointed.sitting != state.id or said.stream != state.body:
        raise Refusal("R1.3", N_("La décision citée est celle d’une autre séance."))


@rule("R1.3")
def check_composed(members: Collection[SittingMember]) -> None:
    """One representative of the employees, one of the employers, with any substitutes of these; each person once."""
    people = [one.person for one in members]
    if len(set(people)) != len(people) or not all(people):
        raise Refusal("R1.3", N_("Nommez chaque personne une fois, à une seule place."))
    seated = sorted(one.category for one in members if not one.substitute)
    if seated != sorted(REPRESENTATIVES) or any(one.category not in REPRESENTATIVES for one in members):
        raise Refusal("R1.3", N_("Un jury de certification compte une représentation des salariés et une des "
                                 "employeurs, chacune avec ses suppléants."))


@rule("R1.3")
def check_still_there(state: SittingState, members: Collection[SittingMember]) -> None:
    """Once the sitting is open its members are replaced by their substitutes alone: a later decision adds some."""
    if state.opened_at is not None and not set(state.members) <= set(members):
        raise Refusal("R1.3", N_("La séance est ouverte : ses membres restent, la commission peut ajouter des "
                                 "suppléants."))


@MEMBERS.evolves(MembersSeated)
def seated(state: SittingState, event: MembersSeated, happened: Happened) -> SittingState:
    appointed = appointment(event.said)
    gone = {one.person for one in state.members} - {one.person for one in appointed.members}
    calls = tuple(one for one in state.calls if one.person not in gone)
    return replace(state, members=appointed.members, trained=appointed.trained,
                   companies=appointed.companies, decision=event.said, calls=calls, changed=happened.position,
                   seated_at=happened.at if state.seated_at is None else state.seated_at)


# Who presides


@MEMBERS.decides(SeatPresident)
def seat_president(state: SittingState, command: SeatPresident, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state.body, command.office, asked)
    check_not_over(state)
    check_presides_by(state, command.person, command.office_of, asked)
    check_one_place(state, command.person, "president")
    check_can_judge(recommendations(state.agenda.values()), (command.person,))
    return (PresidentSeated(command.person, command.office_of, command.office),)


@rule("R3.9")
def check_not_over(state: SittingState) -> None:
    if state.cancelled is not None or state.presented is not None or state.sealed is not None:
        raise Refusal("R3.9", N_("La séance est annulée, ou son procès-verbal est présenté : ses membres ne changent "
                                 "plus."))


@rule("R1.3")
def check_presides_by(state: SittingState, person: PersonId, office_of: Quote, asked: Asked) -> None:
    """The presidency or a written delegation of it, of this person, on the sitting's day."""
    access.check_of_body(office_of, state.body)
    day = max(day_of(state.at), day_of(asked.now))
    held = offices.quoted(office_of)
    if held.person != person or held.role not in access.PRESIDES:
        raise Refusal("R1.3", N_("Préside qui est à la présidence de l’instance, ou en a une délégation écrite."))
    if not runs(held.since, held.until, day):
        raise Refusal("R1.3", N_("Cette fonction n’est pas en cours le jour de la séance."))


@rule("R1.3")
def check_one_place(state: SittingState, person: PersonId, place: Place) -> None:
    """Nobody sits in two places."""
    elsewhere = {one.person for one in state.members if one.category != place}
    elsewhere |= {one.person for one in state.calls if one.place != place}
    if place != "president" and state.president is not None:
        elsewhere.add(state.president.person)
    if person in elsewhere:
        raise Refusal("R1.3", N_("Cette personne siège déjà à une autre place."))


@MEMBERS.evolves(PresidentSeated)
def president_seated(state: SittingState, event: PresidentSeated, happened: Happened) -> SittingState:
    office = offices.quoted(event.office_of)
    calls = tuple(one for one in state.calls if one.place != "president")
    after = replace(state, president=office, calls=calls, changed=happened.position)
    return undecided_again(after, None, happened.position)


def undecided_again(state: SittingState, concerned: frozenset[CandidacyId] | None, position: int) -> SittingState:
    """What was proposed to three of whom one is another now is not answered any more."""
    for item in state.agenda.values():
        if item.proposal is not None and (concerned is None or item.candidacy in concerned):
            proposals = (*item.proposals[:-1], replace(item.proposal, rejected=True))
            state = state.with_item(replace(item, proposals=proposals), position)
    return state
