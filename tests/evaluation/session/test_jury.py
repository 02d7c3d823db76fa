"""The evaluation jury: composition, impartiality, recusal, and who presides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.grading import Mark
from evaluation.people import SYSTEM, JurorCategory, Role, Seat
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session import jury
from evaluation.session.access import Forbidden
from evaluation.session.kind import SESSION
from tests.evaluation.session.day import (
    EMPLOYEES,
    EMPLOYERS,
    JURY,
    TRAINER,
    Day,
    begun,
    listed,
    planned,
    substitute,
    words,
)
from tests.evaluation.session.quotes import appoint, jury_decided, replace_juror

# Composition


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


# The president


def undesignated() -> Day:
    return listed().join("org", "obs", *(s.id for s in JURY)).wait(20)


@pytest.mark.rule("R3.1")
def test_two_of_the_three_designate_a_representative():
    day = undesignated()
    assert day.state.president is None
    day.do("tra", c.DesignatePresident("own"))
    assert day.state.president is None
    assert day.do("own", c.DesignatePresident("own")) == [
        e.PresidentChosen("own", None), e.PresidentDesignated("own", None),
    ]  # fmt: skip
    assert (day.president("h1"), day.president("h2"), day.president(None)) == ("own", "own", "own")
    assert day.state.votes == {}


@pytest.mark.rule("R3.1")
@pytest.mark.parametrize("choice", ["tra", "org", "obs", "cand1", "nobody", ""])
def test_who_cannot_preside(choice: str):
    assert undesignated().refused("emp", c.DesignatePresident(choice)) == "R3.1"


@pytest.mark.rule("R3.1")
@pytest.mark.parametrize("actor", ["org", "obs", "cand1", "aid1", "nobody"])
def test_who_does_not_designate(actor: str):
    day = undesignated()
    with pytest.raises(Forbidden):
        SESSION.decide(day.state, c.DesignatePresident("emp"), actor, day.now)


@pytest.mark.rule("R3.1")
def test_the_trainer_is_told_why_not():
    why = undesignated().why("own", c.DesignatePresident("tra"))
    assert why == "La présidence se choisit parmi les deux représentants ; la formation ne préside pas."


@pytest.mark.rule("R3.1")
def test_three_choices_of_which_no_two_agree_and_a_change_of_mind():
    day = undesignated()
    day.do("emp", c.DesignatePresident("emp"))
    day.do("emp", c.DesignatePresident("emp"))
    day.do("own", c.DesignatePresident("own"))
    assert day.state.president is None
    day.do("emp", c.DesignatePresident("own"))
    assert day.state.president == "own"


@pytest.mark.rule("R3.1")
def test_two_designations_at_once():
    """The second of two jurors' pages that send the deciding choice is refused: one president."""
    day = undesignated()
    day.do("emp", c.DesignatePresident("emp"))
    day.do("tra", c.DesignatePresident("emp"))
    assert day.refused("own", c.DesignatePresident("own")) == "R3.1"
    assert day.refused("own", c.DesignatePresident("emp")) == "R3.1"
    assert day.state.president == "emp"


@pytest.mark.rule("R3.1")
@pytest.mark.parametrize(
    "command",
    [
        c.CallIn("h1"), c.DecideIdentity("h1", "conform", "proceed"), c.StartPresentation("h1"),
        c.StopHearing("h1", words()), c.OpenDeliberation("h1"), c.CloseSession(), c.RecordNoShow("h1"),
    ],
)  # fmt: skip
def test_nothing_starts_before_there_is_a_president(command: c.Command):
    day = undesignated().ready()
    for juror in ("emp", "own", "tra"):
        assert day.refused(juror, command) == "R3.1"


@pytest.mark.rule("R3.1")
def test_only_the_president_leads():
    day = begun().ready()
    for other in ("own", "tra"):
        assert day.refused(other, c.CallIn("h1")) == "R3.1"
    day.do("emp", c.CallIn("h1"))


@pytest.mark.rule("R3.1")
def test_a_president_who_is_gone_is_replaced_by_the_two_who_remain():
    day = begun().questioning().leave("emp")
    day.do("tra", c.DesignatePresident("own"))
    assert day.president("h1") == "emp"
    day.do("own", c.DesignatePresident("own"))
    assert (day.president("h1"), day.president("h2")) == ("own", "own")
    day.join("emp").wait(30)
    assert day.refused("emp", c.DismissCandidate("h1")) == "R3.1"
    assert day.refused("emp", c.DesignatePresident("emp")) == "R3.1"
    day.do("own", c.DismissCandidate("h1"))
    for juror in ("emp", "own", "tra"):
        day.grade(juror)
    day.do("own", c.OpenDeliberation("h1"))
    day.agree().advise().sign()
    assert day.hearing().result is not None


@pytest.mark.rule("R3.1")
def test_a_president_who_comes_back_is_still_president():
    """A choice made while the president was away does not count the next time."""
    day = begun().called().leave("emp")
    day.do("tra", c.DesignatePresident("own"))
    day.join("emp").leave("emp")
    day.do("own", c.DesignatePresident("own"))
    assert day.president("h1") == "emp"
    day.do("tra", c.DesignatePresident("own"))
    assert day.president("h1") == "own"


@pytest.mark.rule("R3.1")
def test_a_choice_for_one_hearing_is_not_one_for_another():
    day = begun()
    day.do("emp", c.Recuse("h1"))
    day.do("tra", c.DesignatePresident("own"))
    day.do("org", c.PostponeHearing("h1", words()))
    day.leave("emp").do("own", c.DesignatePresident("own"))
    assert day.state.president == "emp"


@pytest.mark.rule("R3.1")
def test_a_president_replaced_for_the_day_leaves_the_day_to_another():
    day = begun()
    day.do(SYSTEM, replace_juror("emp", substitute(JurorCategory.EMPLOYEES)))
    assert day.state.president_of("h1") is None
    day.join("sub").do("own", c.DesignatePresident("sub"))
    day.do("tra", c.DesignatePresident("sub"))
    assert [day.president(one) for one in ("h1", "h2", None)] == ["sub", "sub", "sub"]


# Recusal


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


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize("gone", ["recused", "left"])
def test_below_three_there_is_neither_call_nor_deliberation(gone: str):
    day = begun().ready()
    if gone == "recused":
        day.do("tra", c.Recuse("h1"))
    else:
        day.leave("tra")
    assert day.refused("emp", c.CallIn("h1")) == "R3.6"


@pytest.mark.rule("R1.4")
@pytest.mark.parametrize(
    ("juror", "candidate", "alike"),
    [
        ("Atelier Doré", "ATELIER  DORE", True),
        ("Polissage & Cie", "polissage cie", True),
        ("Atelier Doré", "Atelier Dorel", False),
        ("", "", False),
        ("Atelier", "", False),
    ],
)
def test_companies_alike_are_pointed_out(juror: str, candidate: str, alike: bool):
    assert jury.same_company(juror, candidate) is alike
