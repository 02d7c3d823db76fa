"""The candidate is summoned to be heard, and heard; nobody fails to come whom nothing told to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.case.case_rows import awaited_at, until
from evaluation.case.facts import AddEvidence
from evaluation.case.hearing_out import AnswerCaseNotice, AskToBeHeard
from evaluation.case.letter_fates import CaseLetterArrived, CaseLetterFailed
from evaluation.case.stages import was_heard
from evaluation.case.summoning import RecordCandidateHeard, RecordSummonsDelivered, SummonToBeHeard
from evaluation.case_rules import Consequence
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.verify import verify
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    ORGANIZER,
    PAPER,
    Docket,
    notice,
    office,
    opened,
    proposal,
    words,
)
from tests.evaluation.streams import at

BAR = Consequence.BAR


def told() -> Docket:
    return opened().reported().told()


def heard(on: str = "2026-03-20", attended: bool = True) -> RecordCandidateHeard:
    return RecordCandidateHeard("k1", date.fromisoformat(on), attended, words("said"), office("o-clerk"))


def summons(day: str = "2026-03-25", number: int = 1, hour: int = 10) -> SummonToBeHeard:
    return SummonToBeHeard("k1", number, at(day, hour), words("room 4"), office("o-clerk"), PAPER)


def delivered(on: str = "2026-03-17", number: int = 1) -> RecordSummonsDelivered:
    return RecordSummonsDelivered("k1", number, date.fromisoformat(on), "by_hand", words(), office("o-clerk"))


@pytest.mark.rule("R7.2")
def test_whoever_asks_to_be_heard_is_waited_for():
    docket = told()
    docket.do(CANDIDATE, AskToBeHeard("k1", 1))
    docket.do(CANDIDATE, AnswerCaseNotice("k1", 1, words()))
    docket.passes()
    assert (was_heard(docket.part()), docket.stage()) == (False, "told")
    assert docket.refused(ORGANIZER, proposal(BAR)) == "R7.2"
    docket.on("2026-04-02")
    for on in ("2026-03-15", "2026-04-03"):
        assert docket.refused(CLERK, heard(on)) == "R7.2"
    docket.do(CLERK, heard())
    assert (docket.part().heard[0].on, docket.stage()) == (date(2026, 3, 20), "heard")
    assert docket.refused(CANDIDATE, AskToBeHeard("k1", 1)) == "R7.2"
    assert docket.refused(CLERK, summons("2026-05-01")) == "R7.2"


@pytest.mark.rule("R7.2")
def test_a_summons_is_the_clerks_on_the_last_notice_days_ahead():
    docket = opened().reported()
    assert docket.refused(CLERK, summons(number=0)) == "R7.2"
    docket.told()
    assert docket.refused(ORGANIZER, replace(summons(), office=office("o-organizer"))) == "X15"
    for wrong in (summons("2026-03-20"), summons(number=2), summons("2026-03-01")):
        assert docket.refused(CLERK, wrong) == "R7.2"
    docket.do(CLERK, summons("2026-03-21", hour=8), summons())
    assert [(one.number, one.notice) for one in docket.part().summonses] == [(1, 1), (2, 1)]
    docket.told()
    assert docket.part().summons is None
    assert docket.refused(CLERK, summons()) == "R7.2"


@pytest.mark.rule("R7.2")
def test_nobody_is_heard_who_was_neither_asked_nor_asked_to_be():
    docket = told()
    docket.on("2026-03-20")
    assert docket.refused(CLERK, heard()) == "R7.2"
    docket.do(CLERK, summons())
    docket.on("2026-03-26")
    docket.do(CLERK, heard("2026-03-25"))
    assert docket.part().heard[0].attended


@pytest.mark.rule("R7.2")
def test_nobody_is_heard_before_the_hour_they_are_summoned_to():
    """Whoever had asked to be heard, and is summoned, is not noted as heard on a day before; whoever was summoned once
    more is heard at the later hour."""
    docket = told()
    docket.do(CANDIDATE, AskToBeHeard("k1", 1))
    docket.do(CLERK, summons("2026-03-25", hour=10))
    docket.now = at("2026-03-25", 10) - 1
    assert docket.refused(CLERK, heard("2026-03-25")) == "R7.2"
    docket.now += 1
    assert docket.refused(CLERK, heard("2026-03-24")) == "R7.2"
    docket.do(CLERK, summons("2026-04-01"))
    assert docket.refused(CLERK, heard("2026-03-25")) == "R7.2"
    docket.now = at("2026-04-01", 10)
    docket.do(CLERK, heard("2026-04-01"))
    assert [one.on for one in docket.part().heard] == [date(2026, 4, 1)]


@pytest.mark.rule("R7.2")
def test_nobody_fails_to_come_whom_no_summons_reached_before_its_hour_or_in_the_delay():
    docket = told()
    docket.do(CANDIDATE, AskToBeHeard("k1", 1, words("please")))
    docket.on("2026-05-01")
    assert docket.refused(CLERK, heard("2026-05-01", attended=False)) == "R7.2"  # nothing told them to come
    docket = told()
    docket.do(CLERK, summons())
    docket.do(SYSTEM, CaseLetterArrived("k1", "summons", 1, docket.now))
    docket.on("2026-03-24")
    assert docket.refused(CLERK, heard("2026-03-24", attended=False)) == "R7.2"  # it is not the hour
    docket.on("2026-03-26")
    assert docket.refused(CLERK, heard("2026-03-25", attended=False)) == "R7.2"  # they may still answer
    docket.on("2026-04-02")
    docket.do(SYSTEM, CaseLetterFailed("k1", "summons", 1, docket.now, "unknown"))
    assert docket.refused(CLERK, heard("2026-03-25", attended=False)) == "R7.2"  # it came back
    docket.do(CLERK, summons("2026-04-10"))
    assert docket.refused(CLERK, delivered("2026-04-02", 1)) == "R7.2"
    assert docket.refused(CLERK, delivered("2026-04-01", 2)) == "R7.2"
    docket.do(CLERK, delivered("2026-04-02", 2))
    assert docket.refused(CLERK, delivered("2026-04-02", 2)) == "R7.2"
    assert docket.refused(CLERK, heard("2026-04-02", attended=False)) == "R7.2"
    docket.on("2026-04-11")
    docket.by_itself()
    docket.do(CLERK, heard("2026-04-10", attended=False))
    assert docket.stage() == "heard"
    verify(docket.lines(), KINDS)


@pytest.mark.rule("R6.5")
def test_a_notice_cites_all_that_is_in_the_file_and_nothing_else():
    docket = opened().reported()
    docket.do(ORGANIZER, AddEvidence("k1", office("o-organizer"), paper=PAPER))
    mine = tuple(one.id for one in docket.state.evidence_of("k1"))
    assert mine
    for wrong in ((), (*mine, "of-another")):
        assert docket.refused(CLERK, notice(evidence=wrong)) == "R6.5"
    docket.do(CLERK, notice(evidence=mine))


@pytest.mark.rule("R7.2")
def test_a_row_says_whether_the_candidate_or_the_clerk_is_awaited_and_until_when():
    docket = told()

    def row() -> tuple[object, int | None]:
        (found,) = docket.rows("cases").values()
        return found.data["awaits"], found.due_at

    assert row()[0] == ["candidate"]
    docket.do(CANDIDATE, AskToBeHeard("k1", 1))
    assert row()[0] == ["clerk"]
    docket.do(CLERK, summons())
    assert row() == (["candidate", "clerk"], at("2026-03-25", 10))
    docket.do(SYSTEM, CaseLetterFailed("k1", "summons", 1, docket.now, "unknown"))
    assert row()[0] == ["clerk"]
    docket.do(CLERK, delivered("2026-03-16"))
    assert row() == (["candidate", "clerk"], at("2026-03-25", 10))


@pytest.mark.rule("R7.2")
def test_nobody_is_awaited_while_a_notice_is_on_its_way_and_the_clerk_only_from_the_hour_of_a_summons():
    docket = opened().reported()
    docket.do(CLERK, notice())

    def awaited(when: int) -> tuple[str, ...]:
        return awaited_at(docket.state, docket.part(), when)

    assert awaited(docket.now) == ()
    docket.do(SYSTEM, CaseLetterFailed("k1", "notice", 1, docket.now, "unknown"))
    assert awaited(docket.now) == ("clerk",)
    docket = told()
    docket.do(CANDIDATE, AskToBeHeard("k1", 1, words("mornings")))
    assert (awaited(docket.now), until(docket.state, docket.part())) == (("clerk",), None)
    docket.do(CLERK, summons())
    hour = at("2026-03-25", 10)
    assert [awaited(one) for one in (hour - 1, hour)] == [("candidate",), ("candidate", "clerk")]
    assert until(docket.state, docket.part()) == hour
