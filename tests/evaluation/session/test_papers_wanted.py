"""What a candidate is asked to supply, what of it is there, and by when."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from evaluation.session.papers_wanted import missing_papers, papers_wanted
from evaluation.session.terms import DocumentKind
from tests.evaluation.session.day import Day
from tests.evaluation.session.test_brief import DEADLINE, THE_DAY, adopted, published
from tests.evaluation.session.test_freezing import MIDNIGHT


def supply(day: Day, *kinds: DocumentKind) -> None:
    for kind in kinds:
        day.do("cand1", c.SupplyDocument("h1", f"{kind}-{day.now}", kind, "digest", 1))


def missing(day: Day) -> list[str]:
    return [one.kind for one in missing_papers(day.state, day.hearing())]


@pytest.mark.rule("R4.1", "R6.2")
def test_the_parts_sought_the_photographs_and_the_front_must_be_there():
    day = published()
    assert [(one.kind, one.needed, one.by) for one in papers_wanted(day.state, day.hearing())] == [
        ("portfolio_a", True, DEADLINE), ("portfolio_b", True, DEADLINE), ("photograph", True, DEADLINE),
        ("identity_front", True, THE_DAY), ("identity_back", False, THE_DAY)]
    assert missing(day) == ["portfolio_a", "portfolio_b", "photograph", "identity_front"]
    supply(day, "portfolio_a", "identity_front")
    assert missing(day) == ["portfolio_b", "photograph"]


@pytest.mark.rule("R4.1")
def test_what_comes_late_waits_and_is_missing_until_it_is_accepted():
    day = published()
    day.now = MIDNIGHT
    supply(day, "portfolio_a")
    wanted = papers_wanted(day.state, day.hearing())[0]
    assert (wanted.missing, wanted.there, [one.kind for one in wanted.late]) == (True, (), ["portfolio_a"])


def test_where_no_deadline_is_set_all_is_due_on_the_day():
    day = adopted()
    assert {one.by for one in papers_wanted(day.state, day.hearing())} == {THE_DAY}
