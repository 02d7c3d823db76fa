"""The delays of a case: counted from the day after, over every change of hour; begun again by a letter that comes
back; of an appeal, from the decision or from its handing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evaluation.case import decision_papers
from evaluation.case.decision_papers import HandDecision
from evaluation.case.letter_fates import CaseLetterFailed
from evaluation.case.notifying import RecordDelivery
from evaluation.case.stages import answer_until
from evaluation.case_rules import Consequence
from evaluation.deadlines import day_of
from evaluation.people import SYSTEM
from tests.evaluation.case import oracle
from tests.evaluation.case.docket import (
    CLERK,
    MEMBER,
    PAPER,
    given,
    malfunction,
    office,
    opened,
    validation,
    words,
)
from tests.evaluation.frameworks import POLISHING

BAR = Consequence.BAR


@pytest.mark.rule("R7.2", "X6")
def test_the_candidate_has_every_day_of_the_delay_whatever_the_year():
    docket = opened().reported().told()
    notice, days = docket.part().notices[0], docket.state.rules.answer_days
    for number in range(4 * 365 + 1):
        begins = date(2026, 1, 1) + timedelta(days=number)
        assert answer_until(docket.state, replace(notice, begins=begins)) == oracle.over(begins, days), begins


@pytest.mark.rule("R7.2")
def test_a_letter_that_comes_back_before_the_commission_begins_the_delay_again():
    """The delay had been written over, the sanction proposed and submitted: it is not decided before the letter was
    delivered and the delay has passed."""
    docket = opened().reported().told(BAR).passes().proposed(BAR).agreed().submitted()
    docket.do(SYSTEM, CaseLetterFailed("k1", "notice", 1, docket.now, "5.1.1"))
    assert docket.refused(MEMBER, validation(BAR)) == "R7.2"
    docket.do(CLERK, RecordDelivery("k1", 1, day_of(docket.now), "by_hand", words(), office("o-clerk"), PAPER))
    assert (docket.part().notices[0].receipt, docket.refused(MEMBER, validation(BAR))) == (PAPER, "R7.2")
    docket.passes()
    docket.decided(BAR)
    assert (docket.stage(), oracle.faults(docket.journal)) == ("decided", [])


@pytest.mark.rule("R9.2")
def test_an_appeal_is_counted_from_the_handing_where_the_framework_says_so():
    def until(rules: object) -> tuple[date | None, date | None]:
        docket = malfunction() if rules is None else opened("malfunction", "technical", given=given(rules=rules))
        docket.reported().proposed(Consequence.NONE).agreed().submitted().decided(Consequence.NONE)
        before = decision_papers.appeal_until(docket.state, docket.part())
        docket.on("2026-04-01")
        docket.do(CLERK, HandDecision("k1", PAPER, office("o-clerk")))
        return before, decision_papers.appeal_until(docket.state, docket.part())

    assert until(None) == (date(2026, 5, 16), date(2026, 5, 16))
    assert until(replace(POLISHING.case, appeal_from="handing")) == (None, date(2026, 6, 1))
