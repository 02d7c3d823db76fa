"""A juror replaced by a substitute of the same category (R1.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.people import SYSTEM, JurorCategory, Role, Seat
from evaluation.session import commands as c
from evaluation.session.access import rights as rights_of
from tests.evaluation.session.day import (
    EMPLOYEES,
    EMPLOYERS,
    JURY,
    begun,
    listed,
    substitute,
    words,
)
from tests.evaluation.session.quotes import replace_juror


@pytest.mark.rule("R1.2")
@pytest.mark.parametrize(
    "seat",
    [
        substitute(JurorCategory.EMPLOYERS),
        substitute(JurorCategory.EMPLOYEES),
        substitute(JurorCategory.TRAINER, person="p-emp"),
        Seat("sub", "p-sub", Role.OBSERVER, JurorCategory.TRAINER),
    ],
)
def test_a_substitute_of_another_kind(seat: Seat):
    assert listed().refused(SYSTEM, replace_juror("tra", seat)) == "R1.2"


@pytest.mark.rule("R1.2")
def test_a_substitute_who_trained_a_candidate():
    day = listed(hearings={"h2": {"enrolled": {"trained_by": ("p-sub",)}}})
    whole_day = substitute(JurorCategory.TRAINER)
    assert day.refused(SYSTEM, replace_juror("tra", whole_day)) == "R1.2"
    assert day.refused(SYSTEM, replace_juror("tra", replace(whole_day, hearing="h2"))) == "R1.2"
    day.do(SYSTEM, replace_juror("tra", replace(whole_day, hearing="h1")))
    sub = substitute(JurorCategory.TRAINER, hearing="h1")
    assert day.state.jurors_sitting("h1") == (EMPLOYEES, EMPLOYERS, sub)
    assert day.state.jurors_sitting("h2") == JURY
    assert day.state.jurors_sitting(None) == JURY


def test_a_substitute_for_nobody_or_for_no_hearing():
    day = listed()
    sub = substitute(JurorCategory.TRAINER)
    assert day.refused(SYSTEM, replace_juror("obs", sub)) == "R1.2"
    assert day.refused(SYSTEM, replace_juror("tra", replace(sub, hearing="h9"))) == "R3.2"
    assert day.refused(SYSTEM, replace_juror("tra", replace(sub, id="emp"))) == "X11"


@pytest.mark.rule("R1.2")
def test_a_substitute_for_the_day_leaves_alone_the_hearing_that_has_its_own():
    day = listed()
    one = substitute(JurorCategory.TRAINER, "one", "h1")
    day.do(SYSTEM, replace_juror("tra", one))
    whole = substitute(JurorCategory.TRAINER, "whole")
    day.do(SYSTEM, replace_juror("tra", whole))
    assert day.state.jurors_sitting("h1") == (EMPLOYEES, EMPLOYERS, one)
    assert day.state.jurors_sitting("h2") == (EMPLOYEES, EMPLOYERS, whole)
    assert day.state.jurors_sitting(None) == (EMPLOYEES, EMPLOYERS, whole)
    later = substitute(JurorCategory.TRAINER, "later", "h1")
    day.do(SYSTEM, replace_juror("one", later))
    assert day.state.jurors_sitting("h1") == (EMPLOYEES, EMPLOYERS, later)


@pytest.mark.rule("R1.2")
def test_nobody_sits_twice_through_a_substitution_of_one_hearing():
    day = listed()
    day.do(SYSTEM, replace_juror("own", substitute(JurorCategory.EMPLOYERS, "one", "h1")))
    again = substitute(JurorCategory.TRAINER, "again", person="p-one")
    assert day.refused(SYSTEM, replace_juror("tra", again)) == "R1.2"


@pytest.mark.rule("R1.4")
def test_who_is_recused_does_not_come_back_by_another_place():
    day = begun()
    day.do("emp", c.Recuse("h1"))
    again = substitute(JurorCategory.EMPLOYEES, "again", "h1", person="p-emp")
    assert day.refused(SYSTEM, replace_juror("emp", again)) == "R1.4"
    assert day.refused(SYSTEM, replace_juror("emp", replace(again, hearing=None))) == "R1.4"


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize("suspended", [False, True])
def test_the_jury_of_an_open_deliberation_does_not_change(suspended: bool):
    day = begun().deliberating()
    if suspended:
        day.do("emp", c.SuspendDeliberation("h1", words()))
    sub = substitute(JurorCategory.TRAINER)
    assert day.refused(SYSTEM, replace_juror("tra", sub)) == "R3.6"
    assert day.refused(SYSTEM, replace_juror("tra", replace(sub, hearing="h1"))) == "R3.6"
    assert day.why(SYSTEM, replace_juror("tra", sub)) == (
        "Une délibération est ouverte : ce juré ne peut plus être remplacé pour toute la journée. "
        "Nommez un remplaçant pour l’épreuve concernée, ou pour chacune de celles qui restent.")
    day.do(SYSTEM, replace_juror("tra", replace(sub, hearing="h2")))
    assert day.state.jurors_sitting("h1") == JURY


@pytest.mark.parametrize("end", ["signed", "stopped", "no_show"])
def test_a_hearing_that_is_over_keeps_its_jury(end: str):
    """A substitute of the afternoon sees nothing of the morning's candidate."""
    day = begun()
    if end == "signed":
        day.signed()
    elif end == "stopped":
        day.called().do("emp", c.StopHearing("h1", words()))
    else:
        day.do("emp", c.RecordNoShow("h1"))
    sub = substitute(JurorCategory.TRAINER)
    assert day.refused(SYSTEM, replace_juror("tra", replace(sub, hearing="h1"))) == "R1.2"
    day.do(SYSTEM, replace_juror("tra", sub))
    assert day.state.jurors_sitting("h1") == JURY
    assert day.state.jurors_sitting("h2") == (EMPLOYEES, EMPLOYERS, sub)
    assert set(rights_of(day.state, "sub").hearings) == {"h2"}
