"""Who reads what of a sitting: of a candidate, and of its sealed documents."""
from __future__ import annotations

from datetime import date

import pytest

from evaluation.deadlines import end_of
from evaluation.people import SYSTEM
from evaluation.sitting.minutes import SignMinutes
from evaluation.sitting.seeing import reads_minutes, reads_minutes_until, seen_from_office
from tests.evaluation.sitting.house import (
    CLERK,
    EMPLOYEES,
    EMPLOYERS,
    JURORS,
    MINUTES,
    OTHER_EMPLOYEES,
    PRESIDENT,
    RecuseMember,
    convened,
    sat,
    words,
)


@pytest.mark.rule("R1.4")
def test_minutes_are_read_by_whoever_signs_them_and_by_nobody_else():
    """A substitute who was not called, a juror of the evaluation jury, and the clerk sign nothing."""
    presented = sat().decided().presented().state.presented
    assert presented is not None
    assert {one for one in (*JURORS, CLERK, EMPLOYEES, EMPLOYERS, PRESIDENT, OTHER_EMPLOYEES, SYSTEM)
            if reads_minutes(presented, one)} == {EMPLOYEES, EMPLOYERS, PRESIDENT}


@pytest.mark.rule("R3.9")
def test_who_signed_reads_what_was_sealed_until_an_appeal_can_be_posted_no_more():
    sitting = sat().decided().presented()
    sitting.do(EMPLOYEES, SignMinutes(1, MINUTES.digest, "passkey"))
    assert reads_minutes_until(sitting.state, EMPLOYEES) is None, "not sealed yet"
    sitting.signed(EMPLOYERS, PRESIDENT).sealed()
    assert reads_minutes_until(sitting.state, EMPLOYEES) == end_of(date(2026, 5, 30))
    assert reads_minutes_until(sitting.state, OTHER_EMPLOYEES) is None


@pytest.mark.rule("R1.4")
def test_who_is_kept_from_deciding_on_a_candidate_reads_nothing_of_them_from_an_office_either():
    sitting = convened().put("k1", "k2").seated()
    sitting.do(PRESIDENT, RecuseMember("k1", words()))
    assert [seen_from_office(sitting.state, sitting.item(one), PRESIDENT) for one in ("k1", "k2")] == [False, True]
    assert seen_from_office(sitting.state, sitting.item("k1"), CLERK)
