"""What stands against a hearing at an hour, in words, before anything is decided: a person decides what to make of it.

What is `grave` cannot be held so: a person in two places, two hearings at once, another day than the jury's, a juror
who trained the candidate. All else is said, and may be chosen.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from evaluation.deadlines import SATURDAY, day_of, is_working_day
from evaluation.durations import Planning
from evaluation.framework import Framework
from evaluation.people import PersonId
from evaluation.rules import N_, Reason, rule
from evaluation.slots import MINUTE, Busy, JuryDay, Slot, expected, hour_on, local

Kind = Literal["other_day", "overlap", "two_places", "trained", "no_break", "early", "late", "indecent", "too_long",
               "no_lunch", "holiday", "weekend"]
GRAVE = frozenset({"other_day", "overlap", "two_places", "trained"})
OF_THE_DATE = frozenset({"holiday", "weekend"})
"""What no other hour of the day changes."""


@dataclass(frozen=True)
class Conflict:
    """`key` is the hearing's (None: the whole day's), `others` the hearings and `people` the persons it is about."""

    kind: Kind
    session: str
    key: str | None
    reason: Reason
    others: tuple[str, ...] = ()
    people: tuple[PersonId, ...] = ()

    @property
    def grave(self) -> bool:
        return self.kind in GRAVE


def conflicts(framework: Framework, days: Sequence[JuryDay], busy: Iterable[Busy] = ()) -> tuple[Conflict, ...]:
    """All that stands against these days as they are laid. `busy`: where people are expected beside these days."""
    elsewhere = (*busy, *expected(days))
    found = list[Conflict]()
    for day in days:
        found += day_warnings(day)
        found += _of_the_jury(framework.planning, day)
        for slot in day.stands:
            found += _of_the_slot(framework.planning, slot, day.but(slot.key), elsewhere)
    return tuple(found)


@rule("R4.4", "R1.2", permits=())
def against(framework: Framework, slot: Slot, day: JuryDay, busy: Iterable[Busy] = ()) -> tuple[Conflict, ...]:
    """What would stand against this hearing on a day, in the place of where it was. `busy` as for `conflicts`, with the
    other days' people."""
    rest = day.but(slot.key)
    before = {one.kind for one in _of_the_jury(framework.planning, rest)}
    jury = (one for one in _of_the_jury(framework.planning, rest.with_slot(slot)) if one.kind not in before)
    return (*_of_the_slot(framework.planning, slot, rest, busy), *(replace(one, key=slot.key) for one in jury))


def day_warnings(day: JuryDay) -> tuple[Conflict, ...]:
    """Weekends and public holidays: a jury may sit on them, knowing it."""
    kind = day_off(day.day)
    if kind is None:
        return ()
    said = N_("Ce jour est un samedi ou un dimanche.") if kind == "weekend" else N_("Ce jour est férié.")
    return (Conflict(kind, day.session, None, Reason("X6", said)),)


@rule("X6")
def day_off(day: date) -> Literal["weekend", "holiday"] | None:
    if is_working_day(day):
        return None
    return "weekend" if day.weekday() >= SATURDAY else "holiday"


# One hearing


def _of_the_slot(planning: Planning, slot: Slot, rest: JuryDay, busy: Iterable[Busy]) -> Iterator[Conflict]:
    yield from _at_once(planning, slot, rest)
    yield from _two_places(slot, rest, busy)
    yield from _hours(planning, slot, rest)
    trainers = tuple(sorted(slot.trained_by & rest.jurors))
    if trainers:
        said = N_("Un juré a formé cette personne : il ne peut siéger dans son jury.")
        yield Conflict("trained", slot.session, slot.key, Reason("R1.2", said), people=trainers)


def _at_once(planning: Planning, slot: Slot, rest: JuryDay) -> Iterator[Conflict]:
    over = tuple(one.key for one in rest.stands if one.starts_at < slot.ends_at and slot.starts_at < one.ends_at)
    if over:
        said = N_("Le jury a une autre épreuve à la même heure.")
        yield Conflict("overlap", slot.session, slot.key, Reason("R4.4", said), others=over)
    rest_ms = planning.break_minutes * MINUTE
    close = tuple(one.key for one in rest.stands if one.key not in over
                  and one.starts_at < slot.ends_at + rest_ms and slot.starts_at < one.ends_at + rest_ms)
    if close:
        said = N_("Le jury n’a pas {minutes} min de pause entre deux épreuves.")
        values = (("minutes", planning.break_minutes),)
        yield Conflict("no_break", slot.session, slot.key, Reason("R4.4", said, values), others=close)


