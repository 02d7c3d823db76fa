"""For which day a candidacy is planned, as its session tells it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.planned import CandidacyPlanned, CandidacyUnplanned, NotePlanned
from evaluation.candidacy.registering import CorrectRegistration, WithdrawCandidacy
from evaluation.candidacy.state import Planned
from evaluation.people import SYSTEM, Words
from evaluation.quotes import Quote
from evaluation.slots import hour_on
from tests.evaluation.body.house import ORGANIZER
from tests.evaluation.candidacy.house import CIVIL, REGISTRATION, Candidacy, office, registered

JUNE, JULY = date(2026, 6, 15), date(2026, 7, 6)
WHY = Words("w", "d" * 8)


def said(event: str, session: str = "s1", **data: object) -> Quote:
    return Quote("session", session, 5, f"{5:064x}", f"session.{event}", data)


def added(session: str = "s1", on: date = JUNE, candidacy: str = "k1") -> Quote:
    return said("hearing_added", session, hearing="h1", candidacy={"stream": candidacy}, starts_at=hour_on(on, "10:00"))


def note(quote: Quote) -> NotePlanned:
    return NotePlanned("h1", quote)


def planned() -> Candidacy:
    candidacy = registered()
    assert candidacy.do(SYSTEM, note(added())) == [CandidacyPlanned("h1", added(), JUNE)]
    return candidacy


def row(candidacy: Candidacy) -> tuple[str, object]:
    found = candidacy.rows("candidacies")["k1"]
    return found.status, found.data["planned"]


@pytest.mark.rule("R4.4")
def test_a_candidacy_knows_its_day_and_what_moves_it():
    candidacy = planned()
    assert row(candidacy) == ("planned", [{"session": "s1", "hearing": "h1", "date": "2026-06-15"}])
    assert candidacy.do(SYSTEM, note(added())) == []
    moved = said("hearing_moved", hearing="h1", starts_at=hour_on(JUNE, "15:00"), words=None)
    assert candidacy.do(SYSTEM, note(moved)) == []  # the same day
    candidacy.do(SYSTEM, note(said("day_moved", date="2026-07-06", starts={"h1": 0})))
    assert candidacy.state.planned == (Planned("s1", "h1", JULY),)
    candidacy.do(SYSTEM, note(replace(moved, data={**moved.data, "starts_at": hour_on(JUNE, "15:00")})))
    assert candidacy.state.planned == (Planned("s1", "h1", JUNE),)


@pytest.mark.parametrize("event", ["hearing_cancelled", "no_show_recorded"])
def test_after_a_hearing_that_is_not_held_the_candidate_can_be_planned_again(event: str):
    candidacy = planned()
    ended = said(event, hearing="h1", words=None)
    assert candidacy.do(SYSTEM, note(ended)) == [CandidacyUnplanned("h1", ended)]
    assert row(candidacy) == ("registered", [])
    assert candidacy.do(SYSTEM, note(ended)) == []
    assert candidacy.do(SYSTEM, note(said("day_moved", date="2026-07-06"))) == []
    candidacy.do(SYSTEM, note(added("s2", JULY)))
    assert candidacy.state.planned == (Planned("s2", "h1", JULY),)


def test_no_second_hearing_rests_on_a_registration_that_is_planned():
    """Two sessions that took the candidate on at once are both told, until one of them cancels."""
    candidacy = registered()
    assert CANDIDACY.stands(candidacy.state, 2)
    candidacy.do(SYSTEM, note(added()))
    assert not CANDIDACY.stands(candidacy.state, 2)
    candidacy.do(SYSTEM, note(added("s2", JULY)))
    assert candidacy.state.planned == (Planned("s1", "h1", JUNE), Planned("s2", "h1", JULY))
    for session in ("s1", "s2"):
        candidacy.do(SYSTEM, note(said("hearing_cancelled", session, hearing="h1", words=None)))
    assert CANDIDACY.stands(candidacy.state, 2)


@pytest.mark.rule("R4.4", "X15")
def test_the_platform_alone_notes_it_from_what_the_session_says():
    candidacy = registered()
    assert candidacy.refused(ORGANIZER, note(added())) == "X15"
    for quote in (added(candidacy="k2"), replace(added(), kind="body"), said("session_closed"),
                  said("hearing_added", hearing="h1")):
        assert candidacy.refused(SYSTEM, note(quote)) == "R4.4"
    assert NotePlanned not in CANDIDACY.from_pages


@pytest.mark.rule("R4.4")
def test_what_a_planned_hearing_rests_on_stays_as_it_is():
    candidacy = planned()
    organizer = office("o-organizer")
    as_it_was = CorrectRegistration(REGISTRATION, CIVIL, WHY, organizer)
    for changes in ({"trained_by": ("p-x",)}, {"company": None}):
        other = replace(as_it_was, registration=replace(REGISTRATION, **changes))
        assert candidacy.refused(ORGANIZER, other) == "R4.4"
    candidacy.do(ORGANIZER, replace(as_it_was, civil=Words("civil2", "e" * 64)))
    assert not CANDIDACY.stands(candidacy.state, candidacy.state.position)
    assert candidacy.refused(ORGANIZER, WithdrawCandidacy(WHY, organizer)) == "R4.4"
    candidacy.do(SYSTEM, note(said("hearing_cancelled", hearing="h1", words=None)))
    candidacy.do(ORGANIZER, WithdrawCandidacy(WHY, organizer))
