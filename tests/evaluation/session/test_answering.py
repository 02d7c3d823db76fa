"""Jurors say whether they will sit; who will not is replaced."""

from __future__ import annotations

import pytest

from evaluation.people import SYSTEM, JurorCategory
from evaluation.session import answering
from evaluation.session import commands as c
from evaluation.session import events as e
from tests.evaluation.session.day import EMPLOYEES, EMPLOYERS, JURY, TRAINER, begun, listed, substitute, words
from tests.evaluation.session.quotes import replace_juror


@pytest.mark.rule("R1.2")
def test_accepted_or_declined_and_changed_until_the_day_begins():
    day = listed()
    assert answering.unanswered(day.state) == JURY
    assert day.do("emp", c.AnswerAppointment(None, True)) == [e.AppointmentAnswered(None, True, None)]
    day.do("own", c.AnswerAppointment(None, False, words()))
    assert (answering.unanswered(day.state), answering.declined(day.state)) == ((TRAINER,), (EMPLOYERS,))
    assert day.do("emp", c.AnswerAppointment(None, True)) == []
    day.do("own", c.AnswerAppointment(None, True))
    assert answering.declined(day.state) == ()


@pytest.mark.rule("R1.2")
def test_who_declines_the_eve_before_is_replaced_and_no_longer_missed():
    day = listed()
    day.do("emp", c.AnswerAppointment(None, False))
    assert answering.declined(day.state) == (EMPLOYEES,)
    day.do(SYSTEM, replace_juror("emp", substitute(JurorCategory.EMPLOYEES)))
    assert answering.declined(day.state) == ()
    assert [seat.id for seat in answering.unanswered(day.state)] == ["own", "tra", "sub"]
    assert day.refused("emp", c.AnswerAppointment(None, True)) == "R2.3"


@pytest.mark.rule("R1.2")
def test_a_substitute_for_one_hearing_answers_for_it():
    day = listed()
    day.do(SYSTEM, replace_juror("emp", substitute(JurorCategory.EMPLOYEES, hearing="h1")))
    assert [seat.id for seat in answering.unanswered(day.state)] == ["emp", "own", "tra", "sub"]
    day.do("sub", c.AnswerAppointment("h1", False))
    assert [seat.id for seat in answering.declined(day.state)] == ["sub"]
    assert [seat.id for seat in answering.unanswered(day.state)] == ["emp", "own", "tra"]
    assert day.refused("sub", c.AnswerAppointment("h2", True)) == "R2.3"


@pytest.mark.rule("R1.2")
def test_no_answer_changes_once_an_examination_has_begun():
    day = begun().welcomed()
    assert not answering.may_answer(day.state, "emp")
    assert answering.unanswered(day.state) == ()
    assert day.refused("emp", c.AnswerAppointment(None, False)) == "R1.2"


def test_only_jurors_answer():
    day = listed()
    for actor in ("org", "obs", "cand1"):
        assert day.refused(actor, c.AnswerAppointment(None, True)) == "R2.3"
