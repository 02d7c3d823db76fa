"""Certificates go to the company, which passes them on (R8.2)."""

from __future__ import annotations

from datetime import date

import pytest

from evaluation.deadlines import start_of
from evaluation.people import SYSTEM
from evaluation.register.issuing import KeepPaper
from tests.evaluation.register.shelf import (
    CLERK,
    MEMBER,
    ORGANIZER,
    award,
    correction,
    duplicate,
    fate_of,
    issuing,
    paper,
    posting,
    receipt,
    revocation,
    sending,
    shelf,
)
from tests.evaluation.streams import at


def test_a_parcel_goes_to_the_company_which_passes_on():
    register = shelf().issued("k1", "k2").posted(1, 2)
    assert [one.fate for one in register.state.certificates.values()] == ["posted", "posted"]
    register.noted("received", 1).noted("passed_on", 1).noted("passed_on", 2)
    assert [one.fate for one in register.state.certificates.values()] == ["passed_on", "passed_on"]
    assert register.rows("issued_certificates")["CQP-2026-00001"].due_at is None


def test_a_company_that_is_gone_makes_it_the_holder_s():
    register = shelf().issued("k1").posted().noted("undeliverable").noted("company_gone")
    assert register.refused(CLERK, posting(1)) == "R8.2"
    register.posted(1, to="holder").noted("received")
    assert (register.one().fate, register.one().addressee) == ("received", "holder")
    assert [(one.number, one.to) for one in register.one().postings] == [(1, "company"), (2, "holder")]


def test_a_company_that_is_gone_before_the_paper_is_made():
    register = shelf()
    register.do(CLERK, issuing("k1"), fate_of("company_gone"))
    assert register.refused(CLERK, posting(1, to="holder")) == "R8.2"
    register.do(SYSTEM, KeepPaper(1, paper()))
    register.posted(1, to="holder")


@pytest.mark.rule("R8.2")
def test_a_duplicate_of_what_a_company_that_is_gone_was_to_pass_on_is_the_holder_s():
    register = shelf().issued("k1").posted().noted("company_gone")
    register.do(CLERK, duplicate())
    assert (register.one().fate, register.one().addressee) == ("to_print", "holder")
    register.printed(1, 1)
    assert register.rows("issued_certificates")["CQP-2026-00001"].data["to"] == "holder"
    assert register.refused(CLERK, posting(1)) == "R8.2"
    assert register.refused(CLERK, fate_of("company_gone")) == "R8.2"
    register.posted(1, to="holder")
    register.do(CLERK, duplicate(), correction(1))
    assert register.one(2).addressee == "holder"


@pytest.mark.rule("R8.2")
def test_a_company_that_is_gone_passes_on_nobody_else_s():
    """Those of its other people, those on their way to it, and what is issued or issued again afterwards."""
    register = shelf().issued("k1", "k2", "k3", "k4").issued("k5", company="f" * 64).posted(2, 3)
    register.noted("received", 3).noted("company_gone", 1).issued("k6")
    register.do(CLERK, correction(4))
    assert [one.addressee for one in register.state.certificates.values()] == [
        "holder", "holder", "holder", "holder", "company", "holder", "holder"]
    for number in (1, 6):
        assert register.refused(CLERK, posting(number)) == "R8.2"
        assert register.refused(CLERK, fate_of("passed_on", number)) == "R8.2"
        register.posted(number, to="holder")
    register.posted(5)
    waiting = register.rows("delays")["posting/CQP-2026-00002"]
    assert waiting.data["waits_for"] == "company"
    register.noted("passed_on", 3).noted("company_gone", 2).posted(2, to="holder")
    assert register.refused(CLERK, fate_of("passed_on", 2)) == "R8.2"


@pytest.mark.rule("R8.2")
def test_a_duplicate_that_is_not_made_is_not_posted():
    register = shelf().issued("k1").posted()
    register.do(CLERK, duplicate())
    register.noted("company_gone")
    assert register.rows("issued_certificates")["CQP-2026-00001"].data["paper"] is False
    assert register.refused(CLERK, posting(1, to="holder")) == "R8.2"
    register.printed(1, 1).posted(1, to="holder")


@pytest.mark.rule("R8.2")
def test_who_has_no_company_gets_it_themselves():
    register = shelf().issued("k1", company=None)
    assert register.one().addressee == "holder"
    assert register.refused(CLERK, posting(1)) == "R8.2"
    register.posted(1, to="holder")
    assert register.refused(CLERK, fate_of("passed_on")) == "R8.2"


