"""A case that came in by the wrong door is another case from then on; nobody is accused, or cleared, with others."""

from __future__ import annotations

import pytest

from evaluation.case.dropping import WithdrawAccusation
from evaluation.case.merging import TakeIn
from evaluation.case.requalifying import Requalify
from evaluation.case.terms import Dropped
from evaluation.case_rules import Consequence, Door
from evaluation.people import SYSTEM
from tests.evaluation.case.docket import CLERK, ORGANIZER, Docket, malfunction, office, opened, words
from tests.evaluation.case.test_merging import join, joined, second


def anew(door: Door = "fraud", kind: str = "identity") -> Requalify:
    return Requalify(door, kind, words(), office("o-clerk"))


def accused_later() -> Docket:
    docket = malfunction()
    docket.do(CLERK, anew())
    return docket


@pytest.mark.rule("R6.5")
def test_a_case_that_came_in_by_the_wrong_door():
    docket = accused_later()
    assert (docket.state.kind.door, docket.state.kind.code, docket.events[-1].dropped) == ("fraud", "identity", ())
    assert docket.do(CLERK, anew()) == []
    wrong: tuple[tuple[Door, str], ...] = (("fraud", "unheard_of"), ("appeal", "award"))
    for door, kind in wrong:
        assert docket.refused(CLERK, anew(door, kind)) == "R6.5"
    docket.reported().proposed(Consequence.NONE)
    assert docket.refused(CLERK, anew("malfunction", "technical")) == "R6.5"


@pytest.mark.rule("R6.5")
def test_what_accuses_nobody_any_more_is_named_for_the_day_to_drop():
    docket = opened()
    docket.do(CLERK, anew("fraud", "identity"))
    assert docket.events[-1].dropped == ()
    docket.do(CLERK, anew("malfunction", "technical"))
    assert docket.events[-1].dropped == (Dropped("s1", "h1", 40),)


@pytest.mark.rule("R6.5")
def test_who_recorded_an_incident_accused_nobody():
    """What the awarding body made of it, it alone takes back."""
    docket = accused_later()
    assert docket.refused("p-own", WithdrawAccusation("k1", 1, words())) == "R6.5"
    docket.do(CLERK, anew("fraud", "own_work"))
    assert docket.refused("p-own", WithdrawAccusation("k1", 1, words())) == "R6.5"
    docket.do(CLERK, WithdrawAccusation("k1", 1, words(), office("o-clerk")))


@pytest.mark.rule("R6.5")
def test_nobody_is_accused_with_somebody_else():
    first, _ = joined()
    assert first.refused(CLERK, anew()) == "R6.5"


@pytest.mark.rule("R7.1")
def test_cases_are_joined_as_they_are_and_not_as_they_came_in():
    """What was made of the other one since is quoted; where nobody quotes it, the other one says so itself."""
    fraud = accused_later()
    other = second("fraud", "identity")
    assert other.refused(ORGANIZER, join(fraud)) == "R7.1"
    other.do(ORGANIZER, join(fraud, fraud.quote()))
    fraud.do(SYSTEM, TakeIn(other.quote()))
    assert list(fraud.state.parts) == ["k1", "k2"]
    plain = second()
    assert plain.refused(ORGANIZER, join(fraud, fraud.quote(2))) == "R7.1"
    again = accused_later()
    plain.do(ORGANIZER, join(again))
    again.do(SYSTEM, TakeIn(plain.quote()))
    assert (list(again.state.parts), again.journal[-1][0]) == (["k1"], "case.not_taken_in")
