"""The commission appoints the two representatives of a sitting of the certification jury, and their substitutes
(R1.3)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from evaluation.body import access
from evaluation.body.appointing import check_not_retired
from evaluation.body.asking import check_category
from evaluation.body.decisions import check_new
from evaluation.body.state import BodyState, Decided
from evaluation.body.terms import Meeting
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import Act, OfficeId
from evaluation.people import PersonId
from evaluation.quoted_events import SITTING_DECIDED
from evaluation.quotes import Quote
from evaluation.sitting import agenda
from evaluation.sitting.members import check_composed
from evaluation.sitting.terms import SittingMember
from evaluation.sitting.who_sits import check_can_judge

SITTINGS = Topic()


@SITTINGS.command
@dataclass(frozen=True)
class DecideSitting:
    """`recommended` quotes what waits on the sitting's agenda, from the server: who judged all of it is not appointed.
    Decided again, it takes the place of what was decided on this sitting."""

    decision: str
    sitting: str
    members: tuple[SittingMember, ...]
    meeting: Meeting | None = None
    recommended: tuple[Quote, ...] = ()


@SITTINGS.event(SITTING_DECIDED)
@dataclass(frozen=True)
class SittingDecided:
    """`trained` are the days of the members' last training to the scale (R1.5), `companies` the keyed digests of where
    they work (R1.4), as far as the pool knows them."""

    decision: str
    sitting: str
    members: tuple[SittingMember, ...]
    meeting: Meeting | None
    under: OfficeId
    trained: Mapping[PersonId, date]
    recommended: tuple[Quote, ...]
    companies: Mapping[PersonId, str] = field(default_factory=dict[str, str])


@SITTINGS.decides(DecideSitting)
def decide(state: BodyState, command: DecideSitting, asked: Asked) -> tuple[Any, ...]:
    under = access.as_commission(state, asked, Act.SITTING, command.meeting)
    check_new(state, command.decision)
    check_composed(command.members)
    for one in command.members:
        check_not_retired(state, one.person)
        check_category(state, one.person, one.category)
    check_can_judge([agenda.quoted(one) for one in command.recommended], [one.person for one in command.members])
    return (SittingDecided(command.decision, command.sitting, command.members, command.meeting, under,
                           trained(state, command.members), command.recommended,
                           companies(state, command.members)),)


def trained(state: BodyState, members: tuple[SittingMember, ...]) -> Mapping[PersonId, date]:
    known = {one.person: state.pool.get(one.person) for one in members}
    return {person: one.juror.trained_on for person, one in known.items()
            if one is not None and one.juror.trained_on is not None}


def companies(state: BodyState, members: tuple[SittingMember, ...]) -> Mapping[PersonId, str]:
    known = {one.person: state.pool.get(one.person) for one in members}
    return {person: one.juror.company for person, one in known.items()
            if one is not None and one.juror.company is not None}


@SITTINGS.evolves(SittingDecided)
def decided(state: BodyState, event: SittingDecided, happened: Happened) -> BodyState:
    after = state.with_decision(
        Decided(event.decision, SITTING_DECIDED, happened.position, event.under, event.meeting))
    return replace(after, sittings={**state.sittings, event.sitting: event.decision})
