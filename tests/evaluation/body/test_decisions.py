"""The commission's decisions: who records them, and under which office (X15, R1.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.body.decisions import (
    DecideJury,
    DecideSubstitute,
    DecisionRecorded,
    JuryDecided,
    RecordDecision,
    SubstituteDecided,
    quoted,
)
from evaluation.body.granting import EndOffice
from evaluation.people import JurorCategory, Role, Seat
from evaluation.rules import Forbidden, Refusal
from tests.evaluation.body.house import CLERK, DELEGATE, MEETING, MEMBER, ORGANIZER, staffed, words

JURY = (
    Seat("emp", "p-emp", Role.JUROR, JurorCategory.EMPLOYEES),
    Seat("own", "p-own", Role.JUROR, JurorCategory.EMPLOYERS),
    Seat("tra", "p-tra", Role.JUROR, JurorCategory.TRAINER),
)  # fmt: skip
SUBSTITUTE = Seat("sub", "p-sub", Role.JUROR, JurorCategory.TRAINER)
APPOINT = DecideJury("d1", "s1", JURY)
REPLACE = DecideSubstitute("d2", "s1", "tra", SUBSTITUTE)


@pytest.mark.rule("X15")
def test_a_member_decides():
    house = staffed()
    assert house.do(MEMBER, APPOINT) == [JuryDecided("d1", "s1", JURY, None, "o-member")]
    assert house.do(MEMBER, REPLACE) == [SubstituteDecided("d2", "s1", "tra", SUBSTITUTE, None, "o-member")]
    assert house.do(MEMBER, RecordDecision("d3", words())) == [DecisionRecorded("d3", words(), None, "o-member")]
    assert [(one.id, one.event) for one in house.state.decisions.values()] == [
        ("d1", "body.jury_decided"), ("d2", "body.substitute_decided"), ("d3", "body.decision_recorded"),
    ]  # fmt: skip
    assert house.refused(MEMBER, RecordDecision("d1", words())) == "X15"
    assert house.refused(MEMBER, RecordDecision("", words())) == "X15"


@pytest.mark.rule("X15")
def test_the_clerk_records_with_the_meeting_and_its_extract():
    house = staffed()
    assert not isinstance(house.refusal(CLERK, APPOINT), Forbidden)
    assert house.do(CLERK, replace(APPOINT, meeting=MEETING)) == [JuryDecided("d1", "s1", JURY, MEETING, "o-clerk")]
    tomorrow = replace(MEETING, day=date(2026, 3, 17))
    assert house.refused(CLERK, replace(REPLACE, meeting=tomorrow)) == "X15"
    assert house.refused(MEMBER, replace(REPLACE, meeting=tomorrow)) == "X15"


@pytest.mark.rule("X15")
def test_a_delegate_acts_within_the_delegation_alone():
    house = staffed()
    for outside in (REPLACE, RecordDecision("d3", words()), replace(REPLACE, meeting=MEETING)):
        assert isinstance(house.refusal(DELEGATE, outside), Forbidden)
    assert house.do(DELEGATE, APPOINT) == [JuryDecided("d1", "s1", JURY, None, "o-delegate")]


@pytest.mark.rule("X15")
def test_a_delegation_that_was_taken_back_or_is_over():
    house = staffed()
    house.on("2026-07-01")
    assert isinstance(house.refusal(DELEGATE, APPOINT), Forbidden)
    house = staffed()
    house.do(MEMBER, EndOffice("o-delegate"))
    assert isinstance(house.refusal(DELEGATE, APPOINT), Forbidden)


@pytest.mark.rule("X15")
def test_nobody_else_decides():
    for actor in (ORGANIZER, "p-nobody", "commission"):
        assert isinstance(staffed().refusal(actor, replace(APPOINT, meeting=MEETING)), Forbidden)


@pytest.mark.rule("R1.2")
def test_a_jury_that_breaks_the_composition_is_not_decided():
    house = staffed()
    assert house.refused(MEMBER, replace(APPOINT, jurors=JURY[:2])) == "R1.2"
    assert house.refused(MEMBER, replace(APPOINT, jurors=(*JURY[:2], replace(JURY[2], person="p-emp")))) == "R1.2"
    assert house.refused(MEMBER, replace(REPLACE, seat=replace(SUBSTITUTE, role=Role.AID))) == "R1.2"


def test_a_decision_shown_in_another_stream():
    house = staffed()
    (decided,) = house.do(MEMBER, APPOINT)
    good = house.quote()
    assert quoted(good, JuryDecided) == decided
    for bad in (replace(good, kind="session"), house.quote(2), replace(good, data={})):
        with pytest.raises(Refusal) as refusal:
            quoted(bad, JuryDecided)
        assert refusal.value.rule == "R1.2"
    with pytest.raises(Refusal):
        quoted(good, SubstituteDecided)
