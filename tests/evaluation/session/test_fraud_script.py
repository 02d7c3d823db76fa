"""A suspected fraud is told, answered and decided on in the room, one step after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.guidance import next_step
from evaluation.session.phases import Phase
from tests.evaluation.session.day import MINUTE, Day, begun, verified, words
from tests.evaluation.session.suspected import NAME, answered, noted, runs, script, told, withdrawn


@pytest.mark.rule("R6.5")
def test_told_answered_and_gone_on_with():
    """The time that it took is not the candidate's; the whole day still verifies."""
    day, incident = noted()
    assert day.do("emp", c.TellSanctions("h1", incident)) == [
        e.SanctionsTold("h1", incident, script=True), e.ClockPaused("h1", "other", None)]
    assert (script(day).step, script(day).told_by) == ("answer", "emp")
    day.wait(3)
    assert day.do("cand1", c.AnswerSuspicion("h1", incident, words("mine"), NAME)) == [
        e.SuspicionAnswered("h1", incident, words("mine"), NAME)]
    assert script(day).step == "decide"
    day.wait(1)
    assert day.do("emp", c.DecideSuspicion("h1", incident, "go_on")) == [
        e.SuspicionDecided("h1", incident, "go_on", None), e.ClockResumed("h1")]
    assert (script(day).step, script(day).course, day.hearing().in_script) == ("done", "go_on", None)
    assert day.elapsed(Phase.QUESTIONS) == 7 * MINUTE
    assert day.hearing().clocks[Phase.QUESTIONS].lost == 0
    day.wait(23).do("emp", c.DismissCandidate("h1"))
    verified(day.lines())


@pytest.mark.rule("R6.5", "R7.2")
def test_the_president_stops_in_words():
    day, incident = answered()
    assert day.refused("emp", c.DecideSuspicion("h1", incident, "stop")) == "R7.2"
    assert day.do("emp", c.DecideSuspicion("h1", incident, "stop", words("why"))) == [
        e.SuspicionDecided("h1", incident, "stop", words("why")), e.HearingStopped("h1", words("why"))]
    assert (day.phase(), script(day).words) == (Phase.STOPPED, words("why"))
    verified(day.lines())


@pytest.mark.rule("R6.5")
def test_nothing_goes_on_meanwhile_nor_is_a_step_left_out():
    day, incident = told()
    for command in (c.ResumeClock("h1"), c.DismissCandidate("h1", words()), c.StopHearing("h1", words()),
                    c.DecideSuspicion("h1", incident, "go_on"), c.TellSanctions("h1", incident)):
        assert day.refused("emp", command) == "R6.5"
    assert next_step(day.state, "emp", day.now) is None
    welcome = begun().welcomed()
    welcome.do("own", c.RecordIncident("h1", "identity", True, words()))
    at_the_door = welcome.state.position
    assert welcome.do("emp", c.TellSanctions("h1", at_the_door)) == [e.SanctionsTold("h1", at_the_door, script=True)]
    assert welcome.refused("emp", c.StartPresentation("h1")) == "R6.5"


@pytest.mark.rule("R6.5")
def test_nobody_is_let_go_untold():
    day, incident = noted()
    day.wait(30)
    assert day.refused("emp", c.DismissCandidate("h1")) == "R6.5"
    day.do("emp", c.TellSanctions("h1", incident))
    day.do("cand1", c.DeclineAnswer("h1", incident))
    day.do("emp", c.DecideSuspicion("h1", incident, "go_on"), c.DismissCandidate("h1"))


@pytest.mark.rule("R6.5")
@pytest.mark.parametrize("breaks_off", [c.StopHearing, c.AdjournHearing, c.PostponeHearing])
def test_what_is_broken_off_leaves_nothing_unsaid_without_a_reason(breaks_off: Any):
    """Who stops, adjourns or postpones has told what is noted, or writes why not: that stands in the day's journal."""
    day, incident = noted()
    assert day.refused("emp", breaks_off("h1", words("why"))) == "R6.5"
    event, *_ = day.do("emp", breaks_off("h1", words("gone"), untold=True))
    assert (getattr(event, "words", None), getattr(event, "untold", None)) == (words("gone"), True)
    verified(day.lines())
    day, incident = noted()
    day.do("emp", c.TellSanctions("h1", incident))
    day.do("cand1", c.DeclineAnswer("h1", incident))
    day.do("emp", c.DecideSuspicion("h1", incident, "go_on"))
    event, *_ = day.do("emp", breaks_off("h1", words("why"), untold=True))
    assert getattr(event, "untold", None) is False
    verified(day.lines())