def _two_places(slot: Slot, rest: JuryDay, busy: Iterable[Busy]) -> Iterator[Conflict]:
    """The candidate and the aids until the candidate leaves, the jury until it has deliberated."""
    def there(one: Busy) -> bool:
        until = slot.leaves_at if one.person in slot.people else slot.ends_at
        mine = one.person in slot.people or one.person in rest.jurors
        return mine and one.session != slot.session and one.starts_at < until and slot.starts_at < one.ends_at

    people = tuple(sorted({one.person for one in busy if there(one)}))
    if people:
        said = N_("À cette heure, une personne est attendue dans une autre session.")
        yield Conflict("two_places", slot.session, slot.key, Reason("R4.4", said), people=people)


def _hours(planning: Planning, slot: Slot, rest: JuryDay) -> Iterator[Conflict]:
    def said(kind: Kind, text: str, **values: str | int) -> Conflict:
        return Conflict(kind, slot.session, slot.key, Reason("R4.4", text, tuple(values.items())))

    if day_of(slot.starts_at) != rest.day:
        yield said("other_day", N_("Cette heure n’est pas du jour où le jury siège."))
        return
    if slot.starts_at < hour_on(rest.day, planning.day_from):
        yield said("early", N_("L’épreuve commence avant {hour}."), hour=planning.day_from)
    if slot.ends_at > hour_on(rest.day, planning.day_until):
        yield said("late", N_("La délibération finit après {hour}."), hour=planning.day_until)
    if not decent(planning, slot):
        begins, ends = (local(at, slot.zone).strftime("%H:%M") for at in (slot.starts_at, slot.leaves_at))
        yield said("indecent", N_("Là où est la personne évaluée, ce sera de {begins} à {ends}, et non entre {since} "
                                  "et {until}."), begins=begins, ends=ends, since=planning.decent_from,
                   until=planning.decent_until)


def decent(planning: Planning, slot: Slot) -> bool:
    """Whether the candidate's own clock shows a decent hour from the welcome to the dismissal."""
    day = local(slot.starts_at, slot.zone).date()
    since, until = (hour_on(day, hour, slot.zone) for hour in (planning.decent_from, planning.decent_until))
    return since <= slot.starts_at and slot.leaves_at <= until


# The jury's day


def _of_the_jury(planning: Planning, day: JuryDay) -> Iterator[Conflict]:
    stands = [one for one in day.stands if day_of(one.starts_at) == day.day]  # the others wait for another day
    if not stands:
        return
    length = max(one.ends_at for one in stands) - min(one.starts_at for one in stands)
    if length > planning.longest_day_minutes * MINUTE:
        said = N_("De la première épreuve à la dernière délibération, le jury siège plus de {hours} h {minutes:02d}.")
        hours, minutes = divmod(planning.longest_day_minutes, 60)
        yield Conflict("too_long", day.session, None, Reason("R4.4", said, (("hours", hours), ("minutes", minutes))))
    if not _lunches(planning, day.day, stands):
        said = N_("Le jury n’a pas {minutes} min pour déjeuner entre {since} et {until}.")
        values = (("minutes", planning.lunch_minutes), ("since", planning.lunch_from), ("until", planning.lunch_until))
        yield Conflict("no_lunch", day.session, None, Reason("R4.4", said, values))


def _lunches(planning: Planning, day: date, stands: Iterable[Slot]) -> bool:
    """Whether the jury is free for the length of a lunch between the two hours of lunch."""
    free, until = hour_on(day, planning.lunch_from), hour_on(day, planning.lunch_until)
    needed = planning.lunch_minutes * MINUTE
    for slot in sorted(stands, key=lambda one: one.starts_at):
        if min(slot.starts_at, until) - free >= needed:
            return True
        free = max(free, slot.ends_at)
    return until - free >= needed
