"""What stood at the deadline is what the jury sees; what came later needs the organizer's reason."""

from __future__ import annotations

from datetime import date

import pytest

from evaluation.deadlines import end_of
from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session import doors
from evaluation.session.kind import SESSION
from evaluation.session.shown_papers import awaiting_acceptance, shown
from evaluation.session.terms import DocumentKind
from tests.evaluation.session.day import Day, begun, verified, words
from tests.evaluation.session.test_brief import DEADLINE, early, published

MIDNIGHT = end_of(DEADLINE)


def supply(document: str, kind: DocumentKind = "portfolio_a", hearing: str = "h1") -> c.SupplyDocument:
    return c.SupplyDocument(hearing, document, kind, "digest", 1)


def given(day: Day, hearing: str = "h1") -> list[str]:
    """What the jury sees."""
    return [one.id for one in shown(day.state, day.hearing(hearing))]


def waiting(day: Day) -> list[str]:
    return [one.id for one in awaiting_acceptance(day.state, day.hearing())]


def at(day: Day, now: int) -> Day:
    day.now = now
    return day


def due(day: Day) -> None:
    """What the clockwork does."""
    day.do(SYSTEM, *SESSION.due_commands(day.state, day.now))


@pytest.mark.rule("R4.1", "X6")
def test_the_last_second_of_the_day_in_paris_counts_and_midnight_does_not():
    day = published()
    at(day, MIDNIGHT - 1).do("cand1", supply("in_time"))
    at(day, MIDNIGHT).do("cand1", supply("late"))
    assert (given(day), waiting(day)) == (["in_time"], ["late"])


@pytest.mark.rule("R4.1")
def test_what_stood_is_frozen_by_its_ids_once_the_deadline_has_passed():
    day = published()
    day.do("cand1", supply("a1"), supply("a2"), supply("photo1", "photograph"), supply("photo2", "photograph"))
    day.do("cand1", c.SetAsideDocument("h1", "photo1"))
    assert SESSION.next_due(day.state, day.now) == MIDNIGHT
    assert SESSION.due_commands(day.state, MIDNIGHT - 1) == ()
    assert day.refused(SYSTEM, c.FreezePapers("h1")) == "R4.1"
    due(at(day, MIDNIGHT))
    assert {name: one.frozen for name, one in day.state.hearings.items()} == {"h1": ("a2", "photo2"), "h2": ()}
    assert SESSION.next_due(day.state, day.now) is None
    assert day.refused(SYSTEM, c.FreezePapers("h1")) == "R4.1"
    day.do("cand1", supply("a3"))
    assert given(day) == ["a2", "photo2"]
    assert verified(day.lines()).records == len(day.records)


@pytest.mark.rule("R4.1")
def test_a_clockwork_that_comes_hours_later_freezes_the_same():
    day = published()
    day.do("cand1", supply("a1"))
    at(day, MIDNIGHT + 1).do("cand1", supply("a2"))
    assert given(day) == ["a1"]
    due(day.wait(300))
    assert day.hearing().frozen == ("a1",)
    assert given(day) == ["a1"]


@pytest.mark.rule("R4.1")
def test_a_late_paper_is_shown_once_the_organizer_has_said_why():
    day = published()
    day.do("cand1", supply("a1"))
    due(at(day, MIDNIGHT))
    day.do("cand1", supply("a2"), supply("a3"))
    assert waiting(day) == ["a3"]
    for actor in ("cand1", "emp", "obs"):
        assert day.refused(actor, c.AcceptLatePaper("h1", "a3", words())) in ("R2.3", "X11")
    day.do("org", c.AcceptLatePaper("h1", "a3", words("ill")))
    assert (given(day), waiting(day)) == (["a3"], [])
    assert day.refused("org", c.AcceptLatePaper("h1", "a3", words())) == "R4.1"
    late = day.hearing().documents[-1].late
    assert late is not None
    assert (late.words, late.by, late.at) == (words("ill"), "org", day.now)


