"""The message that prevents fraud: acknowledged before anybody enters (R6.1)."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from evaluation.session.phases import Phase
from tests.evaluation.session.day import begun


@pytest.mark.rule("R6.1")
def test_nobody_enters_before_acknowledging_the_message():
    day = begun().join("cand1")
    assert day.refused("cand1", c.EnterWaitingRoom("h1")) == "R6.1"
    assert day.refused("emp", c.CallIn("h1")) == "R6.1"
    day.do("cand1", c.AcknowledgePrevention("h1", "digest of the wording"))
    day.do("cand1", c.EnterWaitingRoom("h1"))
    day.do("emp", c.CallIn("h1"))
    assert (day.phase(), day.state.current) == (Phase.WELCOME, "h1")


def test_a_candidate_answers_only_for_themselves():
    day = begun().ready().join("cand2")
    for command in (c.AcknowledgePrevention("h1", "d"), c.EnterWaitingRoom("h1"), c.RefusePrevention("h1")):
        assert day.refused("cand2", command) == "X11"
        assert day.refused("aid1", command) == "X11"
