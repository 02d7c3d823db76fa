"""Who sits, and in whose place."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evaluation.body.granting import GrantOffice
from evaluation.body.pool import ChangeJuror
from evaluation.body.sittings import DecideSitting
from evaluation.body.terms import Meeting
from evaluation.offices import Act, Office, OfficeRole
from evaluation.people import SYSTEM, JurorCategory
from evaluation.sitting.members import SeatMembers, SeatPresident
from evaluation.sitting.minutes import SignMinutes
from evaluation.sitting.substituting import CallSubstitute
from evaluation.sitting.terms import SittingMember
from evaluation.sitting.who_sits import everybody, sitting_now, three_on
from tests.evaluation.body.house import EMPLOYERS as EMPLOYERS_JUROR
from tests.evaluation.body.house import PAPER, pooled
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import (
    BY_CLERK,
    CLERK,
    DELEGATE,
    EMPLOYEES,
    EMPLOYERS,
    MEMBER,
    MEMBERS,
    OTHER_EMPLOYEES,
    OTHER_EMPLOYERS,
    PRESIDENT,
    SINCE,
    convened,
    decision,
    office,
)

STAFF, OWN = JurorCategory.EMPLOYEES, JurorCategory.EMPLOYERS


def members(*given: tuple[str, JurorCategory, bool]) -> tuple[SittingMember, ...]:
    return tuple(SittingMember(*one) for one in given)


# The commission appoints


@pytest.mark.rule("R1.3")
@pytest.mark.parametrize("wrong", [
    (), members(("a", STAFF, False)), members(("a", STAFF, False), ("b", STAFF, False)),
    members(("a", STAFF, False), ("b", OWN, False), ("c", STAFF, False)),
    members(("a", STAFF, False), ("a", OWN, False)), members(("a", STAFF, False), ("", OWN, False)),
    members(("a", STAFF, False), ("b", OWN, True)),
    members(("a", STAFF, False), ("b", OWN, False), ("c", JurorCategory.TRAINER, True)),
])
def test_one_representative_of_each(wrong: tuple[SittingMember, ...]):
    assert house.body().refused(MEMBER, DecideSitting("d1", "t1", wrong)) == "R1.3"


@pytest.mark.rule("R1.3", "X15", "R1.2")
def test_the_commission_decides():
    """A member, the clerk with its meeting, a delegate for such acts; on nobody whom the pool knows otherwise."""
    one = pooled()
    decide = DecideSitting("d1", "t1", MEMBERS)
    assert one.refused(CLERK, decide) == "X15"
    assert one.refused("p-organizer", decide) == "X15"
    one.do(MEMBER, GrantOffice(Office("o-d2", "p-d2", OfficeRole.DELEGATE, SINCE, paper=PAPER, acts=(Act.SITTING,))))
    assert one.refused("p-delegate", decide) == "X15"
    one.do("p-d2", decide)
    assert one.refused(MEMBER, decide) == "X15", "that decision is recorded"
    one.do(CLERK, replace(decide, decision="d2", meeting=Meeting(SINCE, PAPER)))
    assert dict(one.state.sittings) == {"t1": "d2"}
    wrong = (SittingMember("p-emp", OWN), SittingMember(EMPLOYEES, STAFF))
    assert one.refused(MEMBER, DecideSitting("d3", "t1", wrong)) == "R1.2"
    known = (SittingMember("p-emp", STAFF), SittingMember("p-own", OWN))
    one.do(MEMBER, DecideSitting("d3", "t1", known))
    assert sorted(one.events[-1].trained) == ["p-emp", "p-own"]
    one.do(CLERK, ChangeJuror(replace(EMPLOYERS_JUROR, company="c" * 64)))
    one.do(MEMBER, DecideSitting("d3b", "t1", known))
    assert dict(one.events[-1].companies) == {"p-own": "c" * 64}
    for person in ("p-emp", "p-tra"):
        given = house.recommended(jurors=("p-emp",), trained_by=("p-tra",))
        seats = (SittingMember(person, STAFF), SittingMember(EMPLOYERS, OWN))
        if person == "p-emp":
            decide = DecideSitting("d4", "t1", seats, None, (house.said(given),))
            assert one.refused(MEMBER, decide) == "R1.3"
            one.do(MEMBER, replace(decide, recommended=(*decide.recommended, house.said(house.recommended(
                jurors=(), trained_by=()), "k2"))))


@pytest.mark.rule("R1.3")
def test_who_judged_or_trained_every_candidate_does_not_preside():
    """But of one of several candidates: a delegate presides there."""
    for given in (house.recommended(jurors=(PRESIDENT,)), house.recommended(trained_by=(PRESIDENT,))):
        sitting = convened()
        sitting.do(CLERK, house.putting(given))
        seat = SeatPresident(PRESIDENT, office("o-president"), BY_CLERK)
        assert sitting.refused(CLERK, seat) == "R1.3"
        sitting.put("k2").do(CLERK, seat)


@pytest.mark.rule("R1.3", "X15")
def test_they_are_seated_by_the_platform():
    sitting = convened().put("k1")
    said = decision()
    assert sitting.refused(CLERK, SeatMembers(said)) == "X15"
    for wrong in (decision(sitting="t2"), replace(said, stream="b2"), replace(said, event="body.jury_decided"),
                  replace(said, data={"decision": "d"})):
        assert sitting.refused(SYSTEM, SeatMembers(wrong)) == "R1.3", wrong
    sitting.do(SYSTEM, SeatMembers(said))
    assert sitting.do(SYSTEM, SeatMembers(said)) == []
    assert everybody(sitting.state) == (EMPLOYEES, EMPLOYERS, OTHER_EMPLOYEES, OTHER_EMPLOYERS)
    assert sitting_now(sitting.state) == {EMPLOYEES, EMPLOYERS}


@pytest.mark.rule("R1.3")
def test_who_judged_every_candidate_is_not_seated():
    """On some of them, they decide on the others."""
    seats = (SittingMember("p-emp", STAFF), SittingMember("p-trainer", OWN))
    sitting = convened().put("k1")
    assert sitting.refused(SYSTEM, SeatMembers(decision(*seats))) == "R1.3"
    sitting.do(CLERK, house.putting(house.recommended(jurors=("p-1",), trained_by=()), "k2"))
    sitting.do(SYSTEM, SeatMembers(decision(*seats)))
    assert three_on(sitting.state, sitting.item("k1")) == dict.fromkeys(("employees", "employers", "president"))
    assert three_on(sitting.state, sitting.item("k2")) == {
        "employees": "p-emp", "employers": "p-trainer", "president": None}


@pytest.mark.rule("R1.3")
def test_decided_again():
    """Before it is open others may sit; afterwards there may be more substitutes."""
    sitting = convened().put("k1").seated()
    sitting.do(SYSTEM, SeatMembers(decision(SittingMember("p-x", STAFF), SittingMember(EMPLOYERS, OWN), again="2")))
    assert three_on(sitting.state, sitting.item())["employees"] == "p-x"
    sitting = house.sat()
    assert sitting.refused(SYSTEM, SeatMembers(
        decision(SittingMember("p-x", STAFF), SittingMember(EMPLOYERS, OWN), again="2"))) == "R1.3"
    sitting.do(SYSTEM, SeatMembers(decision(*MEMBERS, SittingMember("p-x", STAFF, True), again="2")))


# The president


@pytest.mark.rule("R1.3", "X15")
@pytest.mark.parametrize(("actor", "changes", "rule"), [
    (MEMBER, {}, "X15"), (PRESIDENT, {}, "X15"),
    (CLERK, {"office_of": office("o-member")}, "R1.3"), (CLERK, {"person": DELEGATE}, "R1.3"),
    (CLERK, {"office_of": replace(office("o-president"), stream="b2")}, "X15"),
    (CLERK, {"office_of": decision()}, "X15"),
])
def test_who_presides(actor: str, changes: dict[str, Any], rule: str):
    seat = SeatPresident(PRESIDENT, office("o-president"), BY_CLERK)
    sitting = convened()
    assert sitting.refused(actor, replace(seat, **changes)) == rule
    sitting.do(CLERK, seat)


@pytest.mark.rule("R1.3")
def test_nobody_sits_in_two_places():
    sitting = convened().put("k1")
    sitting.do(SYSTEM, SeatMembers(decision(SittingMember(PRESIDENT, STAFF), SittingMember(EMPLOYERS, OWN))))
    assert sitting.refused(CLERK, SeatPresident(PRESIDENT, office("o-president"), BY_CLERK)) == "R1.3"


@pytest.mark.rule("X15")
def test_the_presidency_is_given_with_its_paper():
    """Its delegation by the president, or the clerk who has it in writing."""
    one = house.staffed()
    assert one.refused(CLERK, GrantOffice(replace(house.PRESIDES, paper=None))) == "X15"
    assert one.refused(MEMBER, GrantOffice(house.PRESIDES)) == "X15"
    one.do(CLERK, GrantOffice(house.PRESIDES))
    assert one.refused(PRESIDENT, GrantOffice(replace(house.DELEGATED, paper=None))) == "X15"
    one.do(PRESIDENT, GrantOffice(house.DELEGATED))
    assert one.refused(DELEGATE, GrantOffice(replace(house.DELEGATED, id="o2", person="p-2"))) == "X15"


# Substitutes


@pytest.mark.rule("R1.3", "X15")
@pytest.mark.parametrize(("actor", "changes", "rule"), [
    (PRESIDENT, {}, "X15"),
    (CLERK, {"substitute": "p-nobody"}, "R1.3"), (CLERK, {"substitute": OTHER_EMPLOYERS}, "R1.3"),
    (CLERK, {"substitute": EMPLOYEES}, "R1.3"), (CLERK, {"substitute": PRESIDENT}, "R1.3"),
    (CLERK, {"member": OTHER_EMPLOYERS}, "R1.3"), (CLERK, {"candidacies": ()}, "R1.3"),
    (CLERK, {"candidacies": ("k1", "k1")}, "R1.3"), (CLERK, {"candidacies": ("k9",)}, "R3.9"),
])
def test_who_is_called(actor: str, changes: dict[str, Any], rule: str):
    sitting = convened().put("k1", "k2").seated()
    call = CallSubstitute(EMPLOYEES, OTHER_EMPLOYEES, BY_CLERK)
    assert sitting.refused(actor, replace(call, **changes)) == rule


@pytest.mark.rule("R1.3")
def test_for_the_whole_sitting_or_for_one_candidate():
    sitting = convened().put("k1", "k2").seated()
    sitting.do(CLERK, CallSubstitute(EMPLOYEES, OTHER_EMPLOYEES, BY_CLERK, ("k2",)))
    seen = [three_on(sitting.state, sitting.item(one))["employees"] for one in ("k1", "k2")]
    assert seen == [EMPLOYEES, OTHER_EMPLOYEES]
    assert sitting.refused(CLERK, CallSubstitute(EMPLOYEES, OTHER_EMPLOYEES, BY_CLERK, ("k1", "k2"))) == "R1.3"
    sitting.do(CLERK, CallSubstitute(EMPLOYERS, OTHER_EMPLOYERS, BY_CLERK))
    assert {three_on(sitting.state, sitting.item(one))["employers"] for one in ("k1", "k2")} == {OTHER_EMPLOYERS}
    assert sitting_now(sitting.state) == {PRESIDENT, EMPLOYEES, OTHER_EMPLOYEES, OTHER_EMPLOYERS}


@pytest.mark.rule("R1.3")
def test_a_substitute_judged_the_candidate():
    seats = (*MEMBERS[:2], SittingMember("p-emp", STAFF, substitute=True))
    sitting = convened().put("k1")
    sitting.do(SYSTEM, SeatMembers(decision(*seats)))
    assert sitting.refused(CLERK, CallSubstitute(EMPLOYEES, "p-emp", BY_CLERK, ("k1",))) == "R1.3"
    assert sitting.refused(CLERK, CallSubstitute(EMPLOYEES, "p-emp", BY_CLERK)) == "R1.3"


@pytest.mark.rule("R1.3")
def test_a_substitute_comes_while_the_others_answer():
    """What was proposed to the one who left is proposed anew; the substitute decides, and signs."""
    sitting = house.sat("k1", "k2").proposed("k1").decided("k2")
    sitting.do(CLERK, CallSubstitute(EMPLOYEES, OTHER_EMPLOYEES, BY_CLERK))
    assert sitting.item("k1").proposal is None
    assert sitting.refused(PRESIDENT, house.ProposeDecision("k1")) == "R1.4"
    sitting.impartial(OTHER_EMPLOYEES).proposed("k1")
    assert sitting.refused(EMPLOYEES, house.AnswerDecision("k1", 2, True)) == "R1.3"
    for person in (OTHER_EMPLOYEES, EMPLOYERS):
        sitting.do(person, house.AnswerDecision("k1", 2, True))
    sitting.presented()
    shown = sitting.state.presented
    assert shown is not None
    assert set(shown.signers) == {PRESIDENT, EMPLOYERS, EMPLOYEES, OTHER_EMPLOYEES}
    assert sitting.refused(OTHER_EMPLOYERS, SignMinutes(1, shown.paper.digest, "passkey")) == "X7", "not called"
    sitting.signed().sealed()


@pytest.mark.rule("R1.3", "R3.9")
def test_nobody_is_called_once_the_minutes_are_presented():
    sitting = house.sat().decided().presented()
    assert sitting.refused(CLERK, CallSubstitute(EMPLOYEES, OTHER_EMPLOYEES, BY_CLERK)) == "R3.9"
    assert sitting.refused(CLERK, SeatPresident(DELEGATE, office("o-pres-delegate"), BY_CLERK)) == "R3.9"


@pytest.mark.rule("R1.3", "R1.4")
def test_the_president_leaves_the_deliberation_on_one_candidate():
    """A delegate presides there, and the president over the rest."""
    sitting = house.sat("k1", "k2")
    sitting.do(PRESIDENT, house.RecuseMember("k1", house.words()))
    assert sitting.refused(PRESIDENT, house.ProposeDecision("k1")) == "R1.3"
    sitting.do(CLERK, CallSubstitute(PRESIDENT, DELEGATE, BY_CLERK, ("k1",), office("o-pres-delegate")))
    sitting.do(DELEGATE, house.DeclareImpartial(("k1",)), house.ProposeDecision("k1"))
    sitting.answered(candidacy="k1").decided("k2")
    assert (sitting.ruling("k1").by, sitting.ruling("k2").by) == ((DELEGATE, EMPLOYEES, EMPLOYERS), house.THREE)
