"""From when to when each hearing of a day is laid, and where its people are expected."""
from __future__ import annotations

from evaluation.people import Role, Seat
from evaluation.session.adding import day
from evaluation.session.phases import OVER, Phase
from evaluation.session.state import Hearing, SessionState
from evaluation.slots import Examinee, JuryDay, Slot, slot_at

NOT_HELD = frozenset({Phase.CANCELLED, Phase.POSTPONED, Phase.NO_SHOW})
"""Phases of a hearing whose hour is free again."""


def examinee_of(hearing: Hearing) -> Examinee:
    return Examinee(
        hearing.id, hearing.candidate.person, hearing.extra_seconds, hearing.break_minutes, hearing.zone,
        tuple(one.person for one in hearing.aids), hearing.trained_by)


def slot_of(state: SessionState, hearing: Hearing) -> Slot:
    return slot_at(state.framework, examinee_of(hearing), state.id, hearing.starts_at)


def jury_day(state: SessionState) -> JuryDay:
    """The day as it is laid, for the planner: its jury, and what is to be held or was held."""
    held = (slot_of(state, one) for one in state.hearings.values() if one.phase not in NOT_HELD)
    return JuryDay(state.id, day(state), frozenset(one.person for one in state.jurors_appointed(None)), tuple(held))


def expected_span(state: SessionState, seat: Seat) -> tuple[int, int] | None:
    """From when to when somebody is expected: a candidate and an aid for their hearing, everybody else for all that is
    to be held. None where nothing is."""
    slots = [slot_of(state, one) for one in state.hearings.values() if one.phase not in OVER]
    if seat.role in (Role.CANDIDATE, Role.AID):
        slots = [one for one in slots if one.key == seat.hearing]
        return (slots[0].starts_at, slots[0].leaves_at) if slots else None
    return (min(one.starts_at for one in slots), max(one.ends_at for one in slots)) if slots else None
