"""The evaluation jury: its composition and impartiality."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.people import SYSTEM, JurorCategory, Role, Seat
from evaluation.session import commands as c
from evaluation.session import events as e
from tests.evaluation.session.day import (
    EMPLOYEES,
    EMPLOYERS,
    JURY,
    TRAINER,
    begun,
    listed,
    planned,
    substitute,
)
from tests.evaluation.session.quotes import agreement, appoint, jury_decided, replace_juror, substitute_decided


@pytest.mark.rule("R1.2")
@pytest.mark.parametrize(
    "jurors",
    [
        (),
        JURY[:2],
        (EMPLOYEES, EMPLOYERS, substitute(JurorCategory.EMPLOYEES)),
        (EMPLOYEES, TRAINER, substitute(JurorCategory.TRAINER)),
        (*JURY, substitute(JurorCategory.TRAINER)),
        (EMPLOYEES, EMPLOYERS, replace(TRAINER, category=None)),
        (EMPLOYEES, EMPLOYERS, replace(TRAINER, person="p-emp")),
        (EMPLOYEES, EMPLOYERS, replace(TRAINER, role=Role.OBSERVER)),
        (EMPLOYEES, EMPLOYEES, TRAINER),
    ],
)
def test_a_jury_that_cannot_be_appointed(jurors: tuple[Seat, ...]):
    assert planned().refused(SYSTEM, appoint(jurors)) == "R1.2"


@pytest.mark.rule("R1.2")
def test_three_of_three_categories_in_any_order():
    day = planned()
    jury = (TRAINER, EMPLOYEES, EMPLOYERS)
    assert day.do(SYSTEM, appoint(jury)) == [e.JuryAppointed(jury, jury_decided(jury))]
    assert day.state.jurors_sitting(None) == JURY


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize("gone", ["recused", "left"])
def test_below_three_there_is_neither_call_nor_deliberation(gone: str):
    day = begun().ready()
    if gone == "recused":
        day.do("tra", c.Recuse("h1"))
    else:
        day.leave("tra")
    assert day.refused("emp", c.CallIn("h1")) == "R3.6"


@pytest.mark.rule("R1.2")
def test_a_decision_on_another_day_or_of_another_commission():
    for bad in (
        jury_decided(JURY, "s2"), jury_decided(JURY, body="b2"), replace(jury_decided(JURY), kind="session"),
        substitute_decided("tra", TRAINER), agreement(),
    ):  # fmt: skip
        assert planned().refused(SYSTEM, c.AppointJury(bad)) == "R1.2"
    seat = substitute(JurorCategory.TRAINER)
    for bad in (substitute_decided("tra", seat, "s2"), substitute_decided("tra", seat, body="b2"), jury_decided(JURY)):
        assert listed().refused(SYSTEM, c.ReplaceJuror(bad)) == "R1.2"


@pytest.mark.rule("R1.2")
def test_the_trainers_link_to_the_days_course_is_refused_by_the_day_too():
    course = {"courses": [{"provider": "of1", "certification": "RNCP26850"}]}
    linked = replace(jury_decided(JURY), data={**jury_decided(JURY).data, **course})
    assert "sans lien avec le parcours" in planned().why(SYSTEM, c.AppointJury(linked))
    change = substitute_decided("tra", substitute(JurorCategory.TRAINER))
    linked = replace(change, data={**change.data, **course})
    assert "sans lien avec le parcours" in listed().why(SYSTEM, c.ReplaceJuror(linked))


def test_the_decision_stands_beside_what_followed_from_it():
    day = planned()
    assert day.do(SYSTEM, appoint(JURY)) == [e.JuryAppointed(JURY, jury_decided(JURY))]
    seat = substitute(JurorCategory.TRAINER)
    assert day.do(SYSTEM, replace_juror("tra", seat)) == [
        e.JurorReplaced("tra", seat, substitute_decided("tra", seat))]  # fmt: skip
