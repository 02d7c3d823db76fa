"""Nobody is sanctioned unheard; each party answers, and silence is no agreement and blocks nothing."""

from __future__ import annotations

import pytest

from evaluation.case.consequences import AnswerProposal
from evaluation.case.ruling import SubmitCase
from evaluation.case_rules import Consequence
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    JURORS,
    MEMBER,
    ORGANIZER,
    malfunction,
    notice,
    office,
    opened,
    party_answer,
    postponing,
    proposal,
    words,
)

BAR, DISQUALIFY, ANNUL, POSTPONE = Consequence.BAR, Consequence.DISQUALIFY, Consequence.ANNUL, Consequence.POSTPONE


@pytest.mark.rule("R7.2")
def test_a_sanction_waits_for_the_notice_and_the_delay():
    """A sanction before the notice, and before the hearing's delay."""
    docket = opened().reported()
    assert docket.refused(ORGANIZER, proposal(BAR)) == "R7.2"
    docket.do(CLERK, notice(BAR))
    assert docket.refused(ORGANIZER, proposal(BAR)) == "R7.2"
    docket = opened().reported().told(BAR)
    assert docket.refused(ORGANIZER, proposal(BAR)) == "R7.2"
    docket.passes().proposed(BAR)


@pytest.mark.rule("R7.2")
def test_a_sanction_is_the_one_that_was_told():
    docket = opened().reported().told(DISQUALIFY).answered()
    assert docket.refused(ORGANIZER, proposal(BAR)) == "R7.2"
    assert docket.refused(ORGANIZER, proposal(ANNUL)) == "R7.2"
    docket.proposed(DISQUALIFY)


@pytest.mark.rule("R7.2")
def test_what_is_no_sanction_needs_no_notice():
    opened().reported().proposed(Consequence.NONE)
    malfunction().reported().proposed(ANNUL)
    for beyond in (BAR, DISQUALIFY, Consequence.LIFT):
        assert malfunction().reported().refused(ORGANIZER, proposal(beyond)) == "R7.2"


@pytest.mark.rule("R7.2")
def test_each_named_party_answers_and_nobody_else():
    docket = postponing()
    for who in (CANDIDATE, MEMBER, "p-nobody", ORGANIZER):
        assert docket.refused(who, party_answer()) == "R7.2"
    assert docket.refused(CLERK, party_answer(office=office("o-clerk"))) == "X15"
    assert docket.refused(JURORS[0], party_answer(agrees=False)) == "R7.2"
    docket.do(JURORS[0], party_answer(agrees=False, words=words("no")))
    docket.do(ORGANIZER, party_answer(office=office("o-organizer")))
    given = docket.part().proposals[0].answers
    assert {party: one.answer for party, one in given.items()} == {"p-emp": "disagrees", "provider": "agrees"}
    assert docket.stage() == "proposed"
    assert docket.refused(JURORS[1], party_answer(number=2)) == "R7.2"


@pytest.mark.rule("R7.2")
def test_nothing_is_submitted_before_the_parties_were_asked():
    docket = malfunction().reported()
    assert docket.refused(CLERK, SubmitCase("k1", office("o-clerk"))) == "R7.2"
    docket.proposed(POSTPONE)
    assert docket.refused(CLERK, SubmitCase("k1", office("o-clerk"))) == "R7.2"
    assert docket.agreed().refused(ORGANIZER, SubmitCase("k1", office("o-organizer"))) == "X15"
    docket.submitted()
    assert (docket.stage(), docket.part().submissions[0].divergences) == ("submitted", ())


def test_another_proposal_asks_everybody_anew():
    docket = postponing().agreed().proposed(ANNUL)
    assert (docket.stage(), docket.part().proposals[-1].waiting) == ("proposed", ("provider", *JURORS))
    assert docket.refused("p-emp", party_answer()) == "R7.2"


@pytest.mark.rule("R7.2")
def test_what_lies_with_the_commission_is_not_changed_under_it():
    docket = postponing().agreed().submitted()
    assert docket.refused(ORGANIZER, proposal(ANNUL)) == "R7.2"
    assert docket.refused(CLERK, SubmitCase("k1", office("o-clerk"))) == "R7.2"
    fraud = opened().reported().proposed(Consequence.NONE).agreed().submitted()
    assert fraud.refused(CLERK, notice()) == "R7.2"


def test_what_somebody_must_have_seen():
    docket = postponing().agreed()
    seen = docket.kind.must_have_seen
    assert seen(docket.state, SubmitCase, {"candidacy": "k1"}) == docket.state.position
    assert seen(docket.state, AnswerProposal, {"candidacy": "k1"}) == 0
