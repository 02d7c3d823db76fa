"""An accusation that came to nothing is seen by nobody who judges the candidate; it stays in the journal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from evaluation.session import commands as c
from tests.evaluation.session.day import Day, begun, words

WITHDRAWN = Quote("case", "c1", 4, "4" * 64, "case.accusation_withdrawn", {"candidacy": "k1"})


def accused() -> tuple[Day, int]:
    day = begun().questioning()
    day.do("own", c.RecordIncident("h1", "outside_help", True, words()))
    return day, day.state.position


@pytest.mark.rule("R6.5")
def test_it_is_shown_no_longer_and_kept():
    day, position = accused()
    day.do("own", c.RecordIncident("h1", "technical", False, words()))
    assert len(day.do(SYSTEM, c.DropAccusation("h1", position, WITHDRAWN))) == 1
    hearing = day.hearing()
    assert ([one.kind for one in hearing.noted], len(hearing.incidents)) == (["technical"], 2)
    assert day.do(SYSTEM, c.DropAccusation("h1", position, WITHDRAWN)) == []
    assert day.do(SYSTEM, c.DropAccusation("h9", position, WITHDRAWN)) == []


@pytest.mark.rule("R6.5")
@pytest.mark.parametrize("said", [
    replace(WITHDRAWN, event="case.closed"), replace(WITHDRAWN, kind="session"),
    replace(WITHDRAWN, event="case.decided", data={"consequence": "bar"}),
])  # fmt: skip
def test_only_what_came_to_nothing(said: Quote):
    day, position = accused()
    assert day.refused(SYSTEM, c.DropAccusation("h1", position, said)) == "R6.5"
    decided = replace(WITHDRAWN, event="case.decided", data={"consequence": "none"})
    day.do(SYSTEM, c.DropAccusation("h1", position, decided))


@pytest.mark.parametrize("actor", ["own", "org", "cand1"])
def test_the_platform_alone_drops_one(actor: str):
    day, position = accused()
    assert day.refused(actor, c.DropAccusation("h1", position, WITHDRAWN)) == "X11"
