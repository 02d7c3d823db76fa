"""Bars: for one certification, for the framework's years, from the decision (R6.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.body.bars import BarEnded, BarSet, EndBar, SetBar, bars_against
from evaluation.body.certifications import PutFrameworkInForce
from evaluation.body.kind import BODY
from evaluation.deadlines import end_of, start_of
from evaluation.rules import Forbidden
from tests.evaluation.body.house import (
    CLERK,
    DELEGATE,
    MEETING,
    MEMBER,
    ORGANIZER,
    POLISH,
    TODAY,
    House,
    staffed,
    words,
)

DAY = date.fromisoformat(TODAY)
BAR = SetBar("bar1", "p-cand", "RNCP26850", words())


def barred(house: House, *days: date, person: str = "p-cand", certification: str = "RNCP26850") -> list[bool]:
    return [bars_against(house.state, person, certification, day) != () for day in days]


@pytest.mark.rule("R6.6")
def test_a_bar_counts_from_the_decision_for_the_frameworks_years():
    house = staffed()
    assert house.do(MEMBER, BAR) == [
        BarSet("bar1", "p-cand", "RNCP26850", DAY, date(2029, 3, 16), words(), None, "o-member")]  # fmt: skip
    days = (date(2026, 3, 15), DAY, date(2029, 3, 16), date(2029, 3, 17))
    assert barred(house, *days) == [False, True, True, False]
    assert barred(house, DAY, person="p-other") == [False]
    assert barred(house, DAY, certification="RNCP26849") == [False]


@pytest.mark.rule("R6.6")
def test_the_clerks_record_counts_from_the_meeting():
    house = staffed()
    assert house.refused(CLERK, BAR) == "X15"
    (event,) = house.do(CLERK, replace(BAR, meeting=MEETING))
    assert (event.decided_on, event.until, event.under) == (date(2026, 3, 2), date(2029, 3, 2), "o-clerk")


@pytest.mark.rule("R6.6")
def test_a_bar_from_before_the_first_version():
    house = staffed()
    (event,) = house.do(CLERK, replace(BAR, meeting=replace(MEETING, day=date(2024, 2, 29))))
    assert event.until == date(2027, 2, 28)


@pytest.mark.rule("R6.6")
def test_a_bar_lasts_as_the_version_in_force_says():
    house = staffed()
    house.do(CLERK, PutFrameworkInForce(replace(POLISH, version="2", bar_years=5), date(2026, 3, 10)))
    assert house.do(MEMBER, BAR)[0].until == date(2031, 3, 16)
    (earlier,) = house.do(CLERK, replace(BAR, bar="bar2", person="p-2", meeting=MEETING))
    assert earlier.until == date(2029, 3, 2)


@pytest.mark.rule("R6.6")
def test_a_bar_that_cannot_be_set():
    house = staffed()
    house.do(MEMBER, BAR)
    assert house.refused(MEMBER, replace(BAR, person="p-2")) == "R6.6"
    assert house.refused(MEMBER, replace(BAR, bar="", person="p-2")) == "R6.6"
    assert house.refused(MEMBER, replace(BAR, bar="bar2", person="")) == "R6.6"
    assert house.refused(MEMBER, replace(BAR, bar="bar2", certification="RNCP1")) == "R6.6"
    assert house.refused(MEMBER, replace(BAR, bar="bar2")) == "R6.6"
    house.on("2026-04-01")
    assert house.do(MEMBER, replace(BAR, bar="bar2"))[0].until == date(2029, 4, 1)


@pytest.mark.rule("X15")
def test_bars_are_the_commissions():
    house = staffed()
    house.do(MEMBER, BAR)
    for actor in (DELEGATE, ORGANIZER):  # the delegate's acts are others
        assert isinstance(house.refusal(actor, replace(BAR, bar="bar2")), Forbidden)
        assert isinstance(house.refusal(actor, EndBar("bar1", words())), Forbidden)


@pytest.mark.rule("R6.6")
def test_a_bar_is_lifted_once():
    house = staffed()
    house.do(MEMBER, BAR)
    position = house.state.bars["bar1"].position
    house.on("2027-01-01")
    assert house.do(MEMBER, EndBar("bar1", words())) == [
        BarEnded("bar1", "p-cand", date(2027, 1, 1), words(), None, "o-member")]  # fmt: skip
    assert barred(house, date(2026, 12, 31), date(2027, 1, 1)) == [True, False]
    assert not BODY.stands(house.state, position)
    assert house.refused(MEMBER, EndBar("bar1", words())) == "R6.6"
    assert house.refused(MEMBER, EndBar("bar9", words())) == "R6.6"


@pytest.mark.rule("R6.6")
def test_a_bar_that_is_over_is_not_lifted():
    house = staffed()
    house.do(CLERK, replace(BAR, meeting=replace(MEETING, day=date(2022, 1, 1))))
    assert house.refused(MEMBER, EndBar("bar1", words())) == "R6.6"


def test_the_rows_and_the_words_of_bars():
    house = staffed()
    assert BODY.subject(house.state, "b1", {"bar": "bar1", "person": "p-cand", "certification": "x"}) == "p-cand"
    house.do(MEMBER, BAR)
    assert BODY.subject(house.state, "b1", {"bar": "bar1"}) == "p-cand"
    (one,) = house.rows("bars").values()
    assert (one.key, one.person, one.about, one.status) == ("bar1", "p-cand", "RNCP26850", "set")
    assert (one.at, one.due_at) == (start_of(DAY), end_of(date(2029, 3, 16)))
    assert one.data == {"decided_on": TODAY, "until": "2029-03-16", "lifted": None, "position": 9}
    house.on("2027-01-01")
    house.do(MEMBER, EndBar("bar1", words()))
    (one,) = house.rows("bars").values()
    assert (one.status, one.due_at) == ("ended", start_of(date(2027, 1, 1)))
