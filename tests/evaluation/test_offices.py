"""Offices: when they run, who holds one, what a quote of one proves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation import offices
from evaluation.body.granting import GrantOffice
from evaluation.offices import (
    ACTS,
    TITLES,
    Act,
    Office,
    OfficeRole,
    check_period,
    held,
    holds,
    overlap,
    quoted,
)
from evaluation.rules import Forbidden, Refusal
from tests.evaluation.body.house import CLERK, DIRECTOR, ORGANIZER, TODAY, accredited, office, staffed

DAY = date.fromisoformat(TODAY)
CLERKS, ORGANIZERS = frozenset({OfficeRole.CLERK}), frozenset({OfficeRole.ORGANIZER})


def test_every_office_and_every_act_has_a_name():
    assert set(TITLES) == set(OfficeRole)
    assert set(ACTS) == set(Act)


@pytest.mark.rule("X15")
def test_an_office_runs_from_its_first_day_to_its_last():
    one = Office("o", "p", OfficeRole.OBSERVER, DAY, DAY + timedelta(days=1))
    days = [DAY + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [holds((one,), "p", OfficeRole.OBSERVER, day) for day in days] == [False, True, True, False]
    assert holds((replace(one, until=None),), "p", OfficeRole.OBSERVER, date.max)
    assert not holds((one,), "p", OfficeRole.CLERK, DAY)
    assert not holds((one,), "q", OfficeRole.OBSERVER, DAY)


@pytest.mark.rule("X15")
def test_an_office_that_ended_this_morning_is_over():
    one = Office("o", "p", OfficeRole.OBSERVER, date(2026, 1, 1)).ended(DAY)
    assert held((one,), "p", DAY - timedelta(days=1)) == (one,)
    assert held((one,), "p", DAY) == ()


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(days, st.none() | days, days, st.none() | days)
def test_two_periods_overlap_when_one_day_is_in_both(
    since: date, until: date | None, other_since: date, other_until: date | None
):
    latest = max(since, other_since)
    both = all(first <= latest and (last is None or latest <= last)
               for first, last in ((since, until), (other_since, other_until)))
    assert overlap(since, until, other_since, other_until) == both
    assert overlap(other_since, other_until, since, until) == both


@pytest.mark.rule("X15")
def test_a_period_that_ends_before_it_begins():
    check_period(DAY, DAY)
    with pytest.raises(Refusal) as refusal:
        check_period(DAY, DAY - timedelta(days=1))
    assert refusal.value.rule == "X15"


# Shown in another stream


@pytest.mark.rule("X15")
@pytest.mark.parametrize(
    ("person", "roles", "day", "provider"),
    [
        (CLERK, ORGANIZERS, DAY, "of1"),
        (ORGANIZER, CLERKS, DAY, "of1"),
        (ORGANIZER, ORGANIZERS, DAY, "of2"),
        (ORGANIZER, ORGANIZERS, DAY, None),
        (ORGANIZER, ORGANIZERS, date(2025, 12, 31), "of1"),
    ],
)
def test_an_office_that_does_not_show_what_it_should(
    person: str, roles: frozenset[OfficeRole], day: date, provider: str | None
):
    quote = staffed().quote(7)
    assert quoted(quote).id == "o-organizer"
    offices.check_quoted(quote, ORGANIZER, ORGANIZERS, DAY, "of1")
    with pytest.raises(Forbidden) as refusal:
        offices.check_quoted(quote, person, roles, day, provider)
    assert refusal.value.rule == "X15"


@pytest.mark.rule("X15")
def test_an_office_whose_period_is_over():
    house = accredited()
    house.do(CLERK, GrantOffice(office(until=DAY)))
    offices.check_quoted(house.quote(), ORGANIZER, ORGANIZERS, DAY, "of1")
    with pytest.raises(Forbidden):
        offices.check_quoted(house.quote(), ORGANIZER, ORGANIZERS, DAY + timedelta(days=1), "of1")


@pytest.mark.rule("X15")
def test_a_quote_of_something_else():
    house = staffed()
    good = house.quote(6)
    offices.check_quoted(good, DIRECTOR, frozenset({OfficeRole.DIRECTOR}), DAY, "of1")
    for bad in (
        replace(good, kind="session"), replace(good, event="body.office_ended"), house.quote(1), house.quote(3),
        replace(good, data={}), replace(good, data={"office": {"id": "o"}}),
    ):  # fmt: skip
        with pytest.raises(Forbidden) as refusal:
            offices.check_quoted(bad, DIRECTOR, frozenset({OfficeRole.DIRECTOR}), DAY, "of1")
        assert refusal.value.rule == "X15"
