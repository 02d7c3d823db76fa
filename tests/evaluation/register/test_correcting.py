"""Duplicates, corrections and revocations: the old number stays and says so (R8.3, X10)."""

from __future__ import annotations

import pytest

from evaluation.known import KINDS
from evaluation.verify import verify
from tests.evaluation.body.house import DELEGATE
from tests.evaluation.register.shelf import (
    CLERK,
    MEMBER,
    ORGANIZER,
    SCAN,
    award,
    correction,
    duplicate,
    issuing,
    meeting,
    office,
    posting,
    revocation,
    shelf,
    words,
)


def test_a_duplicate_bears_the_same_number_and_is_posted_again():
    register = shelf().issued("k1").posted().noted("received")
    register.do(CLERK, duplicate())
    assert (register.one().fate, len(register.state.certificates)) == ("to_print", 1)
    register.printed(1, 1).posted()
    assert register.one().fate == "posted"
    assert [one.paper is not None for one in register.one().duplicates] == [True]


@pytest.mark.rule("R8.3")
def test_a_duplicate_is_of_a_paper_that_there_is():
    register = shelf()
    register.do(CLERK, issuing("k1"))
    assert register.refused(CLERK, duplicate()) == "R8.3"
    register.printed(1)
    register.do(CLERK, duplicate())
    assert register.refused(CLERK, duplicate()) == "R8.3"
    assert register.refused(ORGANIZER, duplicate(7)) == "X15"


def test_a_correction_has_a_number_of_its_own_and_the_old_one_says_so():
    register = shelf().issued("k1", "k2")
    register.do(CLERK, correction(1, words("Zoë")))
    old, new = register.one(1), register.one(3)
    assert (old.holds, old.replaced_by, new.holds, new.replaces, new.text) == (
        "replaced", 3, "valid", 1, "CQP-2026-00003")
    assert (new.holder.ref, new.fate, new.award, new.certification) == ("Zoë", "to_print", old.award,
                                                                        old.certification)
    assert register.state.awards["k1", 9] == 3
    assert verify(register.lines(), KINDS)


@pytest.mark.rule("R8.3")
def test_what_holds_no_more_is_left_alone():
    register = shelf().issued("k1", "k2")
    register.do(CLERK, correction(1))
    register.do(MEMBER, revocation(2))
    for number in (1, 2):
        for command in (duplicate(number), correction(number), posting(number)):
            assert register.refused(CLERK, command) == "R8.3"
        assert register.refused(MEMBER, revocation(number)) == "R8.3"
    assert register.refused(CLERK, issuing("k2", award("k2", "p-k2"), code="another-code-of-sixteen")) == "R8.3"


@pytest.mark.rule("R8.3")
@pytest.mark.rule("R8.1")
def test_a_correction_quotes_the_award_of_what_it_corrects():
    """So that it is asked whether that holds still."""
    register = shelf().issued("k1", "k2")
    for wrong in (award("k2", "p-k2"), award("k1", "p-k1", position=12)):
        assert register.refused(CLERK, correction(1, award=wrong)) == "R8.3"
    register.do(CLERK, correction(1))


@pytest.mark.rule("R8.3")
def test_a_change_of_civil_status_is_shown():
    register = shelf().issued("k1")
    assert register.refused(CLERK, correction(1, reason="civil_status")) == "R8.3"
    register.do(CLERK, correction(1, reason="civil_status", paper=SCAN))
    assert (register.one(2).reason, register.one(2).proof) == ("civil_status", SCAN)


@pytest.mark.rule("X15")
def test_the_commission_revokes():
    register = shelf().issued("k1", "k2", "k3")
    assert register.refused(ORGANIZER, revocation(1, office=office("o-organizer"))) == "X15"
    assert register.refused(CLERK, revocation(1, office=office("o-clerk"))) == "X15"
    assert register.refused(DELEGATE, revocation(1, office=office("o-delegate"))) == "X15"
    future = revocation(1, office=office("o-clerk"), meeting=meeting("2026-03-17"))
    assert register.refused(CLERK, future) == "X15"
    register.do(CLERK, revocation(1, office=office("o-clerk"), meeting=meeting()))
    register.do(MEMBER, revocation(2))
    assert [one.holds for one in register.state.certificates.values()] == ["revoked", "revoked", "valid"]
    assert register.rows("issued_certificates")["CQP-2026-00001"].status == "revoked"
    assert register.kind.results(register.state)["CQP-2026-00002"].endswith("revoked")  # type: ignore[union-attr]


def test_a_page_shows_the_last_change_of_the_one_that_it_acts_on():
    register = shelf().issued("k1", "k2")
    seen = register.kind.must_have_seen
    assert seen(register.state, type(duplicate()), {"number": 1}) == register.one(1).changed == 3
    assert seen(register.state, type(posting(1)), {"numbers": [1]}) == 0
