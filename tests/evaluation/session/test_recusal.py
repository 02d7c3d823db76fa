"""A juror recused for one candidate: who presides then, and what the juror does no more (R1.4)."""

from __future__ import annotations

import pytest

from evaluation.grading import Mark
from evaluation.people import SYSTEM, JurorCategory
from evaluation.session import commands as c
from evaluation.session import events as e
from tests.evaluation.session.day import (
    EMPLOYEES,
    EMPLOYERS,
    JURY,
    TRAINER,
    begun,
    substitute,
    words,
)
from tests.evaluation.session.quotes import replace_juror


@pytest.mark.rule("R1.4")
def test_a_recused_president_before_the_hearing():
    """The hearing gets another president and a substitute; the day keeps its own."""
    day = begun().ready()
    day.do("emp", c.Recuse("h1", words()))
    assert day.state.jurors_sitting("h1") == (EMPLOYERS, TRAINER)
    assert day.state.jurors_sitting("h2") == JURY
    assert day.state.president_of("h1") is None
    assert day.refused("emp", c.CallIn("h1")) == "R1.4"
    day.do("own", c.DesignatePresident("own"))
    assert day.do("tra", c.DesignatePresident("own")) == [
        e.PresidentChosen("own", "h1"), e.PresidentDesignated("own", "h1"),
    ]  # fmt: skip
    assert (day.president("h1"), day.president("h2")) == ("own", "emp")
    assert day.refused("own", c.CallIn("h1")) == "R3.6"
    sub = substitute(JurorCategory.EMPLOYEES, hearing="h1")
    day.do(SYSTEM, replace_juror("emp", sub))
    day.join("sub").do("own", c.CallIn("h1"))
    assert day.state.jurors_sitting("h1") == (sub, EMPLOYERS, TRAINER)


@pytest.mark.rule("R1.4", "X7")
def test_a_recused_president_in_the_middle_of_the_questions():
    day = begun().questioning()
    day.do("emp", c.SetMark("h1", "C1.1", Mark.NOT_ACQUIRED), c.Recuse("h1", words()))
    assert day.refused("emp", c.PauseClock("h1", "other")) == "R1.4"
    for juror in ("own", "tra"):
        day.do(juror, c.DesignatePresident("own"))
    day.do(SYSTEM, replace_juror("emp", substitute(JurorCategory.EMPLOYEES, hearing="h1")))
    day.join("sub").wait(30).do("own", c.DismissCandidate("h1"))
    for juror in ("sub", "own", "tra"):
        day.grade(juror)
    day.do("own", c.OpenDeliberation("h1"))
    day.agree().advise().sign()
    assert day.hearing().phase.value == "closed"
    assert day.deliberation().jurors == ("sub", "own", "tra")
    assert set(day.deliberation().signatures) == {"sub", "own", "tra"}
    assert (day.president("h1"), day.president("h2")) == ("own", "emp")


@pytest.mark.rule("R1.4")
def test_a_recused_president_in_the_deliberation():
    """The two who remain designate one of theirs, who can only postpone: below three nothing is decided."""
    day = begun().deliberating()
    day.do("emp", c.Recuse("h1", words()))
    for juror in ("own", "tra"):
        day.do(juror, c.DesignatePresident("own"))
    assert day.refused("own", c.ProposeConsensus("h1", {"C1.1": Mark.ACQUIRED})) == "R3.6"
    day.do("own", c.PostponeHearing("h1", words()))
    assert (day.phase().value, day.hearing().attempt) == ("postponed", 2)


@pytest.mark.rule("R4.4")
def test_two_recusals_in_the_deliberation_leave_the_organizer_to_postpone():
    """Nobody can preside any more: without this the session could never end."""
    day = begun().deliberating()
    day.do("emp", c.Recuse("h1"))
    assert day.refused("org", c.PostponeHearing("h1", words())) == "R4.4"
    day.do("own", c.Recuse("h1"))
    assert day.refused("tra", c.DesignatePresident("own")) == "R3.1"
    day.do("org", c.PostponeHearing("h1", words()))
    assert day.phase().value == "postponed"


@pytest.mark.rule("R1.4")
@pytest.mark.parametrize(
    "command",
    [
        c.SetMark("h1", "C1.1", Mark.ACQUIRED), c.ClearMark("h1", "C1.1"), c.CloseGrid("h1"),
        c.WriteNote("h1", words()), c.NoteExamined("h1", "C1.1", True), c.CoverPoint("h1", 0, True),
        c.RecordIncident("h1", "other", False, words()), c.DesignatePresident("own"),
    ],
)  # fmt: skip
def test_what_a_recused_juror_does_no_more(command: c.Command):
    day = begun().questioning()
    day.do("tra", c.SetMark("h1", "C1.1", Mark.NOT_ACQUIRED), c.Recuse("h1"))
    assert day.refused("tra", command) == "R1.4"


@pytest.mark.rule("R1.4", "X7")
@pytest.mark.parametrize("bring", ["ready", "called", "presenting", "grading", "deliberating", "advised"])
def test_a_recusal_is_possible_until_the_first_signature(bring: str):
    day = getattr(begun(), bring)()
    assert day.do("tra", c.Recuse("h1", words())) == [e.JurorRecused("h1", "tra", words())]
    assert day.state.jurors_sitting("h1") == (EMPLOYEES, EMPLOYERS)
    assert day.refused("tra", c.Recuse("h1")) == "R1.4"


@pytest.mark.rule("R1.4", "X7")
def test_no_recusal_after_the_first_signature():
    day = begun().advised()
    day.do("own", c.SignDeliberation("h1"))
    for juror in ("emp", "own", "tra"):
        assert day.refused(juror, c.Recuse("h1")) == "R1.4"
    assert begun().signed().refused("tra", c.Recuse("h1")) == "R1.4"


def test_only_a_sitting_juror_recuses():
    day = begun()
    for actor in ("org", "obs", "cand1", "aid1"):
        assert day.refused(actor, c.Recuse("h1")) == "R2.3"
    assert day.refused("tra", c.Recuse("h9")) == "R3.2"


@pytest.mark.rule("R1.4", "X7")
def test_marks_made_before_a_recusal_are_excluded():
    """They stay in the journal, and count for nothing: neither as closed grids nor in the result."""
    day = begun().questioning()
    day.grade("tra")
    day.do("tra", c.Recuse("h1"))
    day.do(SYSTEM, replace_juror("tra", substitute(JurorCategory.TRAINER, hearing="h1")))
    day.join("sub").wait(30).do("emp", c.DismissCandidate("h1"))
    day.grade("emp").grade("own")
    assert day.refused("emp", c.OpenDeliberation("h1")) == "R3.6"
    day.grade("sub")
    assert day.do("emp", c.OpenDeliberation("h1")) == [e.DeliberationOpened("h1", ("emp", "own", "sub"))]
