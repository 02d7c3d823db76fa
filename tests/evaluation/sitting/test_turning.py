"""Which candidate a sitting is about, who reads about them, and who is in the room (R1.3, R1.4, R3.9, X13)."""
from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.sitting import seeing, sitting_media
from evaluation.sitting.convening_sitting import CancelSitting
from evaluation.sitting.impartiality import RecuseMember
from evaluation.sitting.in_person import SitApart, SitOnSite
from evaluation.sitting.questioning import CloseQuestions, OpenQuestions, SummonJury
from evaluation.sitting.seeing import is_member, seen_by
from evaluation.sitting.sitting_media import MAIN, room_rights
from evaluation.sitting.substituting import CallSubstitute
from evaluation.sitting.turning import TurnTo
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import EMPLOYEES, EMPLOYERS, JURORS, OTHER_EMPLOYEES, PRESIDENT, Sitting, words
from tests.evaluation.streams import at


def recused() -> Sitting:
    """Of two candidates, the employees' representative knows the second; a substitute was called for that one."""
    sitting = house.sat("k1", "k2")
    sitting.do(EMPLOYEES, RecuseMember("k2", words()))
    sitting.do(house.CLERK, CallSubstitute(EMPLOYEES, OTHER_EMPLOYEES, house.BY_CLERK, ("k2",)))
    return sitting


def questioned() -> Sitting:
    sitting = house.sat("k1", "k2")
    sitting.do(PRESIDENT, SummonJury("k1", at(house.HELD, 11), words()))
    sitting.do(PRESIDENT, OpenQuestions("k1"))
    return sitting


# Who reads what


@pytest.mark.rule("R1.4")
@pytest.mark.rule("R3.9")
def test_a_recused_member_sees_nothing_of_that_candidate_and_their_substitute_of_that_one_alone():
    state = recused().state
    assert {one: seen_by(state, one) for one in (PRESIDENT, EMPLOYEES, EMPLOYERS, OTHER_EMPLOYEES)} == {
        PRESIDENT: ("k1", "k2"), EMPLOYEES: ("k1",), EMPLOYERS: ("k1", "k2"), OTHER_EMPLOYEES: ("k2",)}


def test_a_stranger_a_juror_and_the_candidate_see_nothing():
    state = house.sat("k1").state
    strangers = (*JURORS, "p-k1", "p-nobody", house.CLERK)
    assert [seeing.sees(state, state.agenda["k1"], one) for one in strangers] == [False] * 6
    assert [is_member(state, one) for one in (*house.THREE, OTHER_EMPLOYEES, *JURORS, "p-nobody")] == [
        True, True, True, True, False, False, False, False]


def test_once_the_minutes_are_sealed_or_it_is_cancelled_nobody_reads_a_candidate_any_more():
    sealed = house.sat("k1").decided().presented().signed().sealed()
    assert seen_by(sealed.state, PRESIDENT) == ()
    cancelled = house.convened().put("k1").seated()
    assert seen_by(cancelled.state, PRESIDENT) == ("k1",)
    cancelled.do(house.CLERK, CancelSitting(words(), house.BY_CLERK))
    assert seen_by(cancelled.state, PRESIDENT) == ()


@pytest.mark.rule("R3.9")
def test_the_evaluation_jury_has_a_page_from_its_summons_to_the_decision():
    sitting = house.sat("k1", "k2")
    of = lambda: [seeing.comes_to_answer(sitting.state, one, JURORS[0]) for one in sitting.state.agenda.values()]  # noqa: E731
    assert of() == [False, False]
    sitting.do(PRESIDENT, SummonJury("k1", at(house.HELD, 11), words()))
    assert of() == [True, False]
    assert not seeing.comes_to_answer(sitting.state, sitting.state.agenda["k1"], EMPLOYEES)
    sitting.decided("k1")
    assert of() == [False, False]
    rows = sitting.rows("sitting_people").values()
    assert {row.person for row in rows if row.status == "juror"} == set()


# Which one it is about


@pytest.mark.rule("R3.9")
def test_the_president_calls_a_candidate_and_only_while_it_is_open():
    closed = house.convened().put("k1").seated().impartial()
    assert closed.refused(PRESIDENT, TurnTo("k1")) == "R3.9"
    sitting = house.sat("k1", "k2")
    assert sitting.refused(EMPLOYEES, TurnTo("k1")) == "R1.3"
    assert sitting.refused(PRESIDENT, TurnTo("k3")) == "R3.9"
    sitting.do(PRESIDENT, TurnTo("k1"))
    assert sitting.state.current == "k1"
    sitting.do(PRESIDENT, TurnTo("k1"))  # again: nothing more happened
    assert [name for name, *_ in sitting.journal].count("sitting.turned_to") == 1
    sitting.do(PRESIDENT, TurnTo(None))
    assert sitting.state.current is None


def test_nobody_else_is_called_while_the_jury_answers():
    sitting = questioned()
    assert sitting.refused(PRESIDENT, TurnTo("k2")) == "R3.9"
    sitting.do(PRESIDENT, CloseQuestions("k1"))
    sitting.do(PRESIDENT, TurnTo("k2"))
    assert sitting.state.current == "k2"


