"""Certificates are issued: one for each award, numbered without a gap (R8.3)."""

from __future__ import annotations

from datetime import date

import pytest

from evaluation.journal import BrokenJournal
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.register.issuing import KeepPaper, OpenRegister
from evaluation.register.kind import REGISTER
from evaluation.register.terms import register_id
from evaluation.verify import verify
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.register.shelf import CLERK, ORGANIZER, Shelf, award, issuing, office, paper, shelf, superseded


def test_a_certificate_takes_the_next_number():
    register = shelf()
    for name in ("k1", "k2", "k3"):
        register.do(CLERK, issuing(name))
    found = register.state.certificates.values()
    assert [(one.number, one.text, one.person) for one in found] == [
        (1, "CQP-2026-00001", "p-k1"), (2, "CQP-2026-00002", "p-k2"), (3, "CQP-2026-00003", "p-k3")]
    one = register.one()
    assert (one.kind, one.certification, one.blocks, one.ruled_on, one.due_on, one.holds, one.fate) == (
        "certificate", POLISHING.code, ("BC1", "BC2"), date(2026, 3, 2), date(2026, 5, 10), "valid", "to_print")


def test_a_partial_award_gives_an_attestation_of_its_blocks():
    register = shelf()
    register.do(CLERK, issuing("k1", award("k1", "p-k1", "partial")))
    assert (register.one().kind, register.one().blocks) == ("attestation", ("BC1",))


@pytest.mark.rule("R8.3")
def test_an_award_has_one_number():
    register = shelf().issued("k1")
    again = issuing("k1", award("k1", "p-k1", position=14), code="another-code-of-sixteen")
    assert register.refused(CLERK, again) == "R8.3"
    other = issuing("k1", award("k1", "p-k1", at=20, position=22), code="another-code-of-sixteen")
    register.do(CLERK, other)
    assert len(register.state.certificates) == 2


@pytest.mark.rule("R8.3")
@pytest.mark.rule("R8.1")
def test_nothing_is_issued_before_the_commission_validated_or_elsewhere():
    register, ruled = shelf(), award("k1", "p-k1")
    for quote in (
        award("k1", "p-k1", "none"), award("k2", "p-k1"), award("k1", "p-k1", validated_on="2025-12-31"),
        award("k1", "p-k1", body="b2"),
    ):
        assert register.refused(CLERK, issuing("k1", quote)) == "R8.3"
    for event in ("candidacy.outcome_recorded", "candidacy.award_returned"):
        unvalidated = type(ruled)("candidacy", "k1", 9, "9" * 64, event, ruled.data)
        assert register.refused(CLERK, issuing("k1", unvalidated)) == "R8.3"


@pytest.mark.rule("X10")
def test_a_code_is_long_and_its_own():
    register = shelf().issued("k1")
    assert register.refused(CLERK, issuing("k2", code="short")) == "X10"
    assert register.refused(CLERK, issuing("k2", code="k1-code-of-sixteen")) == "X10"


@pytest.mark.rule("R1.1")
def test_a_superseded_code_is_printed_as_it_was_on_the_day_of_the_ruling():
    code, register = POLISHING.code, shelf()
    register.do(CLERK, issuing("k1", superseded=(superseded(code, "RNCP40000", "2026-03-01"),
                                                 superseded("RNCP40000", "RNCP50000", "2026-03-02"))))
    assert (register.one().certification, register.one().under) == ("RNCP50000", code)
    for wrong in (superseded(code, "RNCP40000", "2026-03-03"), superseded("RNCP40000", "RNCP1", "2026-03-01"),
                  award("k1", "p-k1")):
        assert register.refused(CLERK, issuing("k2", superseded=(wrong,))) == "R1.1"


@pytest.mark.rule("X15")
def test_the_clerk_alone_issues():
    register = shelf()
    assert register.refused(ORGANIZER, issuing("k1", office=office("o-organizer"))) == "X15"
    other = office("o-clerk")
    elsewhere = type(other)("body", "b2", other.position, other.hash, other.event, other.data)
    assert register.refused(CLERK, issuing("k1", office=elsewhere)) == "X15"


@pytest.mark.rule("R8.3")
def test_a_body_has_one_register_a_year():
    register = Shelf(REGISTER, register_id("b1", 2026), "2026-03-16")
    begin = OpenRegister(register.id, "b1", 2026, "CQP")
    assert register.refused(CLERK, begin) == "X15"
    for wrong in (OpenRegister(register.id, "b1", 2027, "CQP"), OpenRegister(register.id, "b2", 2026, "CQP"),
                  OpenRegister(register.id, "b1", 2026, " ")):
        assert register.refused(SYSTEM, wrong) == "R8.3"
    assert register.refused(CLERK, issuing("k1")) == "R8.3"
    register.do(SYSTEM, begin)
    assert register.refused(SYSTEM, begin) == "R8.3"


@pytest.mark.rule("R8.3")
def test_a_paper_is_kept_once():
    register = shelf()
    register.do(CLERK, issuing("k1"))
    register.printed(1)
    assert register.one().fate == "to_post"
    assert register.do(SYSTEM, KeepPaper(1, paper("other"))) == []
    assert register.refused(SYSTEM, KeepPaper(1, paper(), 1)) == "R8.3"
    assert register.refused(SYSTEM, KeepPaper(2, paper())) == "R8.3"
    assert register.refused(CLERK, KeepPaper(1, paper())) == "X15"


def test_a_number_altered_is_refused_where_it_stands():
    """Although every hash was made anew."""
    register = shelf().issued("k1", "k2")
    assert verify(register.lines(), KINDS)
    event, actor, at, data = register.journal[3]
    register.journal[3] = event, actor, at, {**data, "number": 3, "text": "CQP-2026-00003"}
    with pytest.raises(BrokenJournal) as broken:
        verify(register.lines(), KINDS)
    assert broken.value.position == 4


def test_rows_say_what_is_due():
    register = shelf().issued("k1")
    row = register.rows("issued_certificates")["CQP-2026-00001"]
    assert (row.status, row.person, row.about, row.data["to"]) == ("to_post", "p-k1", POLISHING.code, "company")
    assert row.due_at is not None
    assert register.rows("deposits")["CQP-2026-00001"].status == "to_deposit"
