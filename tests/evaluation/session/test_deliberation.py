"""The jury alone: opened with frozen grids and the three, suspended, resumed."""

from __future__ import annotations

import pytest

from evaluation.grading import Mark
from evaluation.session import commands as c
from evaluation.session import events as e
from tests.evaluation.session.day import Day, begun, words

A, NA = Mark.ACQUIRED, Mark.NOT_ACQUIRED


@pytest.mark.rule("R3.6", "X7")
def test_every_grid_closes_before_any_is_shown():
    day = begun().grading()
    for juror in ("tra", "own"):
        assert day.refused("emp", c.OpenDeliberation("h1")) == "R3.6"
        day.grade(juror)
    assert day.refused("emp", c.OpenDeliberation("h1")) == "R3.6"
    day.grade("emp").do("own", c.ReopenGrid("h1"))
    assert day.refused("emp", c.OpenDeliberation("h1")) == "R3.6"
    day.do("own", c.CloseGrid("h1"))
    assert day.refused("own", c.OpenDeliberation("h1")) == "R3.1"
    assert day.do("emp", c.OpenDeliberation("h1")) == [e.DeliberationOpened("h1", ("emp", "own", "tra"))]


@pytest.mark.rule("R3.6")
def test_the_deliberation_opens_with_the_three():
    day = begun().graded().leave("tra")
    assert day.refused("emp", c.OpenDeliberation("h1")) == "R3.6"
    day.join("tra").do("emp", c.OpenDeliberation("h1"))


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize("command", [
    c.ProposeConsensus("h1", {"C1.1": A}), c.DeclareDispute("h1", ("C1.1",), words()),
    c.Recommend("h1", None, "award"), c.SignDeliberation("h1"), c.RefuseSignature("h1", words()),
    c.ConfirmConsensus("h1", {"C1.1": A}), c.WithdrawConfirmation("h1", "C1.1"),
])  # fmt: skip
@pytest.mark.parametrize("bring", ["ready", "questioning", "graded", "signed"])
def test_nothing_is_agreed_outside_the_deliberation(command: c.Command, bring: str):
    assert getattr(begun(), bring)().refused("emp", command) == "R3.6"


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize("bring", ["grading", "deliberating", "agreed"])
def test_a_suspended_deliberation_waits_as_it_is(bring: str):
    day: Day = getattr(begun(), bring)()
    before = day.hearing()
    day.do("emp", c.SuspendDeliberation("h1", words()))
    assert day.state.current is None
    assert day.refused("emp", c.SuspendDeliberation("h1", words())) == "R3.6"
    for actor, command in (
        ("emp", c.OpenDeliberation("h1")), ("emp", c.ProposeConsensus("h1", {"C1.1": NA})),
        ("own", c.SignDeliberation("h1")),
    ):  # fmt: skip
        assert day.refused(actor, command) in ("R3.6", "R3.2")
    day.called("h2")
    assert day.refused("emp", c.ResumeDeliberation("h1")) == "R3.2"
    day.do("emp", c.StopHearing("h2", words()), c.ResumeDeliberation("h1"))
    assert (day.hearing(), day.state.current) == (before, "h1")
    assert day.refused("emp", c.ResumeDeliberation("h1")) == "R3.6"


def test_only_the_jury_alone_suspends():
    for bring in ("ready", "questioning", "signed"):
        assert getattr(begun(), bring)().refused("emp", c.SuspendDeliberation("h1", words())) == "R3.2"
