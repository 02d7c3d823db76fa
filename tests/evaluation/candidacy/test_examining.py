"""A possible match with a bar: opened with a registration or later, decided by the clerk, ended with its bar (R6.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evaluation.body.bars import EndBar, SetBar, bars_for
from evaluation.body.certifications import PutFrameworkInForce, SupersedeCertification
from evaluation.candidacy.awarded_by_sitting import NoteAward
from evaluation.candidacy.examining import (
    ADMISSION,
    AdmissionChanged,
    CloseExaminations,
    DecideMatch,
    EndExamination,
    ExaminationEnded,
    ExaminationOpened,
    ExaminationsClosed,
    OpenExamination,
    quoted,
)
from evaluation.candidacy.hearing_endings import NoteEnding
from evaluation.candidacy.issued import NoteIssued
from evaluation.candidacy.kind import BY_THE_SERVER, CANDIDACY
from evaluation.candidacy.planned import NotePlanned
from evaluation.candidacy.recommended import NoteAgenda, NoteRecommendation
from evaluation.candidacy.registering import CorrectRegistration, WithdrawCandidacy
from evaluation.candidacy.reserving import NoteReservation
from evaluation.candidacy.results_told import NoteResultArrived, NoteResultFailed
from evaluation.candidacy.terms import Examination
from evaluation.candidacy.validated import NoteValidation
from evaluation.candidacy.withholding import NoteCase
from evaluation.deadlines import end_of
from evaluation.journal import BrokenJournal
from evaluation.known import KINDS
from evaluation.people import SYSTEM, Words
from evaluation.quotes import Quote
from evaluation.rules import Forbidden
from evaluation.verify import verify
from tests.evaluation.body.house import CLERK, MEETING, MEMBER, ORGANIZER, POLISH, staffed, words
from tests.evaluation.candidacy.house import (
    CANDIDATE,
    CIVIL,
    REGISTRATION,
    Candidacy,
    examined,
    office,
    opened,
    opening,
    outcome,
    registered,
)
from tests.evaluation.streams import at

DUE = date(2026, 3, 23)
"""Five working days after Monday, 16 March."""


def bar(name: str = "bar1", person: str = "p-barred") -> Quote:
    house = staffed()
    house.do(MEMBER, SetBar(name, person, "RNCP26850", words("fraud"), MEETING))
    return house.quote()


def lifted(name: str = "bar1") -> Quote:
    house = staffed()
    house.do(MEMBER, SetBar(name, "p-barred", "RNCP26850", words("fraud"), MEETING), EndBar(name, words("lifted")))
    return house.quote()


def possible(*bars: Quote) -> Candidacy:
    return registered(possible_bars=bars or (bar(),))


def answer(same: bool, of: Quote | None = None, **changes: object) -> DecideMatch:
    return replace(DecideMatch(of or bar(), same, words("looked"), office("o-clerk")), **changes)


def told(one: Candidacy) -> tuple[str, bool]:
    """What the organizer's list says, and whether a hearing can be planned on the registration."""
    registration = one.state.registration
    assert registration is not None
    return one.rows("candidacies")["k1"].status, CANDIDACY.stands(one.state, registration.position)


@pytest.mark.rule("R6.6")
def test_a_registration_that_may_be_somebody_under_a_bar_is_examined_first():
    one = possible()
    assert one.events[2:] == [ExaminationOpened((bar(),), DUE, "registered")]
    assert told(one) == ("examined", False)
    assert one.state.examinations == {"bar1": Examination(bar(), 3, at("2026-03-16"), DUE, "registered")}
    assert told(registered()) == ("registered", True)


@pytest.mark.rule("R6.6")
def test_what_is_examined_is_in_no_providers_rows():
    (row,) = possible().rows("examinations").values()
    assert (row.key, row.person, row.body, row.scope, row.status, row.about) == (
        "k1/bar1", CANDIDATE, "b1", None, "open", "bar1")  # fmt: skip
    assert (row.at, row.due_at, row.data) == (at("2026-03-16"), end_of(DUE), {
        "candidacy": "k1", "code": "RNCP26850", "provider": "of1", "bar": bar().position, "cause": "registered",
        "due": "2026-03-23"})  # fmt: skip
    shown = possible().rows("candidacies")["k1"]
    assert replace(shown, status="registered") == registered().rows("candidacies")["k1"]


@pytest.mark.rule("R6.6")
@pytest.mark.parametrize(("same", "status", "stands"), [(False, "registered", True), (True, "not_admitted", False)])
def test_the_clerk_decides(same: bool, status: str, stands: bool):
    one = possible()
    one.do(CLERK, answer(same))
    assert told(one) == (status, stands)
    found = one.state.examinations["bar1"]
    assert (found.same, found.words, found.by) == (same, words("looked"), CLERK)
    assert one.rows("examinations")["k1/bar1"].status == ("same" if same else "other")
    assert one.refused(CLERK, answer(same)) == "R6.6"
    one.do(CLERK, answer(not same))
    assert told(one) == told(possible_and(not same))


