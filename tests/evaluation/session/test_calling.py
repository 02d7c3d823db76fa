"""The waiting room, and one candidate called in at a time (R3.2)."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from tests.evaluation.session.day import begun


@pytest.mark.rule("R3.2")
def test_who_is_called_in_waits():
    day = begun().ready()
    assert day.refused("emp", c.CallIn("h2")) == "R6.1"
    day.leave("cand1")
    assert day.refused("emp", c.CallIn("h1")) == "R3.2"
    day.join("cand1").do("emp", c.CallIn("h1"))
    assert day.refused("emp", c.CallIn("h1")) == "R3.2"
    for command in (c.AcknowledgePrevention("h1", "d"), c.RefusePrevention("h1"), c.EnterWaitingRoom("h1")):
        assert day.refused("cand1", command) == "R3.2"


@pytest.mark.rule("R3.2")
def test_one_candidate_at_a_time():
    day = begun().ready("h2").called("h1")
    assert day.refused("emp", c.CallIn("h2")) == "R3.2"
