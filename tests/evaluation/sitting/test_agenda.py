"""What comes on a sitting's agenda, and what withholds an award."""
from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evaluation.framework_file import framework_to_data
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from evaluation.sitting.agenda import NoteHeld, TakeOffAgenda
from evaluation.sitting.declined import NoteDeclined
from evaluation.sitting.kind import SITTING
from evaluation.sitting.minutes import TakeBackMinutes
from evaluation.sitting.questioning import OpenQuestions, SummonJury
from evaluation.sitting.who_sits import kept_from_deciding
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import (
    BY_CLERK,
    CLERK,
    MEMBER,
    PRESIDENT,
    convened,
    office,
    outcome,
    putting,
    recommended,
    withheld,
    words,
)


@pytest.mark.rule("R3.9", "X15", "R1.1", "X8", "R9.2")
@pytest.mark.parametrize(("changes", "rule"), [
    ({"office": office("o-member")}, "X15"),
    ({"said": house.said(recommended(body="b2"))}, "X15"),
    ({"said": house.said(recommended(), "k2")}, "R3.9"),
    ({"said": replace(house.said(recommended()), event="candidacy.registered")}, "R3.9"),
    ({"said": replace(house.said(recommended()), data={"recommendation": {"person": "p"}})}, "R3.9"),
    ({"framework": framework_to_data(replace(POLISHING, title="Autre"))}, "R1.1"),
    ({"framework": {"code": "RNCP26850"}}, "R1.1"),
    ({"kept": (house.said(recommended()),)}, "X8"),
    ({"kept": (outcome("BC1", person="p-other"),)}, "X8"),
    ({"kept": (outcome("BC1", certification="RNCP1"),)}, "X8"),
    ({"said": house.said(recommended(kept=("BC1",), sought=("BC2",)))}, "X8"),
    ({"reexamines": outcome("BC1", candidacy="k0")}, "R9.2"),
    ({"reexamines": house.said(recommended())}, "R9.2"),
])
def test_what_does_not_come_on_the_agenda(changes: dict[str, Any], rule: str):
    assert convened().refused(CLERK, putting(**changes)) == rule


@pytest.mark.rule("X15", "R3.9")
def test_the_clerk_puts_each_once():
    sitting = convened()
    assert sitting.refused(MEMBER, putting()) == "X15"
    sitting.do(CLERK, putting())
    assert sitting.refused(CLERK, putting()) == "R3.9"
    sitting.do(CLERK, TakeOffAgenda("k1", words(), BY_CLERK))
    assert (dict(sitting.state.agenda), dict(sitting.state.taken_off)) == ({}, {"k1": words()})
    assert sitting.refused(CLERK, TakeOffAgenda("k1", words(), BY_CLERK)) == "R3.9"
    sitting.do(CLERK, putting())
    assert (list(sitting.state.agenda), dict(sitting.state.taken_off)) == (["k1"], {})


@pytest.mark.rule("R3.9")
def test_what_is_off_the_agenda_again_is_told_nobody_any_more():
    """Also where the candidacy was on another agenda and refused to join this one: the follow-up ends."""
    sitting = convened()
    sitting.do(CLERK, putting())
    put = sitting.state.position
    assert SITTING.follows(sitting.state, put)
    sitting.do(CLERK, TakeOffAgenda("k1", words(), BY_CLERK))
    assert not SITTING.follows(sitting.state, put)
    sitting.do(CLERK, putting())
    assert SITTING.follows(sitting.state, sitting.state.position)
    assert not SITTING.follows(sitting.state, put)


@pytest.mark.rule("R3.9")
def test_what_is_examined_or_decided_stays():
    sitting = house.sat("k1", "k2")
    sitting.do(PRESIDENT, SummonJury("k1", sitting.now), OpenQuestions("k1"))
    sitting.decided("k2")
    off = [TakeOffAgenda(one, words(), BY_CLERK) for one in ("k1", "k2")]
    assert [sitting.refused(CLERK, one) for one in off] == ["R3.9", "R3.9"]
    done = house.sat().decided().presented()
    assert done.refused(CLERK, putting(candidacy="k2")) == "R3.9"
    assert done.signed().sealed().refused(CLERK, putting(candidacy="k2")) == "R3.9"


@pytest.mark.rule("R3.9", "X15")
def test_a_candidacy_that_joined_another_agenda_is_off_this_one():
    """Unless it was put on again since, and joined."""
    sitting = convened().put("k1", "k2")
    put = sitting.item("k1").position
    assert sitting.refused(CLERK, house.declined("k1", put)) == "X15"
    for wrong in (house.declined("k1", put, sitting="t2"), replace(house.declined("k1", put), candidacy="k2"),
                  NoteDeclined("k1", withheld().said)):
        assert sitting.refused(SYSTEM, wrong) == "R3.9", wrong
    sitting.do(SYSTEM, house.declined("k1", put))
    assert (list(sitting.state.agenda), [one.why for one in sitting.state.declined.values()]) == (["k2"], ["elsewhere"])
    assert not SITTING.follows(sitting.state, put)
    assert sitting.do(SYSTEM, house.declined("k1", put)) == []
    sitting.put("k1")
    assert (dict(sitting.state.declined), sitting.do(SYSTEM, house.declined("k1", put))) == ({}, [])


