"""The commission validates, returns or closes; by whoever decides, once, and after everything that comes before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.case.consequences import AnswerProposal
from evaluation.case.facts import CompleteFacts
from evaluation.case.ruling import CloseCase, ReturnCase, SubmitCase
from evaluation.case_rules import Consequence
from evaluation.known import KINDS
from evaluation.offices import Act
from evaluation.verify import verify
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    DIRECTOR,
    JURORS,
    MEMBER,
    ORGANIZER,
    barred,
    delegation,
    malfunction,
    meeting,
    office,
    opened,
    postponing,
    validation,
    words,
)

NONE, POSTPONE, ANNUL, BAR = Consequence.NONE, Consequence.POSTPONE, Consequence.ANNUL, Consequence.BAR


@pytest.mark.rule("R7.2")
def test_from_the_facts_to_the_bar():
    docket = barred()
    decided = docket.events[-1]
    assert (decided.person, decided.certification, decided.decided_on) == (CANDIDATE, "RNCP26850", date(2026, 3, 16))
    assert (docket.stage(), docket.kind.closed(docket.state), docket.kind.results(docket.state)) == (
        "decided", True, {"k1": BAR})
    (found,) = verify(docket.lines(), KINDS)
    assert (found.kind, found.results) == ("case", {"k1": BAR})


@pytest.mark.rule("X15")
def test_who_decides():
    docket = postponing().agreed().submitted()
    for who, quote in ((MEMBER, office("o-clerk")), (ORGANIZER, office("o-organizer")),
                       ("p-delegate", delegation(Act.BAR, Act.DECISION)),
                       ("p-delegate", delegation(Act.CASE, until=date(2026, 3, 15)))):
        assert docket.refused(who, validation(POSTPONE, office=quote)) == "X15"
    assert docket.refused(CLERK, validation(POSTPONE, office=office("o-clerk"))) == "X15"
    later = validation(POSTPONE, office=office("o-clerk"), meeting=meeting("2026-03-17"))
    assert docket.refused(CLERK, later) == "X15"
    docket.do("p-delegate", validation(POSTPONE, office=delegation(Act.CASE)))


@pytest.mark.rule("R7.2")
def test_the_clerk_records_the_meeting_that_decided():
    docket = postponing().agreed().submitted()
    before = validation(POSTPONE, office=office("o-clerk"), meeting=meeting("2026-03-15"))
    assert docket.refused(CLERK, before) == "R7.2"
    docket.on("2026-03-20")
    docket.do(CLERK, validation(POSTPONE, office=office("o-clerk"), meeting=meeting("2026-03-18")))
    assert docket.events[-1].decided_on == date(2026, 3, 18)


@pytest.mark.rule("R7.2")
@pytest.mark.parametrize("party", [JURORS[0], ORGANIZER, "p-own", CANDIDATE])
def test_no_party_decides(party: str):
    """A member of the commission who sat in the jury, organized the day, or raised it."""
    member = office("o-member")
    theirs = {**dict(member.data["office"]), "person": party}  # type: ignore[arg-type]
    quote = replace(member, data={**member.data, "office": theirs})
    refused = postponing().agreed().submitted().refused(party, validation(POSTPONE, office=quote))
    assert refused == ("X15" if party == CANDIDATE else "R7.2")


@pytest.mark.rule("R7.2")
def test_a_decision_is_taken_once_and_as_proposed():
    docket = postponing().agreed().submitted()
    assert docket.refused(MEMBER, validation(ANNUL)) == "R7.2"
    assert docket.refused(MEMBER, validation(POSTPONE, number=2)) == "R7.2"
    docket.decided(POSTPONE)
    assert docket.refused(MEMBER, validation(POSTPONE)) == "R7.1"
    assert malfunction().refused(MEMBER, validation(NONE)) == "R7.2"


def test_what_was_added_under_the_commission_sends_a_sanction_back():
    docket = opened().reported().told(BAR).answered().proposed(BAR).agreed().submitted()
    docket.do(ORGANIZER, CompleteFacts("k1", words("late"), office("o-organizer")))
    assert docket.refused(MEMBER, validation(BAR)) == "R7.2"
    docket.do(MEMBER, ReturnCase("k1", 1, words("tell them"), office("o-member")))
    docket.told(BAR).answered().proposed(BAR).agreed().submitted().decided(BAR)


@pytest.mark.rule("R7.2")
def test_a_decision_says_who_did_not_agree_in_the_end():
    """What a party answers while the commission has the case counts."""
    docket = malfunction().reported().proposed(POSTPONE)
    docket.do(DIRECTOR, AnswerProposal("k1", 1, False, words(), office("o-director")))
    docket.do(JURORS[0], AnswerProposal("k1", 1, False, words()))
    docket.passes().submitted()
    assert docket.events[-1].divergences == ("provider", *JURORS)
    docket.do(JURORS[0], AnswerProposal("k1", 1, True))
    docket.do(JURORS[1], AnswerProposal("k1", 1, True))
    docket.decided(POSTPONE)
    assert docket.events[-1].divergences == ("provider", JURORS[2])
    assert docket.part().decision is not None


def test_returned_it_is_proposed_anew():
    docket = postponing().agreed().submitted()
    docket.do(MEMBER, ReturnCase("k1", 1, words("more"), office("o-member")))
    assert (docket.stage(), docket.part().proposal) == ("reported", None)
    assert docket.refused(MEMBER, ReturnCase("k1", 1, words("more"), office("o-member"))) == "R7.2"
    assert docket.refused(CLERK, SubmitCase("k1", office("o-clerk"))) == "R7.2"
    docket.proposed(ANNUL)
    docket.agreed().submitted().decided(ANNUL)
    assert [one.returned for one in docket.part().submissions] == [words("more"), None]


def test_closed_without_a_consequence_however_far_it_is():
    """Without words too: nothing can be written any more about somebody whose key was destroyed."""
    docket = malfunction()
    assert docket.refused(CLERK, CloseCase("k1", office("o-clerk"))) == "X15"
    docket.do(CLERK, CloseCase("k1", office("o-clerk"), meeting=meeting()))
    assert (docket.stage(), docket.part().decision) == ("closed", None)
    assert docket.refused(MEMBER, CloseCase("k1", office("o-member"))) == "R7.1"
