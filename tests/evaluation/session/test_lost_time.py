"""The line cut while the candidate's time is given: what it took, measured, and when that is too much (X9)."""

from __future__ import annotations

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session.cuts import Cut
from evaluation.session.lost_time import missing, to_give_back
from evaluation.session.phases import Phase
from tests.evaluation.session.day import HOUR, MINUTE, SECOND, Day, begun, drive, words


def taken(day: Day) -> list[tuple[str, str, int | None]]:
    return [(one.who, one.phase.value, one.measured) for one in day.hearing().cuts]


@pytest.mark.rule("X9")
def test_a_candidate_cut_off_twice_is_measured_twice():
    """The pause is no part of it: there the clock stood still."""
    day = begun().questioning().wait(5).leave("cand1").wait(2)
    drive(day, c.PauseClock("h1", "technical"))
    day.wait(4).join("cand1")
    drive(day.wait(1), c.ResumeClock("h1"))
    day.wait(3).leave("cand1").wait(0.05).join("cand1")
    assert taken(day) == [("candidate", "questions", 120), ("candidate", "questions", 3)]
    assert [one.measured for one in to_give_back(day.hearing())] == [120, 3]


@pytest.mark.rule("X9")
def test_a_second_that_has_begun_counts():
    day = begun().questioning().leave("cand1")
    day.now += 1
    assert taken(day.join("cand1")) == [("candidate", "questions", 1)]


@pytest.mark.rule("X9")
def test_a_cut_while_the_clock_stands_still_takes_nothing():
    day = begun().presenting()
    drive(day, c.PauseClock("h1", "other"))
    day.leave("cand1").wait(9).join("cand1")
    assert taken(day) == [("candidate", "presentation", 0)]
    assert to_give_back(day.hearing()) == ()


@pytest.mark.rule("X9")
@pytest.mark.parametrize(("gone", "who"), [
    (("cand1",), "candidate"), (("emp", "own", "tra"), "jury"), (("emp",), "president"), (("own", "tra"), None),
    (("cand1", "emp", "own", "tra"), "candidate"), (("obs", "org", "aid1"), None),
])  # fmt: skip
def test_without_whom_it_does_not_go_on(gone: tuple[str, ...], who: str | None):
    day = begun().questioning().wait(1).leave(*gone)
    assert missing(day.state, day.hearing()) == who


@pytest.mark.rule("X9")
def test_out_of_a_timed_phase_nobody_is_missing():
    """Neither at the welcome, nor once the candidate has left, nor in the hearing of somebody else."""
    for day in (begun().welcomed(), begun().grading()):
        assert missing(day.leave("cand1").state, day.hearing()) is None
        assert day.hearing().cuts == ()
    day = begun().questioning().leave("cand2")
    assert (missing(day.state, day.hearing("h2")), day.hearing("h2").cuts) == (None, ())


@pytest.mark.rule("X9", "X13")
def test_whoever_is_on_site_has_no_line_to_lose():
    day = begun()
    day.do("org", c.ChangeMode("h1", "mixed"))
    day.questioning()
    for seat in ("cand1", "emp"):
        day.do(seat, c.SitOnSite())
    assert taken(day.leave("cand1", "emp")) == []


@pytest.mark.rule("X9")
def test_all_jurors_lost_at_once_then_the_president_alone():
    """One time is never counted twice: what one was missing for is over when it is another who is missing."""
    day = begun().questioning().wait(1).leave("emp").wait(1).leave("own").wait(1).leave("tra").wait(4)
    day.join("own", "tra").wait(2).join("emp")
    assert taken(day) == [("president", "questions", 120), ("jury", "questions", 240), ("president", "questions", 120)]


@pytest.mark.rule("X9")
def test_the_end_of_a_phase_ends_its_cut_and_another_begins():
    day = begun().presenting().wait(10).leave("cand1").wait(2)
    drive(day, c.StartQuestions("h1"))
    day.wait(1).join("cand1")
    assert taken(day) == [("candidate", "presentation", 120), ("candidate", "questions", 60)]
    assert [one.phase for one in to_give_back(day.hearing())] == [Phase.QUESTIONS]


