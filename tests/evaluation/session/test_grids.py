"""Each juror's own grid: marks and reasons; sealed until the deliberation."""

from __future__ import annotations

import pytest

from evaluation.codec import FieldError
from evaluation.grading import Mark
from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.kind import SESSION
from tests.evaluation.session.day import CODES, begun, words
from tests.evaluation.session.quotes import gained

A, NA = Mark.ACQUIRED, Mark.NOT_ACQUIRED


@pytest.mark.rule("R5.1")
@pytest.mark.parametrize("mark", ["B", "", "a", "na", "NON", None, 1, True, ["A"], "A "])
def test_a_third_mark_cannot_even_be_said(mark: object):
    """Neither by a browser's command nor by a line of a journal."""
    fields = {"hearing": "h1", "competency": "C1.1", "mark": mark}
    with pytest.raises(FieldError) as refused:
        SESSION.commands.decode("SetMark", fields)
    assert refused.value.field == "mark"
    with pytest.raises(FieldError) as refused:
        SESSION.events.decode("session.mark_set", fields | {"words": None, "not_shown": False})
    assert refused.value.field == "mark"
    for name in ("ProposeConsensus", "ConfirmConsensus"):
        with pytest.raises(FieldError) as refused:
            SESSION.commands.decode(name, {"hearing": "h1", "marks": {"C1.1": mark}})
        assert refused.value.field == "marks.C1.1"


@pytest.mark.rule("R5.1")
def test_the_two_marks():
    assert [mark.value for mark in Mark] == ["A", "NA"]
    day = begun().presenting()
    assert day.do("own", c.SetMark("h1", "C1.1", A)) == [e.MarkSet("h1", "C1.1", A, None, False)]
    day.wait(1).do("own", c.SetMark("h1", "C1.1", NA, words("why")))
    mark = day.hearing().grid("own").marks["C1.1"]
    assert (mark.mark, mark.words, mark.not_shown, mark.at) == (NA, words("why"), False, day.now)
    assert day.do("own", c.ClearMark("h1", "C1.1")) == [e.MarkCleared("h1", "C1.1")]
    assert dict(day.hearing().grid("own").marks) == {}
    assert day.do("own", c.ClearMark("h1", "C1.1")) == []


@pytest.mark.rule("R5.1")
@pytest.mark.parametrize("competency", ["C9.9", "", "BC1", "c1.1"])
def test_an_unknown_competency(competency: str):
    day = begun().questioning()
    for command in (
        c.SetMark("h1", competency, A), c.ClearMark("h1", competency), c.NoteExamined("h1", competency, True),
    ):  # fmt: skip
        assert day.refused("own", command) == "R5.1"


@pytest.mark.rule("R5.1")
def test_not_shown_is_a_reason_for_not_acquired_alone():
    assert begun().presenting().refused("own", c.SetMark("h1", "C1.1", A, not_shown=True)) == "R5.1"


@pytest.mark.rule("R3.5")
@pytest.mark.parametrize("bring", ["ready", "welcomed", "deliberating", "advised", "signed"])
def test_a_mark_outside_its_phase(bring: str):
    day = getattr(begun(), bring)()
    assert day.refused("own", c.SetMark("h1", "C1.1", NA)) == "R3.5"
    assert day.refused("own", c.ClearMark("h1", "C1.1")) == "R3.5"


@pytest.mark.rule("R3.5")
@pytest.mark.parametrize("bring", ["presenting", "questioning", "grading"])
def test_the_phases_of_marking(bring: str):
    day = getattr(begun(), bring)()
    for juror in ("emp", "own", "tra"):
        day.do(juror, c.SetMark("h1", "C1.1", A))
    assert {juror: set(grid.marks) for juror, grid in day.hearing().grids.items()} == {
        "emp": {"C1.1"}, "own": {"C1.1"}, "tra": {"C1.1"},
    }  # fmt: skip


@pytest.mark.rule("R3.5", "R2.3")
@pytest.mark.parametrize("actor", ["org", "obs", "cand1", "aid1", "nobody", SYSTEM])
@pytest.mark.parametrize(
    "command",
    [
        c.SetMark("h1", "C1.1", A), c.ClearMark("h1", "C1.1"), c.CloseGrid("h1"), c.ReopenGrid("h1"),
        c.WriteNote("h1", words()), c.CoverPoint("h1", 0, True), c.NoteExamined("h1", "C1.1", True),
    ],
)  # fmt: skip
def test_only_jurors_have_a_grid(actor: str, command: c.Command):
    assert begun().questioning().refused(actor, command) == "R2.3"


@pytest.mark.rule("X9")
def test_marks_are_made_while_the_clock_is_paused():
    day = begun().questioning()
    day.do("emp", c.PauseClock("h1", "technical"))
    day.do("own", c.SetMark("h1", "C1.1", A))


@pytest.mark.rule("X7")
def test_a_grid_closes_whole_and_with_its_reasons():
    day = begun().questioning()
    for code in CODES[:-2]:
        day.do("own", c.SetMark("h1", code, A))
    day.do("own", c.SetMark("h1", "C2.5", NA))
    assert day.why("own", c.CloseGrid("h1")) == "À noter encore : C2.6."
    day.do("own", c.SetMark("h1", "C2.6", NA, not_shown=True))
    assert day.why("own", c.CloseGrid("h1")) == "Dites pourquoi « non acquis » : C2.5."
    day.do("own", c.SetMark("h1", "C2.5", NA, words()))
    assert day.do("own", c.CloseGrid("h1")) == [e.GridClosed("h1")]


@pytest.mark.rule("X7")
def test_a_closed_grid_is_frozen_and_may_be_reopened_until_the_deliberation():
    day = begun().grading().grade("own")
    for command in (c.SetMark("h1", "C1.1", NA), c.ClearMark("h1", "C1.1"), c.CloseGrid("h1")):
        assert day.refused("own", command) == "X7"
    day.do("own", c.ReopenGrid("h1"))
    assert day.refused("own", c.ReopenGrid("h1")) == "X7"
    day.do("own", c.SetMark("h1", "C1.1", NA, words()), c.CloseGrid("h1"))
    day.grade("emp").grade("tra").do("emp", c.OpenDeliberation("h1"))
    assert day.refused("own", c.ReopenGrid("h1")) == "X7"


@pytest.mark.rule("X7")
def test_a_grid_does_not_close_before_the_questions():
    day = begun().presenting()
    for code in CODES:
        day.do("own", c.SetMark("h1", code, A))
    assert day.refused("own", c.CloseGrid("h1")) == "R3.2"


@pytest.mark.rule("X8")
def test_a_grid_of_one_block():
    day = begun(hearings={"h1": {"enrolled": {"sought": ("BC1",), "outcomes": (gained("BC2"),)}}}).grading()
    for code in CODES[:6]:
        day.do("own", c.SetMark("h1", code, A))
    day.do("own", c.CloseGrid("h1"))
