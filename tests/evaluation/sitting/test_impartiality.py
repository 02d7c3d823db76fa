"""Impartial or recused, candidate by candidate."""
from __future__ import annotations

import pytest

from evaluation.people import SYSTEM, JurorCategory
from evaluation.sitting import impartiality
from evaluation.sitting.impartiality import DeclareImpartial, RecuseMember
from evaluation.sitting.members import SeatMembers
from evaluation.sitting.substituting import CallSubstitute
from evaluation.sitting.terms import SittingMember
from evaluation.sitting.who_sits import kept_from_deciding, three_on
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import (
    BY_CLERK,
    CLERK,
    EMPLOYEES,
    EMPLOYERS,
    OTHER_EMPLOYEES,
    PRESIDENT,
    convened,
    words,
)


@pytest.mark.rule("R1.4", "R1.3")
def test_each_says_it_of_each():
    sitting = convened().put("k1", "k2").seated()
    assert sitting.refused("p-nobody", DeclareImpartial(("k1",))) == "R1.3"
    assert sitting.refused(EMPLOYEES, DeclareImpartial(("k9",))) == "R3.9"
    assert [sitting.do(EMPLOYEES, DeclareImpartial(("k1",))) != [] for _ in range(2)] == [True, False]
    sitting.do(OTHER_EMPLOYEES, DeclareImpartial(("k1",)))
    sitting.do(EMPLOYERS, DeclareImpartial(("k1", "k2")))
    sitting.do(PRESIDENT, DeclareImpartial(("k1", "k2")))
    sitting.opened()
    assert sitting.refused(PRESIDENT, house.ProposeDecision("k2")) == "R1.4"
    sitting.decided("k1")


@pytest.mark.rule("R1.4")
def test_a_member_knows_a_candidate():
    """They do not decide on them, nor on any other's word; a substitute does."""
    sitting = house.sat("k1", "k2")
    sitting.do(EMPLOYEES, RecuseMember("k1", words("my cousin")))
    assert kept_from_deciding(sitting.state, sitting.item("k1"), EMPLOYEES) == ("recused",)
    assert sitting.refused(EMPLOYEES, RecuseMember("k1", words())) == "R1.4"
    assert sitting.refused(EMPLOYEES, DeclareImpartial(("k1",))) == "R1.4"
    assert sitting.refused(PRESIDENT, house.ProposeDecision("k1")) == "R1.3"
    sitting.do(CLERK, CallSubstitute(EMPLOYEES, OTHER_EMPLOYEES, BY_CLERK, ("k1",)))
    sitting.impartial(OTHER_EMPLOYEES).proposed("k1")
    assert sitting.refused(EMPLOYEES, house.AnswerDecision("k1", 1, True)) == "R1.3"
    for person in (OTHER_EMPLOYEES, EMPLOYERS):
        sitting.do(person, house.AnswerDecision("k1", 1, True))
    sitting.decided("k2").presented().signed()
    shown = sitting.state.presented
    assert shown is not None
    assert {person: one.apart for person, one in shown.signatures.items()} == {
        PRESIDENT: (), EMPLOYERS: (), EMPLOYEES: ("k1",), OTHER_EMPLOYEES: ("k2",)}


@pytest.mark.rule("R1.4")
def test_recused_on_every_candidate_nobody_signs():
    sitting = house.sat()
    sitting.do(EMPLOYEES, RecuseMember("k1", words()))
    sitting.do(CLERK, CallSubstitute(EMPLOYEES, OTHER_EMPLOYEES, BY_CLERK))
    sitting.impartial(OTHER_EMPLOYEES).proposed()
    for person in (OTHER_EMPLOYEES, EMPLOYERS):
        sitting.do(person, house.AnswerDecision("k1", 1, True))
    sitting.presented()
    assert sitting.refused(EMPLOYEES, house.SignMinutes(1, house.MINUTES.digest, "passkey")) == "X7"


@pytest.mark.rule("R1.4")
def test_a_recusal_while_they_answer_and_after_the_decision():
    sitting = house.sat("k1", "k2").proposed("k1").decided("k2")
    sitting.do(EMPLOYERS, RecuseMember("k1", words()))
    assert sitting.item("k1").proposal is None
    assert sitting.refused(EMPLOYERS, RecuseMember("k2", words())) == "R1.4"
    assert sitting.refused("p-nobody", RecuseMember("k1", words())) == "R1.3"
    assert house.sat().decided().presented().refused(EMPLOYEES, RecuseMember("k1", words())) == "R3.9"


@pytest.mark.rule("R1.3")
@pytest.mark.parametrize("person", ["p-emp", "p-trainer", "p-k1"])
def test_who_judged_or_trained_or_is_the_candidate_decides_on_others_alone(person: str):
    sitting = convened().put("k1")
    sitting.do(CLERK, house.putting(house.recommended(person="p-k2", jurors=("p-1",), trained_by=()), "k2"))
    seats = (SittingMember(person, JurorCategory.EMPLOYEES), house.MEMBERS[1])
    sitting.do(SYSTEM, SeatMembers(house.decision(*seats)))
    assert kept_from_deciding(sitting.state, sitting.item("k1"), person) == ("both_juries",)
    assert [three_on(sitting.state, sitting.item(one))["employees"] for one in ("k1", "k2")] == [None, person]
    assert sitting.refused(person, DeclareImpartial(("k1", "k2"))) == "R1.4"
    sitting.do(person, DeclareImpartial(("k2",)))


@pytest.mark.rule("R1.4")
def test_a_candidate_comes_from_a_members_company():
    """Who knows whom is theirs to say: they leave, or write why they stay."""
    sitting = convened()
    for candidacy, company in (("k1", "c" * 64), ("k2", "d" * 64), ("k3", None)):
        sitting.do(CLERK, house.putting(house.recommended(person=f"p-{candidacy}", company=company), candidacy))
    said = house.decision()
    known = house.replace(said, data={**said.data, "companies": {EMPLOYERS: "c" * 64}})
    sitting.do(SYSTEM, SeatMembers(known))
    assert [impartiality.colleagues(sitting.state, one) for one in (EMPLOYERS, EMPLOYEES)] == [("k1",), ()]
    assert sitting.refused(EMPLOYERS, DeclareImpartial(("k1", "k2"))) == "R1.4"
    sitting.do(EMPLOYERS, DeclareImpartial(("k2", "k3")), DeclareImpartial(("k1",), words("four hundred of us")))
    assert sitting.state.impartial[EMPLOYERS] == {"k1", "k2", "k3"}
