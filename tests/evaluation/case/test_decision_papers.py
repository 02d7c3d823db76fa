"""However a case ends, the clerk hands the candidate how, with the ways of appeal (R7.1, R9.2)."""

from __future__ import annotations

from datetime import date

import pytest

from evaluation.case import decision_papers
from evaluation.case.decision_papers import HandDecision, TakeDecision
from evaluation.case.dropping import WithdrawAccusation
from evaluation.case.ruling import CloseCase
from evaluation.case_rules import Consequence
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    MEMBER,
    ORGANIZER,
    PAPER,
    Docket,
    admissibility,
    appeal,
    malfunction,
    office,
    opened,
    postponing,
    words,
)

NONE, POSTPONE = Consequence.NONE, Consequence.POSTPONE


@pytest.mark.rule("R7.1", "R9.2")
def test_the_candidate_has_the_decision_with_the_ways_of_appeal():
    docket = postponing().agreed().submitted()
    hand = HandDecision("k1", PAPER, office("o-clerk"))
    assert docket.refused(CLERK, hand) == "R7.1"
    assert decision_papers.appeal_until(docket.state, docket.part()) is None
    docket.decided(POSTPONE)
    assert decision_papers.appeal_until(docket.state, docket.part()) == date(2026, 5, 16)
    assert docket.do(CANDIDATE, TakeDecision("k1")) == []
    docket.do(CLERK, hand)
    assert (docket.stage(), docket.refused(CLERK, hand)) == ("handed", "R7.1")
    assert docket.refused(ORGANIZER, TakeDecision("k1")) == "R7.2"
    docket.do(CANDIDATE, TakeDecision("k1"))
    (handed,) = (one.handed for one in docket.state.parts.values() if one.handed is not None)
    assert handed.taken_at == docket.now


@pytest.mark.rule("R7.1", "R9.2")
@pytest.mark.parametrize("ends", ["decided", "closed", "withdrawn", "inadmissible", "reexamined"])
def test_whatever_ends_it_the_clerk_hands_the_candidate_how_it_ended(ends: str):
    """And sees to a re-examination until there is a sitting for it."""
    docket = opened() if ends == "withdrawn" else appeal() if ends in ("inadmissible", "reexamined") else malfunction()
    if ends == "withdrawn":
        docket.do("p-own", WithdrawAccusation("k1", 1, words()))
    elif ends == "closed":
        docket.do(MEMBER, CloseCase("k1", office("o-member")))
    elif ends == "decided":
        docket.reported().proposed(NONE).agreed().submitted().decided(NONE)
    else:
        docket.do(MEMBER, admissibility(ends == "reexamined"))
        if ends == "reexamined":
            docket.submitted().decided(Consequence.REEXAMINE)
    assert awaited(docket) == ["clerk"]
    docket.do(CLERK, HandDecision("k1", PAPER, office("o-clerk")))
    assert awaited(docket) == (["clerk"] if ends == "reexamined" else [])


def awaited(docket: Docket) -> list[str]:
    (row,) = docket.rows("cases").values()
    assert not row.data["open"]
    return row.data["awaits"]
