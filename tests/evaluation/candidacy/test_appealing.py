"""Appeals are recorded as they came; what speaks against one is flagged, and decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evaluation.candidacy.appealing import AppealRecorded, RecordAppeal, wrong_days
from evaluation.candidacy.terms import AppealFlag
from evaluation.candidacy.withholding import NoteCase
from evaluation.case.admissibility import RuleAdmissibility
from evaluation.case.case_opening import OpenCase
from evaluation.case.kind import CASE
from evaluation.case.terms import case_id
from evaluation.case_rules import Consequence
from evaluation.deadlines import end_of
from evaluation.people import SYSTEM, Paper
from tests.evaluation.body.house import CLERK, MEMBER, ORGANIZER, TODAY, words
from tests.evaluation.candidacy.house import Candidacy, office, opened, outcome
from tests.evaluation.case import docket as cases

SCAN = Paper("scan", "e" * 64)
RULED = date(2026, 3, 10)


def ruled() -> Candidacy:
    candidacy = opened()
    candidacy.do(CLERK, outcome("none"))
    candidacy.on("2026-07-01")
    return candidacy


def appeal(candidacy: Candidacy, **changes: Any) -> RecordAppeal:
    command = RecordAppeal("a1", candidacy.quote(2), date(2026, 5, 10), date(2026, 5, 12), "registered_letter", "1A 23",
                           True, SCAN, office("o-clerk"), words("unfair"))
    return replace(command, **changes)


@pytest.mark.rule("R9.2", "X6")
@pytest.mark.parametrize(("changes", "flags"), [
    ({}, ()), ({"posted_on": date(2026, 5, 11)}, (AppealFlag.OUT_OF_TIME,)),
    ({"reasoned": False, "reasons": None}, (AppealFlag.UNREASONED,)),
    ({"means": "email"}, (AppealFlag.NOT_REGISTERED,)),
    ({"told_on": date(2026, 4, 10)}, ()), ({"told_on": date(2026, 4, 11)}, (AppealFlag.TOLD_LATE,)),
])  # fmt: skip
def test_what_is_flagged(changes: dict[str, Any], flags: tuple[AppealFlag, ...]):
    candidacy = ruled()
    (event,) = candidacy.do(CLERK, appeal(candidacy, **changes))
    assert isinstance(event, AppealRecorded)
    assert (event.flags, event.until) == (flags, date(2026, 5, 10))
    (row,) = candidacy.rows("appeals").values()
    assert (row.data["until"], row.data["flags"]) == ("2026-05-10", [one.value for one in flags])
    assert candidacy.kind.replay(event, None) == appeal(candidacy, **changes)


@pytest.mark.rule("R9.2")
def test_what_is_no_appeal():
    candidacy = ruled()
    for wrong in ({"against": candidacy.quote(1)}, {"posted_on": date(2026, 3, 9)}, {"received_on": date(2026, 5, 9)},
                  {"received_on": date(2026, 7, 2)}, {"appeal": ""}, {"told_on": date(2026, 3, 9)},
                  {"told_on": date(2026, 7, 2)}):
        assert candidacy.refused(CLERK, appeal(candidacy, **wrong)) == "R9.2"
    other = opened("k2")
    other.do(CLERK, outcome("none"))
    assert candidacy.refused(CLERK, appeal(candidacy, against=other.quote())) == "R9.2"
    candidacy.do(CLERK, appeal(candidacy))
    for again in ({}, {"appeal": "a2"}, {"appeal": "a2", "number": "1a23", "means": "letter"}):
        assert candidacy.refused(CLERK, appeal(candidacy, **again)) == "R9.2"
    candidacy.do(CLERK, appeal(candidacy, appeal="a2", number="1A 24"))


@pytest.mark.rule("R9.2")
def test_each_day_that_cannot_be_is_named():
    against, today, day = ruled().quote(2), date(2026, 7, 1), date(2026, 5, 10)
    assert [name for name, _words in wrong_days(against, date(2026, 7, 2), date(2026, 7, 1), None, today)] == [
        "posted_on", "received_on"]
    assert [name for name, _words in wrong_days(against, day, date(2026, 5, 9), date(2026, 3, 9), today)] == [
        "received_on", "told_on"]
    assert wrong_days(against, RULED, RULED, RULED, RULED) == ()


@pytest.mark.rule("R9.2")
def test_the_longest_waiting_are_listed_first_until_they_are_decided():
    candidacy = ruled()
    candidacy.do(CLERK, appeal(candidacy))
    source, day = candidacy.quote(), "2026-07-01"
    docket = cases.Docket(CASE, case_id("candidacy", "k1", source.position), day)
    docket.do(SYSTEM, OpenCase(docket.id, "p-cand", source, "appeal", "award", cases.of_appeal()))
    candidacy.do(SYSTEM, NoteCase(docket.quote(), "appeal"))
    (row,) = candidacy.rows("appeals").values()
    assert (row.status, row.due_at, row.data["case"]) == ("open", end_of(date(2026, 5, 10)), docket.id)
    docket.do(MEMBER, RuleAdmissibility("k1", False, words("late"), office("o-member")))
    candidacy.do(SYSTEM, NoteCase(docket.quote(), "appeal"))
    (row,) = candidacy.rows("appeals").values()
    assert (row.status, row.due_at) == ("none", None)


@pytest.mark.rule("R9.2")
def test_what_was_corrected_is_not_appealed_against():
    candidacy = ruled()
    candidacy.do(CLERK, outcome("partial", "BC1", corrects=2))
    assert candidacy.refused(CLERK, appeal(candidacy)) == "R9.2"


@pytest.mark.rule("X15")
def test_the_clerk_records_it():
    candidacy = ruled()
    assert candidacy.refused(ORGANIZER, appeal(candidacy, office=office("o-organizer"))) == "X15"


@pytest.mark.rule("R9.2")
def test_an_appeal_against_a_sanction_counts_from_its_decision():
    candidacy = ruled()
    bar = Consequence.BAR
    docket = cases.opened().reported().told(bar).answered().proposed(bar).agreed().submitted().decided(bar)
    (event,) = candidacy.do(CLERK, appeal(candidacy, against=docket.quote(), posted_on=date(2026, 5, 16),
                                          received_on=date(2026, 5, 16)))
    assert (event.until, event.flags) == (date(2026, 5, 16), ())
    theirs = replace(docket.quote(), data={**docket.quote().data, "candidacy": "k2"})
    assert candidacy.refused(CLERK, appeal(candidacy, appeal="a2", against=theirs)) == "R9.2"


def test_an_appeal_opens_a_case():
    candidacy = ruled()
    candidacy.do(CLERK, appeal(candidacy))
    source = candidacy.quote()
    docket = cases.Docket(CASE, case_id("candidacy", "k1", source.position), TODAY)
    docket.do(SYSTEM, OpenCase(docket.id, "p-cand", source, "appeal", "award", cases.of_appeal()))
    assert (docket.state.facts[0].words, docket.state.evidence[0].id) == (words("unfair"), "scan")
