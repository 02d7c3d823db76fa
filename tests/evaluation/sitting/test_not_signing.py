"""A member who does not sign: noted so in words by another, once everybody had time; the minutes are sealed without
that signature, or with it where it comes after all."""
from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.known import KINDS
from evaluation.people import SYSTEM, PersonId
from evaluation.sitting.minutes import AttachSignedScan, CompleteMinutes, PresentMinutes, SignMinutes, TakeBackMinutes
from evaluation.sitting.not_signing import NoteNotSigning
from evaluation.sitting.rulings_sealed import SealMinutes
from evaluation.sitting.state import Minutes, NotSigning
from evaluation.sitting.substituting import CallSubstitute
from evaluation.verify import verify
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import (
    ADDED,
    BY_CLERK,
    CLERK,
    DELEGATE,
    EMPLOYEES,
    EMPLOYERS,
    EXTRACT,
    MEMBER,
    MINUTES,
    OTHER_EMPLOYEES,
    PRESIDENT,
    SCAN,
    SEALED,
    Sitting,
    office,
    words,
)
from tests.evaluation.streams import at

pytestmark = pytest.mark.rule("R3.9")
WHY = words("he is in hospital")


def presented(*candidacies: str) -> Sitting:
    """And everybody had time to sign."""
    sitting = house.sat(*candidacies)
    for one in candidacies or ("k1",):
        sitting.decided(one)
    return sitting.presented().waited()


def shown(sitting: Sitting) -> Minutes:
    found = sitting.state.presented
    assert found is not None
    return found


def noting(person: PersonId = EMPLOYERS, number: int = 1) -> NoteNotSigning:
    """By the president."""
    return NoteNotSigning(number, person, WHY)


def by_clerk(person: PersonId = EMPLOYERS, number: int = 1) -> NoteNotSigning:
    return NoteNotSigning(number, person, WHY, BY_CLERK)


@pytest.mark.rule("X7")
@pytest.mark.parametrize(("actor", "command"), [(PRESIDENT, noting()), (CLERK, by_clerk())])
def test_it_is_noted_by_the_president_or_the_clerk_and_the_minutes_are_sealed(actor: str, command: NoteNotSigning):
    sitting = presented().signed(PRESIDENT, EMPLOYEES)
    assert sitting.refused(SYSTEM, SealMinutes(1, SEALED, {"k1": EXTRACT})) == "X7"
    sitting.do(actor, command)
    assert shown(sitting).not_signing == {EMPLOYERS: NotSigning(actor, sitting.now, WHY)}
    assert (shown(sitting).unsigned, shown(sitting).may_sign) == ((), (EMPLOYERS,))
    (row,) = sitting.rows("sittings").values()
    assert (row.status, row.data["awaits"], row.data["unsigned"]) == ("signed", [], [])
    sitting.sealed()
    (sealed,) = sitting.state.minutes
    assert (set(sealed.signatures), set(sealed.not_signing)) == ({PRESIDENT, EMPLOYEES}, {EMPLOYERS})
    (proved,) = verify(sitting.lines(), KINDS)
    assert proved.results == {"k1": "full"}


@pytest.mark.rule("R1.3", "X15")
@pytest.mark.parametrize(("actor", "command", "rule"), [
    (EMPLOYEES, noting(), "R1.3"), (DELEGATE, noting(), "R1.3"), ("p-nobody", noting(), "R1.3"),
    (CLERK, noting(), "R1.3"), (MEMBER, replace(noting(), office=office("o-member")), "X15"),
    (PRESIDENT, by_clerk(), "X15"),
])
def test_nobody_else_notes_it(actor: str, command: NoteNotSigning, rule: str):
    sitting = presented()
    assert sitting.refused(actor, command) == rule
    assert shown(sitting).not_signing == {}


def test_nobody_notes_it_of_themselves_and_the_clerk_notes_it_of_the_president():
    sitting = presented()
    assert sitting.refused(PRESIDENT, noting(PRESIDENT)) == "R3.9"
    sitting.do(CLERK, by_clerk(PRESIDENT))
    assert shown(sitting).unsigned == (EMPLOYEES, EMPLOYERS)


