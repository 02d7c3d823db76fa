"""Which letters follow from what happens in a case, to whom, and what stands in none of them."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evaluation.case.admissibility import RuleAdmissibility
from evaluation.case.assisting import AcceptAssisting, NameAssistant
from evaluation.case.decision_papers import HandDecision
from evaluation.case.facts import NameSubject
from evaluation.case.kind import CASE
from evaluation.case.letter_fates import CaseLetterFailed
from evaluation.case.ruling import CloseCase
from evaluation.case.summoning import SummonToBeHeard
from evaluation.case_rules import Consequence
from evaluation.journal import GENESIS, Record, chain
from evaluation.people import SYSTEM
from evaluation.session.kind import SESSION
from server.journals.ledger import Commit
from server.people.case_letters import case_letters
from server.storage.letter_reports import About
from server.storage.letters import Letter
from tests.evaluation.body.house import words
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    JURORS,
    MEMBER,
    ORGANIZER,
    PAPER,
    Docket,
    appeal,
    by_hand,
    found,
    malfunction,
    notice,
    office,
    opened,
)


def written(docket: Docket, since: int = 0) -> list[Letter]:
    """The letters of all that happened after a position."""
    records = list[Record]()
    for position, (name, actor, when, data) in enumerate(docket.journal, 1):
        prev = records[-1].hash if records else GENESIS
        records.append(chain(prev, position, docket.id, docket.kind.name, when, actor, name, data))
    return list(case_letters(Commit(CASE, docket.id, None, docket.state, tuple(records[since:]), ())))


def told(letters: list[Letter]) -> list[tuple[str, str]]:
    return [(one.template, one.person) for one in letters]


def after(docket: Docket, actor: str, command: Any) -> list[Letter]:
    since = len(docket.journal)
    docket.do(actor, command)
    return written(docket, since)


@pytest.mark.rule("R7.2")
def test_what_a_day_notes_is_told_in_the_room_and_what_is_found_later_by_letter():
    assert (told(written(opened())), told(written(malfunction()))) == ([], [])
    assert told(written(by_hand())) == [("case_opened", CANDIDATE)]
    assert told(written(by_hand(door="malfunction", kind="technical"))) == []


@pytest.mark.rule("R7.2")
def test_the_notice_goes_with_its_paper_to_the_candidate_alone_and_its_outcome_to_the_case():
    docket = opened().reported()
    [letter] = after(docket, CLERK, notice())
    assert (letter.template, letter.person) == ("case_notice", CANDIDATE)
    assert letter.about == About(docket.id, "notice:k1", 1)
    assert letter.data == {"case": docket.id, "candidacy": "k1", "number": 1, "by": CLERK,
                           "paper": {"file": PAPER.file, "digest": PAPER.digest}}
    [back] = after(docket, SYSTEM, CaseLetterFailed("k1", "notice", 1, docket.now, "5.1.1"))
    assert (back.template, back.person, back.data["why"]) == ("case_not_arrived", CLERK, "5.1.1")


@pytest.mark.rule("R7.2")
def test_a_summons_and_a_decision_go_to_the_candidate_and_their_clerk_learns_that_they_came_back():
    docket = opened().reported()
    docket.do(CLERK, notice())
    at = docket.now + 20 * 86_400_000
    [letter] = after(docket, CLERK, SummonToBeHeard("k1", 1, at, words("place"), office("o-clerk"), PAPER))
    assert (letter.template, letter.person, letter.data["at"], letter.data["place"]["ref"]) == (
        "case_summons", CANDIDATE, at, "place")
    assert letter.about == About(docket.id, "summons:k1", 1)
    assert told(after(docket, SYSTEM, CaseLetterFailed("k1", "summons", 1, docket.now, "5.1.1"))) == [
        ("case_letter_back", CLERK)]
    docket.do(MEMBER, CloseCase("k1", office("o-member"), words()))
    [letter] = after(docket, CLERK, HandDecision("k1", PAPER, office("o-clerk")))
    assert (letter.template, letter.person, letter.about) == (
        "case_decision", CANDIDATE, About(docket.id, "decision:k1", 1))
    assert told(after(docket, SYSTEM, CaseLetterFailed("k1", "decision", 1, docket.now))) == [
        ("case_letter_back", CLERK)]


@pytest.mark.rule("R7.2")
def test_who_is_asked_to_assist_learns_who_asks_and_whoever_assists_that_there_is_something_new():
    docket = opened().reported()
    [asked] = after(docket, CANDIDATE, NameAssistant("k1", "p-friend"))
    assert (asked.template, asked.person, asked.data) == (
        "assistant_invited", "p-friend", {"case": docket.id, "candidacy": "k1"})
    assert told(after(docket, CLERK, notice())) == [("case_notice", CANDIDATE)]
    docket.do("p-friend", AcceptAssisting("k1"))
    assert told(after(docket, CLERK, notice())) == [("case_notice", CANDIDATE), ("case_news", "p-friend")]


@pytest.mark.rule("R7.2")
def test_each_party_is_asked_then_reminded_and_no_subject_answers_for_the_provider():
    docket = malfunction().reported().proposed(Consequence.POSTPONE)
    asked = written(docket, len(docket.journal) - 1)
    assert told(asked) == [("party_asked", one) for one in (ORGANIZER, *JURORS)]
    assert {one.data["until"] for one in asked} == {"2026-03-31"}
    since = len(docket.journal)
    docket.passes()
    assert told(written(docket, since)) == [("party_again", one) for one in (ORGANIZER, *JURORS)] * 2
    other = malfunction().reported()
    other.do(CLERK, NameSubject(ORGANIZER, words(), office("o-clerk")))
    other.proposed(Consequence.POSTPONE, CLERK)
    assert told(written(other, len(other.journal) - 1)) == [("party_asked", one) for one in JURORS]


@pytest.mark.rule("R7.1", "R9.2")
def test_the_candidate_is_told_how_it_ended():
    docket = malfunction().reported()
    assert told(after(docket, MEMBER, CloseCase("k1", office("o-member"), words()))) == [("case_ended", CANDIDATE)]


@pytest.mark.rule("R9.2")
@pytest.mark.parametrize(("admissible", "said"), [(True, "appeal_admitted"), (False, "appeal_refused")])
def test_who_appeals_learns_that_it_is_received_and_what_is_ruled(admissible: bool, said: str):
    docket = appeal()
    assert told(written(docket)) == [("appeal_received", CANDIDATE)]
    ruling = RuleAdmissibility("k1", admissible, words(), office("o-member"))
    assert told(after(docket, MEMBER, ruling)) == [(said, CANDIDATE)]


@pytest.mark.rule("X1")
def test_a_letter_holds_ids_and_days_alone():
    """No words, no names; what the candidate answered is in no letter, a juror's least of all."""
    docket = opened().reported()
    docket.do(CLERK, notice())
    docket.answered().passes()
    docket.proposed(Consequence.BAR).agreed()
    letters = written(docket)
    allowed = {"case", "candidacy", "number", "by", "paper", "until", "why"}
    assert {name for one in letters for name in one.data} <= allowed
    assert all(one.data["candidacy"] == "k1" for one in letters)


def test_a_stream_of_another_kind_makes_none():
    docket = by_hand()
    commit = Commit(CASE, docket.id, None, docket.state, (), ())
    assert list(case_letters(replace(commit, kind=SESSION))) == []  # type: ignore[arg-type]
    assert found().case == docket.id