@pytest.mark.rule("R6.5")
def test_no_decision_on_the_identity_or_a_refusal_stops_with_something_unsaid():
    day = begun().called()
    day.do("own", c.RecordIncident("h1", "identity", True, words()))
    for juror in ("own", "tra"):
        day.do(juror, c.GiveIdentityOpinion("h1", conform=False))
    stops = c.DecideIdentity("h1", "not_conform", "stop", words())
    assert day.refused("emp", stops) == "R6.5"
    incident = day.state.position - 2
    day.do("emp", c.TellSanctions("h1", incident))
    assert day.refused("emp", stops) == "R6.5"
    day.do("cand1", c.DeclineAnswer("h1", incident))
    day.do("emp", c.DecideSuspicion("h1", incident, "go_on"))
    assert day.do("emp", stops)[-1] == e.HearingStopped("h1", words())


@pytest.mark.rule("R6.5")
def test_to_stop_after_one_suspicion_leaves_no_other_unsaid():
    """What was noted meanwhile is told and answered, too, before the president stops."""
    day, incident = answered()
    day.do("tra", c.RecordIncident("h1", "own_work", True, words()))
    other = day.state.position
    assert day.refused("emp", c.DecideSuspicion("h1", incident, "stop", words("why"))) == "R6.5"
    day.do("emp", c.DecideSuspicion("h1", incident, "go_on"), c.TellSanctions("h1", other))
    day.do("cand1", c.DeclineAnswer("h1", other))
    stopped = day.do("emp", c.DecideSuspicion("h1", other, "stop", words("why")))
    assert stopped[-1] == e.HearingStopped("h1", words("why"))
    verified(day.lines())


def test_what_is_noted_at_the_door_keeps_nobody_from_another_day():
    """The candidate is told in the room, once they are in it."""
    day = begun().ready()
    day.do("own", c.RecordIncident("h1", "identity", True, words()))
    event, *_ = day.do("org", c.PostponeHearing("h1", words()))
    assert getattr(event, "untold", None) is False


@pytest.mark.rule("R6.5")
def test_what_is_noted_once_the_candidate_has_left_is_told_by_the_case():
    day = begun().grading()
    day.do("own", c.RecordIncident("h1", "own_work", True, words()))
    assert (day.hearing().untold, day.hearing().incidents[0].to_tell) == ((), False)
    assert day.refused("emp", c.TellSanctions("h1", day.state.position)) == "R6.5"


@pytest.mark.rule("R6.5")
def test_a_second_suspicion_waits_for_the_first():
    day, first = told()
    day.do("tra", c.RecordIncident("h1", "own_work", True, words()))
    second = day.state.position
    assert day.refused("emp", c.TellSanctions("h1", second)) == "R6.5"
    assert day.refused("cand1", c.AnswerSuspicion("h1", second, words(), NAME)) == "R6.5"
    day.do("cand1", c.DeclineAnswer("h1", first))
    assert day.refused("emp", c.DecideSuspicion("h1", second, "go_on")) == "R6.5"
    day.do("emp", c.DecideSuspicion("h1", first, "go_on"), c.TellSanctions("h1", second))
    assert day.hearing().in_script == day.hearing().incidents[1]


@pytest.mark.rule("R6.5")
def test_an_accusation_withdrawn_meanwhile_ends_it():
    """The clock stands until the president lets it go on."""
    day, incident = told()
    day.do(SYSTEM, c.DropAccusation("h1", incident, withdrawn(incident)))
    assert day.hearing().in_script is None
    assert day.refused("cand1", c.AnswerSuspicion("h1", incident, words(), NAME)) == "R6.5"
    assert day.refused("emp", c.DecideSuspicion("h1", incident, "go_on")) == "R6.5"
    day.do("emp", c.ResumeClock("h1"))
    untold, position = noted()
    untold.do(SYSTEM, c.DropAccusation("h1", position, withdrawn(position)))
    assert untold.refused("emp", c.TellSanctions("h1", position)) == "R6.5"
    untold.wait(30).do("emp", c.DismissCandidate("h1"))