def possible_and(same: bool) -> Candidacy:
    one = possible()
    one.do(CLERK, answer(same))
    return one


@pytest.mark.rule("R6.6")
def test_every_bar_is_decided():
    other = bar("bar2", "p-2")
    one = possible(bar(), other)
    assert len(one.events) == 3
    one.do(CLERK, answer(False))
    assert told(one) == ("examined", False)
    one.do(CLERK, answer(True, other))
    assert told(one) == ("not_admitted", False)


@pytest.mark.rule("R6.6")
def test_what_follows_for_the_registration_is_told_without_its_bar():
    """Once for each change: of two bars one is looked at while it was found that the other is not theirs."""
    other = bar("bar2", "p-2")
    one = registered()
    one.do(SYSTEM, OpenExamination((bar(), other)))
    one.do(CLERK, answer(False), answer(True, other), answer(True), answer(False, other), answer(False))
    told_of = [data for name, _, _, data in one.journal if name == ADMISSION]
    assert told_of == [{"admission": said} for said in ("examined", "not_admitted", "admitted")]
    assert quoted(one.quote()) == "admitted"


@pytest.mark.rule("X15")
def test_nobody_else_decides():
    one = possible()
    for actor, quote in ((ORGANIZER, office("o-organizer")), (MEMBER, office("o-member")), (MEMBER, office("o-clerk")),
                         (CLERK, replace(office("o-clerk"), stream="b2"))):
        assert isinstance(one.refusal(actor, answer(False, office=quote)), Forbidden)
    assert isinstance(one.refusal(CLERK, answer(False, replace(bar(), stream="b2"))), Forbidden)


@pytest.mark.rule("R6.6")
def test_what_is_not_examined_is_not_decided():
    assert registered().refused(CLERK, answer(False)) == "R6.6"
    assert possible().refused(CLERK, answer(False, bar("bar2"))) == "R6.6"
    gone = possible()
    gone.do(ORGANIZER, WithdrawCandidacy(words("gone"), office("o-organizer")))
    assert gone.refused(CLERK, answer(False)) == "R6.6"
    assert (gone.rows("examinations"), gone.rows("candidacies")["k1"].status) == ({}, "withdrawn")


@pytest.mark.rule("R6.6")
def test_a_bar_that_does_not_run_is_not_cited():
    over = bar()
    over = replace(over, data={**over.data, "decided_on": "2023-03-15", "until": "2026-03-15"})
    later = replace(over, data={**over.data, "decided_on": "2026-03-17", "until": "2029-03-17"})
    for quote in (over, later, office("o-clerk"), replace(bar(), data={})):
        assert Candidacy(CANDIDACY, "k1", "2026-03-16").refused(ORGANIZER, opening(possible_bars=(quote,))) == "R6.6"
    last = replace(over, data={**over.data, "until": "2026-03-16"})
    assert told(possible(last)) == ("examined", False)


@pytest.mark.rule("X12")
def test_a_past_candidacy_is_not_examined():
    assert Candidacy(CANDIDACY, "k1", "2026-03-16").refused(CLERK, opening(
        registration=None, civil=None, provider=None, agreement=None, office=office("o-clerk"),
        first_jury=date(2026, 3, 2), possible_bars=(bar(),))) == "X12"


@pytest.mark.rule("R6.6")
def test_a_bar_set_after_the_registration():
    one = registered()
    assert isinstance(one.refusal(CLERK, OpenExamination((bar(),))), Forbidden)
    one.on("2026-04-02")
    assert one.do(SYSTEM, OpenExamination((bar(),))) == [
        ExaminationOpened((bar(),), date(2026, 4, 10), "barred"), AdmissionChanged("examined")]
    assert told(one) == ("examined", False)
    assert one.do(SYSTEM, OpenExamination((bar(),))) == []
    past, gone, ruled = opened(), registered(), examined(registered())
    gone.do(ORGANIZER, WithdrawCandidacy(words("gone"), office("o-organizer")))
    ruled.do(CLERK, outcome("partial", "BC1", ruled_on=date(2026, 3, 16)))
    for nothing_left in (past, gone, ruled):
        assert nothing_left.do(SYSTEM, OpenExamination((bar(),))) == []


