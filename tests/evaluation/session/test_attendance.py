"""Who is connected: joined, left, taken over, back where they were."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session import events as e
from tests.evaluation.session.day import Day, begun


def test_who_is_there():
    day = begun()
    assert day.state.present == {"org", "obs", "aid1", "emp", "own", "tra"}
    assert day.do(SYSTEM, c.Join("emp")) == []
    assert day.do(SYSTEM, c.Leave("cand1")) == []
    assert day.do(SYSTEM, c.Leave("emp")) == [e.SeatLeft("emp")]
    assert day.state.present == {"org", "obs", "aid1", "own", "tra"}
    for command in (c.Join("emp"), c.Leave("own"), c.TakeOverSeat("own")):
        for actor in ("emp", "org", "cand1", "commission"):
            assert day.refused(actor, command) == "X11"


@pytest.mark.rule("X11", "X9")
def test_a_seat_taken_over_is_written_down_and_keeps_its_place():
    day = begun().questioning()
    before = day.state
    assert day.do(SYSTEM, c.TakeOverSeat("cand1")) == [e.SeatTakenOver("cand1")]
    assert day.state.hearings == before.hearings
    assert day.state.present == before.present


@pytest.mark.rule("X11")
def test_the_organizer_alone_replaces_a_link_and_it_is_written_down():
    day = begun().questioning()
    before = day.state
    assert day.do("org", c.RenewLink("cand1")) == [e.LinkRenewed("cand1")]
    assert (day.state.hearings, day.state.present) == (before.hearings, before.present)
    assert day.refused("org", c.RenewLink("nobody")) == "X11"
    assert {day.refused(actor, c.RenewLink("cand1")) for actor in ("emp", "obs", "cand1", SYSTEM)} == {"X11"}


@pytest.mark.rule("X9")
@pytest.mark.parametrize("bring", ["called", "questioning", "grading", "agreed"])
def test_who_drops_out_comes_back_where_they_were(bring: str):
    day: Day = getattr(begun(), bring)()
    before = day.state.hearings
    day.leave("cand1", "emp", "own", "tra").wait(2).join("tra", "own", "emp", "cand1")
    assert {name: replace(one, cuts=()) for name, one in day.state.hearings.items()} == before
