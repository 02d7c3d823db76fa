"""A hearing that goes on another day, is begun again or postponed."""

from __future__ import annotations

import pytest

from evaluation.grading import Mark
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.phases import Phase
from tests.evaluation.session.day import HOUR, MINUTE, begun, drive, words


@pytest.mark.rule("R3.2", "X9")
@pytest.mark.parametrize("paused", [False, True])
def test_an_interrupted_session_goes_on_another_day(paused: bool):
    """Marks and elapsed time are kept; identity, reminder and sheet are done anew."""
    day = begun().questioning().wait(10)
    day.do("tra", c.SetMark("h1", "C1.1", Mark.NOT_ACQUIRED, words()))
    if paused:
        drive(day, c.PauseClock("h1", "technical"))
        day.wait(3)
    drive(day, c.AdjournHearing("h1", words()))
    lost = 3 * MINUTE if paused else 0
    day.now += 24 * HOUR
    assert day.elapsed(Phase.QUESTIONS) == 10 * MINUTE
    day.do("cand1", c.EnterWaitingRoom("h1"))
    drive(day, c.CallIn("h1"))
    assert day.refused("emp", c.StartQuestions("h1")) == "R6.3"
    day.identify()
    assert day.refused("emp", c.StartQuestions("h1")) == "R3.2"
    day.welcome()
    assert day.refused("emp", c.StartPresentation("h1")) == "R3.2"
    drive(day, c.StartQuestions("h1"))
    clock = day.hearing().clock
    assert clock is not None
    assert (clock.elapsed(day.now), clock.lost_until(day.now), clock.remaining(day.now)) == (
        10 * MINUTE, lost, 20 * MINUTE,
    )  # fmt: skip
    assert day.hearing().grid("tra").marks["C1.1"].mark is Mark.NOT_ACQUIRED
    assert (day.hearing().attempt, day.elapsed(Phase.PRESENTATION)) == (1, 15 * MINUTE)
    assert day.wait(14).refused("emp", c.DismissCandidate("h1")) == "R3.4"
    drive(day.wait(1), c.DismissCandidate("h1"))


def test_interrupted_twice():
    day = begun().presenting().wait(6)
    drive(day, c.AdjournHearing("h1", words()))
    day.do("cand1", c.EnterWaitingRoom("h1"))
    drive(day.wait(60), c.CallIn("h1"), c.AdjournHearing("h1", words()))
    day.do("cand1", c.EnterWaitingRoom("h1"))
    drive(day.wait(60), c.CallIn("h1"))
    drive(day.identify().welcome(), c.StartPresentation("h1"))
    assert day.wait(1).elapsed(Phase.PRESENTATION) == 7 * MINUTE


def test_another_candidate_passes_while_one_is_adjourned():
    day = begun().presenting()
    drive(day, c.AdjournHearing("h1", words()))
    focus = day.state.focus
    assert focus is not None
    assert focus.id == "h2"
    day.signed("h2")
    focus = day.state.focus
    assert focus is not None
    assert focus.id == "h1"


@pytest.mark.parametrize("bring", ["ready", "grading", "deliberating", "signed"])
def test_what_cannot_be_adjourned(bring: str):
    assert getattr(begun(), bring)().refused("emp", c.AdjournHearing("h1", words())) == "R3.2"


@pytest.mark.rule("R4.4")
def test_the_organizer_postpones_what_has_not_begun():
    day = begun().ready()
    assert day.do("org", c.PostponeHearing("h1", words())) == [e.AttemptVoided("h1", True, words())]
    assert (day.phase(), day.hearing().waiting) == (Phase.POSTPONED, False)
    for bring in ("called", "presenting", "grading", "deliberating"):
        assert getattr(begun(), bring)().refused("org", c.PostponeHearing("h1", words())) == "R4.4"


@pytest.mark.parametrize("bring", ["grading", "deliberating", "advised", "signed"])
def test_a_jury_of_three_is_not_relieved_of_its_deliberation(bring: str):
    assert getattr(begun(), bring)().refused("emp", c.PostponeHearing("h1", words())) == "R3.2"


def test_nothing_is_started_again_but_what_runs():
    for bring in ("ready", "welcomed", "grading", "signed"):
        assert getattr(begun(), bring)().refused("emp", c.RestartAttempt("h1", words())) == "R3.2"
