"""The reminder of the rules, point by point."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from tests.evaluation.session.day import begun


@pytest.mark.parametrize("point", [-1, 4])
def test_a_point_that_the_reminder_does_not_have(point: int):
    assert begun().identified().refused("emp", c.CheckReminder("h1", point, True)) == "R3.2"