@pytest.mark.rule("R4.1")
def test_what_came_in_time_is_not_accepted_as_late_nor_what_is_not_due():
    day = published()
    day.do("cand1", supply("a1"))
    at(day, MIDNIGHT).do("org", supply("f1", "formative"))
    assert day.refused("org", c.AcceptLatePaper("h1", "a1", words())) == "R4.1"
    assert day.refused("org", c.AcceptLatePaper("h1", "f1", words())) == "R4.1"
    assert given(day) == ["a1", "f1"]


@pytest.mark.rule("R4.6")
def test_what_was_set_aside_or_is_not_there_is_neither_accepted_nor_set_aside():
    day = at(published(), MIDNIGHT)
    day.do("cand1", supply("a1"), c.SetAsideDocument("h1", "a1"))
    assert waiting(day) == []
    for document in ("a1", "nothing"):
        assert day.refused("org", c.AcceptLatePaper("h1", document, words())) == "R4.6"
        assert day.refused("cand1", c.SetAsideDocument("h1", document)) == "R4.6"


@pytest.mark.rule("R4.1", "R6.2")
def test_what_the_jury_examines_is_not_taken_out():
    day = published()
    day.do("cand1", supply("a1"), supply("id", "identity_front"))
    assert day.refused("cand1", c.SetAsideDocument("h1", "id")) == "R4.1"
    at(day, MIDNIGHT).do("cand1", supply("a2"))
    day.do("org", c.AcceptLatePaper("h1", "a2", words()))
    for document in ("a1", "a2"):
        assert day.refused("cand1", c.SetAsideDocument("h1", document)) == "R4.1"


@pytest.mark.rule("R4.1")
def test_without_a_deadline_papers_change_until_the_examination_begins():
    day = begun()
    day.do("cand1", supply("a1"), supply("a2"), supply("p1", "photograph"), supply("p2", "photograph"))
    assert (given(day), waiting(day)) == (["a2", "p1", "p2"], [])
    assert SESSION.next_due(day.state, day.now) is None
    day.do("cand1", c.SetAsideDocument("h1", "p1"))
    day.presenting()
    assert day.refused("cand1", c.SetAsideDocument("h1", "p2")) == "R3.2"
    assert given(day) == ["a2", "p2"]


@pytest.mark.rule("R3.2")
def test_no_late_paper_is_accepted_once_the_examination_has_begun():
    day = begun()
    day.do("cand1", supply("a1"))
    day.presenting()
    assert day.refused("org", c.AcceptLatePaper("h1", "a1", words())) == "R3.2"


@pytest.mark.rule("R4.1")
def test_whoever_is_listed_after_the_deadline_is_late_with_everything():
    day = at(early(), MIDNIGHT)
    day.do("cand1", supply("a1"))
    assert given(day) == ["a1"]
    other = at(published(), MIDNIGHT)
    other.do("cand1", supply("a1"))
    assert given(other) == []
    assert date.fromisoformat(other.state.date) > DEADLINE


def readers(day: Day, document: str) -> list[str]:
    """The seats that may read the pages of a paper, or of a version of the brief."""
    briefs = [(None, one.document) for one in day.state.briefs]
    papers = [(name, one) for name, hearing in day.state.hearings.items() for one in hearing.documents]
    found = next(one for one in (*briefs, *papers) if one[1].id == document)
    return [seat.id for seat in day.state.seats() if doors.may_read(day.state, seat, *found)]


@pytest.mark.rule("R4.1", "R6.2")
def test_others_than_the_candidate_and_the_organizer_read_what_the_jury_is_given():
    day = published()
    day.do("cand1", supply("a1"), supply("a2"), supply("id", "identity_front"))
    due(at(day, MIDNIGHT))
    day.do("cand1", supply("a3"))
    assert readers(day, "a2") == ["org", "obs", "emp", "own", "tra", "cand1"]
    assert readers(day, "a1") == readers(day, "a3") == ["org", "cand1"]
    assert readers(day, "id") == ["org", "emp", "own", "tra"]


@pytest.mark.rule("R4.1")
def test_the_brief_is_read_by_the_jury_first_and_by_all_once_it_is_published():
    day = early()
    day.do("org", c.WriteBrief("b1", "d", 1))
    assert readers(day, "b1") == ["org", "emp", "own", "tra"]
    assert readers(published(), "b1") == ["org", "obs", "emp", "own", "tra", "cand1", "aid1", "cand2", "aid2"]
