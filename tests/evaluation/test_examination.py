"""Presentation, questions, dismissal; pauses, interruptions, absences; what the jury asks of the candidate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation import commands as c
from evaluation import events as e
from evaluation.framework import Delays
from evaluation.grading import Mark
from evaluation.people import SYSTEM
from evaluation.phases import Phase
from evaluation.session import decide, due_commands, next_due
from tests.evaluation.day import HOUR, MINUTE, NINE, Day, begun, framework, words
from tests.evaluation.frameworks import POLISHING


def drive(day: Day, *commands: c.Command) -> list[e.Event]:
    return day.do("emp", *commands)


# Order


@pytest.mark.rule("R3.2")
@pytest.mark.parametrize(
    ("bring", "refused"),
    [
        ("ready", ("StartPresentation", "StartQuestions", "DismissCandidate", "OpenDeliberation")),
        ("welcomed", ("StartQuestions", "DismissCandidate", "OpenDeliberation", "CallIn")),
        ("presenting", ("StartPresentation", "DismissCandidate", "OpenDeliberation", "CallIn")),
        ("questioning", ("StartPresentation", "StartQuestions", "OpenDeliberation", "CallIn")),
        ("graded", ("StartPresentation", "StartQuestions", "DismissCandidate", "CallIn")),
        ("deliberating", ("StartPresentation", "StartQuestions", "DismissCandidate", "OpenDeliberation", "CallIn")),
        ("signed", ("StartPresentation", "StartQuestions", "DismissCandidate", "OpenDeliberation", "CallIn")),
    ],
)
def test_a_phase_out_of_order(bring: str, refused: tuple[str, ...]):
    day = getattr(begun(), bring)().wait(30)
    for name in refused:
        assert day.refused("emp", getattr(c, name)("h1")) == "R3.2", name


@pytest.mark.rule("R3.2", "R3.3")
def test_the_presentation_ends_early_and_its_time_is_not_carried_over():
    day = begun().presenting().wait(9)
    assert drive(day, c.StartQuestions("h1")) == [
        e.PhaseEnded("h1", "presentation", 9 * MINUTE, 0, False, None),
        e.PhaseStarted("h1", "questions", 1500, 1800, 0),
    ]
    clock = day.hearing().clock
    assert clock is not None
    assert (clock.allowance, clock.remaining(day.now)) == (30 * MINUTE, 30 * MINUTE)
    assert day.wait(5).elapsed(Phase.PRESENTATION) == 9 * MINUTE


@pytest.mark.rule("R3.3", "R4.7")
def test_an_overrun_is_written_down_and_never_refused():
    day = begun().presenting().wait(17)
    assert drive(day, c.StartQuestions("h1"))[0] == e.PhaseEnded(
        "h1", "presentation", 17 * MINUTE, 2 * MINUTE, False, None
    )
    assert drive(day.wait(33), c.DismissCandidate("h1"))[0] == e.PhaseEnded(
        "h1", "questions", 33 * MINUTE, 3 * MINUTE, False, None
    )


@pytest.mark.rule("R3.4", "R4.7")
def test_questions_end_before_the_floor_only_with_a_reason():
    day = begun().questioning().wait(24)
    assert day.refused("emp", c.DismissCandidate("h1")) == "R3.4"
    assert drive(day, c.DismissCandidate("h1", words("why")))[0] == e.PhaseEnded(
        "h1", "questions", 24 * MINUTE, 0, True, words("why")
    )


@pytest.mark.rule("R3.4")
def test_questions_end_freely_after_the_floor():
    """A reason given for nothing is not kept as one."""
    day = begun().questioning().wait(25)
    assert drive(day, c.DismissCandidate("h1", words()))[0] == e.PhaseEnded(
        "h1", "questions", 25 * MINUTE, 0, False, None
    )


@pytest.mark.rule("R6.7")
def test_the_candidate_is_told_when_results_come():
    day = begun().grading()
    assert (day.phase(), day.hearing().results_by) == (Phase.GRADING, "2026-04-16")
    assert day.hearing().dismissed_at == day.now


@pytest.mark.rule("R6.7")
def test_the_delay_of_the_results_is_the_frameworks():
    delays: Delays = replace(POLISHING.delays, results_months=2, move_off_holidays=True)
    assert begun(framework(delays=delays)).grading().hearing().results_by == "2026-05-18"


@pytest.mark.rule("R10.1")
def test_extra_time_lengthens_the_ceiling_not_the_floor():
    day = begun(hearings={"h1": {"extra_seconds": {"presentation": 300, "questions": 600}}}).presenting()
    clock = day.hearing().clock
    assert clock is not None
    assert (clock.floor, clock.allowance) == (0, 20 * MINUTE)
    assert drive(day.wait(21), c.StartQuestions("h1")) == [
        e.PhaseEnded("h1", "presentation", 21 * MINUTE, MINUTE, False, None),
        e.PhaseStarted("h1", "questions", 1500, 1800, 600),
    ]
    assert drive(day.wait(39), c.DismissCandidate("h1"))[0] == e.PhaseEnded(
        "h1", "questions", 39 * MINUTE, 0, False, None
    )


# Pauses


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
        "GiveBackTime": c.GiveBackTime("h1", 1),
    }  # fmt: skip
    assert getattr(begun(), bring)().refused("emp", commands[name]) == "R3.2"


@pytest.mark.rule("X9")
def test_time_given_back_lengthens_the_phase_and_its_floor():
    day = begun().questioning().wait(10)
    for seconds in (0, -60, 601):
        assert day.refused("emp", c.GiveBackTime("h1", seconds)) == "X9"
    assert drive(day, c.GiveBackTime("h1", 240, words())) == [e.TimeGivenBack("h1", 240, words())]
    clock = day.hearing().clock
    assert clock is not None
    assert (clock.elapsed(day.now), clock.remaining(day.now), clock.lost_until(day.now)) == (
        10 * MINUTE, 24 * MINUTE, 4 * MINUTE,
    )  # fmt: skip
    assert day.refused("emp", c.GiveBackTime("h1", 361)) == "X9"
    assert day.wait(15).refused("emp", c.DismissCandidate("h1")) == "R3.4"
    drive(day.wait(4), c.DismissCandidate("h1"))


# More than half of the time lost


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
    drive(day, c.GiveBackTime("h1", 1))
    assert day.wait(25).refused("emp", c.DismissCandidate("h1", words())) == "X9"
    day.do("tra", c.SetMark("h1", "C1.1", Mark.ACQUIRED), c.NoteExamined("h1", "C1.2", True))
    assert drive(day, c.RestartAttempt("h1", words())) == [e.AttemptVoided("h1", False, words())]
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


def test_nothing_is_started_again_but_what_runs():
    for bring in ("ready", "welcomed", "grading", "signed"):
        assert getattr(begun(), bring)().refused("emp", c.RestartAttempt("h1", words())) == "R3.2"


# Another day


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


def test_what_is_stopped_is_over():
    for bring in ("ready", "called", "presenting", "questioning"):
        day = getattr(begun(), bring)()
        drive(day, c.StopHearing("h1", words()))
        assert (day.phase(), day.state.current) == (Phase.STOPPED, None)
        assert day.wait(5).refused("emp", c.CallIn("h1")) == "R3.2"
        assert day.refused("emp", c.StopHearing("h1", words())) == "R3.2"
    assert day.elapsed(Phase.QUESTIONS) == 0


# Absence


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


# What the jury asks


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


@pytest.mark.rule("X1")
@pytest.mark.parametrize("seat", ["emp", "tra", "aid1", "cand2", "obs", "nobody"])
def test_pictures_are_taken_of_the_candidate_alone(seat: str):
    day = begun().called()
    assert day.refused("tra", c.TakeCapture("h1", "p1", seat, "main", "digest")) == "X1"
    day.do("tra", c.TakeCapture("h1", "p1", "cand1", "main", "digest"))
    assert [(p.id, p.by, p.at) for p in day.hearing().captures] == [("p1", "tra", day.now)]


@pytest.mark.rule("X1")
@pytest.mark.parametrize("bring", ["ready", "grading", "deliberating", "signed"])
def test_pictures_are_taken_during_the_examination_alone(bring: str):
    day = getattr(begun(), bring)()
    assert day.refused("tra", c.TakeCapture("h1", "p1", "cand1", "main", "digest")) == "X1"


@pytest.mark.parametrize("actor", ["org", "obs", "cand1", "aid1", SYSTEM])
def test_who_takes_no_pictures(actor: str):
    day = begun().called()
    assert day.refused(actor, c.TakeCapture("h1", "p1", "cand1", "main", "digest")) == "R2.3"


# The clockwork


def announcements(day: Day) -> list[int]:
    """Let the clockwork run: what it announces now."""
    commands = due_commands(day.state, day.now)
    day.do(SYSTEM, *commands)
    return [one.remaining for one in commands if isinstance(one, c.AnnounceTime)]


@pytest.mark.rule("R3.3")
def test_a_phases_end_is_announced_at_five_minutes_one_minute_and_zero():
    day = begun()
    assert (next_due(day.state, day.now), due_commands(day.state, day.now)) == (None, ())
    day.presenting()
    assert next_due(day.state, day.now) == day.now + 10 * MINUTE
    assert announcements(day) == []
    assert announcements(day.wait(10)) == [300]
    assert announcements(day) == []
    assert next_due(day.state, day.now) == day.now + 4 * MINUTE
    assert announcements(day.wait(4)) == [60]
    assert announcements(day.wait(3)) == [0]
    assert (next_due(day.state, day.now), announcements(day)) == (None, [])
    drive(day, c.StartQuestions("h1"))
    assert next_due(day.state, day.now) == day.now + 25 * MINUTE


def test_nothing_is_announced_in_a_pause():
    day = begun().presenting().wait(9)
    drive(day, c.PauseClock("h1", "technical"))
    assert (next_due(day.state, day.wait(30).now), announcements(day)) == (None, [])
    drive(day, c.ResumeClock("h1"))
    assert next_due(day.state, day.now) == day.now + MINUTE


def test_a_server_that_was_down_announces_what_it_missed():
    assert announcements(begun().presenting().wait(20)) == [300, 60, 0]


@pytest.mark.rule("X9")
def test_after_time_given_back_the_end_is_announced_again():
    day = begun().presenting().wait(14.5)
    assert announcements(day) == [300, 60]
    drive(day, c.GiveBackTime("h1", 120))
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
    events = decide(day.state, c.ResumeClock("h1"), "emp", day.now - HOUR)
    assert events == (e.ClockResumed("h1"),)
    day.now -= HOUR
    drive(day, c.ResumeClock("h1"))
    assert day.records[-1].at == day.records[-2].at