@pytest.mark.rule("X15", "R7.2")
def test_the_platform_alone_says_what_withholds():
    sitting = house.sat()
    assert sitting.refused(CLERK, withheld()) == "X15"
    other = withheld().said
    for wrong in (NoteHeld("k1", replace(other, stream="k2"), True),
                  NoteHeld("k1", replace(other, event="candidacy.opened"), True)):
        assert sitting.refused(SYSTEM, wrong) == "R7.2", wrong
    assert sitting.do(SYSTEM, withheld("k9")) == []
    assert [sitting.do(SYSTEM, withheld()) != [] for _ in range(2)] == [True, False]
    assert sitting.item().held


@pytest.mark.rule("R7.2")
@pytest.mark.parametrize(("event", "held"), [
    ("candidacy.reserved", True), ("candidacy.on_agenda", True), ("candidacy.withheld", True)])
def test_while_it_is_withheld_the_award_can_only_be_suspended(event: str, held: bool):
    sitting = house.sat()
    sitting.do(SYSTEM, NoteHeld("k1", Quote("candidacy", "k1", 30, "a" * 64, event, {}), held))
    assert sitting.refused(PRESIDENT, house.ProposeDecision("k1")) == "R7.2"
    sitting.decided(course="withhold")
    assert (sitting.ruling().award, sitting.ruling().blocks, sitting.ruling().held) == ("withheld", (), True)


@pytest.mark.rule("R7.2", "R3.9")
def test_a_case_is_opened_after_the_decision():
    """What was decided as if there were none does not stand, and is not signed; until the minutes are sealed."""
    sitting = house.sat("k1", "k2").decided("k1").decided("k2").presented().signed(PRESIDENT)
    sitting.do(SYSTEM, withheld("k2"))
    assert (sitting.item("k1").decided is not None, sitting.item("k2").decided) == (True, None)
    assert sitting.refused(house.EMPLOYEES, house.SignMinutes(1, house.MINUTES.digest, "passkey")) == "R3.9"
    sitting.do(PRESIDENT, TakeBackMinutes(1, words("a case")))
    sitting.decided("k2", course="withhold").presented().signed().sealed()
    assert [sitting.ruling(one).award for one in ("k1", "k2")] == ["full", "withheld"]
    assert sitting.do(SYSTEM, withheld("k1")) == []


@pytest.mark.rule("R7.2")
def test_a_case_is_opened_while_they_answer():
    sitting = house.sat().proposed()
    sitting.do(SYSTEM, withheld())
    assert sitting.item().proposal is None
    assert sitting.refused(house.EMPLOYEES, house.AnswerDecision("k1", 1, True)) == "R3.9"
    sitting.do(SYSTEM, withheld(held=False))
    assert sitting.decided().ruling().award == "full"


@pytest.mark.rule("R9.2")
def test_who_ruled_before_does_not_examine_again():
    again = outcome("BC1", candidacy="k1", by=(house.EMPLOYEES,))
    sitting = convened()
    sitting.do(CLERK, putting(reexamines=again))
    sitting.seated()
    assert kept_from_deciding(sitting.state, sitting.item(), house.EMPLOYEES) == ("ruled_before",)
    assert kept_from_deciding(sitting.state, sitting.item(), house.EMPLOYERS) == ()
    forced = convened()
    forced.do(CLERK, putting(reexamines=again, despite=words("nobody else")))
    forced.seated()
    assert kept_from_deciding(forced.state, forced.item(), house.EMPLOYEES) == ()


@pytest.mark.rule("R9.2", "R1.6")
def test_a_reexamination_takes_nothing_away():
    """What was awarded is not marked again, and stands in the new decision beside what is gained."""
    again = outcome("BC1", candidacy="k1")
    nothing = house.all_marked(mark=house.Mark.NOT_ACQUIRED)
    lost = house.sat_on(recommended(marks=nothing, outcome="none"), reexamines=again)
    assert lost.refused(PRESIDENT, house.ProposeDecision(
        "k1", marks={"C1.1": house.Mark.NOT_ACQUIRED}, why={"C1.1": words()})) == "R1.6"
    assert (lost.decided().ruling().award, lost.ruling().blocks) == ("partial", ("BC1",))
    won = house.sat_on(recommended(), reexamines=again).decided().ruling()
    assert (won.award, won.blocks, won.ruled_on) == ("full", ("BC1", "BC2"), date(2026, 3, 30))
    whole = outcome("BC1", "BC2", candidacy="k1", award="full")
    same = house.sat_on(recommended(marks=nothing), reexamines=whole).decided().ruling()
    assert (same.award, same.blocks) == ("full", ("BC1", "BC2"))
