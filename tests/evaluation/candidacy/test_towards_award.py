"""From the evaluation jury's recommendation to the certificate: what waits for whom, and what each is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from evaluation.candidacy.award_parts import Recommended
from evaluation.candidacy.awarded_by_sitting import NoteAward
from evaluation.candidacy.awarding import OutcomeRecorded
from evaluation.candidacy.certifying import CertificateNoted, NoteCertificate
from evaluation.candidacy.issued import NoteIssued
from evaluation.candidacy.kind import CANDIDACY, stands
from evaluation.candidacy.results_told import HandResult, NoteResultArrived, NoteResultFailed
from evaluation.candidacy.state import Awarded
from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.validated import AwardReturned, AwardValidated, NoteValidation
from evaluation.candidacy.withholding import NoteCase
from evaluation.codec import encode
from evaluation.deadlines import end_of
from evaluation.framework import Mark
from evaluation.known import KINDS
from evaluation.people import SYSTEM, Words
from evaluation.verify import verify
from tests.evaluation.body.house import CLERK, ORGANIZER, PAPER, POLISH
from tests.evaluation.candidacy.house import CANDIDATE, REGISTRATION, TRAINER, examined, office, registered
from tests.evaluation.candidacy.test_withholding import ANNUL, decided, lift
from tests.evaluation.candidacy.towards_award import (
    ALL_ACQUIRED,
    HELD,
    RULED,
    agenda,
    awaiting,
    issued,
    recommendation,
    returned,
    ruled,
    ruling,
    said_of,
    validated,
    validation,
)
from tests.evaluation.case import docket as cases


@pytest.mark.rule("R3.8")
def test_a_jury_hands_on_what_it_agreed_on_once() -> None:
    one = examined(registered())
    [event] = one.do(SYSTEM, recommendation())
    assert event.recommendation == Recommended(
        CANDIDATE, POLISH.code, POLISH.version, "s1", "h1", HELD, HearingEnding.HEARD,
        dict.fromkeys(ALL_ACQUIRED, Mark.ACQUIRED), (), ("BC1", "BC2"), (), ("p-emp", "p-own", "p-tra"), "full",
        body="b1", digest=POLISH.digest, trained_by=(TRAINER,), company=REGISTRATION.company)
    assert one.do(SYSTEM, recommendation()) == []


@pytest.mark.rule("R3.8")
def test_another_hearing_is_not_what_is_handed_on() -> None:
    one = examined(registered())
    assert one.refused(SYSTEM, replace(recommendation(), hearing="h2")) == "R3.8"
    assert one.refused(SYSTEM, replace(recommendation(), said=said_of("session.hearing_moved", {"hearing": "h1"}))) == (
        "R3.8")


@pytest.mark.rule("X15")
def test_nobody_but_the_platform_hands_on() -> None:
    one = examined(registered())
    assert {one.refused(CLERK, command) for command in (
        recommendation(), agenda(), NoteAward(ruling("full", "BC1", "BC2")), validation(1),
        NoteResultArrived(1, 1), NoteIssued(issued(1)))} == {"X15"}


def test_a_candidacy_waits_for_a_sitting_until_one_has_ruled() -> None:
    one = awaiting()
    row = one.rows("to_award")["k1"]
    assert (row.status, row.due_at, row.data["position"]) == ("waiting", end_of(date(2026, 4, 16)), 4)
    one.do(SYSTEM, agenda())
    assert one.rows("to_award")["k1"].status == "on_agenda"
    assert stands(one.state, 4)
    [event] = one.do(SYSTEM, NoteAward(ruling("full", "BC1", "BC2")))
    outcome = Awarded(CANDIDATE, POLISH.code, POLISH.version, RULED, "full", ("BC1", "BC2"))
    assert event == OutcomeRecorded(outcome, PAPER, None, (), None, ruling("full", "BC1", "BC2"), None)
    assert one.rows("to_award") == {}
    assert not stands(one.state, 4)
    assert {index: one.rows(index)["k1"].status for index in ("to_validate",)} == {"to_validate": "waiting"}
    assert one.do(SYSTEM, NoteAward(ruling("full", "BC1", "BC2"))) == []


@pytest.mark.rule("R4.5")
def test_who_was_absent_is_ruled_on_unless_excused_or_planned_again() -> None:
    one = examined(registered(), HearingEnding.ABSENT)
    said = said_of("session.no_show_recorded", {"hearing": "h1", "words": None})
    one.do(SYSTEM, replace(recommendation(), said=said))
    row = one.rows("to_award")["k1"]
    assert (row.status, row.data["ending"], row.data["outcome"]) == ("waiting", "absent", None)


@pytest.mark.rule("R3.9")
def test_a_candidacy_is_on_one_agenda_at_a_time() -> None:
    one = awaiting()
    one.do(SYSTEM, agenda())
    assert one.do(SYSTEM, agenda()) == []
    assert [event.why for event in one.do(SYSTEM, agenda(sitting="j2"))] == ["elsewhere"]
    assert one.rows("to_award")["k1"].data["sitting"] == "j1"
    assert verify(one.lines(), KINDS)
    one.do(SYSTEM, replace(agenda(), on=False))
    one.do(SYSTEM, agenda(sitting="j2"))
    assert one.rows("to_award")["k1"].data["sitting"] == "j2"


@pytest.mark.rule("R3.9")
def test_an_agenda_is_a_sittings_and_names_this_candidacy() -> None:
    one, good = awaiting(), agenda()
    for said in (replace(good.said, kind="session"), replace(good.said, data={"candidacy": "k2"})):
        assert one.refused(SYSTEM, replace(good, said=said)) == "R3.9"
    assert one.state.agenda is None


@pytest.mark.rule("R3.9")
def test_a_sitting_rules_on_what_is_on_its_agenda() -> None:
    one = awaiting()
    assert one.refused(SYSTEM, NoteAward(ruling("full", "BC1", "BC2"))) == "R3.9"
    one.do(SYSTEM, agenda(sitting="j2"))
    assert one.refused(SYSTEM, NoteAward(ruling("full", "BC1", "BC2"))) == "R3.9"


@pytest.mark.rule("R1.6")
def test_what_is_no_ruling_on_this_candidacy_awards_nothing() -> None:
    one = awaiting()
    one.do(SYSTEM, agenda())
    good = ruling("full", "BC1", "BC2")
    for said in (replace(good, event="sitting.item_decided"), replace(good, data={**good.data, "candidacy": "k2"}),
                 replace(good, data={**good.data, "ruling": {}})):
        assert one.refused(SYSTEM, NoteAward(said)) == "R1.6"


@pytest.mark.rule("R1.1")
def test_a_ruling_is_on_this_person_and_version() -> None:
    one = awaiting()
    one.do(SYSTEM, agenda())
    assert one.refused(SYSTEM, NoteAward(ruling("full", "BC1", "BC2", person="p-other"))) == "R1.1"
    assert one.refused(SYSTEM, NoteAward(ruling("full", "BC1", "BC2", version="1999"))) == "R1.1"


@pytest.mark.rule("R5.4")
def test_a_ruling_that_lacks_a_block_awards_not_the_whole() -> None:
    one = awaiting()
    one.do(SYSTEM, agenda())
    assert one.refused(SYSTEM, NoteAward(ruling("full", "BC1"))) == "R5.4"


def test_a_ruling_that_is_withheld_leaves_the_candidacy_waiting() -> None:
    one = awaiting()
    one.do(SYSTEM, agenda(), NoteAward(ruling("withheld")))
    row = one.rows("to_award")["k1"]
    assert (row.status, row.data["put_off"], one.state.agenda) == ("waiting", ["2026-04-01"], None)
    assert [letter.about for letter in one.state.letters] == ["put_off"]


# The commission, the certificate


@pytest.mark.rule("R8.1", "R8.2", "R8.3")
def test_a_certificate_follows_the_validation() -> None:
    one = ruled("full", "BC1", "BC2")
    position = one.state.position
    note = NoteCertificate("n1", RULED, PAPER, office("o-clerk"))
    assert one.rows("to_certify") == {}
    assert one.refused(CLERK, note) == "R8.1"
    assert one.refused(SYSTEM, NoteIssued(issued(position))) == "R8.3"
    [event] = one.do(SYSTEM, validation(position))
    assert event == AwardValidated(
        validation(position).said, position, "batch", one.state.outcomes[position].awarded, date(2026, 4, 30),
        POLISH.title, "e" * 64, date(2026, 6, 30), 3, False, "b1")
    assert one.do(SYSTEM, validation(position)) == []
    row = one.rows("to_certify")["k1"]
    assert (row.status, row.due_at) == ("full", end_of(date(2026, 6, 30)))
    [noted] = one.do(SYSTEM, NoteIssued(issued(position + 1)))
    assert noted == CertificateNoted("CQP-2026-00001", date(2026, 5, 4), None, None, None, issued(position + 1))
    assert one.rows("to_certify") == {}
    assert one.do(SYSTEM, NoteIssued(issued(position + 1))) == []


@pytest.mark.rule("R8.3")
def test_a_certificate_is_the_registers_and_names_this_candidacy_and_its_validated_award() -> None:
    one = validated("full", "BC1", "BC2")
    award = one.state.position
    good = issued(award)
    for said in (replace(good, kind="body"), replace(good, event="register.duplicate_issued"),
                 replace(good, data={**good.data, "candidacy": "k2"}), issued(award - 1)):
        assert one.refused(SYSTEM, NoteIssued(said)) == "R8.3"
    assert one.state.certified() == ()


@pytest.mark.rule("R8.3")
def test_a_corrected_certificate_takes_the_place_of_the_first_and_a_revoked_one_is_gone() -> None:
    one = validated("full", "BC1", "BC2")
    award = one.state.position
    one.do(SYSTEM, NoteIssued(issued(award)))
    one.do(SYSTEM, NoteIssued(issued(award, number=2, replaces=1)))
    assert [noted.number for noted in one.state.certified()] == ["CQP-2026-00002"]
    said = replace(issued(award, number=2), event="register.certificate_revoked")
    one.do(SYSTEM, NoteIssued(said))
    assert one.state.certified() == ()
    assert one.do(SYSTEM, NoteIssued(said)) == []


def test_a_returned_outcome_is_ruled_anew_and_the_candidate_is_told() -> None:
    one = ruled("partial", "BC1")
    outcome = one.state.position
    [event] = one.do(SYSTEM, returned(outcome))
    assert event == AwardReturned(returned(outcome).said, outcome, "batch", date(2026, 4, 30), Words("w", "d" * 8))
    assert one.state.standing() == ()
    row = one.rows("to_award")["k1"]
    assert (row.status, row.due_at) == ("waiting", end_of(date(2026, 5, 30)))
    assert [letter.about for letter in one.state.letters] == ["result", "returned"]
    one.on("2026-05-20")
    one.do(SYSTEM, agenda(sitting="j2"), NoteAward(ruling("full", "BC1", "BC2", sitting="j2", on=date(2026, 5, 20))))
    assert [ruling.awarded.award for ruling in one.state.standing()] == ["full"]
    assert [letter.about for letter in one.state.letters] == ["result", "returned", "result"]


@pytest.mark.rule("R7.2", "R8.1")
@pytest.mark.parametrize(("says", "holds"), [(validation, True), (returned, False)])
def test_what_the_commission_says_of_an_annulled_outcome_counts_once_that_is_lifted(
        says: Callable[[int], NoteValidation], holds: bool) -> None:
    one = ruled("full", "BC1", "BC2")
    outcome, sanction = one.state.position, decided(ANNUL)
    one.do(SYSTEM, NoteCase(cases.opened().quote(1), "fraud"), NoteCase(sanction.quote(), "fraud"))
    assert outcome in one.state.void
    one.on("2026-04-30")
    one.do(SYSTEM, says(outcome))
    assert (one.rows("to_certify"), [letter.about for letter in one.state.letters]) == ({}, ["result"])
    one.do(SYSTEM, *lift(sanction.id))
    assert [each.position for each in one.state.standing()] == ([outcome] if holds else [])
    assert set(one.rows("to_certify")) == ({"k1"} if holds else set())
    assert set(one.rows("to_award")) == (set() if holds else {"k1"})
    assert one.rows("to_validate") == {}


@pytest.mark.rule("R8.2")
def test_of_an_award_whose_certificate_was_revoked_none_is_due_again() -> None:
    """It has its number, which stays revoked: the register gives it no other."""
    one = validated("full", "BC1", "BC2")
    said = issued(one.state.position)
    one.do(SYSTEM, NoteIssued(said), NoteIssued(replace(said, event="register.certificate_revoked")))
    assert (one.rows("to_certify"), one.state.certified()) == ({}, ())


@pytest.mark.rule("R8.1")
def test_what_the_commission_says_is_of_this_body_and_this_candidacy() -> None:
    one = ruled("full", "BC1", "BC2")
    good = validation(one.state.position)
    for said in (replace(good.said, stream="b2"), replace(good.said, data={**good.said.data, "candidacy": "k2"}),
                 replace(good.said, data={**good.said.data, "outcome": 1})):
        assert one.refused(SYSTEM, NoteValidation(said)) == "R8.1"


# Letters


@pytest.mark.rule("R8.1")
def test_a_letter_arrives_or_comes_back_and_is_handed_over() -> None:
    one = ruled("full", "BC1", "BC2")
    letter = one.state.position
    key = f"k1/{letter}"
    assert (one.rows("results")[key].status, one.rows("results")[key].due_at) == ("sent", end_of(date(2026, 4, 16)))
    one.do(SYSTEM, NoteResultArrived(letter, one.now, PAPER))
    assert (one.rows("results")[key].status, one.rows("results")[key].due_at) == ("arrived", None)
    assert one.do(SYSTEM, NoteResultArrived(letter, one.now)) == []
    one.do(SYSTEM, NoteResultFailed(letter, one.now, "550"))
    assert (one.rows("results")[key].status, one.rows("results")[key].due_at) == ("returned", end_of(date(2026, 4, 16)))
    assert one.do(SYSTEM, NoteResultArrived(letter, one.now)) == []
    hand = HandResult(letter, date(2026, 4, 1), "registered_letter", office("o-clerk"))
    assert one.refused(CLERK, replace(hand, on=date(2026, 3, 31))) == "R8.1"
    assert one.refused(CLERK, replace(hand, on=date(2026, 4, 2))) == "R8.1"
    assert one.refused(CLERK, replace(hand, letter=1)) == "R8.1"
    one.do(CLERK, hand)
    assert [each.paper for each in one.state.letters] == [PAPER]
    assert (one.rows("results")[key].status, one.rows("results")[key].due_at) == ("handed", None)
    assert one.refused(CLERK, hand) == "R8.1"


def test_nobody_but_the_clerk_hands_a_result_over() -> None:
    one = ruled("full", "BC1", "BC2")
    command = HandResult(one.state.position, RULED, "by_hand", office("o-organizer"))
    assert one.refused(ORGANIZER, command) == "X15"


def test_the_journal_reads_back_what_was_asked() -> None:
    one = ruled("full", "BC1", "BC2")
    one.do(SYSTEM, validation(one.state.position))
    one.do(SYSTEM, NoteIssued(issued(one.state.position)))
    asked = [CANDIDACY.replay(event, None) for event in one.events[3:]]
    outcome = one.events.index(next(event for event in one.events if isinstance(event, OutcomeRecorded))) + 1
    assert asked == [
        recommendation(), agenda(), NoteAward(ruling("full", "BC1", "BC2")), validation(outcome),
        NoteIssued(issued(outcome + 1))]


def test_quotes_hold_what_the_register_needs() -> None:
    one = validated("full", "BC1", "BC2")
    data = encode(one.events[-1])
    assert {name: data[name] for name in ("validated_on", "certificate_due", "body", "company")} == {
        "validated_on": "2026-04-30", "certificate_due": "2026-06-30", "body": "b1", "company": "e" * 64}
    assert stands(one.state, one.state.position)
