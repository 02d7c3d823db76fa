"""An accusation that came to nothing is seen by nobody who judges the candidate; it stays in the journal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from evaluation.session import commands as c
from tests.evaluation.session.day import Day, begun, words

WITHDRAWN = Quote("case", "c1", 4, "4" * 64, "case.accusation_withdrawn", {"candidacy": "k1"})


def naming(position: int, said: Quote = WITHDRAWN, hearing: str = "h1") -> Quote:
    """The case names this incident."""
    return replace(said, data={"dropped": [{"session": "s1", "hearing": hearing, "incident": position}]})


def accused() -> tuple[Day, int]:
    day = begun().questioning()
    day.do("own", c.RecordIncident("h1", "outside_help", True, words()))
    return day, day.state.position


@pytest.mark.rule("R6.5")
def test_it_is_shown_no_longer_and_kept():
    day, position = accused()
    day.do("own", c.RecordIncident("h1", "technical", False, words()))
    assert len(day.do(SYSTEM, c.DropAccusation("h1", position, naming(position)))) == 1
    hearing = day.hearing()
    assert ([one.kind for one in hearing.noted], len(hearing.incidents)) == (["technical"], 2)
    assert day.do(SYSTEM, c.DropAccusation("h1", position, naming(position))) == []
    assert day.do(SYSTEM, c.DropAccusation("h9", position, naming(position, hearing="h9"))) == []


@pytest.mark.rule("R6.5")
def test_only_what_the_case_names():
    day, position = accused()
    for said in (WITHDRAWN, naming(position + 1), naming(position, hearing="h2"),
                 naming(position, replace(WITHDRAWN, kind="session"))):
        assert day.refused(SYSTEM, c.DropAccusation("h1", position, said)) == "R6.5"
    day.do(SYSTEM, c.DropAccusation("h1", position, naming(position, replace(WITHDRAWN, event="case.closed"))))


@pytest.mark.parametrize("actor", ["own", "org", "cand1"])
def test_the_platform_alone_drops_one(actor: str):
    day, position = accused()
    assert day.refused(actor, c.DropAccusation("h1", position, WITHDRAWN)) == "X11"
