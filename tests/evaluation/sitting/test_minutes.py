"""The minutes: what is presented, who signs, and that nothing changes after."""
from __future__ import annotations

from typing import Any

import pytest

from evaluation.people import SYSTEM
from evaluation.sitting.minutes import AttachSignedScan, CompleteMinutes, PresentMinutes, SignMinutes, TakeBackMinutes
from evaluation.sitting.rulings_sealed import SealMinutes
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import (
    ADDED,
    BY_CLERK,
    CLERK,
    EMPLOYEES,
    EMPLOYERS,
    EXTRACT,
    MEMBER,
    MINUTES,
    OTHER_EMPLOYEES,
    PRESIDENT,
    SCAN,
    SEALED,
    office,
    words,
)

SIGN = SignMinutes(1, MINUTES.digest, "passkey")


@pytest.mark.rule("R3.9", "R1.3", "X15")
def test_they_are_presented_once_all_is_decided():
    sitting = house.sat("k1", "k2").decided("k1")
    assert sitting.refused(PRESIDENT, PresentMinutes(MINUTES)) == "R3.9"
    sitting.decided("k2")
    assert sitting.refused(EMPLOYEES, PresentMinutes(MINUTES)) == "R1.3"
    assert sitting.refused(MEMBER, PresentMinutes(MINUTES, office("o-member"))) == "X15"
    assert sitting.refused(EMPLOYEES, CompleteMinutes(words())) == "R1.3"
    sitting.do(CLERK, CompleteMinutes(words("by hand"), BY_CLERK), PresentMinutes(MINUTES, BY_CLERK))
    assert [one.words for one in sitting.state.completed] == [words("by hand")]
    not_open = house.convened().put("k1").seated()
    for command in (PresentMinutes(MINUTES), CompleteMinutes(words())):
        assert not_open.refused(PRESIDENT, command) == "R3.9"


@pytest.mark.rule("R3.9")
@pytest.mark.parametrize(("actor", "command"), [
    (PRESIDENT, CompleteMinutes(words())), (PRESIDENT, PresentMinutes(ADDED)),
    (PRESIDENT, house.ProposeDecision("k1", words=words())), (CLERK, house.putting(candidacy="k2")),
    (EMPLOYEES, house.DeclareImpartial(("k1",))),
])
def test_nothing_changes_what_is_presented(actor: str, command: Any):
    """Whoever has signed or not; and afterwards."""
    sitting = house.sat().decided().presented()
    assert sitting.refused(actor, command) == "R3.9"
    sitting.signed(EMPLOYEES)
    assert sitting.refused(actor, command) == "R3.9"


@pytest.mark.rule("X7")
def test_each_signs_once_what_was_shown():
    sitting = house.sat().decided().presented()
    for actor, command, rule in (
            (EMPLOYEES, SignMinutes(2, MINUTES.digest, "passkey"), "R3.9"),
            (EMPLOYEES, SignMinutes(1, ADDED.digest, "passkey"), "X7"),
            (OTHER_EMPLOYEES, SIGN, "X7"), (CLERK, SIGN, "X7"), ("p-nobody", SIGN, "X7")):
        assert sitting.refused(actor, command) == rule, actor
    sitting.do(EMPLOYEES, SIGN)
    assert sitting.refused(EMPLOYEES, SIGN) == "X7", "twice"
    assert sitting.refused(SYSTEM, SealMinutes(1, SEALED, {"k1": EXTRACT})) == "X7", "two are missing"
    sitting.signed(EMPLOYERS, PRESIDENT)
    shown = sitting.state.presented
    assert shown is not None
    assert {one.level for one in shown.signatures.values()} == {"passkey", "one_time_code"}


@pytest.mark.rule("X7", "R3.9")
def test_taken_back_the_signatures_count_no_more():
    """A signature of what was shown before is refused: it is another document."""
    sitting = house.sat().decided().presented().signed(EMPLOYEES)
    assert sitting.refused(EMPLOYEES, TakeBackMinutes(1, words())) == "R1.3"
    assert sitting.refused(PRESIDENT, TakeBackMinutes(2, words())) == "R3.9"
    sitting.do(PRESIDENT, TakeBackMinutes(1, words("a slip")), CompleteMinutes(words("right")), PresentMinutes(ADDED))
    assert sitting.refused(EMPLOYERS, SIGN) == "R3.9"
    assert sitting.refused(EMPLOYERS, SignMinutes(2, MINUTES.digest, "passkey")) == "X7"
    shown = sitting.state.presented
    assert shown is not None
    assert (shown.number, shown.unsigned) == (2, house.THREE)
    sitting.signed().sealed()
    assert [(one.number, one.taken_back, one.sealed) for one in sitting.state.minutes] == [
        (1, words("a slip"), None), (2, None, SEALED)]


