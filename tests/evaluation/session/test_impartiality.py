"""Impartiality, declared for each candidate."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session import impartiality
from tests.evaluation.session.day import begun, listed, words


@pytest.mark.rule("R1.4")
def test_each_juror_declares_for_each_candidate():
    day = listed()
    assert impartiality.undeclared(day.state, "emp") == ("h1", "h2")
    assert day.do("emp", c.DeclareImpartial("h1")) == [e.ImpartialityDeclared("h1")]
    assert day.do("emp", c.DeclareImpartial("h1")) == []
    left = [impartiality.undeclared(day.state, juror) for juror in ("emp", "own")]
    assert left == [("h2",), ("h1", "h2")]
    assert day.hearing().impartial == {"emp"}


@pytest.mark.rule("R1.4")
def test_who_withdraws_has_nothing_left_to_declare():
    day = listed()
    day.do("emp", c.DeclareImpartial("h1"), c.Recuse("h1", words()))
    assert day.hearing().impartial == frozenset()
    assert impartiality.undeclared(day.state, "emp") == ("h2",)
    assert day.refused("emp", c.DeclareImpartial("h1")) == "R1.4"


@pytest.mark.rule("R1.4")
def test_of_what_is_over_nothing_is_declared_any_more():
    day = begun().signed()
    assert impartiality.undeclared(day.state, "emp") == ("h2",)
    assert day.refused("emp", c.DeclareImpartial("h1")) == "R1.4"