@pytest.mark.rule("X9")
def test_a_departure_is_written_after_a_grace_and_measured_from_when_the_page_closed():
    day = begun().questioning().wait(3)
    gone = day.now
    day.now += 8 * SECOND
    day.do(SYSTEM, c.Leave("cand1", gone))
    assert taken(day.wait(1).join("cand1")) == [("candidate", "questions", 68)]
    day.do(SYSTEM, c.Leave("cand1", day.now + HOUR))
    assert taken(day.wait(1).join("cand1"))[1:] == [("candidate", "questions", 60)]


@pytest.mark.rule("X9")
def test_whoever_goes_within_one_anothers_grace_takes_no_second_twice():
    """The president's page closes two seconds before the others'; all come back together."""
    day = begun().questioning().wait(3)
    gone = day.now
    day.now += 8 * SECOND
    day.do(SYSTEM, c.Leave("emp", gone))
    day.now += 2 * SECOND
    day.do(SYSTEM, c.Leave("own", gone + 2 * SECOND), c.Leave("tra", gone + 2 * SECOND))
    day.wait(1).join("own", "tra").wait(1).join("emp")
    assert taken(day) == [("president", "questions", 2), ("jury", "questions", 68), ("president", "questions", 60)]


@pytest.mark.rule("X9")
def test_gone_before_the_phase_began_it_takes_of_the_phase_alone():
    day = begun().welcomed().leave("cand1").wait(2)
    drive(day, c.StartPresentation("h1"))
    assert taken(day.wait(1).join("cand1")) == [("candidate", "presentation", 60)]


def test_what_interrupts_the_hearing_ends_the_cut():
    for end in (c.AdjournHearing("h1", words()), c.PostponeHearing("h1", words()), c.StopHearing("h1", words())):
        day = begun().questioning().wait(10).leave("cand1").wait(2)
        drive(day, end)
        cut, = day.wait(30).hearing().cuts
        assert (cut.measured, cut.over_at) == (120, day.now - 30 * MINUTE)
        assert to_give_back(day.hearing()) == ()


@pytest.mark.rule("X9")
@pytest.mark.parametrize(("gone", "lost"), [(("cand1",), True), (("emp", "own", "tra"), True), (("emp",), False)])
def test_more_than_half_taken_by_a_cut_begin_again_or_postpone(gone: tuple[str, ...], lost: bool):
    """What the president was away for, the president says."""
    day = begun().questioning().leave(*gone).wait(22.5).join(*gone)
    assert day.refused("emp", c.RestartAttempt("h1", words())) == "X9"
    day.leave(*gone).wait(1).join(*gone)
    assert lost is (day.why("emp", c.DismissCandidate("h1")).startswith("Plus de la moitié"))
    if lost:
        drive(day, c.RestartAttempt("h1", words()))
        assert day.phase() is Phase.WELCOME
        assert [one.attempt for one in day.hearing().cuts] == [1, 1]
        drive(day, c.StartPresentation("h1"), c.StartQuestions("h1"))


def test_what_the_president_decided_of_a_cut_counts_instead():
    """Nothing of it was lost, says the president: it goes on."""
    day = begun().questioning().leave("cand1").wait(23).join("cand1")
    cut = day.hearing().cuts[0]
    assert day.refused("emp", c.DismissCandidate("h1", words())) == "X9"
    drive(day, c.GiveBackTime("h1", 0, words(), cut.position), c.DismissCandidate("h1", words()))


def test_a_cut_measures_what_ran_while_it_lasts():
    day = begun().questioning().wait(3).leave("cand1").wait(2)
    cut = day.hearing().cuts[0]
    assert cut == Cut(cut.position, day.now - 2 * MINUTE, "candidate", Phase.QUESTIONS, 1, 3 * MINUTE)
    assert (cut.measured, cut.ran(day.hearing().clock, day.now)) == (None, 2 * MINUTE)
