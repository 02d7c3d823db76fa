"""Three decide, each for themself; and what the framework's rule makes of it where they do not agree."""
from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.sitting.deciding_items import AnswerDecision, ProposeDecision
from evaluation.sitting.terms import Dissent
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import (
    CLERK,
    EMPLOYEES,
    EMPLOYERS,
    OTHER_EMPLOYEES,
    PRESIDENT,
    convened,
    recommended,
    sat,
    sat_on,
    words,
)

WITHHOLDS = replace(POLISHING, sitting=replace(POLISHING.sitting, without_agreement="withhold"))


@pytest.mark.rule("R3.9", "R1.3")
def test_nothing_is_decided_before_it_is_open():
    sitting = convened().put("k1").seated().impartial()
    assert sitting.refused(PRESIDENT, ProposeDecision("k1")) == "R3.9"
    sitting.opened()
    for actor, rule in ((EMPLOYEES, "R1.3"), (CLERK, "R1.3"), (OTHER_EMPLOYEES, "R1.3")):
        assert sitting.refused(actor, ProposeDecision("k1")) == rule
    assert sitting.refused(PRESIDENT, ProposeDecision("k9")) == "R3.9"


@pytest.mark.rule("R3.9", "R1.3")
def test_each_answers_once_and_the_proposal_that_stands():
    sitting = sat()
    assert sitting.refused(EMPLOYEES, AnswerDecision("k1", 1, True)) == "R3.9"
    sitting.proposed()
    for actor, command, rule in (
            (PRESIDENT, AnswerDecision("k1", 1, False), "R3.9"), (CLERK, AnswerDecision("k1", 1, True), "R1.3"),
            (OTHER_EMPLOYEES, AnswerDecision("k1", 1, True), "R1.3"),
            (EMPLOYEES, AnswerDecision("k1", 2, True), "R3.9"),
            (EMPLOYEES, AnswerDecision("k1", 1, True, words()), "R3.9")):
        assert sitting.refused(actor, command) == rule, command
    sitting.do(EMPLOYEES, AnswerDecision("k1", 1, True))
    assert sitting.refused(EMPLOYEES, AnswerDecision("k1", 1, False)) == "R3.9"
    sitting.do(PRESIDENT, ProposeDecision("k1"))
    assert sitting.refused(EMPLOYERS, AnswerDecision("k1", 1, True)) == "R3.9", "a new one clears the answers"
    assert sitting.answered().refused(EMPLOYERS, AnswerDecision("k1", 2, True)) == "R3.9"


@pytest.mark.rule("R3.9")
@pytest.mark.parametrize(("answers", "majority", "withhold"), [
    ((True, True), "full", "full"), ((True, False), "full", "withheld"), ((False, True), "full", "withheld"),
    ((False, False), None, "withheld"),
])
def test_without_agreement_the_frameworks_rule(answers: tuple[bool, bool], majority: str | None, withhold: str):
    one, other = sat_on(recommended()), sat_on(recommended(WITHHOLDS), of=WITHHOLDS)
    one.proposed().answered(*answers)
    assert one.item().decided is None if majority is None else one.ruling().award == majority
    assert other.proposed().answered(*answers).ruling().award == withhold
    if majority is None:
        assert one.refused(EMPLOYEES, AnswerDecision("k1", 1, True)) == "R3.9"
        assert one.decided().ruling().award == "full"


@pytest.mark.rule("R3.9")
def test_a_dissent_is_kept_on_request():
    asked = sat().proposed().answered(True, False, dissent=words("not ripe"))
    assert asked.ruling().dissents == (Dissent(EMPLOYERS, words("not ripe")),)
    assert sat().proposed().answered(True, False).ruling().dissents == (Dissent(EMPLOYERS),)
    assert sat().decided().ruling().dissents == ()


@pytest.mark.rule("R1.6", "R7.2")
def test_withheld_for_an_irregularity():
    """With its reason; nothing is settled by it."""
    sitting = sat()
    for wrong in (ProposeDecision("k1", "withhold"),
                  ProposeDecision("k1", "withhold", {"C1.1": house.Mark.ACQUIRED}, {"C1.1": words()}, words()),
                  ProposeDecision("k1", "withhold", words=words(), reasons={"C1.1": words()})):
        assert sitting.refused(PRESIDENT, wrong) == "R1.6", wrong
    ruling = sitting.decided(course="withhold", words=words("the sheet")).ruling()
    assert (ruling.award, ruling.blocks, ruling.words, ruling.held) == ("withheld", (), words("the sheet"), False)


@pytest.mark.rule("R3.9")
def test_what_is_decided_is_decided_anew_for_a_reason():
    sitting = sat().decided()
    assert sitting.refused(PRESIDENT, ProposeDecision("k1")) == "R3.9"
    sitting.proposed(course="withhold", words=words("the identity"))
    assert sitting.refused(PRESIDENT, house.PresentMinutes(house.MINUTES)) == "R3.9"
    assert sitting.answered().ruling().award == "withheld"
