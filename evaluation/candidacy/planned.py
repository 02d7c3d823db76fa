"""For which day a candidacy is planned, as the session tells it: told by the server, after the session's own event."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.candidacy.state import CandidacyState, Planned
from evaluation.deadlines import day_of
from evaluation.field_values import day, json_object
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import HearingId
from evaluation.quoted_events import HEARING_ADDED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.session.terms import SESSION_KIND

PLANNED = Topic()
MOVED = "session.hearing_moved"
DAY_MOVED = "session.day_moved"
ENDS = frozenset({"session.hearing_cancelled", "session.no_show_recorded"})
"""After these the candidate can be planned again."""


@PLANNED.command
@dataclass(frozen=True)
class NotePlanned:
    """`said` quotes what happened in the session to the candidacy's hearing."""

    hearing: HearingId
    said: Quote


@PLANNED.event("candidacy.planned")
@dataclass(frozen=True)
class CandidacyPlanned:
    """The hearing is held on this day."""

    hearing: HearingId
    said: Quote
    date: date


@PLANNED.event("candidacy.unplanned")
@dataclass(frozen=True)
class CandidacyUnplanned:
    """The hearing is not held."""

    hearing: HearingId
    said: Quote


@PLANNED.decides(NotePlanned)
def note(state: CandidacyState, command: NotePlanned, asked: Asked) -> tuple[Any, ...]:
    """Nothing where that is known already, or where what is told is of a hearing that is not this candidacy's any
    more."""
    check_by_the_platform(asked.actor)
    said, known = command.said, (command.said.stream, command.hearing) in {one.key for one in state.planned}
    check_said(state, said)
    if said.event in ENDS:
        return (CandidacyUnplanned(command.hearing, said),) if known else ()
    if not known and said.event != HEARING_ADDED:
        return ()
    on = _day(command)
    if any((one.key, one.date) == ((said.stream, command.hearing), on) for one in state.planned):
        return ()
    return (CandidacyPlanned(command.hearing, said, on),)


def _day(command: NotePlanned) -> date:
    data = command.said.data
    if command.said.event == DAY_MOVED:
        return day(data.get("date"))
    return day_of(int(str(data["starts_at"])))


@rule("R4.4")
def check_said(state: CandidacyState, said: Quote) -> None:
    """A session's event on a hearing; where one is added, on this candidacy's."""
    if said.kind != SESSION_KIND or said.event not in {HEARING_ADDED, MOVED, DAY_MOVED, *ENDS}:
        raise Refusal("R4.4", N_("Ce qui est cité ne dit pas quand une épreuve a lieu."))
    if said.event == HEARING_ADDED and json_object(said.data.get("candidacy", {})).get("stream") != state.id:
        raise Refusal("R4.4", N_("L’épreuve citée est celle d’une autre candidature."))


@PLANNED.evolves(CandidacyPlanned)
def planned(state: CandidacyState, event: CandidacyPlanned, _happened: Happened) -> CandidacyState:
    one = Planned(event.said.stream, event.hearing, event.date)
    return replace(state, planned=(*(other for other in state.planned if other.key != one.key), one))


@PLANNED.evolves(CandidacyUnplanned)
def unplanned(state: CandidacyState, event: CandidacyUnplanned, _happened: Happened) -> CandidacyState:
    gone = event.said.stream, event.hearing
    return replace(state, planned=tuple(one for one in state.planned if one.key != gone))
