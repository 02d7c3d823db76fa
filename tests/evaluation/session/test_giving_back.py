"""Time given back for a cut: as measured, or another figure in words, once (X9)."""

from __future__ import annotations

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session import events as e
from tests.evaluation.session.day import MINUTE, Day, begun, drive, verified, words


def cut_off(minutes: float = 2) -> tuple[Day, int]:
    """A candidate who is back, and the cut's position."""
    day = begun().questioning().wait(5).leave("cand1").wait(minutes).join("cand1")
    return day.wait(1), day.hearing().cuts[-1].position


@pytest.mark.rule("X9")
def test_as_measured_needs_no_word():
    day, cut = cut_off()
    assert drive(day, c.GiveBackTime("h1", 120, None, cut)) == [e.TimeGivenBack("h1", 120, None, cut, 120)]
    given, clock = day.hearing().cuts[0].given, day.hearing().clock
    assert given is not None
    assert clock is not None
    assert (given.seconds, given.measured, given.words, given.at) == (120, 120, None, day.now)
    assert clock.remaining(day.now) == 24 * MINUTE
    assert verified(day.lines()).records == len(day.records)


@pytest.mark.rule("X9")
@pytest.mark.parametrize("seconds", [121, 119, 0])
def test_another_figure_needs_words(seconds: int):
    day, cut = cut_off()
    why = day.why("emp", c.GiveBackTime("h1", seconds, None, cut))
    assert why == "La coupure a pris 2 min. Pour rendre une autre durée, écrivez pourquoi."
    assert drive(day, c.GiveBackTime("h1", seconds, words(), cut)) == [
        e.TimeGivenBack("h1", seconds, words(), cut, 120)]


@pytest.mark.rule("X9")
@pytest.mark.parametrize("seconds", [-1, -120, 481, 10**15])
def test_neither_less_than_nothing_nor_more_than_has_run(seconds: int):
    """Eight minutes of the questions have run."""
    day, cut = cut_off()
    for of in (cut, None):
        assert day.why("emp", c.GiveBackTime("h1", seconds, words(), of)).startswith("On ne peut rendre que")


@pytest.mark.rule("X9")
def test_a_phase_that_was_cut_all_along_is_given_back_whole():
    """Each second begun counts, also where they come to more than what ran."""
    day = begun().presenting()
    for _ in range(2):
        day.leave("cand1")
        day.now += 10_300
        day.join("cand1")
    cuts = day.hearing().cuts
    assert [one.measured for one in cuts] == [11, 11]
    drive(day, *(c.GiveBackTime("h1", 11, None, one.position) for one in cuts))


@pytest.mark.rule("X9")
def test_what_no_clock_measured_is_explained():
    day, _ = cut_off()
    assert day.why("emp", c.GiveBackTime("h1", 60)).startswith("Aucune coupure n’a mesuré ce temps")
    assert day.refused("emp", c.GiveBackTime("h1", 0, words())) == "X9"
    assert drive(day, c.GiveBackTime("h1", 60, words())) == [e.TimeGivenBack("h1", 60, words())]


@pytest.mark.rule("X9")
def test_once_for_each_cut():
    """The refusal names the cut; the other one is still to be decided."""
    day, first = cut_off()
    day.leave("cand1").wait(1).join("cand1")
    second = day.hearing().cuts[-1].position
    drive(day, c.GiveBackTime("h1", 120, None, first))
    for command in (c.GiveBackTime("h1", 120, None, first), c.GiveBackTime("h1", 5, words(), first)):
        assert day.why("emp", command) == (
            "Du temps a déjà été rendu pour la coupure de 9 h 40 : 2 min. Une coupure se décide une seule fois.")
    drive(day, c.GiveBackTime("h1", 60, None, second))
    assert [one.given.seconds for one in day.hearing().cuts if one.given is not None] == [120, 60]


@pytest.mark.rule("X9")
def test_a_cut_that_lasts_is_not_given_back_yet():
    day, _ = cut_off()
    day.leave("cand1").wait(1)
    cut = day.hearing().cuts[-1].position
    assert day.why("emp", c.GiveBackTime("h1", 60, None, cut)).startswith("La coupure de 9 h 43 dure encore")


@pytest.mark.rule("X9")
def test_after_its_phase_is_over_nothing_is_given_back():
    day = begun().presenting().wait(3).leave("cand1").wait(1).join("cand1")
    cut = day.hearing().cuts[0].position
    drive(day, c.StartQuestions("h1"))
    drive(day.wait(5), c.PauseClock("h1", "technical"))
    assert day.why("emp", c.GiveBackTime("h1", 60, None, cut)).startswith("L’étape pendant laquelle")
    drive(day.wait(30), c.RestartAttempt("h1", words()), c.StartPresentation("h1"))
    assert day.wait(5).refused("emp", c.GiveBackTime("h1", 60, words(), cut)) == "X9"
    day, cut = cut_off()
    drive(day.wait(30), c.DismissCandidate("h1"))
    assert day.refused("emp", c.GiveBackTime("h1", 120, None, cut)) == "R3.2"


def test_no_such_cut():
    day, cut = cut_off()
    for unknown in (0, -1, cut + 1, 10**9):
        assert day.refused("emp", c.GiveBackTime("h1", 120, words(), unknown)) == "X9"


@pytest.mark.parametrize("actor", ["own", "tra", "cand1", "org", "obs", SYSTEM])
def test_the_president_alone_gives_time_back(actor: str):
    day, cut = cut_off()
    assert day.refused(actor, c.GiveBackTime("h1", 120, None, cut)) == "R3.1"


@pytest.mark.rule("X9", "R3.1")
def test_the_president_lost_another_presides_and_gives_the_time_back():
    """Until then nobody stops the clock; what ran is not lost."""
    day = begun().questioning().wait(5).leave("emp").wait(2)
    for actor in ("own", "tra"):
        assert day.refused(actor, c.PauseClock("h1", "technical")) == "R3.1"
    day.do("own", c.DesignatePresident("own"))
    day.do("tra", c.DesignatePresident("own"))
    cut = day.hearing().cuts[-1]
    assert (cut.who, cut.measured) == ("president", 120)
    assert day.do("own", c.GiveBackTime("h1", 120, None, cut.position)) == [
        e.TimeGivenBack("h1", 120, None, cut.position, 120)]
    assert day.join("emp").refused("emp", c.GiveBackTime("h1", 60, words())) == "R3.1"


@pytest.mark.rule("X9")
def test_all_jurors_lost_at_once_and_back():
    """The president who is back stops the clock, and gives back what ran while nobody listened."""
    day = begun().questioning().wait(5).leave("emp", "own", "tra").wait(3).join("tra", "own", "emp")
    cuts = {one.who: one.measured for one in day.hearing().cuts}
    assert cuts == {"jury": 180}
    drive(day, c.PauseClock("h1", "technical"), c.GiveBackTime("h1", 180, None, day.hearing().cuts[0].position))
    drive(day.wait(4), c.ResumeClock("h1"))
    clock = day.hearing().clock
    assert clock is not None
    assert (clock.remaining(day.now), clock.lost) == (25 * MINUTE, 4 * MINUTE)
