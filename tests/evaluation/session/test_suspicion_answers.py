"""What the candidate answers to a suspected fraud, or does not: nobody answers in their place (R6.5)."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.phases import Phase
from tests.evaluation.session.day import MINUTE, words
from tests.evaluation.session.suspected import NAME, how, runs, script, told


@pytest.mark.rule("R6.5")
def test_not_answering_is_written_as_that_and_may_still_be_thought_over():
    day, incident = told()
    assert day.do("cand1", c.DeclineAnswer("h1", incident)) == [e.AnswerDeclined("h1", incident)]
    assert day.do("cand1", c.DeclineAnswer("h1", incident)) == []
    assert how(day) == "declined"
    day.do("cand1", c.AnswerSuspicion("h1", incident, words("mine"), NAME))
    for again in (c.DeclineAnswer("h1", incident), c.AnswerSuspicion("h1", incident, words(), NAME)):
        assert day.refused("cand1", again) == "R6.5"
    day.do("emp", c.DecideSuspicion("h1", incident, "go_on"))
    assert day.refused("cand1", c.AnswerSuspicion("h1", incident, words(), NAME)) == "R6.5"


@pytest.mark.rule("R6.5")
def test_where_the_candidate_is_gone_the_president_writes_what_happened():
    day, incident = told()
    gone = c.RecordUnanswered("h1", incident, words("gone"))
    assert day.refused("emp", gone) == "R6.5"
    day.leave("cand1")
    assert day.do("emp", gone) == [e.AnswerMissed("h1", incident, words("gone"))]
    assert day.refused("emp", gone) == "R6.5"
    day.join("cand1").do("cand1", c.AnswerSuspicion("h1", incident, words("mine"), NAME))
    assert (script(day).step, how(day)) == ("decide", "given")


@pytest.mark.rule("R6.5")
def test_silence_holds_nobody_for_ever():
    """Who is there and says nothing is waited for, as long as the framework says."""
    day, incident = told()
    silent = c.RecordUnanswered("h1", incident, words())
    day.wait(day.state.framework.case.room_answer_minutes - 1)
    assert day.refused("emp", silent) == "R6.5"
    day.wait(1).do("emp", silent, c.DecideSuspicion("h1", incident, "go_on"))
    assert (how(day), runs(day)) == ("missed", True)


@pytest.mark.parametrize("actor", ["cand2", "aid1", "own", "emp", "org", "obs"])
def test_nobody_answers_for_the_candidate(actor: str):
    day, incident = told()
    assert day.refused(actor, c.AnswerSuspicion("h1", incident, words(), NAME)) == "X11"
    assert day.refused(actor, c.DeclineAnswer("h1", incident)) == "X11"


@pytest.mark.rule("R6.5")
def test_all_jurors_lost_at_once():
    """The candidate's answer is taken all the same; the clock stands; whoever presides goes on where it was."""
    day, incident = told()
    day.leave("emp", "own", "tra").wait(20)
    day.do("cand1", c.AnswerSuspicion("h1", incident, words("mine"), NAME))
    day.join("emp", "own", "tra").do("emp", c.DecideSuspicion("h1", incident, "go_on"))
    assert day.elapsed(Phase.QUESTIONS) == 7 * MINUTE
