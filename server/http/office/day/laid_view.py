"""A draft of days as its page shows it, and as the page's script is told of it."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.clashes import Conflict
from evaluation.people import PersonId
from evaluation.rules import N_
from evaluation.slots import HOME, ZONES, JuryDay, Slot, local
from server.http.office.day.laying import Draft
from server.i18n import Locale, say
from server.views.when import day_words, hour_words, lasting

NO_HOUR = N_("Une heure s’écrit 09:30.")


@dataclass(frozen=True)
class Said:
    """One thing that stands against an hour, in words. `grave`: it cannot be held so."""

    words: str
    grave: bool


@dataclass(frozen=True)
class Card:
    """One candidate on a day. `fixed`: the hearing is on the list already, and is moved on its own page (`href`).
    `hour` is HH:MM as its field holds it; `until` and `there` (the candidate's own clock, elsewhere) are in words."""

    key: str
    name: str
    session: str
    hour: str
    until: str
    there: str
    extra: str
    zone: str
    keep: bool
    fixed: bool
    said: tuple[Said, ...]


@dataclass(frozen=True)
class DayCards:
    """One day, its cards by their hours; `said` is about the whole day."""

    session: str
    title: str
    cards: tuple[Card, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True)
class LaidView:
    """`without` are those who are on no day, with why. `shown` is what a form bears that was sent by who has read all
    that stands against it."""

    days: tuple[DayCards, ...]
    without: tuple[Card, ...]
    shown: str
    grave: bool
    some: bool


@dataclass(frozen=True)
class Words:
    """Says a draft's conflicts and names in the reader's language. `names` are those of hearings and of people."""

    locale: Locale
    names: Mapping[str, str]
    people: Mapping[PersonId, Mapping[str, Any]]

    def say(self, text: str, **values: object) -> str:
        return say(self.locale, text, values)

    def of(self, conflict: Conflict) -> Said:
        words = say(self.locale, conflict.reason.text, dict(conflict.reason.values))
        who = [self.names.get(one, "") for one in conflict.others]
        who += [str(self.people.get(one, {}).get("name", "")) for one in conflict.people]
        named = ", ".join(one for one in who if one)
        return Said(f"{words} ({named})" if named else words, conflict.grave)

    def all(self, found: Iterable[Conflict]) -> tuple[Said, ...]:
        return tuple(self.of(one) for one in found)


def laid_view(draft: Draft, words: Words) -> LaidView:
    days = tuple(_day(draft, one, words) for one in draft.days)
    without = tuple(_without(draft, key, words) for key in draft.enrolled if key not in draft.drafted)
    return LaidView(days, without, draft.shown, any(one.grave for one in draft.conflicts) or bool(draft.unread),
                    any(not one.grave for one in draft.conflicts))


def _day(draft: Draft, day: JuryDay, words: Words) -> DayCards:
    slots = sorted(day.stands, key=lambda one: (one.starts_at, one.key))
    said = (one for one in draft.conflicts if one.session == day.session and one.key is None)
    return DayCards(day.session, day_words(day.day, words.locale), tuple(_card(draft, one, words) for one in slots),
                    words.all(said))


def _card(draft: Draft, slot: Slot, words: Words) -> Card:
    mine, wish = draft.enrolled.get(slot.key), draft.wishes.get(slot.key)
    there = ""
    if slot.zone != HOME:
        there = words.say(N_("{hour} là où est la personne ({zone})"), hour=f"{local(slot.starts_at, slot.zone):%H:%M}",
                          zone=words.say(ZONES.get(slot.zone, slot.zone)))
    seconds = sum(mine.decided.extra_seconds.values()) if mine else 0
    return Card(
        slot.key, words.names.get(slot.key, ""), slot.session, f"{local(slot.starts_at, HOME):%H:%M}",
        words.say(N_("jusqu’à {hour}"), hour=hour_words(slot.ends_at, words.locale)), there,
        words.say(N_("{time} de plus"), time=lasting(seconds * 1000)) if seconds else "", slot.zone,
        wish is not None and wish.keep, mine is None, words.all(draft.of(slot.key)))


def _without(draft: Draft, key: str, words: Words) -> Card:
    wish = draft.wishes.get(key)
    if key in draft.unread and wish is not None:
        return Card(key, words.names[key], wish.session, wish.hour, "", "", "", wish.zone, wish.keep, False,
                    (Said(words.say(NO_HOUR), True),))
    left = next((one for one in draft.left if one.examinee.key == key), None)
    return Card(key, words.names[key], "", wish.hour if wish else "", "", "", "", wish.zone if wish else HOME, False,
                False, words.all(left.conflicts) if left else ())
