"""What a juror notes on the way: points, competencies examined, private notes."""

from __future__ import annotations

import pytest

from evaluation.grading import Mark
from evaluation.session import commands as c
from evaluation.session import grids
from evaluation.session.phases import Phase
from tests.evaluation.session.day import CODES, Day, begun, words

A, NA = Mark.ACQUIRED, Mark.NOT_ACQUIRED


@pytest.mark.rule("R3.4")
def test_what_nobody_has_examined():
    day = begun().questioning()

    def left() -> tuple[str, ...]:
        return grids.not_examined(day.state.framework, day.hearing(), day.hearing().grids)

    assert left() == CODES
    day.do("own", c.NoteExamined("h1", "C1.1", True))
    day.do("tra", c.SetMark("h1", "C2.6", NA))
    assert left() == CODES[1:-1]
    day.do("emp", c.NoteExamined("h1", "C1.1", False))
    assert left() == CODES[:-1]
    assert day.wait(30).do("emp", c.DismissCandidate("h1"))
    assert day.refused("own", c.NoteExamined("h1", "C1.1", True)) == "R3.2"


@pytest.mark.rule("R3.3")
def test_the_six_points_of_the_presentation():
    day = begun().presenting()
    for point in (-1, 6):
        assert day.refused("own", c.CoverPoint("h1", point, True)) == "R3.3"
    day.do("own", c.CoverPoint("h1", 0, True), c.CoverPoint("h1", 5, True), c.CoverPoint("h1", 0, False))
    assert (day.hearing().grid("own").points, day.hearing().grid("emp").points) == ({5}, set())


@pytest.mark.rule("R3.5")
@pytest.mark.parametrize("bring", ["ready", "called", "questioning", "grading", "deliberating"])
def test_private_notes(bring: str):
    day: Day = getattr(begun(), bring)()
    day.do("own", c.WriteNote("h1", words("n")))
    assert (day.hearing().grid("own").note, day.hearing().grid("emp").note) == (words("n"), None)
    assert (day.hearing().grid("own").note_at, day.hearing().grid("emp").note_at) == (day.now, None)
    day.do("own", c.WriteNote("h1", None))
    assert day.hearing().grid("own").note is None


def test_no_notes_once_it_is_over():
    day = begun().signed()
    assert day.phase() is Phase.CLOSED
    assert day.refused("own", c.WriteNote("h1", words())) == "R3.2"
