"""The papers of a hearing, entered by one, confirmed by each juror, and then its record (X13)."""

from __future__ import annotations

import pytest

from evaluation.grading import Mark
from evaluation.rules import Forbidden
from evaluation.session import commands as c
from evaluation.session.access import rights
from evaluation.session.doors import Door
from evaluation.session.kind import SESSION
from evaluation.session.phases import Phase
from evaluation.session.transcribing import to_confirm
from evaluation.session.transcript import (
    DISPUTE,
    GATES,
    IDENTITY,
    PaperIdentity,
    PaperIncident,
    advice_place,
    incident_place,
    mark_place,
    refusal_place,
)
from tests.evaluation.session.day import ALL_A, JURY, begun, result, verified, words
from tests.evaluation.session.papers import (
    ADVICE,
    GRIDS,
    PRESENTATION,
    QUESTIONS,
    confirm,
    enter,
    entered,
    number,
    scanned,
    transcript,
    with_mark,
)


def test_what_the_three_confirmed_is_the_record_as_the_room_would_have_left_it():
    day, room = confirm(entered()), begun().signed()
    found, there = day.hearing(), room.hearing()
    assert (found.phase, found.agreed, found.result) == (Phase.CLOSED, there.agreed, there.result)
    assert result(day).outcome == "full"
    for juror in ("emp", "own", "tra"):
        own, same = found.grid(juror), there.grid(juror)
        assert own.closed
        assert {code: one.mark for code, one in own.marks.items()} == {
            code: one.mark for code, one in same.marks.items()}  # fmt: skip
    table, then = day.deliberation(), room.deliberation()
    assert {code: (p.mark, p.confirmed) for code, p in table.proposals.items()} == {
        code: (p.mark, p.confirmed) for code, p in then.proposals.items()}  # fmt: skip
    assert {block: one.advice for block, one in table.recommendations.items()} == {
        block: one.advice for block, one in then.recommendations.items()}  # fmt: skip
    assert (found.prevention, found.sheet, found.sheet_at) == ("acknowledged", "signed", PRESENTATION.began_at)
    assert (found.dismissed_at, found.results_by) == (QUESTIONS.ended_at, there.results_by)
    assert {phase: clock.elapsed(day.now) for phase, clock in found.clocks.items()} == {
        Phase.PRESENTATION: 15 * 60_000, Phase.QUESTIONS: 30 * 60_000}  # fmt: skip
    assert day.state.president_of("h1") == "emp"
    assert Door.ALL_GRIDS in rights(day.state, "org").doors("h1")


@pytest.mark.rule("X7")
def test_who_enters_the_papers_has_seen_what_was_entered_before():
    day = entered()
    assert SESSION.must_have_seen(day.state, c.EnterTranscript, {"hearing": "h1"}) == day.state.position


def test_it_says_that_it_was_put_on_paper_and_when_each_confirmed():
    day = entered()
    asked = day.now
    confirm(day)
    signatures = day.deliberation().signatures
    assert {juror: (one.on_paper, one.refused) for juror, one in signatures.items()} == dict.fromkeys(
        ("own", "tra", "emp"), (True, False))  # fmt: skip
    assert [signatures[juror].at - asked for juror in ("own", "tra", "emp")] == [60_000, 120_000, 180_000]
    found = day.hearing().transcribed
    assert found is not None
    assert (found.by, found.stands_at, day.hearing().on_paper) == ("org", day.now, {"prevention", "sheet"})
    assert not begun().signed().hearing().transcribed


def test_the_journal_proves_it_and_what_it_computes():
    day = confirm(entered())
    assert verified(day.lines()).results == SESSION.results(day.state)
    assert [one.event.removeprefix("session.") for one in day.records[-6:]] == [
        "transcript_entered", "transcript_confirmed", "transcript_confirmed", "transcript_confirmed",
        "transcript_stood", "hearing_closed"]  # fmt: skip


@pytest.mark.rule("X13")
def test_until_the_third_confirms_nothing_of_it_is_the_record():
    day = entered()
    before = day.hearing()
    confirm(day, "own", "tra")
    found = day.hearing()
    assert (found.phase, found.grids, found.deliberation) == (before.phase, {}, None)
    assert (to_confirm(day.state, found, "emp"), to_confirm(day.state, found, "own")) == (found.transcribed, None)
    assert to_confirm(day.state, found, "org") is None
    day.do("emp", c.StopHearing("h2", words()), c.PostponeHearing("h1", words()))
    assert day.refused("org", c.CloseSession()) == "X13"
    confirm(day, "emp")
    assert day.phase() is Phase.CLOSED
    day.do("org", c.CloseSession())


@pytest.mark.rule("X13")
def test_what_awaits_a_juror_of_a_hearing_that_ended_otherwise_keeps_no_day_open():
    day = confirm(entered(), "own")
    day.do("org", c.CancelHearing("h1", words()), c.CancelHearing("h2", words()))
    assert to_confirm(day.state, day.hearing(), "tra") is None
    assert day.refused("tra", c.ConfirmTranscript("h1", number(day))) == "X13"
    day.do("org", c.CloseSession())


@pytest.mark.rule("X7", "X13")
def test_the_president_confirms_last():
    day = entered()
    assert day.refused("emp", c.ConfirmTranscript("h1", number(day))) == "X7"
    confirm(day, "own")
    assert day.refused("emp", c.ConfirmTranscript("h1", number(day))) == "X7"


