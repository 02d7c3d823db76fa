"""What is laid over a jury's day: whose hearing, from when to when, with the minutes an adjustment adds (R10.1)."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evaluation.deadlines import PARIS, start_of
from evaluation.durations import minutes_of
from evaluation.framework import Framework
from evaluation.people import PersonId
from evaluation.rules import N_
from evaluation.session.phases import TIMED, extra_time

MINUTE = 60_000
HOME = PARIS.key
ZONES: Mapping[str, str] = {
    HOME: N_("France métropolitaine"),
    "America/Guadeloupe": N_("Guadeloupe"),
    "America/Martinique": N_("Martinique"),
    "America/Cayenne": N_("Guyane"),
    "America/Miquelon": N_("Saint-Pierre-et-Miquelon"),
    "Indian/Reunion": N_("La Réunion"),
    "Indian/Mayotte": N_("Mayotte"),
    "Pacific/Noumea": N_("Nouvelle-Calédonie"),
    "Pacific/Wallis": N_("Wallis-et-Futuna"),
    "Pacific/Tahiti": N_("Polynésie française"),
}
"""Where French clocks differ, by the name of the time zone; candidates may be anywhere."""


@dataclass(frozen=True)
class Examinee:
    """A candidate to be given an hour. `key` is the caller's name for the hearing. `break_minutes` are the candidate's
    own breaks, `zone` is where the candidate will be, `aids` come along, `trained_by` cannot examine them (R1.2)."""

    key: str
    person: PersonId
    extra_seconds: Mapping[str, int] = field(default_factory=dict[str, int])
    break_minutes: int = 0
    zone: str = HOME
    aids: tuple[PersonId, ...] = ()
    trained_by: tuple[PersonId, ...] = ()


@dataclass(frozen=True)
class Slot:
    """One hearing on a session's day, in ms since 1970 UTC: the welcome begins at `starts_at`, the candidate is
    dismissed at `leaves_at`, the jury has deliberated at `ends_at`. `people` are the candidate and the aids."""

    session: str
    key: str
    people: frozenset[PersonId]
    starts_at: int
    leaves_at: int
    ends_at: int
    zone: str = HOME
    trained_by: frozenset[PersonId] = frozenset()


@dataclass(frozen=True)
class Busy:
    """Where a person is expected, from when to when."""

    person: PersonId
    session: str
    starts_at: int
    ends_at: int


@dataclass(frozen=True)
class JuryDay:
    """One session's day, its jurors, and the hearings that are on it."""

    session: str
    day: date
    jurors: frozenset[PersonId] = frozenset()
    stands: tuple[Slot, ...] = ()

    def but(self, key: str) -> JuryDay:
        """The same without one hearing."""
        return replace(self, stands=tuple(one for one in self.stands if one.key != key))

    def with_slot(self, slot: Slot) -> JuryDay:
        """The same with this hearing, in the place of what it was before."""
        return replace(self, stands=(*self.but(slot.key).stands, slot))


def slot_at(framework: Framework, examinee: Examinee, session: str, starts_at: int) -> Slot:
    """The examinee's hearing, were it to begin then."""
    leaves_at = starts_at + stay(framework, examinee)
    ends_at = leaves_at + framework.planning.deliberation_minutes * MINUTE
    return Slot(session, examinee.key, frozenset((examinee.person, *examinee.aids)), starts_at, leaves_at, ends_at,
                examinee.zone, frozenset(examinee.trained_by))


def stay(framework: Framework, examinee: Examinee) -> int:
    """How long the candidate is there, in ms: the welcome, each phase up to its ceiling, extra time and breaks."""
    timed = sum(framework.phases[one.value].ceiling + extra_time(dict(examinee.extra_seconds), one) for one in TIMED)
    return timed * 1000 + (framework.planning.welcome_minutes + examinee.break_minutes) * MINUTE


def expected(days: Iterable[JuryDay]) -> Iterator[Busy]:
    """Where the people of these days are expected: everybody of a hearing, and the jury while it sits."""
    for day in days:
        for slot in day.stands:
            yield from (Busy(one, day.session, slot.starts_at, slot.leaves_at) for one in slot.people)
            yield from (Busy(one, day.session, slot.starts_at, slot.ends_at) for one in day.jurors)


# Hours


def hour_on(day: date, hour: str, zone: str = HOME) -> int:
    """Ms since 1970 UTC at an hour (HH:MM) of a day, by a place's clock."""
    hours, minutes = divmod(minutes_of(hour), 60)
    return int(datetime(day.year, day.month, day.day, hours, minutes, tzinfo=ZoneInfo(zone)).timestamp()) * 1000


def local(at: int, zone: str) -> datetime:
    return datetime.fromtimestamp(at // 1000, UTC).astimezone(ZoneInfo(zone))


def on_step(at: int, day: date, step_minutes: int) -> int:
    """The next moment of a day on which a hearing may begin."""
    midnight, step = start_of(day), step_minutes * MINUTE
    return midnight - (midnight - at) // step * step


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # no such zone; no name of one; a folder of zones
        return False
    return bool(name)