def test_of_a_member_whose_signature_is_not_awaited_nothing_is_noted():
    """Who was recused on all, a substitute who was not called, who signed, who is noted already, whoever else."""
    sitting = house.sat("k1", "k2")
    sitting.do(EMPLOYEES, *(house.RecuseMember(one, words()) for one in ("k1", "k2")))
    sitting.do(CLERK, calling(EMPLOYEES, OTHER_EMPLOYEES))
    sitting.impartial(OTHER_EMPLOYEES)
    for one in ("k1", "k2"):
        sitting.proposed(one)
        for person in (OTHER_EMPLOYEES, EMPLOYERS):
            sitting.do(person, house.AnswerDecision(one, 1, True))
    sitting.presented().signed(OTHER_EMPLOYEES).waited()
    for person in (EMPLOYEES, house.OTHER_EMPLOYERS, OTHER_EMPLOYEES, CLERK, "p-k1", "p-nobody", ""):
        assert sitting.refused(PRESIDENT, noting(person)) == "R3.9", person
    sitting.do(PRESIDENT, noting())
    for actor, command in ((PRESIDENT, noting()), (CLERK, by_clerk())):
        assert sitting.refused(actor, command) == "R3.9", "twice"
    assert set(shown(sitting).not_signing) == {EMPLOYERS}


def calling(leaving: PersonId, called: PersonId) -> CallSubstitute:
    return CallSubstitute(leaving, called, BY_CLERK)


def test_it_is_noted_of_minutes_that_are_presented():
    """Not before, not of those that were taken back, not after the seal."""
    sitting = house.sat().decided().waited()
    assert sitting.refused(PRESIDENT, noting()) == "R3.9"
    assert sitting.refused(PRESIDENT, noting(number=0)) == "R3.9"
    sitting.presented()
    sitting.do(PRESIDENT, TakeBackMinutes(1, words()))
    sitting.presented().waited("2026-04-10")
    for number in (1, 3):
        assert sitting.refused(PRESIDENT, noting(number=number)) == "R3.9", number
    sitting.do(PRESIDENT, noting(number=2))
    sitting.signed(PRESIDENT, EMPLOYEES).sealed()
    for person in house.THREE:
        assert sitting.refused(CLERK, by_clerk(person, 2)) == "R3.9", person


def test_of_what_a_case_has_undone_nothing_is_noted():
    """The decision stands no more: nobody has anything to sign."""
    sitting = presented()
    sitting.do(SYSTEM, house.withheld())
    assert sitting.refused(PRESIDENT, noting()) == "R3.9"


@pytest.mark.rule("X6")
@pytest.mark.parametrize(("days", "first"), [
    (3, at(house.SIGNED_BY, 0)), (1, at("2026-04-01", 0)), (0, at(house.HELD, 10))])
def test_everybody_has_had_time_to_sign(days: int, first: int):
    """Whole days after the one of the minutes, to the midnight in Paris."""
    of = replace(POLISHING, sitting=replace(POLISHING.sitting, not_signing_days=days))
    sitting = house.sat_on(house.recommended(of), of).decided().presented()
    if days:
        sitting.now = first - 1
        assert sitting.refused(PRESIDENT, noting()) == "R3.9"
    sitting.now = max(first, sitting.now)
    sitting.do(PRESIDENT, noting())


@pytest.mark.parametrize(("least", "noted"), [(1, 2), (2, 1), (3, 0)])
def test_so_many_of_the_three_sign(least: int, noted: int):
    of = replace(POLISHING, sitting=replace(POLISHING.sitting, least_signatures=least))
    sitting = house.sat_on(house.recommended(of), of).decided().presented().waited()
    for person in house.THREE[:noted]:
        sitting.do(CLERK, by_clerk(person))
    assert sitting.refused(CLERK, by_clerk(house.THREE[noted])) == "R3.9"
    sitting.signed(*house.THREE[noted:]).sealed()