@pytest.mark.rule("X13")
def test_a_juror_who_finds_it_wrong_says_so_and_reads_the_correction():
    day = confirm(entered(), "own")
    day.do("tra", c.RefuseTranscript("h1", number(day), words("C1.2 is not what I wrote")))
    found, old = day.hearing().transcribed, number(day)
    assert found is not None
    assert (found.refused, set(found.confirmed)) == ({"tra": words("C1.2 is not what I wrote")}, {"own"})
    enter(day, {mark_place("tra", "C1.4"): words()}, grids=with_mark("tra", "C1.4", Mark.NOT_ACQUIRED))
    found = day.hearing().transcribed
    assert found is not None
    assert (found.refused, found.confirmed, found.number > old) == ({}, {}, True)
    for juror in ("own", "tra"):
        assert day.refused(juror, c.ConfirmTranscript("h1", old)) == "X13"
        assert day.refused(juror, c.RefuseTranscript("h1", old, words())) == "X13"
    confirm(day)
    assert day.hearing().grid("tra").marks["C1.4"].words == words()
    assert verified(day.lines())


def test_a_juror_may_think_again_of_the_same_entry():
    day = confirm(entered(), "own")
    day.do("own", c.RefuseTranscript("h1", number(day), words()))
    found = day.hearing().transcribed
    assert found is not None
    assert (set(found.confirmed), set(found.refused)) == (set(), {"own"})
    confirm(day, "own")
    assert day.do("own", c.ConfirmTranscript("h1", number(day))) == []


@pytest.mark.rule("X13", "R2.3")
@pytest.mark.parametrize("actor", ["org", "obs", "cand1", "aid1", "nobody"])
def test_nobody_confirms_or_refuses_for_a_juror(actor: str):
    day = entered()
    for command in (c.ConfirmTranscript("h1", number(day)), c.RefuseTranscript("h1", number(day), words())):
        with pytest.raises(Forbidden):
            SESSION.decide(day.state, command, actor, day.now)


@pytest.mark.rule("X13")
@pytest.mark.parametrize("actor", ["emp", "cand1", "obs", "nobody"])
def test_the_papers_are_entered_by_who_organizes(actor: str):
    with pytest.raises(Forbidden):
        SESSION.decide(scanned().state, transcript(), actor, scanned().now)


@pytest.mark.rule("R1.4")
def test_a_juror_recused_after_the_entry_neither_confirms_nor_stays_in_it():
    day = entered()
    day.do("tra", c.Recuse("h1"))
    assert day.refused("tra", c.ConfirmTranscript("h1", number(day))) == "R1.4"
    assert day.refused("own", c.ConfirmTranscript("h1", number(day))) == "R1.4"


@pytest.mark.rule("X13")
def test_what_stands_is_neither_entered_nor_confirmed_nor_refused_again():
    day = confirm(entered())
    assert day.refused("org", transcript()) == "X13"
    assert day.refused("own", c.ConfirmTranscript("h1", number(day))) == "X13"
    assert day.refused("own", c.RefuseTranscript("h1", number(day), words())) == "X13"


def test_incidents_on_paper_are_incidents_of_the_hearing_by_the_president():
    incidents = (PaperIncident("technical", False, "presentation"), PaperIncident("outside_help", True, "questions"))
    said = {incident_place(0): words("power cut"), incident_place(1): words("earphone"), IDENTITY: words("expired")}
    day = confirm(entered(said, incidents=incidents, identity=PaperIdentity("doubtful", "reserve", "old_card")))
    assert [(one.kind, one.suspected_fraud, one.phase, one.words, one.by) for one in day.hearing().incidents] == [
        ("identity", False, "welcome", words("expired"), "emp"),
        ("technical", False, "presentation", words("power cut"), "emp"),
        ("outside_help", True, "questions", words("earphone"), "emp")]  # fmt: skip
    assert day.hearing().reservations == {"identity"}
    assert verified(day.lines())


def test_a_disagreement_and_a_refusal_to_sign_go_on_as_a_dispute():
    agreed = {code: mark for code, mark in ALL_A.items() if code != "C2.3"}
    said = {DISPUTE: words("two against one"), refusal_place("tra"): words("never"), advice_place("BC2"): words(),
            advice_place(""): words()}  # fmt: skip
    advice = {**ADVICE, "BC2": "refuse", "": "refuse"}
    day = confirm(entered(said, consensus=agreed, disputed=("C2.3",), recommendations=advice, refused=("tra",)))
    found, table = day.hearing(), day.deliberation()
    assert (found.disputed, table.disputed, found.agreed) == (True, {"C2.3": words("two against one")}, agreed)
    assert (table.signatures["tra"].refused, table.signatures["tra"].words) == (True, words("never"))
    assert result(day).complete is False


def test_a_gate_that_was_passed_with_a_reservation_withholds_the_award():
    day = confirm(entered({GATES: words("would not sign")}, sheet="waived"))
    assert (day.hearing().sheet, day.hearing().reservations, day.hearing().on_paper) == (
        "waived", {"sheet"}, {"prevention"})  # fmt: skip


def test_a_line_that_died_in_the_middle_ends_on_paper_and_frees_the_room():
    day = begun().questioning()
    day.do("tra", c.SetMark("h1", "C1.1", Mark.ACQUIRED))
    day.wait(160).do("org", c.AttachScan("h1", "scan-1", "pack", "digest", 9))
    enter(day)
    confirm(day)
    assert (day.phase(), day.state.current) == (Phase.CLOSED, None)
    assert [len(day.hearing().grid(juror).marks) for juror in GRIDS] == [12, 12, 12]
    day.called("h2")
    assert verified(day.lines())


def test_a_candidate_is_told_nothing_of_it_and_the_jury_learns_it_before_it_stands():
    day = entered()
    assert Door.RECORD not in rights(day.state, "cand1").doors("h1")
    assert all(Door.RECORD in rights(day.state, seat.id).doors("h1") for seat in JURY)
