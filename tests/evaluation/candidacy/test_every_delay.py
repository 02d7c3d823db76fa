"""Every delay from the hearing to the certificate, on every day of four years, against a count that knows nothing of
ours: it walks the calendar day by day (X6, articles 641 and 642 of the Code de procédure civile)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from evaluation.body.terms import Certification
from evaluation.candidacy.appealing import RecordAppeal, appeal_until
from evaluation.candidacy.award_parts import Recommendation
from evaluation.candidacy.delay_rows import ends_by
from evaluation.candidacy.kept import keeping_of, kept_blocks
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.terms import AppealFlag
from evaluation.candidacy.to_award import appealable_until, handed_on, result_due, told_by
from evaluation.candidacy.validated import certificate_due
from evaluation.deadlines import day_of, end_of
from evaluation.quotes import Quote
from tests.evaluation.body.house import CLERK, PAPER, POLISH
from tests.evaluation.candidacy.house import CANDIDATE, office, opened, outcome, registered
from tests.evaluation.candidacy.towards_award import awaiting

FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)
PARIS = ZoneInfo("Europe/Paris")
DAY = timedelta(days=1)
EASTER_SUNDAYS = {2024: date(2024, 3, 31), 2025: date(2025, 4, 20), 2026: date(2026, 4, 5), 2027: date(2027, 3, 28),
                  2028: date(2028, 4, 16), 2029: date(2029, 4, 1)}
"""As an almanac prints them."""


def days() -> Iterator[date]:
    one = FIRST
    while one <= LAST:
        yield one
        one += DAY


def test_four_years_have_a_leap_day() -> None:
    assert len([*days()]) == 4 * 365 + 1


def months_later(start: date, months: int) -> date:
    """Walks to the first day of the month so many months on, then day by day to the same number, as long as the month
    lasts."""
    one, left = start, months
    while left:
        one += DAY
        left -= one.day == 1
    while one.day < start.day and (one + DAY).month == one.month:
        one += DAY
    return one


def off_holidays(one: date) -> date:
    while one.weekday() in (5, 6) or closed(one):
        one += DAY
    return one


def closed(one: date) -> bool:
    fixed = {"01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"}
    return one.strftime("%m-%d") in fixed or (one - EASTER_SUNDAYS[one.year]).days in (1, 39, 50)


def certified(*, moves: bool) -> Certification:
    return replace(POLISH, move_off_holidays=moves, kept_block_validity_months=24)


@pytest.fixture(scope="module")
def waiting() -> CandidacyState:
    return awaiting().state


def under(state: CandidacyState, *, moves: bool) -> CandidacyState:
    return replace(state, certification=certified(moves=moves))


@pytest.mark.rule("X6", "R8.1")
@pytest.mark.parametrize("moves", [False, True])
def test_the_result_is_told_within_a_month_of_the_hearing(waiting: CandidacyState, moves: bool) -> None:
    state, one = under(waiting, moves=moves), handed_on(waiting)
    assert one is not None
    for day in days():
        last = months_later(day, 1)
        known: Recommendation = replace(one, given=replace(one.given, held_on=day))
        assert result_due(state, known) == told_by(state, day) == (off_holidays(last) if moves else last), day


@pytest.mark.rule("X6", "R8.2")
@pytest.mark.parametrize("moves", [False, True])
def test_the_certificate_leaves_within_two_months_of_the_validation(waiting: CandidacyState, moves: bool) -> None:
    state = under(waiting, moves=moves)
    for day in days():
        last = months_later(day, 2)
        assert certificate_due(state, day) == (off_holidays(last) if moves else last), day


@pytest.mark.rule("X6", "R9.2")
@pytest.mark.parametrize("moves", [False, True])
def test_an_appeal_is_posted_within_two_months_of_the_jury_that_ruled(waiting: CandidacyState, moves: bool) -> None:
    """As the letter says it, and as the appeal is looked at when it comes."""
    state, by = under(waiting, moves=moves), office("o-clerk")
    for day in days():
        last = months_later(day, 2)
        against = Quote("candidacy", "k1", 9, "9" * 64, "candidacy.outcome_recorded", {
            "outcome": {"ruled_on": day.isoformat()}})
        command = RecordAppeal("a1", against, day, day, "registered_letter", "1", True, PAPER, by)
        expected = off_holidays(last) if moves else last
        assert appealable_until(state, day) == appeal_until(state, command) == expected, day


@pytest.mark.rule("X6")
def test_a_candidacy_that_nobody_has_ended_is_shown_after_a_year() -> None:
    state = registered().state
    for day in days():
        assert ends_by(replace(state, opened_on=day)) == months_later(day, 12), day


@pytest.mark.rule("X8")
def test_a_block_is_kept_to_the_last_day_of_its_months_and_not_a_day_longer() -> None:
    keeping = keeping_of(certified(moves=False))
    for day in days():
        last = months_later(day, 24)
        said = Quote("candidacy", "k0", 3, "3" * 64, "candidacy.outcome_recorded", {"outcome": {
            "person": CANDIDATE, "certification": POLISH.code, "version": POLISH.version, "ruled_on": day.isoformat(),
            "award": "partial", "blocks": ["BC1"]}})
        kept = kept_blocks(keeping, CANDIDATE, (said,), last)
        assert [one.until for one in kept] == [last], day
        assert kept_blocks(keeping, CANDIDATE, (said,), last + DAY) == (), day


@pytest.mark.rule("X6")
def test_a_last_day_ends_at_midnight_in_paris() -> None:
    """At 23:59:59 it still runs, a second later it is over: also on the days on which clocks change."""
    for day in days():
        last_second = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=PARIS)
        assert end_of(day) == int((last_second.astimezone(UTC) + timedelta(seconds=1)).timestamp()) * 1000, day
        assert (day_of(end_of(day) - 1), day_of(end_of(day))) == (day, day + DAY), day


@pytest.mark.rule("X6")
@pytest.mark.parametrize(("start", "months", "last"), [
    ("2024-01-31", 1, "2024-02-29"), ("2025-01-31", 1, "2025-02-28"), ("2024-02-29", 12, "2025-02-28"),
    ("2023-12-31", 2, "2024-02-29"), ("2024-12-31", 2, "2025-02-28"), ("2026-03-31", 1, "2026-04-30"),
    ("2026-12-15", 1, "2027-01-15"), ("2024-02-28", 12, "2025-02-28"), ("2027-12-30", 2, "2028-02-29"),
])
def test_months_end_on_the_same_date_or_the_month_s_last_day(start: str, months: int, last: str) -> None:
    assert months_later(date.fromisoformat(start), months).isoformat() == last


@pytest.mark.rule("R9.2", "X6")
@pytest.mark.parametrize(("ruled_on", "last"), [
    (date(2027, 12, 31), date(2028, 2, 29)), (date(2028, 12, 31), date(2029, 2, 28)),
    (date(2028, 2, 29), date(2028, 4, 29)), (date(2027, 6, 30), date(2027, 8, 30)),
    (date(2027, 1, 28), date(2027, 3, 28)), (date(2027, 8, 31), date(2027, 10, 31)),
])
def test_an_appeal_of_the_last_day_s_last_second_is_in_time_and_a_second_later_it_is_not(
        ruled_on: date, last: date) -> None:
    """By Paris's clock, also on the two days on which it changes: the last two of these."""
    for second, flags in ((end_of(last) - 1000, ()), (end_of(last), (AppealFlag.OUT_OF_TIME,))):
        one = opened(day=ruled_on.isoformat())
        one.do(CLERK, outcome("none", ruled_on=ruled_on))
        one.now = second
        posted = day_of(second)
        [event] = one.do(CLERK, RecordAppeal("a1", one.quote(2), posted, posted, "registered_letter", "1", True, PAPER,
                                             office("o-clerk")))
        assert (event.until, event.flags) == (last, flags)
