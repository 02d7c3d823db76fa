"""An adjustment decided once the hearing is planned changes its clocks, until it begins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.candidacy.terms import Adjustment, AidKind
from evaluation.codec import encode
from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session.adjusted import AdjustmentTaken
from evaluation.session.phases import Phase
from tests.evaluation.session.day import Day, appointed, begun, hearing, listed
from tests.evaluation.session.quotes import adjusted

LATE = adjusted("p-cand1", {"questions": 600}, 5)


def lengths(day: Day) -> tuple[dict[str, int], int, AidKind | None, bool]:
    one = day.hearing()
    return dict(one.extra_seconds), one.break_minutes, one.aid_kind, one.equipment


@pytest.mark.rule("R10.1")
def test_a_decision_after_the_notice_is_in_the_clock():
    day = listed()
    assert day.do(SYSTEM, c.TakeAdjustment("h1", LATE)) == [AdjustmentTaken("h1", LATE)]
    assert lengths(day) == ({"questions": 600}, 5, None, False)
    said = encode(Adjustment("p-cand1", aid=AidKind.READER, equipment=True))
    day.do(SYSTEM, c.TakeAdjustment("h1", replace(LATE, data={"adjustment": said})))
    assert lengths(day) == ({}, 0, AidKind.READER, True)


@pytest.mark.rule("R10.1")
def test_an_aid_and_equipment_stand_in_a_hearing_from_its_planning_on():
    day = appointed()
    said = encode(Adjustment("p-cand1", aid=AidKind.SCRIBE, equipment=True))
    day.do("org", replace(hearing("h1"), adjustment=replace(LATE, data={"adjustment": said})))
    assert lengths(day) == ({}, 0, AidKind.SCRIBE, True)


def test_what_has_begun_and_another_candidacy_are_left_as_they_are():
    day = begun().questioning()
    before = lengths(day)
    assert day.hearing().phase is Phase.QUESTIONS
    assert day.do(SYSTEM, c.TakeAdjustment("h1", LATE)) == []
    other = listed()
    for hearing_id, quote in (("h1", replace(LATE, stream="c-other")), ("h9", LATE)):
        assert other.do(SYSTEM, c.TakeAdjustment(hearing_id, quote)) == []
    assert lengths(day) == before


@pytest.mark.rule("R10.1", "X11")
def test_nobody_but_the_platform_writes_it():
    for who in ("org", "cand1", "emp"):
        assert listed().refused(who, c.TakeAdjustment("h1", LATE)) == "X11"


@pytest.mark.rule("R10.1")
def test_another_persons_is_refused():
    quote = replace(LATE, data={"adjustment": encode(Adjustment("p-other"))})
    assert listed().refused(SYSTEM, c.TakeAdjustment("h1", quote)) == "R10.1"
