"""What the certification jury settles, and what the rules compute of it."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.candidacy.terms import HearingEnding
from evaluation.framework import Mark
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.sitting.minutes import TakeBackMinutes
from evaluation.sitting.questioning import CloseQuestions, OpenQuestions, SummonJury
from evaluation.sitting.settling import kept_on, open_disputes
from evaluation.sitting.terms import Kept
from evaluation.verify import verify
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import (
    PRESIDENT,
    ProposeDecision,
    Sitting,
    all_marked,
    annulled,
    outcome,
    recommended,
    sat_on,
    words,
)

A, NA = Mark.ACQUIRED, Mark.NOT_ACQUIRED
DAY = date(2026, 3, 30)


def settling(marks: dict[str, Mark]) -> ProposeDecision:
    return ProposeDecision("k1", marks=marks, why=dict.fromkeys(marks, words()))


def disputed(*codes: str) -> Sitting:
    marks = {code: mark for code, mark in all_marked().items() if code not in codes}
    return sat_on(recommended(marks=marks, disputed=codes, outcome=None))


@pytest.mark.rule("R3.9", "R1.6")
def test_a_dispute_is_settled_with_reasons():
    sitting = disputed("C1.1", "C2.3")
    assert open_disputes(sitting.item(), (), DAY) == ("C1.1", "C2.3")
    for wrong, rule in ((ProposeDecision("k1"), "R3.9"), (settling({"C1.1": A}), "R3.9"),
                        (replace(settling({"C1.1": A, "C2.3": A}), why={"C1.1": words()}), "R1.6"),
                        (ProposeDecision("k1", why={"C1.1": words()}), "R1.6"),
                        (settling({"C1.1": A, "C2.3": A, "C9.9": A}), "R1.6"),
                        (settling({"C1.1": A, "C2.3": A, "C1.2": NA}), "R1.6"),
                        (replace(settling({"C1.1": A, "C2.3": A}), reasons={"C9.9": words()}), "R1.6")):
        assert sitting.refused(PRESIDENT, wrong) == rule, wrong
    sitting.do(PRESIDENT, replace(settling({"C1.1": NA, "C2.3": A}), reasons={"C1.1": words("for the letter")}))
    ruling = sitting.answered().ruling()
    assert (ruling.award, ruling.blocks, [one.competency for one in ruling.settled]) == (
        "partial", ("BC2",), ["C1.1", "C2.3"])
    assert (ruling.marks["C1.1"], dict(ruling.reasons)) == (NA, {"C1.1": words("for the letter")})


@pytest.mark.rule("R1.6")
def test_what_is_not_in_dispute_is_settled_after_questions():
    """Or where a juror refused to sign what the others agreed on."""
    sitting = sat_on(recommended())
    assert sitting.refused(PRESIDENT, settling({"C1.1": NA})) == "R1.6"
    sitting.do(PRESIDENT, SummonJury("k1", sitting.now), OpenQuestions("k1"), CloseQuestions("k1"))
    assert sitting.decided(marks={"C1.1": NA}, why={"C1.1": words()}).ruling().blocks == ("BC2",)
    contested = sat_on(recommended(contested=True))
    assert contested.decided(marks={"C1.1": NA}, why={"C1.1": words()}).ruling().blocks == ("BC2",)


@pytest.mark.rule("R1.6", "R5.4")
def test_a_block_is_never_awarded_against_its_rule():
    """Whatever was recommended: a mandatory competency is missing, and the certification with it."""
    sitting = sat_on(recommended(marks={**all_marked(), "C2.2": NA}, outcome="full"))
    ruling = sitting.decided().ruling()
    assert (ruling.award, ruling.blocks) == ("partial", ("BC1",))
    assert [one.rule for one in ruling.result.blocks[1].reasons] == ["R5.3"]


@pytest.mark.rule("R1.6")
def test_a_certification_that_is_not_registered_is_never_awarded_in_part():
    whole = replace(POLISHING, registered=False)
    given = recommended(whole, marks={**all_marked(), "C2.2": NA})
    assert sat_on(given, of=whole).decided().ruling().award == "none"
    assert sat_on(recommended(whole), of=whole).decided().ruling().award == "full"


@pytest.mark.rule("R4.5")
@pytest.mark.parametrize("ending", [one for one in HearingEnding if one is not HearingEnding.HEARD])
def test_who_did_not_take_part_in_everything_is_awarded_nothing(ending: HearingEnding):
    """Marks or not; what is kept stays."""
    given = recommended(ending=ending, marks={}, outcome=None)
    sitting = sat_on(given)
    assert sitting.refused(PRESIDENT, settling({"C1.1": A})) == "R1.6"
    ruling = sitting.decided().ruling()
    assert (ruling.award, ruling.blocks, ruling.ending, dict(ruling.marks)) == ("none", (), ending, {})
    assert ruling.result.reasons[0].rule == "R4.5"
    half = replace(given, marks=all_marked(blocks=["BC2"]), sought=("BC2",), kept=("BC1",))
    assert sat_on(half, kept=(outcome("BC1"),)).decided().ruling().award == "none"


# Kept blocks


@pytest.mark.rule("X8", "R5.4")
@pytest.mark.parametrize("version", [POLISHING.version, "2019"])
def test_what_is_kept_completes_the_certification(version: str):
    """With the version that it was gained under."""
    given = recommended(sought=("BC2",), kept=("BC1",), marks=all_marked(blocks=["BC2"]))
    ruling = sat_on(given, kept=(outcome("BC1", version=version),)).decided().ruling()
    assert (ruling.award, ruling.blocks) == ("full", ("BC2",))
    assert ruling.kept == (Kept("BC1", "k0", version, date(2025, 3, 1), None),)


@pytest.mark.rule("X8")
@pytest.mark.parametrize(("ruled_on", "award"), [(date(2025, 3, 30), "full"), (date(2025, 3, 29), "partial")])
def test_a_kept_block_past_its_validity(ruled_on: date, award: str):
    """Kept for twelve months: on the day of the sitting it still is, or is no more, whatever it was at the hearing."""
    of = replace(POLISHING, kept_block_validity_months=12)
    given = recommended(of, sought=("BC2",), kept=("BC1",), marks=all_marked(blocks=["BC2"]))
    ruling = sat_on(given, of=of, kept=(outcome("BC1", ruled_on=ruled_on),)).decided().ruling()
    assert (ruling.award, ruling.blocks) == (award, ("BC2",))
    assert [one.rule for one in ruling.result.reasons][:1] == ([] if award == "full" else ["X8"])


@pytest.mark.rule("X8", "X15")
def test_a_block_is_kept_no_more_once_what_gave_it_was_annulled():
    """What was decided is decided anew, minutes that were presented are signed no more; and likewise where the sanction
    is lifted."""
    given = recommended(sought=("BC2",), kept=("BC1",), marks=all_marked(blocks=["BC2"]))
    sitting = sat_on(given, kept=(outcome("BC1"),)).decided().presented().signed(PRESIDENT)
    assert sitting.refused(PRESIDENT, annulled(12)) == "X15"
    assert sitting.refused(SYSTEM, annulled(12, event="candidacy.registered")) == "X8"
    assert [sitting.do(SYSTEM, one) for one in (annulled(), annulled(7), annulled(12, stream="k9"))] == [[], [], []]
    sitting.do(SYSTEM, annulled(12))
    assert (sitting.item().decided, sitting.do(SYSTEM, annulled(12))) == (None, [])
    assert sitting.refused(house.EMPLOYEES, house.SignMinutes(1, house.MINUTES.digest, "passkey")) == "R3.9"
    sitting.do(PRESIDENT, TakeBackMinutes(1, words("annulled")))
    ruling = sitting.decided().ruling()
    assert (ruling.award, ruling.blocks, ruling.kept) == ("partial", ("BC2",), ())
    assert [one.rule for one in ruling.result.reasons][:1] == ["X8"]
    sitting.proposed(words=words("anew")).do(SYSTEM, annulled())
    assert sitting.item().proposal is None
    assert sitting.decided().ruling().award == "full"
    assert verify(sitting.lines(), KINDS)
    sitting.presented().signed().sealed()
    assert sitting.do(SYSTEM, annulled(12)) == []


@pytest.mark.rule("X8")
def test_what_suspends_an_award_stands_whatever_is_kept():
    given = recommended(sought=("BC2",), kept=("BC1",), marks=all_marked(blocks=["BC2"]))
    sitting = sat_on(given, kept=(outcome("BC1"),)).decided(course="withhold", words=words("irregular"))
    sitting.do(SYSTEM, annulled(12))
    assert sitting.ruling().award == "withheld"


@pytest.mark.rule("X8")
def test_a_block_that_is_kept_is_not_marked_again():
    """A mark of it, though it was sought, counts for nothing: it is kept."""
    given = recommended(marks=all_marked(mark=NA), outcome="none")
    sitting = sat_on(given, kept=(outcome("BC1"),))
    assert [one.block for one in kept_on(sitting.item(), DAY)] == ["BC1"]
    assert sitting.refused(PRESIDENT, settling({"C1.1": A})) == "R1.6"
    ruling = sitting.decided().ruling()
    assert (ruling.award, {code[:2] for code in ruling.marks}) == ("none", {"C2"})
