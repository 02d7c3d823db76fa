"""Pictures taken by jurors: of the candidate alone, during the examination alone."""

from __future__ import annotations

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from tests.evaluation.session.day import begun


@pytest.mark.rule("X1")
@pytest.mark.parametrize("seat", ["emp", "tra", "aid1", "cand2", "obs", "nobody"])
def test_pictures_are_taken_of_the_candidate_alone(seat: str):
    day = begun().called()
    assert day.refused("tra", c.TakeCapture("h1", "p1", seat, "main", "digest")) == "X1"
    day.do("tra", c.TakeCapture("h1", "p1", "cand1", "main", "digest"))
    assert [(p.id, p.by, p.at) for p in day.hearing().captures] == [("p1", "tra", day.now)]


@pytest.mark.rule("X1")
@pytest.mark.parametrize("bring", ["ready", "grading", "deliberating", "signed"])
def test_pictures_are_taken_during_the_examination_alone(bring: str):
    day = getattr(begun(), bring)()
    assert day.refused("tra", c.TakeCapture("h1", "p1", "cand1", "main", "digest")) == "X1"


@pytest.mark.parametrize("actor", ["org", "obs", "cand1", "aid1", SYSTEM])
def test_who_takes_no_pictures(actor: str):
    day = begun().called()
    assert day.refused(actor, c.TakeCapture("h1", "p1", "cand1", "main", "digest")) == "R2.3"
