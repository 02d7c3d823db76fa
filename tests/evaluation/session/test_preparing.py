"""What a juror takes note of before they sit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.framework import GuidePage
from evaluation.people import SYSTEM, JurorCategory
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.hearing_parts import ToRead
from evaluation.session.preparing import left_to_read, prepares, to_read
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session.day import EMPLOYEES, JURY, Day, begun, listed, substitute, words
from tests.evaluation.session.quotes import replace_juror

GUIDED = replace(POLISHING, jury_guide=(GuidePage("process", "The process", ("Three people.",)),))
OF_THE_DAY = (ToRead(None, "process"), ToRead(None, "framework"), ToRead(None, "grid"))


def supplied() -> Day:
    day = listed(GUIDED)
    day.do("cand1", c.SupplyDocument("h1", "a1", "portfolio_a", "d", 3),
           c.SupplyDocument("h1", "i1", "identity_front", "d", 1, "new_card"))
    day.do("org", c.SupplyDocument("h1", "f1", "formative", "d", 2))
    return day


@pytest.mark.rule("R1.5")
def test_guide_framework_grid_and_the_papers_of_each_candidate():
    day = supplied()
    assert to_read(day.state, EMPLOYEES) == (
        *OF_THE_DAY, ToRead("h1", "portfolio_a", "a1"), ToRead("h1", "formative", "f1"))
    day.do("emp", c.ConfirmRead(None, "process"), c.ConfirmRead("h1", "portfolio_a", "a1"))
    assert left_to_read(day.state, EMPLOYEES) == (
        ToRead(None, "framework"), ToRead(None, "grid"), ToRead("h1", "formative", "f1"))
    assert day.do("emp", c.ConfirmRead(None, "process")) == []


@pytest.mark.rule("R1.5")
def test_a_newer_version_is_read_anew_and_the_old_one_no_more():
    day = supplied()
    day.do("emp", c.ConfirmRead("h1", "portfolio_a", "a1"))
    day.do("cand1", c.SupplyDocument("h1", "a2", "portfolio_a", "d", 4))
    assert ToRead("h1", "portfolio_a", "a2") in left_to_read(day.state, EMPLOYEES)
    assert day.refused("emp", c.ConfirmRead("h1", "portfolio_a", "a1")) == "R1.5"
    assert day.do("emp", c.ConfirmRead("h1", "portfolio_a", "a2")) == [
        e.ReadingConfirmed("h1", "portfolio_a", "a2")]


@pytest.mark.rule("R1.5")
def test_nothing_is_read_of_a_candidate_for_whom_one_does_not_sit():
    day = supplied()
    day.do("emp", c.Recuse("h1", words()))
    assert to_read(day.state, EMPLOYEES) == OF_THE_DAY
    assert day.refused("emp", c.ConfirmRead("h1", "portfolio_a", "a1")) == "R1.5"


@pytest.mark.rule("R1.5")
def test_a_substitute_for_one_hearing_prepares_for_it():
    day = supplied()
    day.do(SYSTEM, replace_juror("emp", substitute(JurorCategory.EMPLOYEES, hearing="h1")))
    sub = day.state.seat("sub")
    assert sub is not None
    assert to_read(day.state, sub)[0] == ToRead("h1", "process")
    day.do("sub", c.ConfirmRead("h1", "process"))
    assert to_read(day.state, sub)[0] not in left_to_read(day.state, sub)


@pytest.mark.rule("R1.5")
def test_who_is_appointed_prepares_until_it_begins():
    day = listed()
    assert [one.id for one in day.state.seats() if prepares(day.state, one)] == [one.id for one in JURY]
    day.do(SYSTEM, replace_juror("emp", substitute(JurorCategory.EMPLOYEES)))
    assert [one.id for one in day.state.jurors if prepares(day.state, one)] == ["own", "tra", "sub"]
    day = begun().called()
    assert not any(prepares(day.state, one) for one in day.state.seats())
