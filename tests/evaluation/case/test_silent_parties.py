"""A party that does not answer is reminded, then recorded silent: by the clockwork, and after its days alone (R7.2)."""

from __future__ import annotations

from datetime import date

import pytest

from evaluation.case.silent_parties import RecordSilent, RemindParty
from evaluation.case_rules import Consequence
from evaluation.deadlines import end_of
from evaluation.people import SYSTEM
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    DIRECTOR,
    JURORS,
    MEMBER,
    ORGANIZER,
    office,
    party_answer,
    postponing,
    validation,
)


@pytest.mark.rule("R7.2")
def test_a_party_silent_for_ever_is_reminded_twice_then_recorded_silent():
    docket = postponing()
    docket.do(DIRECTOR, party_answer(office=office("o-director")))
    for juror in JURORS[1:]:
        docket.do(juror, party_answer())
    due = [end_of(date(2026, 3, day)) for day in (21, 26, 31)]
    assert docket.kind.next_due(docket.state, docket.now) == due[0]
    docket.now = due[0] - 1
    assert docket.refused(SYSTEM, RemindParty("k1", 1, "p-emp")) == "R7.2"
    assert docket.by_itself() == []
    said: list[str] = []
    for moment in due:
        docket.now = moment
        said += [type(one).__name__ for one in docket.by_itself()]
    assert said == ["PartyReminded", "PartyReminded", "SilenceRecorded"]
    assert (docket.stage(), docket.kind.next_due(docket.state, docket.now)) == ("answered", None)
    docket.submitted()
    assert docket.part().submissions[0].divergences == ("p-emp",)
    docket.do("p-emp", party_answer())
    docket.do(MEMBER, validation(Consequence.POSTPONE))


@pytest.mark.rule("R7.2")
def test_no_silence_before_the_reminders():
    docket = postponing()
    assert docket.refused(SYSTEM, RecordSilent("k1", 1, "p-emp")) == "R7.2"
    for day in (21, 26):
        docket.now = end_of(date(2026, 3, day))
        assert docket.refused(SYSTEM, RecordSilent("k1", 1, "p-emp")) == "R7.2"
        docket.do(SYSTEM, RemindParty("k1", 1, "p-emp"))
    assert docket.refused(SYSTEM, RemindParty("k1", 1, "p-emp")) == "R7.2"
    assert docket.refused(SYSTEM, RecordSilent("k1", 1, "p-emp")) == "R7.2"
    docket.now = end_of(date(2026, 3, 31))
    docket.do(SYSTEM, RecordSilent("k1", 1, "p-emp"))
    assert docket.refused(SYSTEM, RecordSilent("k1", 1, "p-emp")) == "R7.2"
    assert docket.refused(SYSTEM, RecordSilent("k1", 1, CANDIDATE)) == "R7.2"


@pytest.mark.rule("R7.2")
def test_after_an_outage_nobody_is_silent_to_reminders_that_come_all_at_once():
    """The platform was away for the whole delay: each party is reminded once, and has the days again."""
    docket = postponing()
    docket.on("2026-04-10", 14)
    docket.by_itself()
    proposal = docket.part().proposals[0]
    assert (dict(proposal.reminded), proposal.waiting) == (dict.fromkeys(proposal.parties, 1), proposal.parties)
    assert docket.refused(SYSTEM, RemindParty("k1", 1, "p-emp")) == "R7.2"
    assert docket.kind.next_due(docket.state, docket.now) == end_of(date(2026, 4, 15))
    docket.now = end_of(date(2026, 4, 20)) - 1
    docket.by_itself()
    assert docket.refused(SYSTEM, RecordSilent("k1", 1, "p-emp")) == "R7.2"
    docket.passes()
    assert (docket.stage(), docket.now) == ("answered", end_of(date(2026, 4, 25)))


@pytest.mark.rule("X15")
@pytest.mark.parametrize("actor", [CLERK, ORGANIZER, "p-own"])
def test_the_clockwork_alone_reminds_and_counts(actor: str):
    docket = postponing()
    docket.now = end_of(date(2026, 3, 31))
    for command in (RemindParty("k1", 1, "p-emp"), RecordSilent("k1", 1, "p-emp")):
        assert docket.refused(actor, command) == "X15"
