"""Pauses, time given back, and what follows when more than half of the candidate's time is lost (X9)."""

from __future__ import annotations

import pytest

from evaluation.grading import Mark
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.phases import Phase
from tests.evaluation.session.day import MINUTE, Day, begun, drive, words


@pytest.mark.rule("X9")
def test_a_pause_stops_the_clock_and_what_is_lost_is_counted():
    day = begun().questioning().wait(10)
    drive(day, c.PauseClock("h1", "technical"))
    for command in (c.PauseClock("h1", "other"), c.DismissCandidate("h1", words())):
        assert day.refused("emp", command) == "X9"
    drive(day.wait(5), c.ResumeClock("h1"))
    assert day.refused("emp", c.ResumeClock("h1")) == "X9"
    drive(day.wait(4), c.PauseClock("h1", "other"))
    drive(day.wait(7), c.ResumeClock("h1"))
    clock = day.wait(1).hearing().clock
    assert clock is not None
    assert (clock.elapsed(day.now), clock.lost, clock.paused) == (15 * MINUTE, 5 * MINUTE, 12 * MINUTE)


@pytest.mark.parametrize("bring", ["welcomed", "grading", "signed"])
@pytest.mark.parametrize("name", ["PauseClock", "ResumeClock", "GiveBackTime"])
def test_only_a_timed_phase_is_paused(bring: str, name: str):
    commands = {
        "PauseClock": c.PauseClock("h1", "other"), "ResumeClock": c.ResumeClock("h1"),
        "GiveBackTime": c.GiveBackTime("h1", 1, words()),
    }  # fmt: skip
    assert getattr(begun(), bring)().refused("emp", commands[name]) == "R3.2"


@pytest.mark.rule("X9")
def test_time_given_back_lengthens_the_phase_and_its_floor():
    day = begun().questioning().wait(10)
    for seconds in (0, -60, 601, 10**12):
        assert day.refused("emp", c.GiveBackTime("h1", seconds, words())) == "X9"
    assert drive(day, c.GiveBackTime("h1", 240, words())) == [e.TimeGivenBack("h1", 240, words())]
    clock = day.hearing().clock
    assert clock is not None
    assert (clock.elapsed(day.now), clock.remaining(day.now), clock.lost_until(day.now)) == (
        10 * MINUTE, 24 * MINUTE, 4 * MINUTE,
    )  # fmt: skip
    assert day.refused("emp", c.GiveBackTime("h1", 361, words())) == "X9"
    assert day.wait(15).refused("emp", c.DismissCandidate("h1")) == "R3.4"
    drive(day.wait(4), c.DismissCandidate("h1"))


def half_lost() -> Day:
    day = begun().questioning().wait(5)
    drive(day, c.PauseClock("h1", "technical"))
    drive(day.wait(22.5), c.ResumeClock("h1"))
    return day


@pytest.mark.rule("X9")
def test_half_of_the_time_lost_is_still_borne():
    day = half_lost()
    assert day.refused("emp", c.RestartAttempt("h1", words())) == "X9"
    drive(day.wait(25), c.DismissCandidate("h1"))


@pytest.mark.rule("X9")
def test_more_than_half_of_the_time_lost_start_again_or_postpone():
    day = half_lost()
    drive(day, c.GiveBackTime("h1", 1, words()))
    assert day.wait(25).refused("emp", c.DismissCandidate("h1", words())) == "X9"
    day.do("tra", c.SetMark("h1", "C1.1", Mark.ACQUIRED), c.NoteExamined("h1", "C1.2", True))
    assert drive(day, c.RestartAttempt("h1", words())) == [
        e.AttemptVoided("h1", False, words()),
        e.IncidentRecorded("h1", "technical", False, "questions", 1_800_000, words(), ()),
    ]  # fmt: skip
    hearing = day.hearing()
    assert (hearing.phase, hearing.attempt, day.state.current) == (Phase.WELCOME, 2, "h1")
    assert (dict(hearing.clocks), dict(hearing.grids), hearing.examined) == ({}, {}, frozenset())
    assert (hearing.sheet, hearing.identity is not None) == ("signed", True)
    drive(day, c.StartPresentation("h1"))
    assert day.elapsed(Phase.PRESENTATION) == 0


@pytest.mark.rule("X9")
def test_more_than_half_of_the_time_lost_in_the_presentation():
    day = begun().presenting().wait(5)
    drive(day, c.PauseClock("h1", "technical"))
    drive(day.wait(23), c.ResumeClock("h1"))
    assert day.refused("emp", c.StartQuestions("h1")) == "X9"
    drive(day, c.PostponeHearing("h1", words()))
    assert (day.phase(), day.hearing().attempt, day.state.current) == (Phase.POSTPONED, 2, None)


@pytest.mark.rule("X9")
def test_extra_time_is_part_of_the_candidates_time():
    """22 min 30 s and one of 45 minutes is more than half; of 65 minutes it is not."""
    day = begun(hearings={"h1": {"extra_seconds": {"questions": 1200}}}).questioning().wait(5)
    drive(day, c.PauseClock("h1", "technical"))
    drive(day.wait(32), c.ResumeClock("h1"))
    assert day.refused("emp", c.RestartAttempt("h1", words())) == "X9"
    drive(day, c.PauseClock("h1", "technical"))
    drive(day.wait(1), c.RestartAttempt("h1", words()))
