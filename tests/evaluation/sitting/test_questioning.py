"""The evaluation jury is summoned and questioned."""
from __future__ import annotations

import pytest

from evaluation.sitting.questioning import CloseQuestions, OpenQuestions, SummonJury
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import BY_CLERK, CLERK, EMPLOYEES, PRESIDENT, convened, office, words

MINUTE = 60 * 1000


@pytest.mark.rule("R3.9", "R1.3", "X15")
def test_who_summons_and_when():
    sitting = convened().put("k1").seated().impartial()
    summon = SummonJury("k1", house.at(house.HELD, 11), words())
    assert sitting.refused(EMPLOYEES, summon) == "R1.3"
    assert sitting.refused(house.MEMBER, house.replace(summon, office=office("o-member"))) == "X15"
    assert sitting.refused(PRESIDENT, house.replace(summon, at=sitting.now - 1)) == "R3.9"
    sitting.do(CLERK, house.replace(summon, office=BY_CLERK))
    sitting.do(PRESIDENT, summon)
    assert sitting.events[-1].jurors == house.JURORS
    assert sitting.refused(PRESIDENT, OpenQuestions("k1")) == "R3.9", "the sitting is not open"
    sitting.opened()
    assert sitting.refused(EMPLOYEES, OpenQuestions("k1")) == "R1.3"
    sitting.do(PRESIDENT, OpenQuestions("k1"))
    absent = house.sat_on(house.recommended(jurors=()))
    assert absent.refused(PRESIDENT, SummonJury("k1", absent.now)) == "R3.9"


@pytest.mark.rule("R3.9")
def test_one_session_at_a_time_on_who_is_not_decided():
    sitting = house.sat("k1", "k2")
    assert sitting.refused(PRESIDENT, OpenQuestions("k1")) == "R3.9"
    assert sitting.refused(PRESIDENT, CloseQuestions("k1")) == "R3.9"
    sitting.do(PRESIDENT, SummonJury("k1", sitting.now), SummonJury("k2", sitting.now), OpenQuestions("k1"))
    assert sitting.refused(PRESIDENT, OpenQuestions("k2")) == "R3.9"
    assert sitting.refused(PRESIDENT, house.ProposeDecision("k1")) == "R3.9"
    sitting.decided("k2")
    assert sitting.refused(EMPLOYEES, CloseQuestions("k1")) == "R1.3"
    sitting.do(PRESIDENT, CloseQuestions("k1"))
    assert sitting.refused(PRESIDENT, OpenQuestions("k2")) == "R3.9"
    assert sitting.refused(PRESIDENT, SummonJury("k2", sitting.now)) == "R3.9"


@pytest.mark.rule("R3.9")
@pytest.mark.parametrize(("minutes", "over"), [(12, 0), (30, 0), (41, 660)])
def test_an_overrun_is_written_down(minutes: int, over: int):
    """The ceiling ends nothing."""
    sitting = house.sat()
    sitting.do(PRESIDENT, SummonJury("k1", sitting.now), OpenQuestions("k1"))
    sitting.now += minutes * MINUTE
    sitting.do(PRESIDENT, CloseQuestions("k1"))
    event, (session,) = sitting.events[-1], sitting.item().questions
    assert (event.seconds, event.over_seconds, session.over_seconds) == (minutes * 60, over, over)
    assert (sitting.item().questioned, sitting.item().questioning) == (True, None)


@pytest.mark.rule("R1.3", "R1.4")
def test_the_president_leaves_while_the_jury_is_questioned():
    """Who presides over the sitting ends it all the same."""
    sitting = house.sat()
    sitting.do(PRESIDENT, SummonJury("k1", sitting.now), OpenQuestions("k1"), house.RecuseMember("k1", words()))
    assert sitting.refused(EMPLOYEES, CloseQuestions("k1")) == "R1.3"
    sitting.do(PRESIDENT, CloseQuestions("k1"))
