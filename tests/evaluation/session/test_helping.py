"""Calls for help and their settling; what the organizer writes to the room."""

from __future__ import annotations

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from tests.evaluation.session.day import begun, words


@pytest.mark.rule("R4.4")
def test_any_seat_calls_the_organizer_who_settles_it():
    day = begun().ready()
    for actor in ("cand1", "cand2", "aid1", "emp", "obs", "org"):
        day.do(actor, c.ReportProblem(words(actor)))
    first = day.state.problems[0].position
    assert [note.by for note in day.state.problems] == ["cand1", "cand2", "aid1", "emp", "obs", "org"]
    assert day.refused("emp", c.SettleProblem(first)) == "X11"
    assert day.refused("org", c.SettleProblem(1)) == "R4.4"
    day.do("org", c.SettleProblem(first))
    assert [note.settled for note in day.state.problems] == [True] + [False] * 5
    assert day.refused("org", c.SettleProblem(first)) == "R4.4"
    assert day.refused("nobody", c.ReportProblem(words())) == "X11"


@pytest.mark.rule("R4.4")
def test_a_call_is_what_was_chosen_or_written_or_both():
    day = begun().ready()
    for call in (c.ReportProblem(kind="frozen"), c.ReportProblem(words()), c.ReportProblem(words(), "pause")):
        day.do("cand1", call)
    assert [(one.kind, one.words) for one in day.state.problems] == [
        ("frozen", None), (None, words()), ("pause", words())]
    assert day.refused("cand1", c.ReportProblem()) == "R4.4"


@pytest.mark.rule("R4.4")
def test_the_organizer_writes_to_the_room():
    day = begun().called()
    day.do("org", c.WriteToRoom(words("m")))
    assert [(note.by, note.words) for note in day.state.messages] == [("org", words("m"))]
    for actor in ("emp", "cand1", "obs", SYSTEM):
        assert day.refused(actor, c.WriteToRoom(words())) == "X11"
