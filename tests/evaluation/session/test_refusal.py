"""The prevention message or the attendance sheet refused: the president decides what follows (R6.3)."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.phases import Phase
from evaluation.session.terms import Course
from tests.evaluation.session.day import begun, words


@pytest.mark.rule("R6.1", "R6.3")
@pytest.mark.parametrize("other", ["own", "cand1", "org", "system"])
def test_a_refused_message_is_the_presidents_to_decide(other: str):
    day = begun().join("cand1")
    day.do("cand1", c.RefusePrevention("h1"))
    assert day.refused("cand1", c.EnterWaitingRoom("h1")) == "R6.1"
    assert day.refused(other, c.DecideRefusal("h1", "prevention", "reserve", words())) in ("R3.1", "X11")
    assert day.do("emp", c.DecideRefusal("h1", "prevention", "reserve", words())) == [
        e.RefusalDecided("h1", "prevention", "reserve", words()),
        e.IncidentRecorded("h1", "conduct", False, "scheduled", None, words(), ()),
    ]
    assert day.hearing().reservations == {"prevention"}
    day.do("cand1", c.EnterWaitingRoom("h1"))
    day.do("emp", c.CallIn("h1"))


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize(
    ("course", "prevention", "phase"),
    [("retry", "pending", Phase.SCHEDULED), ("reserve", "waived", Phase.SCHEDULED), ("stop", "refused", Phase.STOPPED)],
)
def test_what_follows_a_refused_message(course: Course, prevention: str, phase: Phase):
    day = begun().join("cand1")
    assert day.refused("emp", c.DecideRefusal("h1", "prevention", course, words())) == "R6.3"
    day.do("cand1", c.RefusePrevention("h1"))
    day.do("emp", c.DecideRefusal("h1", "prevention", course, words()))
    assert (day.hearing().prevention, day.phase()) == (prevention, phase)
    assert [incident.kind for incident in day.hearing().incidents] == ["conduct"]


@pytest.mark.rule("R6.3")
def test_a_refusal_is_not_passed_over():
    day = begun().join("cand1")
    day.do("cand1", c.RefusePrevention("h1"))
    assert day.refused("emp", c.DecideRefusal("h1", "prevention", "proceed", words())) == "R6.3"


@pytest.mark.rule("R3.2", "R6.3")
@pytest.mark.parametrize(
    ("course", "sheet", "phase", "starts"),
    [
        ("retry", "not_signed", Phase.WELCOME, False),
        ("reserve", "waived", Phase.WELCOME, True),
        ("stop", "refused", Phase.STOPPED, False),
    ],
)
def test_a_candidate_who_refuses_to_sign(course: Course, sheet: str, phase: Phase, starts: bool):
    day = begun().identified()
    for point in range(4):
        day.do("emp", c.CheckReminder("h1", point, True))
    day.do("cand1", c.RefuseSheet("h1"))
    assert day.refused("emp", c.StartPresentation("h1")) == "R6.3"
    day.do("emp", c.DecideRefusal("h1", "sheet", course, words()))
    assert (day.hearing().sheet, day.phase()) == (sheet, phase)
    assert [incident.kind for incident in day.hearing().incidents] == ["conduct"]
    assert day.hearing().reservations == ({"sheet"} if course == "reserve" else set())
    if starts:
        day.do("emp", c.StartPresentation("h1"))
    else:
        assert day.refused("emp", c.StartPresentation("h1")) in ("R3.2",)


@pytest.mark.rule("R6.1", "R6.3")
@pytest.mark.parametrize("course", ["retry", "reserve", "stop"])
def test_who_refused_the_message_may_acknowledge_it_after_all_and_the_president_decides(course: Course):
    """The refusal goes the way of an undecided identity: an incident, a decision, and nobody enters before."""
    day = begun().join("cand1")
    day.do("cand1", c.RefusePrevention("h1"), c.AcknowledgePrevention("h1", "digest"), c.EnterWaitingRoom("h1"))
    assert (day.hearing().prevention, day.hearing().refusals) == ("acknowledged", {"prevention"})
    assert day.refused("emp", c.CallIn("h1")) == "R6.3"
    day.do("emp", c.DecideRefusal("h1", "prevention", course, words()))
    hearing = day.hearing()
    assert (hearing.prevention, hearing.refusals) == ("acknowledged", set())
    assert hearing.reservations == ({"prevention"} if course == "reserve" else set())
    assert [incident.kind for incident in hearing.incidents] == ["conduct"]
    assert day.refused("emp", c.DecideRefusal("h1", "prevention", course, words())) == "R6.3"
    if course != "stop":
        day.do("emp", c.CallIn("h1"))
    assert day.phase() is (Phase.STOPPED if course == "stop" else Phase.WELCOME)


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize("course", ["retry", "reserve", "stop"])
def test_who_refused_to_sign_may_sign_after_all_and_the_president_decides(course: Course):
    day = begun().identified()
    for point in range(4):
        day.do("emp", c.CheckReminder("h1", point, True))
    day.do("cand1", c.RefuseSheet("h1"), c.SignSheet("h1", words()))
    assert (day.hearing().sheet, day.hearing().refusals) == ("signed", {"sheet"})
    assert day.refused("emp", c.StartPresentation("h1")) == "R6.3"
    day.do("emp", c.DecideRefusal("h1", "sheet", course, words()))
    assert (day.hearing().sheet, day.hearing().refusals) == ("signed", set())
    assert day.hearing().reservations == ({"sheet"} if course == "reserve" else set())
    if course != "stop":
        day.do("emp", c.StartPresentation("h1"))
    assert day.phase() is (Phase.STOPPED if course == "stop" else Phase.PRESENTATION)


@pytest.mark.rule("R6.3")
def test_a_refusal_outlives_an_interruption_until_it_is_decided():
    day = begun().identified()
    for point in range(4):
        day.do("emp", c.CheckReminder("h1", point, True))
    day.do("cand1", c.RefuseSheet("h1"))
    day.do("emp", c.AdjournHearing("h1", words()))
    day.do("cand1", c.EnterWaitingRoom("h1"))
    assert day.refused("emp", c.CallIn("h1")) == "R6.3"
    day.do("emp", c.DecideRefusal("h1", "sheet", "retry", words()), c.CallIn("h1"))
