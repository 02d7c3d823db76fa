"""What a case ordered to be examined again is kept in view until a sitting has ruled on it anew (R9.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.case.admissibility import RuleAdmissibility
from evaluation.case.decision_papers import HandDecision
from evaluation.case.reexamined import CaseReexamined, NoteReexamined
from evaluation.case_rules import Consequence
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from tests.evaluation.body.house import words
from tests.evaluation.case.docket import CLERK, MEMBER, PAPER, Docket, appeal, office

ANEW = Quote("candidacy", "k1", 20, "a" * 64, "candidacy.outcome_recorded", {"reexamines": 7})
NOTE = NoteReexamined("k1", ANEW)


def ordered(consequence: Consequence = Consequence.REEXAMINE) -> Docket:
    docket = appeal()
    docket.do(MEMBER, RuleAdmissibility("k1", True, words("in time"), office("o-member")))
    docket.submitted().decided(consequence)
    docket.do(CLERK, HandDecision("k1", PAPER, office("o-clerk")))
    return docket


def awaits(docket: Docket) -> tuple[object, object]:
    (row,), (case,) = docket.rows("reexaminations").values(), docket.rows("cases").values()
    return row.status, case.data["awaits"]


@pytest.mark.rule("R9.2")
def test_it_is_in_view_until_a_sitting_has_ruled_anew() -> None:
    docket = ordered()
    assert awaits(docket) == ("ordered", ["clerk"])
    assert docket.do(SYSTEM, NOTE) == [CaseReexamined("k1", ANEW)]
    assert awaits(docket) == ("ruled", [])
    assert docket.do(SYSTEM, NOTE) == []


@pytest.mark.rule("R9.2")
def test_only_what_was_ordered_is_ruled_anew() -> None:
    docket = ordered()
    for said in (replace(ANEW, data={"reexamines": None}), replace(ANEW, stream="k2"),
                 replace(ANEW, event="candidacy.award_put_off")):
        assert docket.refused(SYSTEM, replace(NOTE, said=said)) == "R9.2"
    assert docket.refused(SYSTEM, replace(NOTE, candidacy="k2", said=replace(ANEW, stream="k2"))) == "R9.2"
    assert ordered(Consequence.NONE).refused(SYSTEM, NOTE) == "R9.2"


@pytest.mark.rule("X15")
def test_nobody_but_the_platform_says_so() -> None:
    assert ordered().refused(CLERK, NOTE) == "X15"
