"""A decision on a jury is taken back before it takes effect, and what it voids is void (R1.2)."""

from __future__ import annotations

import pytest

from evaluation.body.asking import AskForJury
from evaluation.body.decisions import DecideJury, DecideSubstitute, RecordDecision
from evaluation.body.taking_back import DecisionTakenBack, TakeBackDecision
from evaluation.rules import Forbidden
from tests.evaluation.body.house import CLERK, DELEGATE, MEETING, MEMBER, ORGANIZER, House, staffed, words
from tests.evaluation.body.test_decisions import APPOINT, JURY, REPLACE

TAKE_BACK = TakeBackDecision("d1", words())


@pytest.mark.rule("R1.2")
def test_the_day_is_without_a_jury_again_and_asks_for_one():
    house = staffed()
    house.do(ORGANIZER, AskForJury("s1", "of1", "RNCP26850"))
    house.do(MEMBER, APPOINT)
    position = len(house.events)
    assert stands(house, position)
    assert house.do(MEMBER, TAKE_BACK) == [DecisionTakenBack("d1", words(), None, "o-member")]
    assert not stands(house, position)
    taken = house.state.decisions["d1"].taken_back
    assert (house.state.juries, house.state.requests["s1"].open) == ({}, True)
    assert taken is not None
    assert (taken.at, taken.words) == (house.now, words())
    house.do(MEMBER, DecideJury("d3", "s1", JURY))
    assert house.refused(MEMBER, TAKE_BACK) == "R1.2"


def stands(house: House, position: int) -> bool:
    return house.kind.stands(house.state, position)


@pytest.mark.rule("R1.2")
def test_a_substitutes_decision_first_and_no_other_decision():
    house = staffed()
    house.do(MEMBER, APPOINT, REPLACE, RecordDecision("d9", words()))
    assert house.refused(MEMBER, TAKE_BACK) == "R1.2"
    for other in ("d9", "d0"):
        assert house.refused(MEMBER, TakeBackDecision(other, words())) == "R1.2"
    house.do(MEMBER, TakeBackDecision("d2", words()))
    assert house.state.juries["s1"].jurors == JURY
    house.do(MEMBER, TAKE_BACK)


@pytest.mark.rule("X15")
def test_whoever_may_decide_may_take_back():
    house = staffed()
    house.do(MEMBER, APPOINT, DecideSubstitute("d2", "s2", "tra", REPLACE.seat))
    assert isinstance(house.refusal(ORGANIZER, TAKE_BACK), Forbidden)
    assert house.refused(CLERK, TAKE_BACK) == "X15"
    assert isinstance(house.refusal(DELEGATE, TakeBackDecision("d2", words())), Forbidden)
    assert house.do(DELEGATE, TAKE_BACK) == [DecisionTakenBack("d1", words(), None, "o-delegate")]
    house.do(CLERK, TakeBackDecision("d2", words(), MEETING))
