"""What is written before the notice; and what a change of the day writes to whoever was given it, and does to their
calendar (R4.4)."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.deadlines import end_of
from evaluation.people import SYSTEM, JurorCategory
from evaluation.session import commands as c
from evaluation.session.kind import SESSION
from evaluation.session.lengths import slot_of
from evaluation.slots import hour_on
from server.journals.ledger import Commit
from server.people.day_letters import about_day, day_letters
from server.storage.letter_reports import About
from server.storage.letters import Letter
from tests.evaluation.session import test_brief
from tests.evaluation.session.day import HOUR, JURY, MINUTE, Day, hearing, listed, planned, substitute, words
from tests.evaluation.session.quotes import appoint, replace_juror
from tests.evaluation.session.test_scheduling import ALWAYS, TEN, noticed


def written(day: Day, command: c.Command, actor: str = "org") -> dict[str, Letter]:
    """The letters of one act, by whom they are for."""
    before, events = day.state, day.do(actor, command)
    found = list(day_letters(Commit(SESSION, "s1", before, day.state, (), tuple(events))))
    assert len({one.person for one in found}) == len(found)
    return {str(one.data["seat"]): one for one in found}


def told() -> Day:
    """Both candidates, an aid and an observer have had their notice."""
    day = noticed()
    day.do("org", c.Convene("obs", ALWAYS))
    return day


def entry(letter: Letter) -> tuple[object, ...]:
    return (letter.template, *(letter.data[one] for one in ("session", "method", "date", "starts_at")))


@pytest.mark.rule("R4.4")
def test_an_hour_that_moves_changes_the_entry_of_the_calendar():
    day = told()
    first = day.state.position
    letters = written(day, c.MoveHearing("h1", TEN + HOUR, words()))
    moved = ("moved", day.state.id, "REQUEST", "2026-06-15", TEN + HOUR)
    assert {seat: entry(one) for seat, one in letters.items()} == {"cand1": moved, "obs": moved}
    assert all(one.data["sequence"] == day.state.position > first for one in letters.values())
    assert {one.data["owed"] for one in letters.values()} == {""}


@pytest.mark.rule("R4.4")
def test_who_agreed_or_moves_on_the_day_itself_is_promised_no_other_notice():
    day = told()
    day.do("org", c.AgreeToMove("h1", "2026-06-15", words()))
    letters = written(day, c.MoveHearing("h1", TEN + HOUR, words()))
    assert {seat: one.data["owed"] for seat, one in letters.items()} == {"cand1": "agreed", "obs": ""}
    day = told()
    day.now = TEN - HOUR
    letters = written(day, c.PutOffHearing("h1", 15, words()))
    assert {seat: one.data["owed"] for seat, one in letters.items()} == {"cand1": "today", "obs": "today"}


@pytest.mark.rule("R4.4")
def test_a_day_that_moves_changes_everybodys_entry():
    day = told()
    first, later = day.state.position, date(2026, 7, 20)
    letters = written(day, c.MoveDay(later.isoformat(), ALWAYS, words()))
    at = {"cand1": "10:00", "cand2": "12:00", "obs": "10:00"}
    assert {seat: entry(one) for seat, one in letters.items()} == {
        seat: ("moved", day.state.id, "REQUEST", "2026-07-20", hour_on(later, hour)) for seat, hour in at.items()}
    assert all(one.data["sequence"] == day.state.position > first for one in letters.values())


@pytest.mark.rule("R1.2", "R4.4")
def test_jurors_whom_no_notice_tells_of_a_moved_day_are_asked_anew():
    day = test_brief.early()
    day.do("emp", c.AnswerAppointment(None, True))
    letters = written(day, c.MoveDay("2026-10-20", ALWAYS))
    assert {seat: (one.template, one.data["date"]) for seat, one in letters.items()} == dict.fromkeys(
        ("emp", "own", "tra"), ("appointed", "2026-10-20"))


@pytest.mark.rule("R4.4")
def test_a_hearing_that_is_cancelled_takes_its_entry_away():
    """Whoever attends the whole day comes for the first that is still held; with none left, not at all."""
    day = told()
    first = day.state.position
    letters = written(day, c.CancelHearing("h1", words()))
    assert {seat: entry(one) for seat, one in letters.items()} == {
        "cand1": ("cancelled", day.state.id, "CANCEL", "2026-06-15", TEN),
        "obs": ("moved", day.state.id, "REQUEST", "2026-06-15", TEN + 2 * HOUR)}
    assert {seat: one.data.get("said") for seat, one in letters.items()} == {"cand1": "w", "obs": None}
    assert all(one.data["sequence"] == day.state.position > first for one in letters.values())
    last = written(day, c.CancelHearing("h2", words()))
    assert {seat: entry(one)[:3] for seat, one in last.items()} == dict.fromkeys(
        ("cand2", "obs"), ("cancelled", day.state.id, "CANCEL"))


@pytest.mark.rule("R4.4", "X9")
def test_a_power_cut_over_two_hearings_is_told_to_everybody_with_its_reason():
    """The candidates that their examination is postponed, whoever attends the day that nothing is left of it."""
    day = told()
    letters = written(day, c.RecordCommonIncident(("h1", "h2"), "technical", words("cut"), True))
    assert {seat: (one.template, one.data["method"], one.data.get("said")) for seat, one in letters.items()} == {
        "cand1": ("postponed", "CANCEL", "cut"), "cand2": ("postponed", "CANCEL", "cut"),
        "obs": ("cancelled", "CANCEL", "cut")}


@pytest.mark.rule("R4.4")
def test_who_attends_the_day_is_told_what_is_taken_off_it_and_not_why():
    """The reason is the candidate's own: nobody else reads it in a letter."""
    day = told()
    letters = written(day, c.PostponeHearing("h2", words("ill")))
    assert {seat: (one.template, one.data["method"], one.data.get("said")) for seat, one in letters.items()} == {
        "cand2": ("postponed", "CANCEL", "ill"), "obs": ("taken_off", "", None)}
    assert letters["obs"].data["hours"] == str(TEN + 2 * HOUR)
    assert written(day, c.CancelHearing("h2", words())) == {}


