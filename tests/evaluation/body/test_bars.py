"""Bars: for one certification, for the framework's years, from the decision (R6.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.body.bars import BarEnded, BarSet, EndBar, SetBar, bars_against
from evaluation.body.certifications import PutFrameworkInForce
from evaluation.body.kind import BODY
from evaluation.case.terms import bar_id
from evaluation.deadlines import end_of, start_of
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
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
from tests.evaluation.case.docket import barred as barred_by_case

DAY = date.fromisoformat(TODAY)
MET = MEETING.day
BAR = SetBar("bar1", "p-cand", "RNCP26850", words(), MEETING)


def barred(house: House, *days: date, person: str = "p-cand", certification: str = "RNCP26850") -> list[bool]:
    return [bars_against(house.state, person, certification, day) != () for day in days]


@pytest.mark.rule("R6.6")
def test_a_bar_counts_from_the_decision_for_the_frameworks_years():
    house = staffed()
    assert house.do(MEMBER, BAR) == [
        BarSet("bar1", "p-cand", "RNCP26850", MET, date(2029, 3, 2), words(), MEETING, "o-member")]  # fmt: skip
    days = (date(2026, 3, 1), MET, date(2029, 3, 2), date(2029, 3, 3))
    assert barred(house, *days) == [False, True, True, False]
    assert barred(house, DAY, person="p-other") == [False]
    assert barred(house, DAY, certification="RNCP26849") == [False]


@pytest.mark.rule("R6.6")
def test_by_hand_only_what_was_decided_before_the_platform():
    """Nobody is barred here without a case: not by the commission itself, nor on the body's first day."""
    house = staffed()
    assert house.state.founded_on == DAY
    for who, meeting in ((MEMBER, None), (MEMBER, replace(MEETING, day=DAY)), (CLERK, replace(MEETING, day=DAY))):
        assert house.refused(who, replace(BAR, meeting=meeting)) == "R6.6"
    assert house.refused(CLERK, replace(BAR, meeting=None)) == "X15"
    (event,) = house.do(CLERK, replace(BAR, meeting=replace(MEETING, day=date(2026, 3, 15))))
    assert (event.decided_on, event.until, event.under) == (date(2026, 3, 15), date(2029, 3, 15), "o-clerk")


@pytest.mark.rule("R6.6")
def test_by_hand_no_bar_is_lifted_that_a_case_decided():
    house = staffed()
    house.do(SYSTEM, by_case())
    bar = house.state.bars[by_case().bar]
    assert bar.decision == by_case().decision
    assert house.refused(MEMBER, EndBar(bar.id, words())) == "R6.6"
    assert house.refused(CLERK, EndBar(bar.id, words(), replace(MEETING, day=DAY))) == "R6.6"
    house.do(SYSTEM, EndBar(bar.id, None, None, lifting()))
    assert house.state.bars[bar.id].lifted_by == lifting()


@pytest.mark.rule("R6.6")
def test_a_bar_lifted_before_it_could_be_set_is_never_set():
    house, bar = staffed(), by_case().bar
    (ended,) = house.do(SYSTEM, EndBar(bar, None, None, lifting()))
    assert (ended.bar, ended.person) == (bar, "p-cand")
    assert house.do(SYSTEM, EndBar(bar, None, None, lifting())) == []
    assert house.do(SYSTEM, by_case()) == []
    assert (house.state.bars, house.rows("bars"), barred(house, DAY)) == ({}, {}, [False])


@pytest.mark.rule("R6.6")
def test_a_bar_from_before_the_first_version():
    house = staffed()
    (event,) = house.do(CLERK, replace(BAR, meeting=replace(MEETING, day=date(2024, 2, 29))))
    assert event.until == date(2027, 2, 28)


@pytest.mark.rule("R6.6")
def test_a_bar_lasts_as_the_version_in_force_says():
    house = staffed()
    house.do(CLERK, PutFrameworkInForce(replace(POLISH, version="2", bar_years=5), date(2026, 3, 2)))
    assert house.do(MEMBER, BAR)[0].until == date(2031, 3, 2)
    (earlier,) = house.do(CLERK, replace(BAR, bar="bar2", person="p-2", meeting=replace(MEETING, day=date(2026, 3, 1))))
    assert earlier.until == date(2029, 3, 1)


