"""The copy of an identity document: looked at by a machine, accepted by a person (R6.2)."""

from __future__ import annotations

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from tests.evaluation.session.at_the_check import MRZ, PORTRAIT, asked, checked, heard, supplied
from tests.evaluation.session.day import begun, words


@pytest.mark.rule("R6.2")
def test_what_a_machine_saw_on_a_copy_is_settled_by_a_person():
    day = supplied()
    day.do(SYSTEM, c.ExamineCopy("h1", "copy", ("blurred", "expired")))
    assert day.hearing().documents[0].flaws == ("blurred", "expired")
    day.do("org", c.AcceptCopy("h1", "copy"))
    assert day.hearing().documents[0].accepted_by == "org"
    assert day.do("emp", c.AcceptCopy("h1", "copy")) == []


@pytest.mark.rule("R6.2")
def test_only_the_present_copy_is_looked_at_and_accepted():
    day = begun()
    for name in ("old", "new"):
        day.do("cand1", c.SupplyDocument("h1", name, "identity_front", "d", 1))
    day.do("cand1", c.SupplyDocument("h1", "a", "portfolio_a", "d", 1))
    for other in ("old", "a", "nothing"):
        assert day.refused(SYSTEM, c.ExamineCopy("h1", other, ())) == "R6.2"
        assert day.refused("org", c.AcceptCopy("h1", other)) == "R6.2"


@pytest.mark.rule("R6.3")
def test_a_copy_does_not_change_after_the_decision_and_is_checked_anew_in_the_next_sitting():
    day = checked(PORTRAIT)
    heard(day).do("emp", c.DecideIdentity("h1", "conform", "proceed"))
    assert day.refused("cand1", c.SupplyDocument("h1", "other", "identity_front", "d", 1)) == "R6.3"
    assert day.refused("org", c.AcceptCopy("h1", "copy")) == "R6.3"
    day.do("emp", c.AdjournHearing("h1", words()))
    day.do("cand1", c.SupplyDocument("h1", "other", "identity_front", "d", 1), c.EnterWaitingRoom("h1"))
    day.do("org", c.AcceptCopy("h1", "other"))
    day.do("emp", c.CallIn("h1"))
    hearing = day.hearing()
    assert (hearing.identity, hearing.signals, len(hearing.past_signals)) == (None, (), 1)


@pytest.mark.rule("R6.3")
def test_nothing_measured_on_a_copy_stands_beside_the_one_that_replaced_it():
    day = checked(PORTRAIT)
    day.do("own", c.AskIdentityCheck("h1", "back"))
    running = asked(day)
    day.do("cand1", c.SupplyDocument("h1", "other", "identity_front", "d", 1))
    hearing = day.hearing()
    assert (hearing.check, hearing.signals, len(hearing.past_signals)) == (None, (), 1)
    assert day.refused(SYSTEM, c.RecordSignals("h1", running, day.now, (MRZ,))) == "R6.3"
