"""What is said of a hearing's hour before it is decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.clashes import against, conflicts, day_warnings
from evaluation.slots import Busy, Examinee, JuryDay, Slot, hour_on, is_zone, slot_at, stay
from tests.evaluation.frameworks import POLISHING

MONDAY = date(2026, 3, 16)
JURORS = frozenset({"p-emp", "p-own", "p-tra"})
ONE = Examinee("k1", "p-cand1")


def at(hour: str, key: str = "k1", day: date = MONDAY, session: str = "s1", **changes: object) -> Slot:
    """The hearing of a candidate without adjustments that begins at an hour of Paris."""
    examinee = replace(ONE, key=key, person=f"p-{key}", **changes)
    return slot_at(POLISHING, examinee, session, hour_on(day, hour))


def on(*slots: Slot, day: date = MONDAY, session: str = "s1", jurors: frozenset[str] = JURORS) -> JuryDay:
    return JuryDay(session, day, jurors, slots)


def kinds(slot: Slot, day: JuryDay, *busy: Busy) -> list[str]:
    return [one.kind for one in against(POLISHING, slot, day, busy)]


@pytest.mark.rule("R10.1")
def test_a_hearing_takes_its_welcome_its_phases_with_extra_time_and_its_deliberation():
    slot = at("09:00")
    assert (slot.leaves_at, slot.ends_at) == (hour_on(MONDAY, "09:55"), hour_on(MONDAY, "10:10"))
    third = {"presentation": 300, "questions": 600}
    longer = at("09:00", extra_seconds=third, break_minutes=5)
    assert (longer.leaves_at, longer.ends_at) == (hour_on(MONDAY, "10:15"), hour_on(MONDAY, "10:30"))
    assert stay(POLISHING, ONE) == 55 * 60_000


@pytest.mark.rule("R4.4", "R1.2")
@pytest.mark.parametrize(
    ("slot", "said"),
    [
        (at("10:15"), []),
        (at("10:10"), ["no_break"]),
        (at("10:05"), ["overlap"]),
        (at("09:00"), ["overlap"]),
        (at("08:25"), ["overlap", "early"]),
        (at("07:30"), ["early"]),
        (at("17:25"), ["late", "too_long"]),
        (at("17:05"), ["too_long"]),
        (at("16:20"), []),
        (at("11:00"), []),
        (at("12:00"), []),
        (at("10:15", day=date(2026, 3, 17)), ["other_day"]),
        (at("10:15", trained_by=("p-x", "p-tra")), ["trained"]),
        (at("10:15", zone="America/Martinique"), ["indecent"]),
        (at("12:00", zone="America/Martinique"), []),
        (at("15:30", zone="Pacific/Noumea"), ["indecent"]),
        (at("16:30", zone="Indian/Reunion"), []),
        (at("10:15", zone="Pacific/Tahiti"), ["indecent"]),
    ],
)
def test_what_stands_against_an_hour_where_one_other_hearing_begins_at_nine(slot: Slot, said: list[str]):
    assert kinds(slot, on(at("09:00", "k0"))) == said


@pytest.mark.rule("R4.4")
def test_the_words_say_the_hours_where_the_candidate_is():
    (found,) = against(POLISHING, at("10:15", zone="America/Martinique"), on())
    assert found.reason.in_french() == (
        "Là où est la personne évaluée, ce sera de 05:15 à 06:10, et non entre 07:00 et 21:00.")  # fmt: skip
    (found,) = against(POLISHING, at("17:10"), on(at("08:30", "k0")))
    assert (found.key, found.grave) == ("k1", False)
    assert found.reason.in_french() == (
        "De la première épreuve à la dernière délibération, le jury siège plus de 9 h 00.")  # fmt: skip


@pytest.mark.rule("R4.4")
def test_a_jury_that_has_no_lunch():
    """An hour between 11:45 and 14:15, wherever it lies."""
    morning = at("11:30", "k0")
    assert kinds(at("12:55"), on(morning)) == ["no_lunch"]
    assert kinds(at("13:40"), on(morning)) == []
    assert kinds(at("12:45"), on()) == []  # it begins after lunch
    assert kinds(at("12:45"), on(at("11:00", "k0"), at("08:30", "k2"))) == ["no_lunch"]
    said = conflicts(POLISHING, [on(morning, at("12:55"))])
    assert [(one.kind, one.key) for one in said] == [("no_lunch", None)]


@pytest.mark.rule("R4.4")
def test_a_person_in_two_places():
    """A juror until the deliberation is over, the candidate until they leave; where they sit already is said, and by
    whom, and what is moved does not stand in its own way."""
    day, ten = on(), at("10:00")
    there = Busy("p-own", "s2", ten.leaves_at, ten.ends_at)
    assert kinds(ten, day, there) == ["two_places"]
    assert kinds(ten, day, replace(there, starts_at=ten.ends_at, ends_at=ten.ends_at + 1)) == []
    assert kinds(ten, day, replace(there, person="p-k1")) == []
    assert kinds(ten, day, replace(there, person="p-other")) == []
    assert kinds(ten, day, replace(there, session="s1")) == []
    aid = at("10:00", aids=("p-aid",))
    (found,) = against(POLISHING, aid, day, [replace(there, person="p-aid", starts_at=aid.starts_at)])
    assert (found.kind, found.people, found.grave) == ("two_places", ("p-aid",), True)
    other = on(at("10:00", "k2", session="s2"), session="s2", jurors=frozenset({"p-emp", "p-a", "p-b"}))
    assert [(one.kind, one.session, one.people) for one in conflicts(POLISHING, [on(ten), other])] == [
        ("two_places", "s1", ("p-emp",)), ("two_places", "s2", ("p-emp",)),
    ]  # fmt: skip
    assert kinds(at("10:05"), on(ten)) == []


@pytest.mark.rule("X6")
@pytest.mark.parametrize(
    ("day", "said"),
    [
        (MONDAY, []), (date(2026, 5, 1), ["holiday"]), (date(2026, 4, 6), ["holiday"]),
        (date(2026, 3, 21), ["weekend"]), (date(2026, 11, 1), ["weekend"]),
    ],
)  # fmt: skip
def test_weekends_and_holidays_are_said(day: date, said: list[str]):
    assert [one.kind for one in day_warnings(JuryDay("s1", day))] == said
    assert [one.kind for one in conflicts(POLISHING, [JuryDay("s1", day)])] == said
    assert kinds(at("10:00", day=day), on(day=day)) == []  # of the date, whatever the hour


def test_time_zones_are_known_by_their_names():
    assert [is_zone(one) for one in ("Europe/Paris", "Pacific/Noumea", "", "Atlantis", "../etc", "America")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
