"""The demand that the candidate stays visible, and how often presence is looked at (R6.4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.framework import IdentityRules
from evaluation.session import commands as c
from evaluation.session import visibility
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session.day import begun, drive


@pytest.mark.rule("R6.4")
def test_presence_is_looked_at_while_the_jury_asks_for_it_in_the_timed_phases():
    day = begun().welcomed()
    seconds = [visibility.presence_seconds(day.state, day.hearing())]
    day.do("emp", c.RequireVisible("h1", True))
    seconds.append(visibility.presence_seconds(day.state, day.hearing()))
    day.do("emp", c.StartPresentation("h1"))
    seconds.append(visibility.presence_seconds(day.state, day.hearing()))
    day.do("emp", c.RequireVisible("h1", False))
    seconds.append(visibility.presence_seconds(day.state, day.hearing()))
    assert seconds == [0, 0, POLISHING.identity.presence_seconds, 0]
    assert POLISHING.identity.presence_seconds > 0


def test_a_framework_that_says_nothing_never_looks():
    assert IdentityRules().presence_seconds == 0
    day = begun(replace(POLISHING, identity=IdentityRules())).presenting()
    day.do("emp", c.RequireVisible("h1", True))
    assert visibility.presence_seconds(day.state, day.hearing()) == 0


@pytest.mark.rule("R6.4")
def test_the_demand_to_stay_visible():
    day = begun()
    assert day.refused("emp", c.RequireVisible("h1", True)) == "R6.4"
    day.called()
    assert day.refused("emp", c.RequireVisible("h1", False)) == "R6.4"
    drive(day, c.RequireVisible("h1", True))
    assert day.hearing().visible_required
    assert day.refused("emp", c.RequireVisible("h1", True)) == "R6.4"
    drive(day, c.RequireVisible("h1", False))
    assert begun().grading().refused("emp", c.RequireVisible("h1", True)) == "R6.4"
