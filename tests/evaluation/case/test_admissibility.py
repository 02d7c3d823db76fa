"""An appeal: admitted or not, then decided (R9.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.case.ruling import SubmitCase
from evaluation.case_rules import Consequence
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    MEMBER,
    SCAN,
    admissibility,
    appeal,
    decision,
    malfunction,
    office,
    proposal,
    validation,
    words,
)


def test_an_appeal_is_admitted_then_decided():
    docket = appeal()
    assert (docket.state.facts[0].words, docket.state.evidence[0].id) == (words("unfair"), SCAN.file)
    assert [one.data["awaits"] for one in docket.rows("cases").values()] == [["commission"]]
    docket.do(MEMBER, admissibility())
    assert docket.stage() == "admitted"
    docket.submitted().decided(Consequence.REEXAMINE)
    assert docket.events[-1].against is None
    (row,) = docket.rows("reexaminations").values()
    assert (row.status, row.person, row.about, row.data["awaits"]) == ("ordered", CANDIDATE, "k1", ["clerk"])


@pytest.mark.rule("R9.2")
def test_the_commission_rules_on_admissibility_once_and_first():
    docket = appeal()
    assert docket.refused(CLERK, SubmitCase("k1", office("o-clerk"))) == "R9.2"
    assert docket.refused(CLERK, replace(admissibility(), office=office("o-clerk"))) == "X15"
    docket.do(MEMBER, admissibility())
    assert docket.refused(MEMBER, admissibility()) == "R9.2"
    assert malfunction().refused(MEMBER, admissibility()) == "R9.2"
    docket = appeal()
    docket.do(MEMBER, admissibility(False))
    assert (docket.stage(), docket.kind.closed(docket.state)) == ("inadmissible", True)


@pytest.mark.rule("R9.2")
def test_nothing_is_proposed_on_an_appeal_before_it_is_admitted():
    assert appeal().refused(CLERK, proposal(Consequence.NONE, CLERK)) == "R9.2"


def test_an_appeal_against_a_sanction_names_its_case():
    docket = appeal("sanction", decision("o-clerk"))
    docket.do(MEMBER, admissibility())
    assert docket.submitted().refused(MEMBER, validation(Consequence.REEXAMINE)) == "R7.2"
    docket.decided(Consequence.LIFT)
    assert docket.events[-1].against == "c0"