@pytest.mark.rule("R6.6")
def test_a_bar_that_cannot_be_set():
    house = staffed()
    house.do(MEMBER, BAR)
    assert house.refused(MEMBER, replace(BAR, person="p-2")) == "R6.6"
    assert house.refused(MEMBER, replace(BAR, bar="", person="p-2")) == "R6.6"
    assert house.refused(MEMBER, replace(BAR, bar="bar2", person="")) == "R6.6"
    assert house.refused(MEMBER, replace(BAR, bar="bar2", certification="RNCP1")) == "R6.6"
    assert house.refused(MEMBER, replace(BAR, bar="bar2")) == "R6.6"
    later = replace(BAR, bar="bar2", meeting=replace(MEETING, day=date(2026, 3, 3)))
    assert house.do(MEMBER, later)[0].until == date(2029, 3, 3)


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


def by_case(**changes: object) -> SetBar:
    """As the platform asks once a case has decided so."""
    docket = barred_by_case()
    return replace(SetBar(bar_id(docket.id, "k1"), "p-cand", "RNCP26850", None, None, docket.quote()), **changes)


def lifting() -> Quote:
    docket = barred_by_case()
    data = {"consequence": "lift", "against": docket.id, "candidacy": "k1", "person": "p-cand"}
    return replace(docket.quote(), data=data)


@pytest.mark.rule("R6.6")
def test_what_a_case_decides_is_set_by_the_platform():
    house = staffed()
    (event,) = house.do(SYSTEM, by_case())
    assert (event.decided_on, event.until, event.under, event.words) == (DAY, date(2029, 3, 16), "", None)
    assert barred(house, DAY) == [True]
    assert house.do(SYSTEM, by_case()) == []
    for actor in (CLERK, MEMBER):
        assert isinstance(house.refusal(actor, by_case(bar="x")), Forbidden)
    assert BODY.replay(event, None) == by_case()
    assert house.do(SYSTEM, EndBar(event.bar, None, None, lifting()))[0].on == DAY
    assert house.do(SYSTEM, EndBar(event.bar, None, None, lifting())) == []
    assert isinstance(house.refusal(MEMBER, EndBar(event.bar, None, None, lifting())), Forbidden)


@pytest.mark.rule("R6.6")
def test_no_bar_without_its_decision():
    """Nor for another certification, nor on a twin."""
    house, decision = staffed(), barred_by_case().quote()
    for wrong in ({"certification": "RNCP26849"}, {"person": "p-twin"}, {"bar": "bar9"},
                  {"decision": replace(decision, event="case.closed")},
                  {"decision": replace(decision, data={**decision.data, "consequence": "disqualify"})}):
        assert house.refused(SYSTEM, by_case(**wrong)) == "R6.6"
    assert house.refused(SYSTEM, by_case(decision=None)) == "X15"
    assert house.refused(MEMBER, by_case(decision=None, words=words())) == "R6.6"
    assert house.refused(MEMBER, replace(BAR, words=None)) == "R6.6"
    house.do(SYSTEM, by_case())
    assert house.refused(MEMBER, EndBar(by_case().bar, None)) == "R6.6"
    for wrong in (decision, replace(decision, data={"consequence": "lift", "against": "other", "candidacy": "k1"})):
        assert house.refused(SYSTEM, EndBar(by_case().bar, None, None, wrong)) == "R6.6"


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
    assert (one.at, one.due_at) == (start_of(MET), end_of(date(2029, 3, 2)))
    assert one.data == {"decided_on": "2026-03-02", "until": "2029-03-02", "lifted": None, "position": 9}
    house.on("2027-01-01")
    house.do(MEMBER, EndBar("bar1", words()))
    (one,) = house.rows("bars").values()
    assert (one.status, one.due_at) == ("ended", start_of(date(2027, 1, 1)))
