"""A hearing stopped, or one that nobody comes to."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.phases import Phase
from tests.evaluation.session.day import MINUTE, NINE, begun, drive, words


def test_what_is_stopped_is_over():
    for bring in ("ready", "called", "presenting", "questioning"):
        day = getattr(begun(), bring)()
        drive(day, c.StopHearing("h1", words()))
        assert (day.phase(), day.state.current) == (Phase.STOPPED, None)
        assert day.wait(5).refused("emp", c.CallIn("h1")) == "R3.2"
        assert day.refused("emp", c.StopHearing("h1", words())) == "R3.2"
    assert day.elapsed(Phase.QUESTIONS) == 0


@pytest.mark.rule("R4.5")
def test_a_candidate_who_does_not_come():
    day = begun()
    day.now = NINE + 15 * MINUTE - 1
    for actor in ("emp", "org"):
        assert day.refused(actor, c.RecordNoShow("h1")) == "R4.5"
    day.now += 1
    for actor in ("own", "cand1", "obs"):
        assert day.refused(actor, c.RecordNoShow("h1")) == "R3.1"
    assert day.do("org", c.RecordNoShow("h1", words())) == [e.NoShowRecorded("h1", words())]
    assert day.phase() is Phase.NO_SHOW
    assert day.refused("cand1", c.EnterWaitingRoom("h1")) == "R3.2"


@pytest.mark.rule("R4.5")
def test_who_is_there_is_not_absent():
    day = begun().ready().wait(60)
    assert day.refused("emp", c.RecordNoShow("h1")) == "R4.5"
    day.leave("cand1").do("emp", c.RecordNoShow("h1"))


@pytest.mark.rule("R4.5")
def test_who_was_there_is_not_absent():
    assert begun().presenting().leave("cand1").refused("emp", c.RecordNoShow("h1")) == "R3.2"
