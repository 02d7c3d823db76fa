"""An accusation is withdrawn, or comes to nothing: nobody who judges the candidate later is shown it (R6.5)."""

from __future__ import annotations

import pytest

from evaluation.case.decision_papers import HandDecision
from evaluation.case.dropping import AccusationWithdrawn, WithdrawAccusation
from evaluation.case.ruling import CloseCase
from evaluation.case.terms import Dropped
from evaluation.case_rules import Consequence
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    JURORS,
    MEMBER,
    ORGANIZER,
    PAPER,
    barred,
    by_hand,
    malfunction,
    office,
    opened,
    proposal,
    validation,
    words,
)

NONE, BAR = Consequence.NONE, Consequence.BAR


@pytest.mark.rule("R6.5")
def test_an_accusation_is_withdrawn_by_who_raised_it_or_the_awarding_body():
    docket = opened()
    for who in (JURORS[0], CANDIDATE, ORGANIZER):
        assert docket.refused(who, WithdrawAccusation("k1", 1, words())) == "R6.5"
    assert docket.refused(ORGANIZER, WithdrawAccusation("k1", 1, words(), office("o-organizer"))) == "X15"
    assert docket.do("p-own", WithdrawAccusation("k1", 1, words())) == [
        AccusationWithdrawn("k1", 1, words(), None, (Dropped("s1", "h1", 40),), ends=True)]
    assert docket.stage() == "withdrawn"
    opened().do(CLERK, WithdrawAccusation("k1", 1, words(), office("o-clerk")))
    assert opened().refused("p-own", WithdrawAccusation("k1", 2, words())) == "R6.5"
    assert by_hand().refused(CLERK, WithdrawAccusation("k1", 1, words())) == "R6.5"
    by_hand().do(CLERK, WithdrawAccusation("k1", 1, words(), office("o-clerk")))
    assert malfunction().refused("p-own", WithdrawAccusation("k1", 1, words())) == "R6.5"


@pytest.mark.rule("R6.5")
@pytest.mark.parametrize(("ends", "dropped"), [("decided", 1), ("closed", 1), ("barred", 0), ("malfunction", 0)])
def test_what_came_to_nothing_is_named_for_the_day_to_drop(ends: str, dropped: int):
    """An accusation closed, or decided to lead to nothing; not one that held, and no incident that accused nobody."""
    docket = malfunction() if ends == "malfunction" else opened()
    if ends in ("closed", "malfunction"):
        docket.do(MEMBER, CloseCase("k1", office("o-member")))
    elif ends == "decided":
        docket.reported().proposed(NONE).agreed().submitted().decided(NONE)
    else:
        docket = barred()
    assert docket.events[-1].dropped == (Dropped("s1", "h1", 40),) * dropped


@pytest.mark.rule("R7.1")
def test_no_sanction_after_withdrawal():
    docket = opened().reported().told(BAR).answered()
    docket.do("p-own", WithdrawAccusation("k1", 1, words()))
    assert docket.refused(ORGANIZER, proposal(BAR)) == "R7.1"
    assert docket.refused(MEMBER, validation(BAR)) == "R7.1"
    docket.do(CLERK, HandDecision("k1", PAPER, office("o-clerk")))
