"""One failure that hits several hearings, noted once."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.phases import Phase
from tests.evaluation.session.day import begun, verified, words

BOTH = c.RecordCommonIncident(("h1", "h2"), "technical", words(), True)


@pytest.mark.rule("R7.1")
def test_a_power_cut_over_two_hearings():
    """The one that has begun is the president's to end; the other waits for another day."""
    day = begun().questioning().wait(3)
    assert day.do("org", BOTH) == [
        e.IncidentRecorded("h1", "technical", False, "questions", 180_000, words(), ()),
        e.IncidentRecorded("h2", "technical", False, "scheduled", None, words(), ()),
        e.AttemptVoided("h2", True, words()),
    ]  # fmt: skip
    assert (day.phase("h1"), day.phase("h2")) == (Phase.QUESTIONS, Phase.POSTPONED)
    assert day.do("emp", c.PostponeHearing("h1", words())) == [e.AttemptVoided("h1", True, words())]
    assert verified(day.lines()).records == len(day.records)


def test_what_waits_for_another_day_already_is_not_postponed_again():
    day = begun()
    day.do("org", c.PostponeHearing("h2", words()))
    happened = day.do("org", BOTH)
    assert [one.hearing for one in happened if isinstance(one, e.AttemptVoided)] == ["h1"]
    assert verified(day.lines()).records == len(day.records)


def test_noted_alone_nothing_is_postponed():
    happened = begun().do("org", c.RecordCommonIncident(("h1", "h2"), "technical", words()))
    assert [type(one) for one in happened] == [e.IncidentRecorded, e.IncidentRecorded]


@pytest.mark.rule("R7.1", "R6.5")
def test_what_is_refused():
    day = begun()
    for hearings in ((), ("h1",), ("h1", "h1"), ("h1", "h2", "h1")):
        assert day.refused("org", c.RecordCommonIncident(hearings, "technical", words())) == "R7.1"
    assert day.refused("org", c.RecordCommonIncident(("h1", "h9"), "technical", words())) == "R3.2"
    for kind in ("own_work", "x", ""):
        assert day.refused("org", c.RecordCommonIncident(("h1", "h2"), kind, words())) == "R6.5"
    assert day.refused("emp", BOTH) == "X11"
    day.do("org", c.CancelHearing("h2", words()))
    assert day.refused("org", BOTH) == "R6.5"
