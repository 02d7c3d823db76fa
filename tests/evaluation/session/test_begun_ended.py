"""What has begun and is broken off opens a case, or is told to the one there is (R4.4, R7.2, X9)."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from evaluation.session import events as e
from tests.evaluation.session.day import Day, begun, drive, words

STOP, POSTPONE = c.StopHearing("h1", words()), c.PostponeHearing("h1", words())


def opened(day: Day, command: c.Command, by: str = "emp") -> list[str]:
    return [one.kind for one in day.do(by, command) if isinstance(one, e.IncidentRecorded)]


@pytest.mark.rule("R4.4", "R7.2", "X9")
@pytest.mark.parametrize("command", [STOP, POSTPONE])
@pytest.mark.parametrize("bring", ["called", "presenting", "questioning"])
def test_what_has_begun_opens_a_case(bring: str, command: c.Command):
    assert opened(getattr(begun(), bring)(), command) == ["other"]


@pytest.mark.parametrize("command", [STOP, POSTPONE])
def test_what_has_not_begun_opens_none(command: c.Command):
    assert opened(begun().ready(), command) == []


def test_an_incident_of_the_day_has_its_case():
    day = begun().questioning()
    day.do("own", c.RecordIncident("h1", "health", False, words()))
    assert opened(day, STOP) == []


def test_one_of_another_day_is_not_waited_for():
    day = begun().questioning()
    day.do("own", c.RecordIncident("h1", "health", False, words()))
    drive(day, c.AdjournHearing("h1", words()))
    assert opened(day.wait(24 * 60), STOP) == ["other"]


@pytest.mark.parametrize("command", [POSTPONE, c.RestartAttempt("h1", words()), STOP])
def test_more_than_half_lost_is_a_failure_whatever_was_noted(command: c.Command):
    """The attempt does not count, and its case says so."""
    day = begun().questioning()
    day.do("own", c.RecordIncident("h1", "technical", False, words()))
    drive(day, c.PauseClock("h1", "technical"))
    assert opened(day.wait(25), command) == ["technical"]
