"""Candidates laid over days and juries: a proposal without conflicts, and why each that found no place found none.

The hours are the organizer's to change afterwards; `clashes.against` says what stands against each change.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from evaluation.clashes import Conflict, against
from evaluation.framework import Framework
from evaluation.slots import MINUTE, Busy, Examinee, JuryDay, Slot, expected, hour_on, on_step, slot_at, stay


@dataclass(frozen=True)
class Left:
    """An examinee without a place; of each day the fewest conflicts that any hour would have."""

    examinee: Examinee
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class Plan:
    """`days` are the days given, with the hearings that were added; `slots` are those alone, in the order of hours."""

    days: tuple[JuryDay, ...]
    slots: tuple[Slot, ...]
    left: tuple[Left, ...]


def lay(framework: Framework, examinees: Sequence[Examinee], days: Sequence[JuryDay], busy: Iterable[Busy] = ()
        ) -> Plan:
    """The first days are filled first, from the morning on. What stands on the days already stays.

    Two ways are tried: hour after hour, and first of all whoever has the fewest possible hours. The one that leaves
    fewer without a place is kept, then the one whose juries wait less.
    """
    elsewhere, rooms = tuple(busy), {one.key: sum(_room(framework, one, day) for day in days) for one in examinees}
    needy = sorted(examinees, key=lambda one: rooms[one.key])
    by_hour = _Board(framework, elsewhere, days).hour_after_hour(needy)
    by_need = _Board(framework, elsewhere, days).in_turn(needy)
    return min((by_hour, by_need), key=lambda one: (len(one.left), sum(map(_sits, one.days))))


class _Board:
    """Days being filled."""

    def __init__(self, framework: Framework, busy: tuple[Busy, ...], days: Sequence[JuryDay]) -> None:
        self._framework, self._busy, self._asked = framework, busy, days
        self._days = {one.session: one for one in sorted(days, key=lambda one: (one.day, one.session))}
        self._slots = list[Slot]()

    def in_turn(self, examinees: Iterable[Examinee]) -> Plan:
        """Each where it can be soonest, one after the other."""
        left = list[Examinee]()
        for examinee in examinees:
            slot = next((found for session in self._days if (found := self._soonest(examinee, session))), None)
            left += [] if self._taken(slot) else [examinee]
        return self._plan(left)

    def hour_after_hour(self, examinees: Sequence[Examinee]) -> Plan:
        """Day after day whoever can be soonest; of several at one hour, the first."""
        left = list(examinees)
        for session in self._days:
            while self._taken(self._first_of(left, session)):
                left = [one for one in left if one.key != self._slots[-1].key]
        return self._plan(left)

    def _first_of(self, examinees: Iterable[Examinee], session: str) -> Slot | None:
        """Those who ask for the same find the same: the first of them is tried."""
        alike = dict[object, Examinee]()
        for one in examinees:
            alike.setdefault(self._asks(one), one)
        found = (self._soonest(one, session) for one in alike.values())
        return min((one for one in found if one), key=lambda one: one.starts_at, default=None)

    def _asks(self, one: Examinee) -> object:
        elsewhere = one.person if any(each.person == one.person for each in self._known()) else None
        return tuple(one.extra_seconds.items()), one.break_minutes, one.zone, one.aids, one.trained_by, elsewhere

    def _soonest(self, examinee: Examinee, session: str) -> Slot | None:
        return next(free_slots(self._framework, examinee, self._days[session], self._known()), None)

    def _known(self) -> tuple[Busy, ...]:
        return (*self._busy, *expected(self._days.values()))

    def _taken(self, slot: Slot | None) -> bool:
        if slot is not None:
            self._slots.append(slot)
            self._days[slot.session] = self._days[slot.session].with_slot(slot)
        return slot is not None

    def _plan(self, left: Iterable[Examinee]) -> Plan:
        known = self._known()
        without = tuple(Left(one, _why_none(self._framework, one, self._days.values(), known)) for one in left)
        slots = sorted(self._slots, key=lambda one: (one.starts_at, one.key))
        return Plan(tuple(self._days[one.session] for one in self._asked), tuple(slots), without)


def _sits(day: JuryDay) -> int:
    """From the first welcome to the end of the last deliberation, in ms."""
    return max((one.ends_at for one in day.stands), default=0) - min((one.starts_at for one in day.stands), default=0)


def free_slots(framework: Framework, examinee: Examinee, day: JuryDay, busy: Iterable[Busy] = ()) -> Iterator[Slot]:
    """The examinee's hours on a day without any conflict, the earliest first: those that leave no idle time."""
    people = {examinee.person, *examinee.aids, *day.jurors}
    known = tuple(one for one in busy if one.person in people and one.session != day.session)
    return (slot for slot in _tried(framework, examinee, day, known) if not against(framework, slot, day, known))


def _why_none(framework: Framework, examinee: Examinee, days: Iterable[JuryDay], busy: tuple[Busy, ...]
              ) -> tuple[Conflict, ...]:
    found = list[Conflict]()
    for day in days:
        tried = (against(framework, slot, day, busy) for slot in _tried(framework, examinee, day, busy))
        found += min(tried, key=lambda one: (sum(each.grave for each in one), len(one)), default=())
    return tuple(found)


def _tried(framework: Framework, examinee: Examinee, day: JuryDay, busy: tuple[Busy, ...]) -> Iterator[Slot]:
    """The hours at which something has just ended or begins to be possible."""
    planning = framework.planning
    first, last = (hour_on(day.day, hour) for hour in (planning.day_from, planning.day_until))
    lunch = planning.lunch_minutes * MINUTE
    begins = {first, hour_on(day.day, planning.lunch_from) + lunch, hour_on(day.day, planning.lunch_until)}
    begins |= {one.ends_at + pause for one in day.stands for pause in (planning.break_minutes * MINUTE, lunch)}
    begins |= {one.ends_at for one in busy}
    for days in (-1, 0, 1):
        begins.add(hour_on(day.day + timedelta(days=days), planning.decent_from, examinee.zone))
    for at in sorted({on_step(one, day.day, planning.step_minutes) for one in begins}):
        if first <= at <= last:
            yield slot_at(framework, examinee, day.session, at)


def _room(framework: Framework, examinee: Examinee, day: JuryDay) -> int:
    """For how many ms of the day's opening hours the examinee's clock shows a decent hour, and nobody there trained
    them, beyond the time they need."""
    if day.jurors & frozenset(examinee.trained_by):
        return 0
    planning, needed = framework.planning, stay(framework, examinee)
    first, last = (hour_on(day.day, hour) for hour in (planning.day_from, planning.day_until))
    room = 0
    for days in (-1, 0, 1):
        there = day.day + timedelta(days=days)
        since, until = (hour_on(there, hour, examinee.zone) for hour in (planning.decent_from, planning.decent_until))
        room += max(0, min(last, until) - max(first, since) - needed)
    return room