@pytest.mark.rule("R6.6")
def test_a_correction_is_looked_at_again_and_never_asks_what_was_answered():
    one = registered()
    found = CorrectRegistration(REGISTRATION, Words("c2", "f" * 64), words("why"), office("o-organizer"),
                                possible_bars=(bar(),))
    (_, *examination) = one.do(ORGANIZER, found)
    assert examination == [ExaminationOpened((bar(),), DUE, "corrected"), AdmissionChanged("examined")]
    assert told(one) == ("examined", False)
    one.do(CLERK, answer(False))
    assert len(one.do(ORGANIZER, found)) == 1
    assert told(one) == ("registered", True)


@pytest.mark.rule("R6.6")
@pytest.mark.parametrize("same", [None, True])
def test_a_bar_that_is_lifted_keeps_nobody_away(same: bool | None):
    one = possible()
    if same is not None:
        one.do(CLERK, answer(same))
    assert isinstance(one.refusal(CLERK, EndExamination(lifted())), Forbidden)
    assert one.do(SYSTEM, EndExamination(lifted("bar9"))) == []
    assert one.do(SYSTEM, EndExamination(lifted())) == [ExaminationEnded(lifted()), AdmissionChanged("admitted")]
    assert told(one) == ("registered", True)
    assert one.rows("examinations") == {}
    assert one.refused(SYSTEM, EndExamination(bar())) == "R6.6"


@pytest.mark.rule("R6.6")
@pytest.mark.parametrize("same", [None, True])
def test_a_bar_keeps_nobody_away_after_its_last_day(same: bool | None):
    one, last = possible(), date(2029, 3, 2)
    if same is not None:
        one.do(CLERK, answer(same))
    assert CANDIDACY.next_due(one.state, one.now) == end_of(last)
    assert isinstance(one.refusal(CLERK, CloseExaminations()), Forbidden)
    one.now = end_of(last) - 1
    assert (CANDIDACY.due_commands(one.state, one.now), one.do(SYSTEM, CloseExaminations())) == ((), [])
    one.now = end_of(last)
    assert one.do(SYSTEM, *CANDIDACY.due_commands(one.state, one.now)) == [
        ExaminationsClosed(("bar1",)), AdmissionChanged("admitted")]
    assert (told(one), CANDIDACY.next_due(one.state, one.now)) == (("registered", True), None)
    verify(one.lines(), KINDS)


@pytest.mark.rule("R6.6")
def test_of_somebody_elses_bar_the_end_changes_nothing():
    assert CANDIDACY.next_due(possible_and(False).state, 0) is None


@pytest.mark.rule("R6.6")
def test_a_bar_is_for_the_certification_under_each_of_its_codes():
    house = staffed()
    house.do(CLERK, PutFrameworkInForce(replace(POLISH, code="RNCP40000"), date(2026, 3, 1)))
    house.do(MEMBER, SetBar("bar1", "p-barred", "RNCP26850", words(), MEETING))
    day = date(2026, 3, 20)
    assert bars_for(house.state, "RNCP40000", day) == ()
    house.do(CLERK, SupersedeCertification("RNCP26850", "RNCP40000", day))
    for code in ("RNCP40000", "RNCP26850"):
        assert [one.id for one in bars_for(house.state, code, day)] == ["bar1"]
    assert [bars_for(house.state, "RNCP26850", one) for one in (date(2026, 3, 1), date(2029, 3, 3))] == [(), ()]


def test_what_a_page_may_ask():
    assert {OpenExamination, EndExamination, CloseExaminations, NotePlanned, NoteCase, NoteReservation,
            NoteEnding, NoteRecommendation, NoteAgenda, NoteAward, NoteValidation, NoteResultArrived, NoteResultFailed,
            NoteIssued} == BY_THE_SERVER
    assert CANDIDACY.from_pages & BY_THE_SERVER == frozenset()
    assert CANDIDACY.must_have_seen(possible().state, DecideMatch, {}) == 3


@pytest.mark.rule("X5")
def test_the_journal_of_an_examination_is_proved():
    """A correction with what it found, and one that a bar set later follows."""
    one, corrected = possible(), CorrectRegistration(REGISTRATION, CIVIL, words("why"), office("o-organizer"))
    two, three = bar("bar2", "p-2"), bar("bar3", "p-3")
    one.do(CLERK, answer(True))
    one.do(ORGANIZER, replace(corrected, possible_bars=(two,)), corrected)
    one.do(SYSTEM, OpenExamination((three,)), EndExamination(lifted("bar1")))
    (proved,) = verify(one.lines(), KINDS)
    assert proved.records == 11
    name, _, when, data = one.journal[8]
    one.journal[8] = (name, CLERK, when, data)
    with pytest.raises(BrokenJournal) as broken:
        verify(one.lines(), KINDS)
    assert broken.value.position == 9


def test_who_reads_an_enrolment_reads_nothing_of_it():
    """What is quoted to plan a hearing."""
    data: dict[str, Any] = {**possible().quote(2).data}
    assert data == {**registered().quote(2).data}
