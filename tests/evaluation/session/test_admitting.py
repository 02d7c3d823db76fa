"""A candidate whose registration cannot be relied on any more, once they are planned (R6.6)."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.guidance import next_step
from evaluation.session.phases import Phase
from tests.evaluation.session.day import Day, begun, listed, verified, words
from tests.evaluation.session.quotes import admission, agreement
from tests.evaluation.session.test_notices import before
from tests.evaluation.session.test_prompting import FOLLOW_UP, due, noticed

AGAINST: tuple[Literal["examined", "not_admitted"], ...] = ("examined", "not_admitted")


def told(day: Day, said: Literal["admitted", "examined", "not_admitted"]) -> Day:
    day.do(SYSTEM, c.NoteAdmission("h1", admission(said)))
    return day


@pytest.mark.rule("R6.6")
@pytest.mark.parametrize("said", AGAINST)
def test_nobody_is_called_in_whose_registration_is_looked_at_or_not_admitted(said: Literal["examined", "not_admitted"]):
    day = begun().ready()
    assert day.do(SYSTEM, c.NoteAdmission("h1", admission(said))) == [e.AdmissionNoted("h1", admission(said))]
    assert day.refused("emp", c.CallIn("h1")) == "R6.6"
    assert day.do(SYSTEM, c.NoteAdmission("h1", admission(said))) == []
    told(day, "admitted").do("emp", c.CallIn("h1"))
    assert day.phase() is Phase.WELCOME
    verified(day.lines())


@pytest.mark.rule("R6.6")
def test_the_jury_goes_on_with_the_others():
    day = told(begun().ready(), "examined")
    assert day.state.focus is day.hearing("h2")
    following = next_step(day.ready("h2").state, "emp", day.now)
    assert following is not None
    assert following.command == c.CallIn("h2")
    day.do("org", c.CancelHearing("h2"))
    assert day.state.focus is day.hearing()


@pytest.mark.rule("R6.6")
def test_what_was_interrupted_is_not_taken_up_again():
    day = told(begun().questioning(), "examined")
    assert day.phase() is Phase.QUESTIONS
    day.do("emp", c.AdjournHearing("h1", words()))
    assert day.refused("emp", c.CallIn("h1")) == "R6.6"


@pytest.mark.rule("R6.6")
@pytest.mark.parametrize("said", AGAINST)
def test_no_notice_is_given_meanwhile(said: Literal["examined", "not_admitted"]):
    day = told(before(), said)
    assert day.refused("org", c.GiveNotice("h1", agreement())) == "R6.6"
    day.do("org", c.GiveNotice("h2", agreement()))
    told(day, "admitted").do("org", c.GiveNotice("h1", agreement()))


@pytest.mark.rule("R6.6")
def test_nothing_is_asked_meanwhile_of_who_has_their_notice():
    day = noticed()
    assert due(day)[0] == FOLLOW_UP
    assert due(told(day, "examined"))[0] is None
    assert due(told(day, "admitted"))[0] == FOLLOW_UP


@pytest.mark.rule("R4.5")
def test_who_would_not_have_been_called_in_is_not_absent():
    day = told(begun().wait(60), "not_admitted")
    assert day.refused("emp", c.RecordNoShow("h1")) == "R4.5"
    day.do("org", c.CancelHearing("h1"))
    assert day.phase() is Phase.CANCELLED


def test_another_candidacy_and_what_is_over_are_left_as_they_are():
    day = listed()
    for hearing, quote in (("h1", replace(admission("examined"), stream="c-other")), ("h9", admission("examined")),
                           ("h1", admission("admitted"))):
        assert day.do(SYSTEM, c.NoteAdmission(hearing, quote)) == []
    day.do("org", c.CancelHearing("h1"))
    assert day.do(SYSTEM, c.NoteAdmission("h1", admission("examined"))) == []
    over = begun().wait(300)
    for one in ("h1", "h2"):
        over.do("emp", c.PostponeHearing(one, words()))
    over.do("emp", c.CloseSession())
    assert over.do(SYSTEM, c.NoteAdmission("h1", admission("examined"))) == []


@pytest.mark.rule("R6.6", "X11")
def test_the_platform_alone_says_it_and_quotes_what_says_no_more():
    for who in ("org", "cand1", "emp"):
        assert listed().refused(who, c.NoteAdmission("h1", admission("examined"))) == "X11"
    said = admission("examined")
    for other in (replace(said, event="candidacy.match_decided"), replace(said, kind="body"),
                  replace(said, data={"admission": "perhaps"})):
        assert listed().refused(SYSTEM, c.NoteAdmission("h1", other)) == "R6.6"
