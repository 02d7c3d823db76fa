"""The attendance sheet: signed once the whole reminder was read (R3.2)."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from tests.evaluation.session.day import begun, words


@pytest.mark.rule("R3.2")
def test_the_whole_reminder_comes_before_the_sheet():
    day = begun().identified()
    for point in range(4):
        assert day.refused("cand1", c.SignSheet("h1", words())) == "R3.2"
        assert day.refused("cand1", c.RefuseSheet("h1")) == "R3.2"
        day.do("emp", c.CheckReminder("h1", point, True))
    day.do("emp", c.CheckReminder("h1", 3, False))
    assert day.refused("cand1", c.SignSheet("h1", words())) == "R3.2"
    day.do("emp", c.CheckReminder("h1", 3, True))
    assert day.refused("emp", c.StartPresentation("h1")) == "R3.2"
    day.wait(1).do("cand1", c.SignSheet("h1", words()))
    assert (day.hearing().sheet, day.hearing().sheet_at, day.hearing().sheet_words) == ("signed", day.now, words())
    assert day.refused("cand1", c.SignSheet("h1", words())) == "R3.2"
    assert day.refused("emp", c.CheckReminder("h1", 3, False)) == "R3.2"
    day.do("emp", c.StartPresentation("h1"))
