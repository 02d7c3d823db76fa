"""What comes next for a seat, and what it goes on without."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from evaluation.session.guidance import next_step
from tests.evaluation.session.day import Day, begun


def going_on(day: Day) -> tuple[str, bool, tuple[str, ...]]:
    """The president's next act: its name, whether it is allowed, the aids who are not there."""
    step = next_step(day.state, "emp", day.now)
    assert step is not None
    return type(step.command).__name__, step.allowed, step.absent_aids


@pytest.mark.rule("R10.1")
def test_whoever_goes_on_without_the_aid_is_warned_by_name_and_not_stopped() -> None:
    day = begun().leave("aid1").ready()
    assert going_on(day) == ("CallIn", True, ("aid1",))
    day.do("emp", c.CallIn("h1"))
    day.identify().welcome()
    assert going_on(day) == ("StartPresentation", True, ("aid1",))
    day.do("emp", c.StartPresentation("h1"))
    assert going_on(day) == ("StartQuestions", True, ("aid1",))
    day.do("emp", c.PauseClock("h1", "technical"))
    assert going_on(day) == ("ResumeClock", True, ("aid1",))
    assert going_on(day.join("aid1")) == ("ResumeClock", True, ())


@pytest.mark.rule("R10.1")
def test_who_is_there_or_no_longer_needed_or_another_s_is_not_missed() -> None:
    assert going_on(begun().ready()) == ("CallIn", True, ())
    day = begun().questioning().leave("aid1").wait(30)
    assert going_on(day) == ("DismissCandidate", True, ())
    day.do("emp", c.DismissCandidate("h1"))
    assert going_on(day)[2] == ()
    assert "aid2" not in day.state.present
