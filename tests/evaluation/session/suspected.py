"""Days for tests on which a juror has noted a suspected fraud: noted, told, answered."""

from __future__ import annotations

from evaluation.people import Words
from evaluation.quotes import Quote
from evaluation.session import commands as c
from evaluation.session.script_steps import FraudScript
from tests.evaluation.session.day import Day, begun, words

NAME = Words("n", "e" * 8)


def withdrawn(incident: int) -> Quote:
    """The case names this incident."""
    named = {"session": "s1", "hearing": "h1", "incident": incident}
    return Quote("case", "c1", 4, "4" * 64, "case.accusation_withdrawn", {"dropped": [named]})


def noted(by: str = "own") -> tuple[Day, int]:
    """A juror has noted a suspicion, seven minutes into the questions."""
    day = begun().questioning().wait(7)
    day.do(by, c.RecordIncident("h1", "outside_help", True, words()))
    return day, day.state.position


def told() -> tuple[Day, int]:
    day, incident = noted()
    day.do("emp", c.TellSanctions("h1", incident))
    return day, incident


def answered() -> tuple[Day, int]:
    day, incident = told()
    day.do("cand1", c.AnswerSuspicion("h1", incident, words("mine"), NAME))
    return day, incident


def script(day: Day) -> FraudScript:
    found = day.hearing().incidents[0].script
    assert found is not None
    return found


def how(day: Day) -> str:
    answer = script(day).answer
    assert answer is not None
    return answer.how


def runs(day: Day) -> bool:
    clock = day.hearing().clock
    return clock is not None and clock.running
