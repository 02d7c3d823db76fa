"""The clockwork: a phase's end is announced, once each, while the clock runs."""

from __future__ import annotations

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.kind import SESSION
from tests.evaluation.session.day import HOUR, MINUTE, Day, begun, drive, words


def announcements(day: Day) -> list[int]:
    """Let the clockwork run: what it announces now."""
    commands = SESSION.due_commands(day.state, day.now)
    day.do(SYSTEM, *commands)
    return [one.remaining for one in commands if isinstance(one, c.AnnounceTime)]


@pytest.mark.rule("R3.3")
def test_a_phases_end_is_announced_at_five_minutes_one_minute_and_zero():
    day = begun()
    assert (SESSION.next_due(day.state, day.now), SESSION.due_commands(day.state, day.now)) == (None, ())
    day.presenting()
    assert SESSION.next_due(day.state, day.now) == day.now + 10 * MINUTE
    assert announcements(day) == []
    assert announcements(day.wait(10)) == [300]
    assert announcements(day) == []
    assert SESSION.next_due(day.state, day.now) == day.now + 4 * MINUTE
    assert announcements(day.wait(4)) == [60]
    assert announcements(day.wait(3)) == [0]
    assert (SESSION.next_due(day.state, day.now), announcements(day)) == (None, [])
    drive(day, c.StartQuestions("h1"))
    assert SESSION.next_due(day.state, day.now) == day.now + 25 * MINUTE


def test_nothing_is_announced_in_a_pause():
    day = begun().presenting().wait(9)
    drive(day, c.PauseClock("h1", "technical"))
    assert (SESSION.next_due(day.state, day.wait(30).now), announcements(day)) == (None, [])
    drive(day, c.ResumeClock("h1"))
    assert SESSION.next_due(day.state, day.now) == day.now + MINUTE


def test_a_server_that_was_down_announces_what_it_missed():
    assert announcements(begun().presenting().wait(20)) == [300, 60, 0]


@pytest.mark.rule("X9")
def test_after_time_given_back_the_end_is_announced_again():
    day = begun().presenting().wait(14.5)
    assert announcements(day) == [300, 60]
    drive(day, c.GiveBackTime("h1", 120, words()))
    assert announcements(day) == []
    assert announcements(day.wait(1.5)) == [60]


@pytest.mark.parametrize(
    ("phase", "remaining"), [("presentation", 300), ("questions", 0), ("presentation", 42), ("presentation", 900)]
)
def test_an_announcement_that_is_not_due(phase: str, remaining: int):
    """42 seconds, or 900, are no mark of the framework."""
    day = begun().presenting().wait(1)
    assert day.refused(SYSTEM, c.AnnounceTime("h1", phase, remaining)) == "R3.3"


def test_nobody_else_announces():
    day = begun().presenting().wait(10)
    for actor in ("emp", "org", "cand1"):
        assert day.refused(actor, c.AnnounceTime("h1", "presentation", 300)) == "X11"


def test_a_late_clock_never_turns_back():
    """A server whose clock stepped back goes on from the journal's last time."""
    day = begun().presenting().wait(10)
    drive(day, c.PauseClock("h1", "technical"))
    events = SESSION.decide(day.state, c.ResumeClock("h1"), "emp", day.now - HOUR)
    assert events == (e.ClockResumed("h1"),)
    day.now -= HOUR
    drive(day, c.ResumeClock("h1"))
    assert day.records[-1].at == day.records[-2].at
