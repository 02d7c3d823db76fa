"""Nobody is sanctioned unheard; each party answers, and silence is no agreement and blocks nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evaluation.case.consequences import AnswerProposal, RecordSilent, RemindParty
from evaluation.case.ruling import SubmitCase
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
    Docket,
    malfunction,
    notice,
    office,
    opened,
    proposal,
    validation,
    words,
)

BAR, DISQUALIFY, ANNUL, POSTPONE = Consequence.BAR, Consequence.DISQUALIFY, Consequence.ANNUL, Consequence.POSTPONE


def proposed() -> Docket:
    return malfunction().reported().proposed(POSTPONE)


def answer(**changes: Any) -> AnswerProposal:
    return replace(AnswerProposal("k1", 1, True), **changes)


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
    docket = proposed()
    for who in (CANDIDATE, MEMBER, "p-nobody", ORGANIZER):
        assert docket.refused(who, answer()) == "R7.2"
    assert docket.refused(CLERK, answer(office=office("o-clerk"))) == "X15"
    assert docket.refused(JURORS[0], answer(agrees=False)) == "R7.2"
    docket.do(JURORS[0], answer(agrees=False, words=words("no")))
    docket.do(ORGANIZER, answer(office=office("o-organizer")))
    given = docket.part().proposals[0].answers
    assert {party: one.answer for party, one in given.items()} == {"p-emp": "disagrees", "provider": "agrees"}
    assert docket.stage() == "proposed"
    assert docket.refused(JURORS[1], answer(number=2)) == "R7.2"


@pytest.mark.rule("R7.2")
def test_a_party_silent_for_ever_is_reminded_twice_then_recorded_silent():
    docket = proposed()
    docket.do(DIRECTOR, answer(office=office("o-director")))
    for juror in JURORS[1:]:
        docket.do(juror, answer())
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
    docket.do("p-emp", answer())
    docket.do(MEMBER, validation(POSTPONE))


@pytest.mark.rule("R7.2")
def test_no_silence_before_the_reminders():
    docket = proposed()
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
    docket = proposed()
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
    docket = proposed()
    docket.now = end_of(date(2026, 3, 31))
    for command in (RemindParty("k1", 1, "p-emp"), RecordSilent("k1", 1, "p-emp")):
        assert docket.refused(actor, command) == "X15"


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
    docket = proposed().agreed().proposed(ANNUL)
    assert (docket.stage(), docket.part().proposals[-1].waiting) == ("proposed", ("provider", *JURORS))
    assert docket.refused("p-emp", answer()) == "R7.2"


@pytest.mark.rule("R7.2")
def test_what_lies_with_the_commission_is_not_changed_under_it():
    docket = proposed().agreed().submitted()
    assert docket.refused(ORGANIZER, proposal(ANNUL)) == "R7.2"
    assert docket.refused(CLERK, SubmitCase("k1", office("o-clerk"))) == "R7.2"
    fraud = opened().reported().proposed(Consequence.NONE).agreed().submitted()
    assert fraud.refused(CLERK, notice()) == "R7.2"


def test_what_somebody_must_have_seen():
    docket = proposed().agreed()
    seen = docket.kind.must_have_seen
    assert seen(docket.state, SubmitCase, {"candidacy": "k1"}) == docket.state.position
    assert seen(docket.state, AnswerProposal, {"candidacy": "k1"}) == 0
