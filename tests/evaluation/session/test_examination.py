"""Presentation, questions, dismissal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.framework import Delays
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.phases import Phase
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session.day import MINUTE, begun, drive, framework, words


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
