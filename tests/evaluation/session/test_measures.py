"""The organizer warns, separates, proposes, and never sanctions (R4.4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.media_access import media_of
from evaluation.session.phases import Phase
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session.day import MINUTE, Day, begun, drive, verified, words

WARN, APART = c.WarnCandidate("h1", words()), c.SeparateCandidate("h1", words())
STOP, BACK = c.ProposeEnding("h1", "stop", words()), c.EndSeparation("h1")


def incident(kind: str, phase: str = "questions", clock: int | None = 0) -> e.IncidentRecorded:
    return e.IncidentRecorded("h1", kind, False, phase, clock, words(), ())


@pytest.mark.rule("R4.4")
def test_a_warning_opens_a_case_and_what_follows_is_of_it():
    day = begun().questioning()
    assert day.do("org", WARN) == [e.CandidateWarned("h1", words()), incident("conduct")]
    assert day.do("org", WARN) == [e.CandidateWarned("h1", words())]
    assert day.do("org", APART, STOP) == [
        e.CandidateSeparated("h1", words()), e.EndingProposed("h1", "stop", words())]
    assert [(one.kind, one.by) for one in day.hearing().measures] == [
        ("warning", "org"), ("warning", "org"), ("separation", "org"), ("proposal", "org")]
    assert verified(day.lines()).records == len(day.records)


def test_the_framework_says_of_which_kind_the_case_is():
    """Each act that opens one by itself names what the framework names for it."""
    rules = replace(POLISHING.case, opened_by={
        **dict.fromkeys(("warning", "separation", "refusal", "broken_off"), "environment"), "proposal": "health",
        "identity": "juror", "lost_time": "organisation"})
    of = replace(POLISHING, case=rules)

    def kinds(day: Day) -> list[str]:
        return [one.kind for one in day.hearing().incidents]

    for act, kind in ((WARN, "environment"), (APART, "environment"), (STOP, "health")):
        day = begun(of).questioning()
        day.do("org", act)
        assert kinds(day) == [kind]
    day = begun(of).questioning()
    drive(day, c.StopHearing("h1", words()))
    assert kinds(day) == ["environment"]
    day = begun(of).questioning()
    drive(day.wait(1), c.PauseClock("h1", "technical"))
    drive(day.wait(60), c.PostponeHearing("h1", words()))
    assert kinds(day) == ["organisation"]
    day = begun(of).called()
    for juror in ("own", "tra"):
        day.do(juror, c.GiveIdentityOpinion("h1", conform=False))
    drive(day, c.DecideIdentity("h1", "doubtful", "reserve", words()))
    assert kinds(day) == ["juror"]


def test_on_another_day_it_is_another_case():
    day = begun().questioning()
    day.do("org", WARN)
    drive(day, c.AdjournHearing("h1", words()))
    assert day.wait(24 * 60).do("org", WARN)[1:] == [incident("conduct", "adjourned", None)]


@pytest.mark.rule("R4.4")
def test_a_warning_reaches_somebody_who_is_here():
    begun().ready().do("org", WARN)
    begun().questioning().leave("cand1").do("org", WARN)
    for day in (begun(), begun().ready().leave("cand1"), begun().grading(), begun().signed()):
        assert day.refused("org", WARN) == "R4.4"


@pytest.mark.rule("R4.4")
def test_apart_the_clock_stands_still_and_nobody_sees_or_hears():
    day = begun().questioning().wait(3)
    day.do("org", APART)
    assert day.wait(4).elapsed(Phase.QUESTIONS) == 3 * MINUTE
    candidate, juror = day.state.seat("cand1"), day.state.seat("own")
    assert candidate is not None
    assert juror is not None
    assert media_of(day.state, candidate) == (frozenset(), frozenset())
    assert media_of(day.state, juror)[1] == {"emp", "tra"}
    assert day.refused("emp", c.ResumeClock("h1")) == "R4.4"
    assert day.refused("org", APART) == "R4.4"
    assert day.do("org", BACK) == [e.SeparationEnded("h1")]
    assert day.refused("org", BACK) == "R4.4"
    assert "cand1" in media_of(day.state, juror)[1]
    drive(day, c.ResumeClock("h1"))
    clock = day.hearing().clock
    assert clock is not None
    assert clock.lost == 0


@pytest.mark.rule("R4.4")
def test_apart_at_the_welcome_nothing_begins():
    day = begun().welcomed()
    day.do("org", APART)
    assert day.refused("emp", c.StartPresentation("h1")) == "R4.4"
    drive(day, BACK, c.StartPresentation("h1"))


@pytest.mark.parametrize("bring", ["ready", "grading", "signed"])
def test_who_is_not_in_the_room_is_not_sent_out(bring: str):
    day: Day = getattr(begun(), bring)()
    for command in (APART, STOP):
        assert day.refused("org", command) == "R4.4"


@pytest.mark.parametrize("end", [c.StopHearing("h1", words()), c.PostponeHearing("h1", words()),
                                 c.AdjournHearing("h1", words())])  # fmt: skip
def test_the_president_ends_it_while_the_candidate_is_apart(end: c.Command):
    day = begun().questioning()
    day.do("org", APART, STOP)
    assert drive(day, end)[1:] == []
    assert (day.hearing().apart, day.hearing().proposed) == (None, None)
    if day.phase() is not Phase.STOPPED:
        day.do("cand1", c.EnterWaitingRoom("h1"))
        drive(day, c.CallIn("h1"))
        assert (day.hearing().apart, day.hearing().proposed) == (None, None)


@pytest.mark.rule("R4.4")
def test_a_proposal_is_answered_by_the_president():
    day = begun().questioning()
    assert day.do("org", STOP) == [e.EndingProposed("h1", "stop", words()), incident("organisation")]
    assert day.refused("org", c.ProposeEnding("h1", "postpone", words())) == "R4.4"
    proposal = day.hearing().measures[0].position
    for wrong in (0, proposal + 1):
        assert day.refused("emp", c.DeclineEnding("h1", wrong, words())) == "R4.4"
    drive(day, c.DeclineEnding("h1", proposal, words()))
    assert day.hearing().measures[0].declined == words()
    assert day.refused("emp", c.DeclineEnding("h1", proposal, words())) == "R4.4"
    day.do("org", c.ProposeEnding("h1", "postpone", words()))


@pytest.mark.rule("R4.4")
@pytest.mark.parametrize("actor", ["emp", "own", "cand1", "obs", "nobody"])
def test_who_may(actor: str):
    day = begun().questioning()
    for command in (WARN, APART, STOP):
        assert day.refused(actor, command) in ("X11", "R3.1", "R2.3")
    for command in (c.StopHearing("h1", words()), c.PostponeHearing("h1", words()),
                    c.DeclineEnding("h1", 1, words())):
        assert day.refused("org", command) in ("R3.1", "R4.4")