@pytest.mark.rule("R8.2")
def test_nobody_gets_what_is_for_others():
    register = shelf().issued("k1", "k2").issued("k3", company="f" * 64)
    for wrong in (posting(1, 3), posting(1, 2, to="holder"), posting(1, 1), posting(), posting(1, tracking=" ")):
        assert register.refused(CLERK, wrong) == "R8.2"
    register.posted(1, 2)


@pytest.mark.rule("R8.2")
def test_what_is_on_its_way_or_not_made_is_not_posted():
    register = shelf()
    register.do(CLERK, issuing("k1"))
    assert register.refused(CLERK, posting(1)) == "R8.2"
    register.printed(1).posted()
    assert register.refused(CLERK, posting(1)) == "R8.2"


@pytest.mark.rule("R8.2")
def test_days_follow_one_another():
    register = shelf().issued("k1")
    for day in ("2026-03-15", "2026-03-17"):
        assert register.refused(CLERK, posting(1, on=day)) == "R8.2"
    register.posted().on("2026-03-20")
    for day in ("2026-03-15", "2026-03-21"):
        assert register.refused(CLERK, fate_of("received", on=day)) == "R8.2"
    register.noted("undeliverable", on="2026-03-19")
    assert register.refused(CLERK, posting(1, on="2026-03-15")) == "R8.2"
    register.posted(1, on="2026-03-20")


@pytest.mark.rule("R8.2")
def test_a_fate_follows_what_is_known():
    register = shelf().issued("k1")
    for fate in ("received", "passed_on", "undeliverable"):
        assert register.refused(CLERK, fate_of(fate)) == "R8.2"
    register.posted().noted("received")
    assert register.refused(CLERK, fate_of("received")) == "R8.2"
    assert register.refused(ORGANIZER, fate_of("passed_on")) == "X15"
    assert register.do(CLERK, fate_of("passed_on"))


def test_a_corrected_one_goes_where_the_first_went():
    register = shelf().issued("k1").posted().noted("company_gone")
    register.do(CLERK, correction(1))
    assert register.one(2).addressee == "holder"


def test_the_holder_s_own_parcel_is_theirs_alone():
    register = shelf()
    register.do(CLERK, issuing("k1", award("k1", "p-same")), issuing("k2", award("k2", "p-same")))
    register.do(CLERK, issuing("k3", award("k3", "p-other")))
    register.printed(1).printed(2).printed(3)
    assert register.refused(CLERK, posting(1, 3, to="holder")) == "R8.2"
    register.posted(1, 2, to="holder")
    assert [[parcel.to for parcel in register.one(number).postings] for number in (1, 2, 3)] == [
        ["holder"], ["holder"], []]


@pytest.mark.rule("R8.2", "X12")
def test_the_board_of_delays_says_what_runs_and_on_whom_it_waits():
    """And since when: a paper since it left, a file since it was sent."""
    register = shelf().issued("k1")
    number = "CQP-2026-00001"

    def told() -> dict[str, str]:
        return {row.status: row.data["waits_for"] for row in register.rows("delays").values()}

    assert told() == {"posting": "clerk", "deposit": "clerk"}
    register.posted()
    assert told() == {"posting": "company", "deposit": "clerk"}
    register.noted("undeliverable")
    assert told() == {"returned": "clerk", "deposit": "clerk"}
    register.posted().noted("received")
    register.on("2026-04-01")
    register.do(CLERK, sending(1))
    assert told() == {"deposit": "deposit"}
    assert register.rows("delays")[f"deposit/{number}"].at == at("2026-04-01")
    register.do(CLERK, receipt(n1="code commune inconnu"))
    assert told() == {"deposit": "clerk"}
    register.do(CLERK, sending(1, flux="f2"), receipt(number, flux="f2"))
    assert told() == {}
    register.on("2026-05-04")
    register.do(MEMBER, revocation(1))
    back = register.rows("delays")[f"deposit_back/{number}"]
    assert (told(), back.due_at, back.at) == ({"deposit_back": "clerk"}, None, at("2026-05-04"))
    register.on("2026-05-05")
    register.do(CLERK, sending(1, flux="f3", action="suppression"))
    assert (told(), register.rows("delays")[f"deposit_back/{number}"].at) == (
        {"deposit_back": "deposit"}, at("2026-05-05"))
    register.do(CLERK, receipt(number, flux="f3"))
    assert told() == {}
    alone = shelf().issued("k1", company=None)
    alone.on("2026-03-20")
    alone.posted(1, to="holder", on="2026-03-18")
    row = alone.rows("delays")[f"posting/{number}"]
    assert (row.data["waits_for"], row.at) == ("holder", start_of(date(2026, 3, 18)))
    attestation = shelf().issued("k1", kind="partial")
    assert set(attestation.rows("delays")) == {f"posting/{number}"}
