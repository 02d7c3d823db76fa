"""Any candidates, any days: what is laid overlaps nowhere, keeps extra time and keeps the limits. The limits are worked
out here from the framework's numbers, by the clocks of Paris and of where the candidate is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from evaluation.clashes import OF_THE_DATE, conflicts
from evaluation.planner import Plan, free_slots, lay
from evaluation.slots import ZONES, Busy, Examinee, JuryDay, Slot, hour_on, slot_at
from tests.evaluation.frameworks import POLISHING

MONDAY = date(2026, 3, 16)
JURORS = ("p-emp", "p-own", "p-tra")
MINUTE = timedelta(minutes=1)
PARIS = ZoneInfo("Europe/Paris")


def candidates(count: int, **changes: object) -> list[Examinee]:
    return [replace(Examinee(f"k{n:02d}", f"p{n:02d}"), **changes) for n in range(count)]


def days(count: int) -> list[JuryDay]:
    return [JuryDay(f"s{n}", MONDAY + timedelta(days=n), frozenset(JURORS)) for n in range(count)]


def hours(plan: Plan) -> list[tuple[str, str]]:
    return [(one.session, f"{clock(one.starts_at):%H:%M}") for one in plan.slots]


def clock(at: int, zone: str = "Europe/Paris") -> datetime:
    return datetime.fromtimestamp(at / 1000, ZoneInfo(zone))


def test_twelve_candidates_over_two_days():
    plan = lay(POLISHING, candidates(12), days(2))
    morning, afternoon = ["08:30", "09:45", "11:00"], ["13:10", "14:25", "15:40"]
    assert hours(plan) == [(f"s{n}", hour) for n in (0, 1) for hour in morning + afternoon]
    assert plan.left == ()


@pytest.mark.rule("R10.1")
def test_a_third_more_time_moves_those_after():
    longer = replace(candidates(1)[0], extra_seconds={"presentation": 300, "questions": 600}, break_minutes=5)
    plan = lay(POLISHING, [longer, *candidates(3)[1:]], days(1))
    assert hours(plan) == [("s0", "08:30"), ("s0", "10:05"), ("s0", "11:20")]
    assert plan.slots[0].ends_at - plan.slots[0].starts_at == 90 * 60_000


def test_candidates_overseas_choose_first():
    """In Nouméa the evening is the morning in Paris; in Martinique the day begins at noon."""
    noumea = Examinee("noumea", "p-n", zone="Pacific/Noumea")
    martinique = Examinee("martinique", "p-m", zone="America/Martinique")
    plan = lay(POLISHING, [*candidates(4), martinique, noumea], days(1))
    assert [one.key for one in plan.slots] == ["noumea", "k00", "k01", "martinique", "k02", "k03"]
    assert hours(plan)[0] == ("s0", "08:30")
    assert plan.left == ()


@pytest.mark.rule("R4.4", "R1.2")
def test_who_finds_no_place_is_told_why():
    """Of each day the fewest conflicts that any hour would have."""
    tahiti = Examinee("tahiti", "p-t", zone="Pacific/Tahiti")
    trained = Examinee("trained", "p-x", trained_by=("p-tra",))
    plan = lay(POLISHING, [tahiti, trained], days(1))
    assert [(one.examinee.key, [each.kind for each in one.conflicts]) for one in plan.left] == [
        ("tahiti", ["indecent"]), ("trained", ["trained"]),
    ]  # fmt: skip
    full = lay(POLISHING, candidates(7), days(1))
    assert [(one.examinee.key, [each.kind for each in one.conflicts]) for one in full.left] == [("k06", ["too_long"])]
    assert lay(POLISHING, candidates(1), []).left[0].conflicts == ()


def test_what_stands_stays_and_jurors_are_not_in_two_places():
    """A second jury that shares a juror sits when the first does not."""
    day = days(1)[0]
    standing = slot_at(POLISHING, Examinee("old", "p-old"), "s0", hour_on(MONDAY, "09:00"))
    plan = lay(POLISHING, candidates(1), [day.with_slot(standing)])
    assert hours(plan) == [("s0", "10:15")]
    assert plan.days[0].stands[0] == standing
    other = JuryDay("s9", MONDAY, frozenset({"p-emp", "p-a", "p-b"}))
    both = lay(POLISHING, candidates(1), [other], [Busy("p-emp", "s0", standing.starts_at, standing.ends_at)])
    assert hours(both) == [("s9", "10:10")]
    assert next(free_slots(POLISHING, candidates(1)[0], day)).starts_at == hour_on(MONDAY, "08:30")


# Whatever is asked

EXTRA = st.fixed_dictionaries({}, optional={name: st.integers(0, 1200) for name in ("presentation", "questions")})
PEOPLE = st.sampled_from(["p1", "p2", *JURORS])
TIMES = st.integers(0, 24 * 60).map(lambda minutes: hour_on(MONDAY, "00:00") + minutes * 60_000)
EXAMINEES = st.lists(
    st.builds(Examinee, st.just(""), st.just(""), EXTRA, st.sampled_from([0, 0, 10]), st.sampled_from([*ZONES]),
              st.just(()) | st.tuples(st.just("p-aid")), st.just(()) | st.just(("p-tra",))),
    min_size=1, max_size=16,
)  # fmt: skip
DAYS = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from([frozenset(JURORS), frozenset({"p-a", "p-b", "p-c"})])),
    min_size=1, max_size=4,
)  # fmt: skip
BUSY = st.lists(st.builds(lambda who, at, long: Busy(who, "elsewhere", at, at + long * 60_000), PEOPLE, TIMES,
                          st.integers(1, 240)), max_size=3)  # fmt: skip


def tried(asked: list[Examinee], dated: list[tuple[int, frozenset[str]]], busy: list[Busy]) -> None:
    """The 20 days hold the change of hour, weekends and a public holiday."""
    asked = [replace(one, key=f"k{n:02d}", person=f"p{n:02d}") for n, one in enumerate(asked)]
    free = [JuryDay(f"s{n}", date(2026, 3, 23) + timedelta(days=after), jury) for n, (after, jury) in enumerate(dated)]
    plan = lay(POLISHING, asked, free, busy)
    event(f"left: {bool(plan.left)}")
    by_key = {one.key: one for one in asked}
    assert sorted([*(one.key for one in plan.slots), *(one.examinee.key for one in plan.left)]) == sorted(by_key)
    for slot in plan.slots:
        long_enough(slot, by_key[slot.key])
        within_hours(slot, next(one for one in plan.days if one.session == slot.session), by_key[slot.key])
    for day in plan.days:
        apart_and_within(sorted(day.stands, key=lambda one: one.starts_at))
    in_one_place(plan, busy)
    assert {one.kind for one in conflicts(POLISHING, plan.days, busy)} <= OF_THE_DATE
    assert all(one.conflicts for one in plan.left)


def long_enough(slot: Slot, asked: Examinee) -> None:
    extra = asked.extra_seconds.get("presentation", 0) + asked.extra_seconds.get("questions", 0)
    assert clock(slot.leaves_at) - clock(slot.starts_at) == (10 + 45 + asked.break_minutes) * MINUTE + timedelta(
        seconds=extra)  # fmt: skip
    assert clock(slot.ends_at) - clock(slot.leaves_at) == 15 * MINUTE


def within_hours(slot: Slot, day: JuryDay, asked: Examinee) -> None:
    begins, ends = clock(slot.starts_at), clock(slot.ends_at)
    assert begins.date() == ends.date() == day.day
    assert time(8, 30) <= begins.time()
    assert ends.time() <= time(18, 30)
    assert (begins.minute % 5, begins.second) == (0, 0)
    there, leaves = clock(slot.starts_at, asked.zone), clock(slot.leaves_at, asked.zone)
    assert there.date() == leaves.date()
    assert time(7) <= there.time() <= leaves.time() <= time(21)
    assert not set(asked.trained_by) & day.jurors


def apart_and_within(slots: list[Slot]) -> None:
    if not slots:
        return
    for one, following in pairwise(slots):
        assert clock(following.starts_at) - clock(one.ends_at) >= 5 * MINUTE
    assert clock(slots[-1].ends_at) - clock(slots[0].starts_at) <= timedelta(hours=9)
    day = clock(slots[0].starts_at).date()
    opens, shuts = (datetime.combine(day, hour, PARIS) for hour in (time(11, 45), time(14, 15)))
    ends = [opens, *(max(opens, clock(one.ends_at)) for one in slots)]
    begins = [*(min(shuts, clock(one.starts_at)) for one in slots), shuts]
    assert max(begin - end for end, begin in zip(ends, begins, strict=True)) >= 60 * MINUTE


def in_one_place(plan: Plan, busy: list[Busy]) -> None:
    spans = [(one.person, one.starts_at, one.ends_at) for one in busy]
    where = {one.session: one for one in plan.days}
    for slot in plan.slots:
        own = [(one, slot.starts_at, slot.ends_at) for one in where[slot.session].jurors]
        own += [(one, slot.starts_at, slot.leaves_at) for one in slot.people]
        spans += own
    mine = spans[len(busy):]
    for one, other in [*combinations(mine, 2), *((one, other) for one in mine for other in spans[: len(busy)])]:
        assert one[0] != other[0] or one[2] <= other[1] or other[2] <= one[1]


@pytest.mark.long
def test_whatever_is_laid_keeps_every_limit(tries: Callable[[int, int], int]):
    settings(max_examples=tries(30, 3000), deadline=None)(given(EXAMINEES, DAYS, BUSY)(tried))()
