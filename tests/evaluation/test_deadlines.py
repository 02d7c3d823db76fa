"""Delays, as articles 641 and 642 of the Code de procédure civile count them, by Paris time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation import deadlines
from evaluation.deadlines import day_of, easter, end_of, holidays, is_working_day
from tests.evaluation.frameworks import POLISHING

DAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))


@pytest.mark.rule("X6")
@pytest.mark.parametrize(
    ("start", "delay", "last"),
    [
        # The day of the event does not count.
        (date(2025, 3, 1), {"days": 15}, date(2025, 3, 16)),
        (date(2024, 2, 28), {"days": 1}, date(2024, 2, 29)),
        (date(2025, 12, 31), {"days": 1}, date(2026, 1, 1)),
        # Months end on the same date …
        (date(2025, 3, 14), {"months": 1}, date(2025, 4, 14)),
        (date(2025, 11, 30), {"months": 2}, date(2026, 1, 30)),
        (date(2025, 12, 5), {"months": 1}, date(2026, 1, 5)),
        (date(2025, 2, 28), {"months": 1}, date(2025, 3, 28)),
        # … or on the month's last day.
        (date(2025, 1, 31), {"months": 1}, date(2025, 2, 28)),
        (date(2024, 1, 30), {"months": 1}, date(2024, 2, 29)),
        (date(2025, 8, 31), {"months": 1}, date(2025, 9, 30)),
        (date(2025, 12, 31), {"months": 2}, date(2026, 2, 28)),
        # Years likewise.
        (date(2025, 6, 10), {"years": 3}, date(2028, 6, 10)),
        (date(2024, 2, 29), {"years": 3}, date(2027, 2, 28)),
        # Months first, then days (art. 641).
        (date(2025, 1, 31), {"months": 1, "days": 1}, date(2025, 3, 1)),
        (date(2025, 6, 10), {}, date(2025, 6, 10)),
    ],
)
def test_the_last_day(start: date, delay: dict[str, int], last: date):
    assert deadlines.due(start, delay.get("months", 0), delay.get("days", 0), delay.get("years", 0)) == last


@pytest.mark.rule("X6")
@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2025, 4, 12), date(2025, 5, 12)),  # a Monday
        (date(2025, 4, 10), date(2025, 5, 12)),  # a Saturday
        (date(2025, 4, 11), date(2025, 5, 12)),  # a Sunday
        (date(2025, 4, 8), date(2025, 5, 9)),  # 8 May, a Thursday
        (date(2025, 3, 21), date(2025, 4, 22)),  # Easter Monday
        (date(2025, 4, 29), date(2025, 5, 30)),  # Ascension
        (date(2025, 5, 7), date(2025, 6, 10)),  # Saturday, Pentecost, Whit Monday
        (date(2025, 11, 25), date(2025, 12, 26)),  # Christmas, a Thursday
        (date(2026, 7, 15), date(2026, 8, 17)),  # 15 August, a Saturday
    ],
)
def test_a_last_day_may_move_off_holidays(start: date, last: date):
    assert deadlines.due(start, months=1, move_off_holidays=True) == last


@pytest.mark.rule("X6")
@given(DAYS, st.integers(0, 40), st.integers(0, 60), st.integers(0, 5))
def test_moving_off_holidays_only_ever_gives_time(start: date, months: int, days: int, years: int):
    plain = deadlines.due(start, months, days, years)
    moved = deadlines.due(start, months, days, years, move_off_holidays=True)
    assert start <= plain <= moved <= plain + timedelta(days=4)
    assert is_working_day(moved)
    assert not any(is_working_day(plain + timedelta(days=past)) for past in range((moved - plain).days))


def test_easter():
    sundays = {
        1954: (4, 18), 1981: (4, 19), 2000: (4, 23), 2008: (3, 23), 2011: (4, 24), 2019: (4, 21), 2024: (3, 31),
        2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2030: (4, 21), 2038: (4, 25), 2049: (4, 18), 2076: (4, 19),
        2079: (4, 23), 2100: (3, 28),
    }  # fmt: skip
    assert {year: easter(year) for year in sundays} == {year: date(year, *day) for year, day in sundays.items()}


@given(st.integers(1600, 4000))
def test_easter_is_a_sunday_of_spring(year: int):
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_the_holidays_of_a_year():
    assert sorted(holidays(2025)) == [
        date(2025, 1, 1), date(2025, 4, 21), date(2025, 5, 1), date(2025, 5, 8), date(2025, 5, 29), date(2025, 6, 9),
        date(2025, 7, 14), date(2025, 8, 15), date(2025, 11, 1), date(2025, 11, 11), date(2025, 12, 25),
    ]  # fmt: skip


@pytest.mark.rule("X6")
@pytest.mark.parametrize(
    ("day", "midnight"),
    [
        (date(2025, 1, 15), datetime(2025, 1, 15, 23, tzinfo=UTC)),
        (date(2025, 7, 15), datetime(2025, 7, 15, 22, tzinfo=UTC)),
        (date(2025, 3, 29), datetime(2025, 3, 29, 23, tzinfo=UTC)),
        (date(2025, 3, 30), datetime(2025, 3, 30, 22, tzinfo=UTC)),  # the clocks go forward on that day
        (date(2025, 10, 25), datetime(2025, 10, 25, 22, tzinfo=UTC)),
        (date(2025, 10, 26), datetime(2025, 10, 26, 23, tzinfo=UTC)),  # and back on that one
    ],
)
def test_a_day_ends_at_midnight_in_paris(day: date, midnight: datetime):
    assert end_of(day) == int(midnight.timestamp()) * 1000


@given(DAYS)
def test_the_day_of_a_moment(day: date):
    assert day_of(end_of(day) - 1) == day
    assert day_of(end_of(day)) == day + timedelta(days=1)


@pytest.mark.rule("R6.7", "R8.1")
def test_results_come_within_the_delay_of_the_framework():
    assert deadlines.results_due(POLISHING, date(2025, 1, 31)) == date(2025, 2, 28)
    moving = replace(POLISHING.delays, results_months=2, move_off_holidays=True)
    assert deadlines.results_due(replace(POLISHING, delays=moving), date(2025, 3, 1)) == date(2025, 5, 2)


@pytest.mark.rule("X6")
@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 3, 16), date(2026, 3, 23)),  # a Monday
        (date(2026, 3, 20), date(2026, 3, 27)),  # a Friday
        (date(2026, 3, 21), date(2026, 3, 27)),  # a Saturday
        (date(2026, 4, 2), date(2026, 4, 10)),  # before Easter Monday
        (date(2026, 12, 24), date(2027, 1, 4)),  # Christmas and New Year, both on Fridays
    ],
)
def test_working_days(start: date, last: date):
    assert deadlines.working_days(start, 5) == last
    assert deadlines.bar_match_due(5, start) == last
    assert deadlines.working_days(start, 0) == start


@pytest.mark.rule("R6.6")
def test_a_possible_match_is_decided_within_working_days():
    assert deadlines.bar_match_due(2, date(2026, 3, 20)) == date(2026, 3, 24)


@given(DAYS, st.integers(1, 12))
def test_so_many_working_days_lie_in_the_delay(start: date, days: int):
    last = deadlines.working_days(start, days)
    between = [start + timedelta(days=one) for one in range(1, (last - start).days + 1)]
    assert (sum(map(is_working_day, between)), is_working_day(last)) == (days, True)


# Backwards

DAYS_IN = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FOUR_YEARS = (date(2025, 1, 1), date(2028, 12, 31))
"""With a leap year in it, and the eight changes of hour."""


def counted_back(event: date, months: int, days: int) -> date:
    """Worked out by hand, on the fingers: month after month, then day after day, on a list of their lengths."""
    year, month, day = event.year, event.month, event.day
    for _ in range(months):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    day = min(day, length(year, month))
    for _ in range(days):
        day -= 1
        if day == 0:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
            day = length(year, month)
    return date(year, month, day)


def length(year: int, month: int) -> int:
    return 29 if month == 2 and year % 4 == 0 and (year % 100 or not year % 400) else DAYS_IN[month - 1]


@pytest.mark.rule("X6")
@pytest.mark.parametrize(("months", "days"), [(0, 15), (3, 0), (1, 0), (1, 3), (0, 1), (0, 0)])
def test_every_day_of_four_years_counted_backwards(months: int, days: int):
    first, last = FOUR_YEARS
    for past in range((last - first).days + 1):
        event = first + timedelta(days=past)
        assert deadlines.last_day_before(event, months, days) == counted_back(event, months, days)


@pytest.mark.rule("X6")
@given(DAYS, st.integers(0, 14), st.integers(0, 60))
def test_what_is_done_on_the_last_day_leaves_the_whole_delay(event: date, months: int, days: int):
    """Backwards and forwards say the same: at the end of a short month alone, whose last day ends several delays, it is
    the number of the day that counts backwards (28 February: 28 November, not 30)."""
    last = deadlines.last_day_before(event, months=months)
    assert deadlines.due(last, months=months) <= event <= deadlines.due(last + timedelta(days=1), months=months)
    assert deadlines.due(deadlines.last_day_before(event, days=days), days=days) == event


@pytest.mark.rule("R4.2")
@pytest.mark.parametrize(
    ("session", "last", "midnight"),
    [
        (date(2026, 3, 16), date(2026, 3, 1), datetime(2026, 3, 1, 23, tzinfo=UTC)),
        (date(2026, 4, 10), date(2026, 3, 26), datetime(2026, 3, 26, 23, tzinfo=UTC)),  # the clocks change between
        (date(2026, 4, 13), date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),  # on the last day itself
        (date(2026, 11, 9), date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),  # and back
        (date(2024, 3, 15), date(2024, 2, 29), datetime(2024, 2, 29, 23, tzinfo=UTC)),
        (date(2026, 1, 10), date(2025, 12, 26), datetime(2025, 12, 26, 23, tzinfo=UTC)),
    ],
)
def test_the_last_moment_of_a_notice(session: date, last: date, midnight: datetime):
    assert deadlines.notice_due(POLISHING, session) == last
    assert end_of(last) == int(midnight.timestamp()) * 1000
    longer = replace(POLISHING, delays=replace(POLISHING.delays, notice_days=16))
    assert deadlines.notice_due(longer, session) == last - timedelta(days=1)


@pytest.mark.rule("R9.2")
def test_an_appeal_is_possible_for_two_months_from_the_jury_that_ruled():
    delays = POLISHING.delays
    assert deadlines.last_day_of_appeal(date(2026, 4, 30), delays) == date(2026, 6, 30)
    assert deadlines.last_day_of_appeal(date(2026, 12, 31), delays) == date(2027, 2, 28)
    moving = replace(delays, move_off_holidays=True)
    assert deadlines.last_day_of_appeal(date(2026, 3, 14), moving) == date(2026, 5, 15)  # the 14th is Ascension Day