@pytest.mark.rule("X7", "X15")
def test_signed_by_hand():
    sitting = house.sat().decided()
    attach = AttachSignedScan(1, SCAN, BY_CLERK)
    assert sitting.refused(CLERK, attach) == "R3.9"
    sitting.presented().signed(EMPLOYEES)
    assert sitting.refused(PRESIDENT, attach) == "X15"
    sitting.do(CLERK, attach)
    assert sitting.refused(CLERK, attach) == "X7"
    assert sitting.refused(EMPLOYERS, SIGN) == "X7"
    assert sitting.rows("sittings")["t1"].status == "signed"
    sitting.sealed()
    done = house.sat().decided().presented().signed()
    assert done.refused(CLERK, attach) == "X7"


@pytest.mark.rule("X15", "R3.9", "X7")
@pytest.mark.parametrize("extracts", [{}, {"k1": EXTRACT}, {"k1": EXTRACT, "k2": EXTRACT, "k3": EXTRACT}])
def test_the_platform_seals_with_an_extract_for_each(extracts: dict[str, Any]):
    sitting = house.sat("k1", "k2").decided("k1").decided("k2").presented().signed()
    assert sitting.refused(PRESIDENT, SealMinutes(1, SEALED, {"k1": EXTRACT, "k2": EXTRACT})) == "X15"
    assert sitting.refused(SYSTEM, SealMinutes(1, SEALED, extracts)) == "R3.9"
    assert sitting.refused(SYSTEM, SealMinutes(2, SEALED, {"k1": EXTRACT, "k2": EXTRACT})) == "R3.9"


@pytest.mark.rule("R3.9")
def test_after_the_seal_there_are_additions_that_decide_nothing():
    sitting = house.sat().decided().presented().signed().sealed()
    assert sitting.refused(PRESIDENT, house.ProposeDecision("k1", words=words())) == "R3.9"
    assert sitting.refused(PRESIDENT, TakeBackMinutes(1, words())) == "R3.9"
    assert sitting.refused(PRESIDENT, PresentMinutes(ADDED)) == "R3.9", "it says nothing"
    sitting.do(PRESIDENT, CompleteMinutes(words("the hour was wrong")), PresentMinutes(ADDED))
    shown = sitting.state.presented
    assert shown is not None
    assert (shown.number, shown.amends) == (2, 1)
    assert sitting.signed().refused(SYSTEM, SealMinutes(2, SEALED, {"k1": EXTRACT})) == "R3.9"
    sitting.sealed()
    assert [name for name, *_ in sitting.journal].count("sitting.ruling_sealed") == 1
    assert sitting.refused(PRESIDENT, PresentMinutes(ADDED)) == "R3.9"
    first = sitting.state.sealed
    assert first is not None
    assert (first.number, first.paper) == (1, MINUTES)


@pytest.mark.rule("R3.9")
def test_an_addition_that_was_taken_back_says_the_same_when_it_is_presented_again():
    sitting = house.sat().decided().presented().signed().sealed()
    sitting.do(PRESIDENT, CompleteMinutes(words("the hour was wrong")), PresentMinutes(ADDED))
    sitting.do(PRESIDENT, TakeBackMinutes(2, words("a misprint")), PresentMinutes(ADDED))
    shown = sitting.state.presented
    assert shown is not None
    assert (shown.number, shown.amends) == (3, 1)


@pytest.mark.rule("R3.9")
def test_of_a_sitting_that_decided_nothing_the_three_sign():
    sitting = house.sat()
    sitting.do(CLERK, house.TakeOffAgenda("k1", words(), BY_CLERK))
    sitting.presented()
    shown = sitting.state.presented
    assert shown is not None
    assert set(shown.signers) == set(house.THREE)
    sitting.signed().sealed()
