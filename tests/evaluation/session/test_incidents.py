"""Incidents, suspected fraud, statements: written by people alone."""

from __future__ import annotations

import pytest

from evaluation.case_rules import CaseRules
from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.hearing_parts import Incident
from evaluation.session.phases import Phase
from tests.evaluation.session.at_the_check import PORTRAIT, checked
from tests.evaluation.session.day import MINUTE, Day, begun, framework, words


def fraud(evidence: tuple[str, ...] = ()) -> c.RecordIncident:
    return c.RecordIncident("h1", "outside_help", True, words(), evidence)


@pytest.mark.rule("R7.1", "R6.5")
def test_an_incident_is_written_with_its_phase_and_clock():
    day = begun().questioning().wait(7)
    day.do("own", c.TakeCapture("h1", "p1", "cand1", "main", "digest"))
    assert day.do("tra", fraud(("p1",))) == [
        e.IncidentRecorded("h1", "outside_help", True, "questions", 7 * MINUTE, words(), ("p1",), {}, True)
    ]
    position = day.state.position
    assert day.hearing().incidents == (
        Incident(position, day.now, "tra", "outside_help", True, "questions", 7 * MINUTE, words(), ("p1",),
                 to_tell=True),
    )


@pytest.mark.rule("R7.1")
@pytest.mark.parametrize(
    ("bring", "phase", "clock"),
    [
        ("ready", "scheduled", None), ("called", "welcome", None), ("presenting", "presentation", 2 * MINUTE),
        ("grading", "grading", None), ("deliberating", "deliberation", None),
    ],
)  # fmt: skip
def test_where_in_the_examination(bring: str, phase: str, clock: int | None):
    day = getattr(begun(), bring)().wait(2)
    day.do("own", fraud())
    incident = day.hearing().incidents[0]
    assert (incident.phase, incident.clock) == (phase, clock)


@pytest.mark.rule("R6.5", "R6.4")
@pytest.mark.parametrize("actor", [SYSTEM, "obs", "cand1", "aid1", "nobody"])
def test_who_writes_no_incident(actor: str):
    """Never the machine."""
    assert begun().questioning().refused(actor, fraud()) == "R2.3"


@pytest.mark.rule("R6.5", "R7.1")
def test_its_kind_is_one_of_the_frameworks_for_its_door():
    day = begun().questioning()
    day.do("own", c.RecordIncident("h1", "environment", False, words()))
    day.do("own", c.RecordIncident("h1", "another_person", True, words()))
    for kind, fraud in (("environment", True), ("another_person", False), ("unheard_of", True)):
        assert day.refused("own", c.RecordIncident("h1", kind, fraud, words())) == "R6.5"


def test_a_day_before_frameworks_named_them_has_the_kinds_there_were():
    of = framework(case=CaseRules())
    day = begun(of).questioning()
    day.do("own", c.RecordIncident("h1", "conduct", True, words()))
    assert day.refused("own", c.RecordIncident("h1", "environment", False, words())) == "R6.5"


@pytest.mark.rule("R3.6")
def test_the_organizer_writes_one_but_not_into_the_deliberation():
    begun().questioning().do("org", fraud())
    for bring in ("grading", "deliberating"):
        assert getattr(begun(), bring)().refused("org", fraud()) == "R3.6"


@pytest.mark.rule("R6.5")
def test_what_an_incident_rests_on():
    day = begun().questioning()
    assert day.refused("own", fraud(("p1",))) == "R6.5"
    day.do("own", c.TakeCapture("h1", "p1", "cand1", "main", "digest"))
    assert day.refused("own", fraud(("p1", "p2"))) == "R6.5"
    assert day.refused("own", c.RecordIncident("h2", "other", False, words(), ("p1",))) == "R6.5"


@pytest.mark.rule("R6.5")
def test_the_record_of_a_hearing_that_is_over_does_not_change():
    assert begun().signed().refused("own", fraud()) == "R6.5"
    day = begun()
    day.do("emp", c.RecordNoShow("h1"))
    assert day.refused("own", fraud()) == "R6.5"


@pytest.mark.rule("R6.5", "R6.6")
def test_the_sanctions_are_told_to_the_candidate_once():
    day = begun().questioning()
    day.do("own", fraud(), c.RecordIncident("h1", "technical", False, words()))
    first, second = (incident.position for incident in day.hearing().incidents)
    assert day.refused("own", c.TellSanctions("h1", first)) == "R3.1"
    assert day.refused("emp", c.TellSanctions("h1", second)) == "R6.5"
    assert day.refused("emp", c.TellSanctions("h1", 1)) == "R6.5"
    assert day.do("emp", c.TellSanctions("h1", first))[0] == e.SanctionsTold("h1", first, script=True)
    assert [incident.sanctions_told for incident in day.hearing().incidents] == [True, False]
    assert day.refused("emp", c.TellSanctions("h1", first)) == "R6.5"


@pytest.mark.rule("R6.5")
def test_the_sanctions_are_told_while_the_candidate_is_there():
    day = begun().questioning()
    day.wait(30).do("emp", c.DismissCandidate("h1"))
    day.do("own", fraud())
    assert day.refused("emp", c.TellSanctions("h1", day.hearing().incidents[0].position)) == "R6.5"


@pytest.mark.rule("R6.5")
def test_what_is_suspected_changes_neither_marks_nor_result():
    """No machine concludes from it: the result is that of the marks, the incident stands beside."""
    day = begun().questioning()
    day.do("own", fraud())
    incident = day.state.position
    day.do("emp", c.TellSanctions("h1", incident))
    day.do("cand1", c.DeclineAnswer("h1", incident))
    day.do("emp", c.DecideSuspicion("h1", incident, "go_on"))
    day.wait(30).do("emp", c.DismissCandidate("h1"))
    for juror in ("emp", "own", "tra"):
        day.grade(juror)
    day.do("emp", c.OpenDeliberation("h1"))
    day.agree().advise().sign()
    assert (day.phase(), len(day.hearing().incidents)) == (Phase.CLOSED, 1)
    assert day.hearing().result.outcome == "full"  # type: ignore[union-attr]


@pytest.mark.rule("X9")
@pytest.mark.parametrize("bring", ["ready", "questioning", "deliberating", "signed"])
def test_the_candidate_adds_how_they_saw_it(bring: str):
    day: Day = getattr(begun(), bring)()
    assert day.do("cand1", c.AddStatement("h1", words())) == [e.StatementAdded("h1", words())]
    assert [(note.by, note.at, note.words) for note in day.hearing().statements] == [("cand1", day.now, words())]
    for actor in ("cand2", "emp", "aid1"):
        assert day.refused(actor, c.AddStatement("h1", words())) == "X11"


@pytest.mark.rule("R6.5")
def test_an_incident_may_quote_a_crop_of_this_hearing_alone():
    day = checked(PORTRAIT)
    day.do("tra", c.RecordIncident("h1", "identity", False, words(), ("p2",)))
    assert day.refused("tra", c.RecordIncident("h1", "identity", False, words(), ("p9",))) == "R6.5"