# In the room


@pytest.mark.rule("R1.3")
@pytest.mark.rule("R1.4")
@pytest.mark.rule("R3.9")
def test_the_room_holds_who_sits_and_while_a_candidate_is_discussed_those_three_alone():
    sitting = recused()
    assert sitting_media.in_room(sitting.state) == {*house.THREE, OTHER_EMPLOYEES}
    sitting.do(PRESIDENT, TurnTo("k2"))
    assert sitting_media.in_room(sitting.state) == {PRESIDENT, OTHER_EMPLOYEES, EMPLOYERS}
    sitting.do(PRESIDENT, TurnTo("k1"))
    assert sitting_media.in_room(sitting.state) == set(house.THREE)


def test_a_proposal_that_waits_keeps_the_recused_out_whoever_is_called_meanwhile():
    sitting = recused().impartial(OTHER_EMPLOYEES)
    sitting.proposed("k2")
    assert sitting_media.in_room(sitting.state) == {PRESIDENT, OTHER_EMPLOYEES, EMPLOYERS}
    sitting.do(PRESIDENT, TurnTo("k1"))
    assert sitting_media.in_room(sitting.state) == {PRESIDENT, EMPLOYERS}


@pytest.mark.rule("R3.9")
def test_jurors_enter_while_they_are_questioned_and_are_cut_at_its_end():
    sitting = house.sat("k1", "k2")
    sitting.do(PRESIDENT, SummonJury("k1", at(house.HELD, 11), words()))
    assert sitting_media.in_room(sitting.state) == set(house.THREE)
    sitting.do(PRESIDENT, OpenQuestions("k1"))
    publish, view = room_rights(sitting.state)
    assert publish == dict.fromkeys((*house.THREE, *JURORS), MAIN)
    assert view["p-tra"] == {*house.THREE, *JURORS} - {"p-tra"}
    sitting.do(PRESIDENT, CloseQuestions("k1"))
    assert sitting_media.in_room(sitting.state) == set(house.THREE)


def test_the_room_is_shut_before_the_opening_and_once_it_is_over():
    assert room_rights(house.convened().put("k1").seated().state) == ({}, {})
    assert room_rights(house.sat("k1").decided().presented().signed().sealed().state) == ({}, {})


def test_on_site_nobody_publishes_or_sees():
    sitting = house.sat("k1")
    sitting.current = replace(sitting.state, mode="on_site")
    publish, view = room_rights(sitting.state)
    assert (set(publish.values()), set(view.values())) == ({frozenset()}, {frozenset()})


@pytest.mark.rule("X13", "R3.9")
def test_of_a_sitting_held_both_ways_who_is_in_the_room_publishes_nothing():
    """Whoever says so: a member, a juror who is to answer. They see the others still; nobody else says anything."""
    sitting = questioned()
    for command in (SitOnSite(), SitApart()):
        assert sitting.refused(EMPLOYEES, command) == "X13", "it is held remotely"
    sitting.current = replace(sitting.state, mode="mixed")
    for stranger in ("p-cand", "p-k1", house.CLERK):
        assert sitting.refused(stranger, SitOnSite()) == "X13"
    assert room_rights(sitting.state)[0] == dict.fromkeys((*house.THREE, *JURORS), MAIN)
    for person in (EMPLOYEES, JURORS[0], OTHER_EMPLOYEES):
        sitting.do(person, SitOnSite())
        assert sitting.do(person, SitOnSite()) == []
    publish, view = room_rights(sitting.state)
    assert {person for person, sources in publish.items() if not sources} == {EMPLOYEES, JURORS[0]}
    assert {*publish} == {*house.THREE, *JURORS}
    assert view[EMPLOYEES] == {*house.THREE, *JURORS} - {EMPLOYEES}
    sitting.do(EMPLOYEES, SitApart())
    assert (sitting.do(EMPLOYEES, SitApart()), room_rights(sitting.state)[0][EMPLOYEES]) == ([], MAIN)
    sitting.do(PRESIDENT, CloseQuestions("k1"))
    assert set(room_rights(sitting.state)[0]) == set(house.THREE)
    remote = replace(sitting.state, mode="remote")
    assert set(room_rights(remote)[0].values()) == {MAIN}
    over = house.sat("k1").decided().presented().signed().sealed()
    over.current = replace(over.state, mode="mixed")
    assert over.refused(EMPLOYEES, SitOnSite()) == "X13"


# Its rows


def test_each_member_and_each_juror_asked_has_a_row_of_their_own():
    sitting = questioned()
    rows = sitting.rows("sitting_people")
    assert {row.person: row.status for row in rows.values()} == {
        **dict.fromkeys(JURORS, "juror"),
        **dict.fromkeys((*house.THREE, OTHER_EMPLOYEES, house.OTHER_EMPLOYERS), "member")}
    assert {row.data["open"] for row in rows.values()} == {True}
