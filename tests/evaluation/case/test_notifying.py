"""The candidate is told, answers, is heard; a silence counts after the delay alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.case.case_parts import LetterFate
from evaluation.case.consequences import ProposeConsequence
from evaluation.case.facts import AddEvidence, CompleteFacts
from evaluation.case.hearing_out import AnswerCaseNotice, AskToBeHeard, RecordDelayOver
from evaluation.case.letter_fates import CaseLetterArrived, CaseLetterFailed
from evaluation.case.notifying import RecordDelivery
from evaluation.case.stages import answer_until
from evaluation.case.summoning import SummonToBeHeard
from evaluation.case_rules import Consequence
from evaluation.deadlines import end_of
from evaluation.people import SYSTEM
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    ORGANIZER,
    PAPER,
    Docket,
    incident,
    malfunction,
    notice,
    office,
    opened,
    proposal,
    words,
)
from tests.evaluation.case.test_assisting import assisted

BAR = Consequence.BAR


def told() -> Docket:
    return opened().reported().told()


@pytest.mark.rule("R7.2")
def test_a_notice_has_facts_and_a_sanction_of_the_framework():
    empty = opened(source=incident(said=None))
    assert empty.refused(CLERK, notice()) == "R7.2"
    assert malfunction().refused(CLERK, notice()) == "R7.2"
    docket = opened()
    assert docket.refused(CLERK, replace(notice(), sanctions=())) == "R7.2"
    assert docket.refused(CLERK, notice(Consequence.NONE)) == "R7.2"
    assert docket.refused(ORGANIZER, replace(notice(), office=office("o-organizer"))) == "X15"
    docket.do(CLERK, notice(BAR))
    assert (docket.stage(), docket.part().notices[0].sanctions) == ("told", (BAR,))


@pytest.mark.rule("R7.2", "X6")
def test_the_delay_runs_from_the_day_the_mail_server_took_it():
    docket = opened()
    docket.do(CLERK, notice())
    assert answer_until(docket.state, docket.part().notices[0]) is None
    docket.on("2026-03-18", 23)
    docket.do(SYSTEM, CaseLetterArrived("k1", "notice", 1, docket.now))
    assert answer_until(docket.state, docket.part().notices[0]) == end_of(date(2026, 4, 2))
    assert docket.kind.next_due(docket.state, docket.now) == end_of(date(2026, 4, 2))
    rows = {one.index: one for one in docket.kind.rows(docket.state)}
    assert (rows["cases"].due_at, rows["cases"].data["awaits"]) == (end_of(date(2026, 4, 2)), ["candidate"])


def test_what_the_mail_server_says_is_told_once():
    docket = opened()
    docket.do(CLERK, notice())
    for wrong in (CaseLetterArrived("k1", "notice", 2, docket.now), CaseLetterArrived("k9", "notice", 1, docket.now),
                  CaseLetterArrived("k1", "notice", 1, docket.now - 1),
                  CaseLetterArrived("k1", "notice", 1, docket.now + 1)):
        assert docket.do(SYSTEM, wrong) == []
    arrived = CaseLetterArrived("k1", "notice", 1, docket.now)
    assert (len(docket.do(SYSTEM, arrived)), docket.do(SYSTEM, arrived)) == (1, [])


@pytest.mark.rule("R7.2")
def test_a_letter_that_comes_back_was_not_received():
    docket = told()
    docket.do(SYSTEM, CaseLetterFailed("k1", "notice", 1, docket.now, "5.1.1"))
    assert docket.do(SYSTEM, CaseLetterFailed("k1", "notice", 1, docket.now, "5.1.1")) == []
    assert docket.kind.next_due(docket.state, docket.now) is None
    docket.on("2026-03-20")
    delivery = RecordDelivery("k1", 1, date(2026, 3, 19), "registered_letter", words(), office("o-clerk"), PAPER)
    for on in (date(2026, 3, 15), date(2026, 3, 21)):
        assert docket.refused(CLERK, replace(delivery, on=on)) == "R7.2"
    docket.do(CLERK, delivery)
    assert docket.part().notices[0].begins == date(2026, 3, 19)
    assert docket.refused(CLERK, delivery) == "R7.2"
    assert docket.do(SYSTEM, CaseLetterArrived("k1", "notice", 1, docket.now)) == []


@pytest.mark.rule("R7.2")
def test_a_letter_that_comes_back_late_undoes_the_silence_that_was_counted():
    docket = told().passes()
    assert (docket.part().unanswered, docket.stage()) == ((1,), "heard")
    docket.do(SYSTEM, CaseLetterFailed("k1", "notice", 1, docket.now, "5.1.1"))
    assert (docket.part().unanswered, docket.stage(), docket.by_itself()) == ((), "told", [])
    assert docket.refused(ORGANIZER, proposal(BAR)) == "R7.2"
    assert docket.do(SYSTEM, CaseLetterArrived("k1", "notice", 1, docket.now)) == []


def test_what_becomes_of_the_other_letters_is_kept_beside_them():
    docket = told()
    assert docket.do(SYSTEM, CaseLetterArrived("k1", "summons", 1, docket.now)) == []  # there is no such letter
    docket.do(CLERK, SummonToBeHeard("k1", 1, docket.now + 9 * 86_400_000, words(), office("o-clerk")))
    for wrong in (CaseLetterArrived("k1", "decision", 1, docket.now), CaseLetterArrived("k1", "summons", 0, docket.now),
                  CaseLetterArrived("k1", "summons", 1, docket.now + 1)):
        assert docket.do(SYSTEM, wrong) == []
    assert docket.refused(CLERK, CaseLetterArrived("k1", "summons", 1, docket.now)) == "X15"
    docket.do(SYSTEM, CaseLetterArrived("k1", "summons", 1, docket.now))
    fate = docket.part().letter("summons", 1)
    assert fate == LetterFate("summons", 1, docket.now)
    docket.do(SYSTEM, CaseLetterFailed("k1", "summons", 1, docket.now, "5.1.1"))
    assert docket.part().letter("summons", 1) == LetterFate("summons", 1, None, docket.now, "5.1.1")
    assert docket.do(SYSTEM, CaseLetterArrived("k1", "summons", 1, docket.now)) == []
    assert docket.part().notices[0].begins is not None


@pytest.mark.rule("R7.2")
def test_a_silence_is_recorded_after_the_delay_and_by_the_clockwork_alone():
    docket = told()
    docket.on("2026-03-31", 23)
    assert docket.refused(SYSTEM, RecordDelayOver("k1", 1)) == "R7.2"
    assert docket.by_itself() == []
    docket.on("2026-04-01", 0)
    assert docket.refused(CLERK, RecordDelayOver("k1", 1)) == "X15"
    assert docket.refused(SYSTEM, RecordDelayOver("k1", 2)) == "R7.2"
    assert len(docket.by_itself()) == 1
    assert (docket.part().unanswered, docket.stage()) == ((1,), "heard")


@pytest.mark.rule("R7.2")
def test_an_answer_leaves_the_delay_as_it_is_unless_the_candidate_gives_the_rest_up():
    docket = told()
    answer = AnswerCaseNotice("k1", 1, words(), (PAPER,))
    docket.do(CANDIDATE, answer)
    docket.do(CANDIDATE, answer)
    assert (docket.stage(), [one.complete for one in docket.part().answers]) == ("told", [False, False])
    assert "case.delay_over" in [name for name, *_ in docket.passes().journal]
    assert (docket.stage(), docket.part().unanswered) == ("heard", ())
    assert told().answered().stage() == "heard"
    assert told().answered().passes().part().delays_over == ()
    docket = told().passes()
    docket.do(CANDIDATE, answer)
    assert [one.late for one in docket.part().answers] == [True]


@pytest.mark.rule("R7.2")
def test_what_is_answered_is_the_last_notice_alone():
    docket = opened()
    docket.do(CANDIDATE, AnswerCaseNotice("k1", 0, words()))
    docket.reported().told()
    assert docket.refused(CANDIDATE, AnswerCaseNotice("k1", 0, words())) == "R7.2"
    docket.told()
    for asked in (AnswerCaseNotice("k1", 1, words()), AskToBeHeard("k1", 1), AnswerCaseNotice("k1", 3, words())):
        assert "nouvelle notification" in docket.refusal(CANDIDATE, asked).text
    docket.do(CANDIDATE, AnswerCaseNotice("k1", 2, words()))
    assert [one.notice for one in docket.part().answers] == [0, 2]


@pytest.mark.rule("R7.2")
def test_the_candidate_alone_gives_the_rest_of_the_delay_up():
    whole = AnswerCaseNotice("k1", 1, words(), complete=True)
    assert opened().refused(CANDIDATE, replace(whole, number=0)) == "R7.2"
    docket = assisted("p-friend")
    assert docket.refused("p-friend", whole) == "R7.2"
    docket.do(CANDIDATE, AskToBeHeard("k1", 1))
    assert docket.refused(CANDIDATE, whole) == "R7.2"
    assert told().answered().refused(CANDIDATE, AskToBeHeard("k1", 1)) == "R7.2"


@pytest.mark.rule("R7.2")
def test_a_letter_that_comes_back_late_was_not_received_either():
    docket = told().passes()
    assert (docket.part().delays_over, docket.part().unanswered) == ((1,), (1,))
    docket.do(SYSTEM, CaseLetterFailed("k1", "notice", 1, docket.now, "5.1.1"))
    assert (docket.part().delays_over, docket.part().unanswered, docket.stage()) == ((), (), "told")


@pytest.mark.rule("R7.2")
def test_a_proposal_takes_no_right_to_be_heard_away():
    docket = told()
    docket.do(ORGANIZER, ProposeConsequence("k1", Consequence.NONE, words("nothing"), office("o-organizer")))
    docket.do(CANDIDATE, AskToBeHeard("k1", 1, words("please")))
    (asked,) = docket.part().hearing_requests
    assert (asked.by, asked.at, asked.words) == (CANDIDATE, docket.now, words("please"))


@pytest.mark.rule("R7.2")
def test_to_be_heard_is_asked_in_the_delay():
    assert opened().refused(CANDIDATE, AskToBeHeard("k1", 1)) == "R7.2"
    assert told().passes().refused(CANDIDATE, AskToBeHeard("k1", 1)) == "R7.2"


@pytest.mark.rule("R7.2")
@pytest.mark.parametrize("more", [
    CompleteFacts("k1", words("new"), office("o-organizer")), CompleteFacts(None, words("new"), office("o-organizer")),
    AddEvidence("k1", office("o-organizer"), paper=PAPER),
])  # fmt: skip
def test_what_is_found_after_the_notice_is_told_too(more: CompleteFacts | AddEvidence):
    docket = told().answered()
    docket.do(ORGANIZER, more)
    assert docket.refused(ORGANIZER, proposal(BAR)) == "R7.2"
    docket.told(BAR)
    assert (docket.stage(), docket.refused(ORGANIZER, proposal(BAR))) == ("told", "R7.2")
    docket.answered().proposed(BAR)
