"""The piece itself: received, held by somebody, returned; its photographs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.deadlines import day_of
from evaluation.people import Words
from evaluation.session import commands as c
from evaluation.session.supplied_documents import parts_sought
from evaluation.session.terms import PieceStep
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session.day import Day, begun, listed, words
from tests.evaluation.session.quotes import gained

TODAY = date(2026, 3, 16)


def step(what: PieceStep, on: date = TODAY, said: Words | None = None) -> c.HandlePiece:
    return c.HandlePiece("h1", what, on, said or words())


@pytest.mark.rule("R4.6")
def test_it_is_received_passed_on_and_returned():
    day = begun()
    assert day.refused("org", step("moved")) == "R4.6"
    assert day.refused("org", step("returned")) == "R4.6"
    day.do("org", step("received", date(2026, 3, 10), words("safe")))
    assert day.refused("org", step("received")) == "R4.6"
    day.do("org", step("moved"), step("moved"), step("returned", said=words("back")))
    assert day.refused("org", step("returned")) == "R4.6"
    day.do("org", step("received"))
    assert [(one.step, one.on, one.words, one.by) for one in day.hearing().piece][::3] == [
        ("received", date(2026, 3, 10), words("safe"), "org"), ("returned", TODAY, words("back"), "org"),
    ]  # fmt: skip


@pytest.mark.rule("R4.6")
def test_what_is_noted_has_happened_and_in_its_order():
    day = begun()
    assert day_of(day.now) == TODAY
    assert day.refused("org", step("received", date(2026, 3, 17))) == "R4.6"
    day.do("org", step("received", date(2026, 3, 10)))
    assert day.refused("org", step("moved", date(2026, 3, 9))) == "R4.6"


@pytest.mark.rule("R4.6")
def test_who_notes_it_and_that_it_goes_back_after_the_day_is_closed():
    day = begun()
    for actor in ("cand1", "emp", "obs"):
        assert day.refused(actor, step("received")) in ("X11", "R2.3")
    day.do("org", step("received"))
    assert day.current is not None
    day.current = replace(day.current, closed=True)
    day.do("org", step("returned"))


def of_block(block: str) -> Day:
    """The candidate of h1 seeks one block, and keeps the other."""
    other = "BC2" if block == "BC1" else "BC1"
    return listed(hearings={"h1": {"enrolled": {"sought": (block,), "outcomes": (gained(other),)}}})


@pytest.mark.rule("R4.6")
def test_the_parts_asked_for_are_those_of_the_blocks_sought():
    day = of_block("BC1")
    assert parts_sought(day.state, day.hearing()) == {"A"}
    assert day.refused("org", step("received")) == "R4.6"
    day.do("cand1", c.SupplyDocument("h1", "a", "portfolio_a", "d", 10))
    for kind in ("portfolio_b", "photograph"):
        assert day.refused("cand1", c.SupplyDocument("h1", "b", kind, "d", 1)) == "R4.6"
    day = of_block("BC2")
    assert day.refused("cand1", c.SupplyDocument("h1", "a", "portfolio_a", "d", 1)) == "R4.6"
    day.do("cand1", c.SupplyDocument("h1", "b", "portfolio_b", "d", 1))
    day.do("org", step("received"))


@pytest.mark.rule("R4.6")
def test_as_many_photographs_as_the_framework_takes():
    day = begun(replace(POLISHING, most_photographs=2))

    def photograph(name: str) -> c.SupplyDocument:
        return c.SupplyDocument("h1", name, "photograph", "d", 1)

    day.do("cand1", photograph("p1"), photograph("p2"))
    assert day.refused("cand1", photograph("p3")) == "R4.6"
    day.do("cand1", c.SetAsideDocument("h1", "p1"), photograph("p3"))
