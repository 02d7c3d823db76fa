"""The identity check: what is asked for and what is measured. The machine measures, the president decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session.measured import Check, Failure, SignalRow
from tests.evaluation.session.at_the_check import FACE, MRZ, PORTRAIT, asked, heard, supplied
from tests.evaluation.session.day import begun, words


@pytest.mark.rule("R6.2")
def test_without_a_copy_there_is_nothing_to_compare_and_the_decision_stays_possible():
    day = begun().called()
    assert day.refused("tra", c.AskIdentityCheck("h1", "front")) == "R6.2"
    heard(day).do("emp", c.DecideIdentity("h1", "conform", "proceed"))
    assert day.hearing().identity is not None


@pytest.mark.rule("R6.3")
def test_a_juror_asks_for_a_side_for_a_gesture_and_ends_it():
    day = supplied()
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    first = asked(day)
    assert day.hearing().check == Check("front", "main", "tra", day.now, first)
    day.do("own", c.AskIdentityCheck("h1", "back", "second"), c.AskGesture("h1", "tilt_card"))
    assert (day.hearing().check.side, day.hearing().gesture) == ("back", "tilt_card")  # type: ignore[union-attr]
    assert day.refused(SYSTEM, c.RecordSignals("h1", first, day.now, (MRZ,))) == "R6.3"
    day.do("emp", c.EndIdentityCheck("h1"), c.AskGesture("h1", None))
    assert (day.hearing().check, day.hearing().gesture) == (None, None)
    assert day.do("emp", c.EndIdentityCheck("h1")) == []


@pytest.mark.rule("R6.3")
def test_the_candidate_the_organizer_and_recused_jurors_ask_for_nothing():
    day = supplied()
    day.do("tra", c.Recuse("h1"))
    for seat in ("cand1", "org", "obs", "aid1", "tra"):
        assert day.refused(seat, c.AskIdentityCheck("h1", "front")) in ("R2.3", "R1.4")
    day.do("own", c.GiveIdentityOpinion("h1", True))
    day.do("emp", c.DecideIdentity("h1", "conform", "proceed"))
    assert day.refused("own", c.AskIdentityCheck("h1", "front")) == "R6.3"
    assert day.refused("own", c.AskGesture("h1", "turn_head")) == "R6.3"


@pytest.mark.rule("R6.3")
def test_a_check_that_fails_says_why_and_the_next_one_begins_clean():
    day = supplied()
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    day.do(SYSTEM, c.FailIdentityCheck("h1", asked(day), "died"))
    assert (day.hearing().check, day.hearing().check_failure) == (None, Failure(day.now, "died"))
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    assert day.hearing().check_failure is None


@pytest.mark.parametrize("command", [
    c.AdjournHearing("h1", words()), c.StopHearing("h1", words()), c.PostponeHearing("h1", words()),
    c.DecideIdentity("h1", "no_document", "reserve", words()), c.DecideIdentity("h1", "doubtful", "retry", words()),
])  # fmt: skip
def test_what_was_asked_ends_when_the_check_is_over(command: c.Command):
    day = heard(supplied())
    day.do("tra", c.AskIdentityCheck("h1", "front"), c.AskGesture("h1", "turn_head"))
    late = asked(day)
    day.do("emp", command)
    assert (day.hearing().check, day.hearing().gesture) == (None, None)
    assert day.refused(SYSTEM, c.RecordSignals("h1", late, day.now, ())) == "R6.3"


@pytest.mark.rule("X1")
@pytest.mark.parametrize("rows", [
    (PORTRAIT, PORTRAIT), (replace(MRZ, code="MARTIN<<LEA"),), (replace(MRZ, code=""),),
    (SignalRow("expiry", "close", "valid", 412),), (PORTRAIT, FACE),
])  # fmt: skip
def test_the_journal_takes_codes_and_whole_numbers_alone(rows: tuple[SignalRow, ...]):
    day = supplied()
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    assert day.refused(SYSTEM, c.RecordSignals("h1", asked(day), day.now, rows)) == "X1"
