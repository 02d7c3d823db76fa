"""Three signatures, the president's last."""

from __future__ import annotations

import pytest

from evaluation.grading import Mark
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.phases import Phase
from evaluation.session.signatures import has_signed
from tests.evaluation.session.day import ALL_A, begun, result, words

A, NA = Mark.ACQUIRED, Mark.NOT_ACQUIRED


@pytest.mark.rule("X7")
def test_the_three_sign_the_president_last():
    day = begun().agreed()
    assert day.refused("own", c.SignDeliberation("h1")) == "R3.8"
    day.advise()
    for actor in ("org", "obs", "cand1"):
        assert day.refused(actor, c.SignDeliberation("h1")) == "R2.3"
    assert day.refused("emp", c.SignDeliberation("h1")) == "X7"
    assert day.do("tra", c.SignDeliberation("h1")) == [e.DeliberationSigned("h1")]
    assert day.refused("tra", c.SignDeliberation("h1")) == "X7"
    assert day.refused("tra", c.RefuseSignature("h1", words())) == "X7"
    assert day.refused("emp", c.SignDeliberation("h1")) == "X7"
    day.do("own", c.SignDeliberation("h1"))
    signed, closed = day.do("emp", c.SignDeliberation("h1"))
    assert signed == e.DeliberationSigned("h1")
    assert closed == e.HearingClosed("h1", ALL_A, result(day), False)
    assert (day.phase(), day.state.current, result(day).outcome) == (Phase.CLOSED, None, "full")


@pytest.mark.rule("R3.6", "X7")
def test_after_the_first_signature_nothing_changes():
    day = begun().advised()
    day.do("own", c.SignDeliberation("h1"))
    for actor, command, rule in (
        ("tra", c.SetMark("h1", "C1.1", NA), "R3.5"),
        ("tra", c.ClearMark("h1", "C1.1"), "R3.5"),
        ("tra", c.ReopenGrid("h1"), "X7"),
        ("emp", c.ProposeConsensus("h1", {"C1.1": NA}), "X7"),
        ("tra", c.ConfirmConsensus("h1", {"C1.1": A}), "X7"),
        ("tra", c.WithdrawConfirmation("h1", "C1.1"), "X7"),
        ("emp", c.DeclareDispute("h1", ("C1.1",), words()), "X7"),
        ("emp", c.Recommend("h1", None, "award"), "X7"),
        ("emp", c.PostponeHearing("h1", words()), "R3.2"),
        ("emp", c.StopHearing("h1", words()), "R3.2"),
    ):
        assert day.refused(actor, command) == rule, command


@pytest.mark.rule("X7")
@pytest.mark.parametrize("juror", ["emp", "own", "tra"])
def test_a_juror_who_refuses_to_sign(juror: str):
    """The hearing closes all the same, disputed: the certification jury hears why."""
    day = begun().advised()
    for one in ("own", "tra", "emp"):
        day.do(one, c.RefuseSignature("h1", words("no")) if one == juror else c.SignDeliberation("h1"))
    assert (day.phase(), day.hearing().disputed, result(day).outcome) == (Phase.CLOSED, True, "full")
    assert [one for one in ("own", "tra", "emp", "obs") if has_signed(day.state, one)] == [
        one for one in ("own", "tra", "emp") if one != juror]
    assert {one: (s.refused, s.words) for one, s in day.deliberation().signatures.items()} == {
        one: ((True, words("no")) if one == juror else (False, None)) for one in ("own", "tra", "emp")
    }


@pytest.mark.rule("X7")
def test_a_president_who_is_gone_comes_back_as_a_member():
    """The one designated meanwhile signs last."""
    day = begun().advised().leave("emp")
    for juror in ("own", "tra"):
        day.do(juror, c.DesignatePresident("own"))
    day.join("emp")
    assert day.refused("own", c.SignDeliberation("h1")) == "X7"
    day.do("emp", c.SignDeliberation("h1"))
    day.do("tra", c.SignDeliberation("h1"))
    day.do("own", c.SignDeliberation("h1"))
    assert day.phase() is Phase.CLOSED
