"""The commission validates, returns or closes; by whoever decides, once, and after everything that comes before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.case import decision_papers
from evaluation.case.consequences import AnswerProposal
from evaluation.case.decision_papers import HandDecision, TakeDecision
from evaluation.case.dropping import AccusationWithdrawn, WithdrawAccusation
from evaluation.case.facts import CompleteFacts
from evaluation.case.ruling import CloseCase, ReturnCase, SubmitCase
from evaluation.case.terms import Dropped
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
    PAPER,
    Docket,
    admissibility,
    appeal,
    by_hand,
    delegation,
    malfunction,
    meeting,
    office,
    opened,
    proposal,
    validation,
    words,
)

NONE, POSTPONE, ANNUL, BAR = Consequence.NONE, Consequence.POSTPONE, Consequence.ANNUL, Consequence.BAR


def before_commission() -> Docket:
    return malfunction().reported().proposed(POSTPONE).agreed().submitted()


def barred() -> Docket:
    return opened().reported().told(BAR).answered().proposed(BAR).agreed().submitted().decided(BAR)


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
    docket = before_commission()
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
    docket = before_commission()
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
    refused = before_commission().refused(party, validation(POSTPONE, office=quote))
    assert refused == ("X15" if party == CANDIDATE else "R7.2")


@pytest.mark.rule("R7.2")
def test_a_decision_is_taken_once_and_as_proposed():
    docket = before_commission()
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
    docket = before_commission()
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


# The report handed to the candidate


@pytest.mark.rule("R7.1", "R9.2")
def test_the_candidate_has_the_decision_with_the_ways_of_appeal():
    docket = before_commission()
    hand = HandDecision("k1", PAPER, office("o-clerk"))
    assert docket.refused(CLERK, hand) == "R7.1"
    assert decision_papers.appeal_until(docket.state, docket.part()) is None
    docket.decided(POSTPONE)
    assert decision_papers.appeal_until(docket.state, docket.part()) == date(2026, 5, 16)
    assert docket.do(CANDIDATE, TakeDecision("k1")) == []
    docket.do(CLERK, hand)
    assert (docket.stage(), docket.refused(CLERK, hand)) == ("handed", "R7.1")
    assert docket.refused(ORGANIZER, TakeDecision("k1")) == "R7.2"
    docket.do(CANDIDATE, TakeDecision("k1"))
    (handed,) = (one.handed for one in docket.state.parts.values() if one.handed is not None)
    assert handed.taken_at == docket.now


@pytest.mark.rule("R7.1", "R9.2")
@pytest.mark.parametrize("ends", ["decided", "closed", "withdrawn", "inadmissible", "reexamined"])
def test_whatever_ends_it_the_clerk_hands_the_candidate_how_it_ended(ends: str):
    """And sees to a re-examination until there is a sitting for it."""
    docket = opened() if ends == "withdrawn" else appeal() if ends in ("inadmissible", "reexamined") else malfunction()
    if ends == "withdrawn":
        docket.do("p-own", WithdrawAccusation("k1", 1, words()))
    elif ends == "closed":
        docket.do(MEMBER, CloseCase("k1", office("o-member")))
    elif ends == "decided":
        docket.reported().proposed(NONE).agreed().submitted().decided(NONE)
    else:
        docket.do(MEMBER, admissibility(ends == "reexamined"))
        if ends == "reexamined":
            docket.submitted().decided(Consequence.REEXAMINE)
    assert awaited(docket) == ["clerk"]
    docket.do(CLERK, HandDecision("k1", PAPER, office("o-clerk")))
    assert awaited(docket) == (["clerk"] if ends == "reexamined" else [])


def awaited(docket: Docket) -> list[str]:
    (row,) = docket.rows("cases").values()
    assert not row.data["open"]
    return row.data["awaits"]


# Withdrawn


@pytest.mark.rule("R6.5")
def test_an_accusation_is_withdrawn_by_who_raised_it_or_the_awarding_body():
    docket = opened()
    for who in (JURORS[0], CANDIDATE, ORGANIZER):
        assert docket.refused(who, WithdrawAccusation("k1", 1, words())) == "R6.5"
    assert docket.refused(ORGANIZER, WithdrawAccusation("k1", 1, words(), office("o-organizer"))) == "X15"
    assert docket.do("p-own", WithdrawAccusation("k1", 1, words())) == [
        AccusationWithdrawn("k1", 1, words(), None, (Dropped("s1", "h1", 40),), ends=True)]
    assert docket.stage() == "withdrawn"
    opened().do(CLERK, WithdrawAccusation("k1", 1, words(), office("o-clerk")))
    assert opened().refused("p-own", WithdrawAccusation("k1", 2, words())) == "R6.5"
    assert by_hand().refused(CLERK, WithdrawAccusation("k1", 1, words())) == "R6.5"
    by_hand().do(CLERK, WithdrawAccusation("k1", 1, words(), office("o-clerk")))
    assert malfunction().refused("p-own", WithdrawAccusation("k1", 1, words())) == "R6.5"


@pytest.mark.rule("R6.5")
@pytest.mark.parametrize(("ends", "dropped"), [("decided", 1), ("closed", 1), ("barred", 0), ("malfunction", 0)])
def test_what_came_to_nothing_is_named_for_the_day_to_drop(ends: str, dropped: int):
    """An accusation closed, or decided to lead to nothing; not one that held, and no incident that accused nobody."""
    docket = malfunction() if ends == "malfunction" else opened()
    if ends in ("closed", "malfunction"):
        docket.do(MEMBER, CloseCase("k1", office("o-member")))
    elif ends == "decided":
        docket.reported().proposed(NONE).agreed().submitted().decided(NONE)
    else:
        docket = barred()
    assert docket.events[-1].dropped == (Dropped("s1", "h1", 40),) * dropped


@pytest.mark.rule("R7.1")
def test_no_sanction_after_withdrawal():
    docket = opened().reported().told(BAR).answered()
    docket.do("p-own", WithdrawAccusation("k1", 1, words()))
    assert docket.refused(ORGANIZER, proposal(BAR)) == "R7.1"
    assert docket.refused(MEMBER, validation(BAR)) == "R7.1"
    docket.do(CLERK, HandDecision("k1", PAPER, office("o-clerk")))


# Appeals
