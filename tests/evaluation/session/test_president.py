"""Who presides: two of the three choose a representative (R3.1)."""

from __future__ import annotations

import pytest

from evaluation.people import SYSTEM, JurorCategory
from evaluation.rules import Forbidden
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.kind import SESSION
from tests.evaluation.session.day import (
    JURY,
    Day,
    begun,
    listed,
    substitute,
    words,
)
from tests.evaluation.session.quotes import replace_juror


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