@pytest.mark.rule("R4.4")
def test_why_one_is_late_is_told_to_none_of_those_who_wait_longer():
    day = told()
    day.now = TEN - HOUR
    letters = written(day, c.PutOffHearing("h1", 150, words("ill")))
    assert {seat: one.data.get("said") for seat, one in letters.items()} == {"cand1": None, "cand2": None, "obs": None}


@pytest.mark.rule("R4.4", "X13")
def test_how_and_where_is_written_again_with_the_whole_notice():
    day = told()
    day.do("org", c.NamePlace(words("room")))
    letters = written(day, c.ChangeMode("h1", "on_site", words()))
    at = {"cand1": "notice_changed", "obs": "convened_changed"}
    assert {seat: entry(one) for seat, one in letters.items()} == {
        seat: (template, day.state.id, "REQUEST", "2026-06-15", TEN) for seat, template in at.items()}
    assert {seat: one.about for seat, one in letters.items()} == {seat: About(day.state.id, seat, 1) for seat in at}
    assert all(one.data["sequence"] == day.state.position for one in letters.values())
    assert written(day, c.ChangeMode("h1", "on_site", words())) == {}


@pytest.mark.rule("R4.2")
def test_a_letter_that_did_not_arrive_is_told_with_the_hour_it_named():
    """Also once nothing of the day is held any more."""
    day = told()
    day.do("org", c.MoveHearing("h1", TEN + HOUR, words()), c.CancelHearing("h1", words()),
           c.CancelHearing("h2", words()))
    for seat in ("cand1", "obs"):
        before, events = day.state, day.do(SYSTEM, c.NoticeFailed(seat, 1, day.now, "returned", "5.1.1"))
        [letter] = day_letters(Commit(SESSION, "s1", before, day.state, (), tuple(events)))
        assert entry(letter) == ("not_arrived", day.state.id, "", "2026-06-15", TEN)


@pytest.mark.rule("R10.1")
def test_the_end_is_that_of_the_plan_breaks_and_extra_time_in_it():
    day = told()
    whole = about_day(day.state, "cand1")["ends_at"]
    assert whole == slot_of(day.state, day.hearing("h1")).leaves_at
    day.current = day.state.with_hearing(replace(day.hearing("h1"), break_minutes=10, extra_seconds={"questions": 60}))
    assert about_day(day.state, "cand1")["ends_at"] == whole + 11 * MINUTE
    assert about_day(day.state, "obs")["ends_at"] == slot_of(day.state, day.hearing("h2")).ends_at
    day.current = day.state.with_hearing(replace(day.hearing("h1"), break_minutes=200))  # longer than what follows
    assert about_day(day.state, "obs")["ends_at"] == slot_of(day.state, day.hearing("h1")).ends_at


@pytest.mark.rule("R1.2")
def test_a_juror_who_is_appointed_is_told_and_asked_whether_they_will_sit():
    day = planned()
    assert {seat: (one.template, one.data["starts_at"]) for seat, one in written(
        day, appoint(JURY), SYSTEM).items()} == dict.fromkeys(("emp", "own", "tra"), ("appointed", None))
    day = listed()
    letters = written(day, replace_juror("emp", substitute(JurorCategory.EMPLOYEES)), SYSTEM)
    assert {seat: entry(one) for seat, one in letters.items()} == {
        "sub": ("appointed", day.state.id, "", "2026-03-16", day.hearing().starts_at)}


@pytest.mark.rule("R4.1")
def test_the_brief_is_written_of_to_the_jury_then_to_the_candidates():
    day = test_brief.early()
    day.do("emp", c.AnswerAppointment(None, False))
    assert {seat: one.template for seat, one in written(day, c.WriteBrief("b1", "d", 3)).items()} == dict.fromkeys(
        ("own", "tra"), "brief_to_adopt")
    assert written(day, c.AnswerBrief("b1", True), "own") == {}
    day.do("tra", c.AnswerBrief("b1", True))
    day.current = day.state.with_hearing(replace(day.hearing("h2"), admission="not_admitted"))
    letters = written(day, c.PublishBrief("b1", test_brief.DEADLINE))
    assert {seat: (one.template, one.data["deadline"]) for seat, one in letters.items()} == {
        "cand1": ("brief_published", test_brief.DEADLINE.isoformat())}


@pytest.mark.rule("R4.1")
@pytest.mark.parametrize(("late", "deadline"), [(0, test_brief.DEADLINE.isoformat()), (1, "")])
def test_who_is_listed_after_the_brief_was_published_hears_of_it(late: int, deadline: str):
    day = test_brief.published()
    day.do("org", c.CancelHearing("h2"))
    day.now = end_of(test_brief.DEADLINE) - 1 + late
    listing = hearing("h2", starts_at=day.hearing("h2").starts_at)
    again = replace(listing, hearing="h3", candidate=replace(listing.candidate, id="cand3", hearing="h3"), aids=())
    letters = written(day, again)
    assert {seat: (one.template, one.data["deadline"]) for seat, one in letters.items()} == {
        "cand3": ("brief_published", deadline)}
