"""A re-examination that the commission ordered on an appeal: another sitting rules, beside what was ruled (R9.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.candidacy.appealing import RecordAppeal
from evaluation.candidacy.awarded_by_sitting import NoteAward
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.recommended import NoteAgenda
from evaluation.candidacy.withholding import NoteCase
from evaluation.case.terms import case_id
from evaluation.deadlines import end_of
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from tests.evaluation.body.house import CLERK, PAPER
from tests.evaluation.candidacy.house import Candidacy, office, registered
from tests.evaluation.candidacy.towards_award import agenda, awaiting, returned, ruled, ruling, said_of, validated

AGAIN, ON = "j2", date(2026, 7, 1)


def of_case(event: str, case: str, **data: object) -> NoteCase:
    return NoteCase(said_of(f"case.{event}", {"candidacy": "k1", **data}, case, "case", 5), "appeal")


def appealed(one: Candidacy, consequence: str = "reexamine") -> int:
    """Against the outcome that happened last or before its validation; the position of that."""
    outcome = one.state.standing()[-1].position
    one.on("2026-05-20")
    one.do(CLERK, RecordAppeal("a1", one.quote(outcome), date(2026, 5, 18), date(2026, 5, 20), "registered_letter", "1",
                               True, PAPER, office("o-clerk")))
    case = case_id("candidacy", "k1", one.state.position)
    opened = Quote("case", case, 1, "1" * 64, "case.opened", {"given": None, "source": {"stream": "k1"}})
    one.do(SYSTEM, NoteCase(opened, "appeal"))
    one.do(SYSTEM, of_case("decided", case, consequence=consequence, decided_on="2026-06-10", attempts=[]))
    one.on(ON.isoformat())
    return outcome


def anew(award: str, *blocks: str, of: int) -> NoteAward:
    return NoteAward(ruling(award, *blocks, sitting=AGAIN, on=ON, reexamines=of))


def on_agenda(one: Candidacy) -> None:
    one.do(SYSTEM, agenda(sitting=AGAIN))


@pytest.mark.rule("R9.2", "R3.9")
def test_what_was_ordered_waits_for_a_sitting_again() -> None:
    one = ruled("partial", "BC1")
    outcome = appealed(one)
    row = one.rows("to_award")["k1"]
    assert (row.status, row.data["reexamines"], row.due_at) == ("waiting", outcome, end_of(date(2026, 7, 10)))
    assert [key for key in one.rows("delays") if key.startswith("again/")] == ["again/k1/"]
    on_agenda(one)
    [event] = one.do(SYSTEM, anew("full", "BC1", "BC2", of=outcome))
    assert (event.reexamines, event.outcome.award) == (outcome, "full")
    assert [each.awarded.award for each in one.state.standing()] == ["partial", "full"]
    assert one.rows("to_award") == {}
    assert [letter.about for letter in one.state.letters] == ["result", "result"]


@pytest.mark.rule("R9.2")
def test_nothing_that_was_awarded_is_taken_away() -> None:
    one = ruled("partial", "BC1")
    outcome = appealed(one)
    on_agenda(one)
    for worse in (anew("none", of=outcome), anew("partial", "BC2", of=outcome)):
        assert one.refused(SYSTEM, worse) == "R9.2"
    [event] = one.do(SYSTEM, anew("partial", "BC1", of=outcome))
    assert event.outcome.blocks == ("BC1",)
    one = validated("full", "BC1", "BC2")
    outcome = appealed(one)
    on_agenda(one)
    assert one.refused(SYSTEM, anew("partial", "BC1", "BC2", of=outcome)) == "R9.2"


@pytest.mark.rule("R9.2")
def test_another_outcome_than_the_one_appealed_against_is_not_ruled_anew() -> None:
    one = ruled("none")
    outcome = appealed(one)
    on_agenda(one)
    assert one.refused(SYSTEM, anew("full", "BC1", "BC2", of=outcome + 1)) == "R9.2"
    assert one.refused(SYSTEM, NoteAward(ruling("full", "BC1", "BC2", sitting=AGAIN, on=ON))) == "R9.2"


@pytest.mark.rule("R9.2", "R3.9")
def test_an_appeal_that_led_to_nothing_waits_for_no_sitting() -> None:
    one = ruled("none")
    appealed(one, "none")
    assert one.rows("to_award") == {}
    assert [event.why for event in one.do(SYSTEM, agenda(sitting=AGAIN))] == ["not_waiting"]
    assert one.state.agenda is None


@pytest.mark.rule("R9.2", "R8.1")
def test_a_new_outcome_that_the_commission_returns_is_ruled_once_more() -> None:
    one = ruled("none")
    outcome = appealed(one)
    on_agenda(one)
    one.do(SYSTEM, anew("full", "BC1", "BC2", of=outcome))
    one.do(SYSTEM, returned(one.state.position, ON))
    assert [each.awarded.award for each in one.state.standing()] == ["none"]
    assert one.rows("to_award")["k1"].data["reexamines"] == outcome


@pytest.mark.rule("R3.9")
def test_what_is_told_of_an_agenda_is_a_sitting_s_and_of_this_candidacy() -> None:
    one = awaiting()
    for said in (said_of("sitting.item_put", {"candidacy": "k2"}, "j1", "sitting", 3),
                 said_of("case.item_put", {"candidacy": "k1"}, "j1", "case", 3)):
        assert one.refused(SYSTEM, NoteAgenda(said, on=True, held_at=1)) == "R3.9"


@pytest.mark.rule("X6")
def test_a_candidacy_has_an_end_once_it_has_a_result() -> None:
    assert registered().rows("unended")["k1"].due_at == end_of(date(2027, 3, 16))
    assert awaiting().rows("unended")["k1"].due_at == end_of(date(2027, 3, 16))
    assert ruled("none").rows("unended") == {}


def test_what_was_ruled_anew_is_asked_back() -> None:
    one = ruled("none")
    outcome = appealed(one)
    on_agenda(one)
    [event] = one.do(SYSTEM, anew("full", "BC1", "BC2", of=outcome))
    assert CANDIDACY.replay(event, None) == anew("full", "BC1", "BC2", of=outcome)
    assert replace(event, reexamines=None) != event