@pytest.mark.rule("R3.1")
def test_a_president_lost_in_the_middle():
    """Nobody goes on in their place, unless the jurors designate somebody; a president who comes back goes on."""
    day, incident = answered()
    day.leave("emp")
    on = c.DecideSuspicion("h1", incident, "go_on")
    for other in ("own", "tra", "org"):
        assert day.refused(other, on) == "R3.1"
    back = replace_president(day)
    assert day.refused("emp", on) == "R3.1"
    day.do("own", on)
    assert (back, script(day).course) == ("own", "go_on")
    same, position = answered()
    same.leave("emp").join("emp").do("emp", c.DecideSuspicion("h1", position, "go_on"))


def replace_president(day: Day) -> str | None:
    for juror in ("own", "tra"):
        day.do(juror, c.DesignatePresident("own"))
    return day.state.president_of("h1")


@pytest.mark.rule("R6.5")
def test_an_adjourned_examination_takes_it_up_where_it_was():
    day, incident = told()
    day.do("emp", c.AdjournHearing("h1", words()))
    assert day.refused("cand1", c.DeclineAnswer("h1", incident)) == "R3.2"
    assert day.refused("emp", c.DecideSuspicion("h1", incident, "go_on")) == "R3.2"
    assert script(day).step == "answer"


@pytest.mark.rule("R6.5")
def test_a_failure_that_came_before_is_not_over_with_it():
    day, incident = noted()
    day.do("emp", c.PauseClock("h1", "technical"))
    assert day.do("emp", c.TellSanctions("h1", incident)) == [e.SanctionsTold("h1", incident, script=True)]
    day.do("cand1", c.DeclineAnswer("h1", incident))
    assert day.do("emp", c.DecideSuspicion("h1", incident, "go_on")) == [
        e.SuspicionDecided("h1", incident, "go_on", None)]
    assert not runs(day)


@pytest.mark.rule("R4.4")
def test_the_time_of_who_was_asked_to_leave_does_not_go_on_with_the_decision():
    day, incident = told()
    day.do("org", c.SeparateCandidate("h1", words()))
    day.do("emp", c.RecordUnanswered("h1", incident, words("gone")))
    assert day.do("emp", c.DecideSuspicion("h1", incident, "go_on")) == [
        e.SuspicionDecided("h1", incident, "go_on", None)]
    assert not runs(day)
    day.do("emp", c.EndSeparation("h1"), c.ResumeClock("h1"))


def test_a_day_from_before_there_was_a_script_is_read_and_goes_on():
    day, incident = noted()
    old = replace(day.hearing().incidents[0], to_tell=False)
    day.current = day.state.with_hearing(replace(day.hearing(), incidents=(old,)))
    day._keep((e.SanctionsTold("h1", incident),), "emp")  # type: ignore[reportPrivateUsage]
    assert (day.hearing().incidents[0].sanctions_told, day.hearing().in_script) == (True, None)
    day.wait(30).do("emp", c.DismissCandidate("h1"))


@pytest.mark.rule("R7.1")
def test_the_answers_to_what_a_kind_asks_stand_in_the_incident():
    day = begun().questioning()
    assert len(day.state.framework.case.kind_or_plain("fraud", "own_work").asks) == 2
    answers = {"0": words("which"), "1": words("source")}
    day.do("own", c.RecordIncident("h1", "own_work", True, words(), (), answers))
    assert day.hearing().incidents[0].answers == answers
    for wrong in ({"2": words()}, {"": words()}, {"-1": words()}):
        assert day.refused("own", c.RecordIncident("h1", "own_work", True, words(), (), wrong)) == "R7.1"
    assert day.refused("own", c.RecordIncident("h1", "health", False, words(), (), {"0": words()})) == "R7.1"
    verified(day.lines())