def test_so_many_sign_of_the_three_on_each_candidate():
    """Two of the four who decided here and there, but of three on one candidate."""
    sitting = house.sat("k1", "k2")
    sitting.do(EMPLOYEES, house.RecuseMember("k2", words()))
    sitting.do(CLERK, replace(calling(EMPLOYEES, OTHER_EMPLOYEES), candidacies=("k2",)))
    sitting.do(OTHER_EMPLOYEES, house.DeclareImpartial(("k2",)))
    sitting.decided("k1").proposed("k2")
    for person in (OTHER_EMPLOYEES, EMPLOYERS):
        sitting.do(person, house.AnswerDecision("k2", 1, True))
    sitting.presented().waited()
    sitting.do(CLERK, by_clerk(EMPLOYEES))
    for person in (PRESIDENT, EMPLOYERS):
        assert sitting.refused(CLERK, by_clerk(person)) == "R3.9", person
    sitting.do(CLERK, by_clerk(OTHER_EMPLOYEES))
    sitting.signed(PRESIDENT, EMPLOYERS).sealed()


@pytest.mark.rule("X7")
def test_who_signs_after_all_before_the_seal_has_signed():
    sitting = presented().signed(EMPLOYEES)
    sitting.do(PRESIDENT, noting())
    sitting.signed(EMPLOYERS)
    assert (shown(sitting).not_signing, set(shown(sitting).signatures)) == ({}, {EMPLOYEES, EMPLOYERS})
    assert sitting.refused(PRESIDENT, noting()) == "R3.9", "signed"
    sitting.do(CLERK, by_clerk(PRESIDENT))
    sitting.sealed()
    assert sitting.refused(PRESIDENT, SignMinutes(1, MINUTES.digest, "passkey")) == "R3.9"
    verify(sitting.lines(), KINDS)


def test_what_was_noted_of_minutes_that_are_taken_back_says_nothing_of_the_next():
    sitting = presented()
    sitting.do(PRESIDENT, noting(), TakeBackMinutes(1, words()), CompleteMinutes(words()), PresentMinutes(ADDED))
    assert (shown(sitting).not_signing, shown(sitting).unsigned) == ({}, house.THREE)
    assert sitting.refused(PRESIDENT, noting(number=2)) == "R3.9", "the days begin anew"


@pytest.mark.rule("X7", "X15")
def test_by_hand_the_others_sign():
    sitting = presented()
    sitting.do(PRESIDENT, noting())
    sitting.do(CLERK, AttachSignedScan(1, SCAN, BY_CLERK))
    assert (set(shown(sitting).not_signing), shown(sitting).may_sign) == ({EMPLOYERS}, ())
    assert sitting.refused(CLERK, by_clerk(EMPLOYEES)) == "R3.9", "signed by hand"
    assert sitting.refused(EMPLOYERS, SignMinutes(1, MINUTES.digest, "passkey")) == "X7"
    sitting.sealed()


def test_an_addition_is_signed_likewise():
    sitting = presented().signed().sealed()
    sitting.do(PRESIDENT, CompleteMinutes(words()), PresentMinutes(ADDED))
    sitting.on("2026-04-07")
    sitting.do(CLERK, by_clerk(EMPLOYEES, 2))
    sitting.signed(PRESIDENT, EMPLOYERS).sealed()
    assert [set(one.not_signing) for one in sitting.state.minutes] == [set(), {EMPLOYEES}]


def test_the_three_of_a_sitting_that_decided_nothing():
    sitting = house.sat()
    sitting.do(CLERK, house.TakeOffAgenda("k1", words(), BY_CLERK))
    sitting.presented().waited("2026-04-07")
    sitting.do(CLERK, by_clerk(EMPLOYEES))
    assert sitting.refused(CLERK, by_clerk(EMPLOYERS)) == "R3.9"
    sitting.signed(PRESIDENT, EMPLOYERS).sealed()
