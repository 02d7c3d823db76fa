"""Aids, observers and deputies are given a seat and lose it; a hearing is held here or there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.offices import OfficeRole
from evaluation.people import SYSTEM, Role, Seat
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.access import CLOSED, rights
from tests.evaluation.session.day import AIDS, Day, begun, listed, words
from tests.evaluation.session.quotes import agreement, office

SECOND_AID = Seat("aid9", "p-aid9", Role.AID, hearing="h1")
GUEST = Seat("obs9", "p-obs9", Role.OBSERVER)
DEPUTY = Seat("dep", "p-dep", Role.ORGANIZER)
NAMED = c.NameDeputy(DEPUTY, office("p-dep", OfficeRole.DEPUTY))


def seats(day: Day) -> set[str]:
    return {one.id for one in day.state.seats()}


@pytest.mark.rule("R4.4", "X11")
def test_an_aid_comes_and_goes_also_while_the_examination_goes_on():
    day = begun().presenting()
    day.do("org", c.AddAid("h1", SECOND_AID))
    day.join("aid9")
    assert day.hearing().aids == (AIDS["h1"], SECOND_AID)
    assert rights(day.state, "aid9").view
    assert day.do("org", c.RemoveAid("h1", "aid9")) == [e.AidRemoved("h1", "aid9")]
    assert (day.hearing().aids, "aid9" in day.state.present) == ((AIDS["h1"],), False)
    assert rights(day.state, "aid9") == CLOSED
    assert day.state.former == (SECOND_AID,)  # named in what is written
    assert day.refused("org", c.RemoveAid("h1", "aid9")) == "R4.4"
    assert day.refused("org", c.AddAid("h1", SECOND_AID)) == "X11"  # that seat was somebody's
    day.do("org", c.AddAid("h1", replace(SECOND_AID, id="aid10")))


@pytest.mark.rule("R4.4", "X11", "R1.2")
@pytest.mark.parametrize(
    ("aid", "rule"),
    [
        (replace(SECOND_AID, role=Role.OBSERVER), "R10.1"),
        (replace(SECOND_AID, hearing="h2"), "R10.1"),
        (replace(SECOND_AID, id="emp"), "X11"),
        (replace(SECOND_AID, person="p-aid1"), "X11"),
        (replace(SECOND_AID, person="p-emp"), "R1.2"),
    ],
)
def test_an_aid_who_cannot_be_seated(aid: Seat, rule: str):
    assert listed().refused("org", c.AddAid("h1", aid)) == rule


@pytest.mark.rule("R4.4")
def test_nobody_comes_to_what_is_over():
    day = begun().signed()
    assert day.refused("org", c.AddAid("h1", SECOND_AID)) == "R4.4"
    assert day.refused("org", c.RemoveAid("h1", "aid1")) == "R4.4"


@pytest.mark.rule("R2.3", "R4.4")
def test_an_observer_comes_and_goes():
    day = begun()
    day.do("org", c.AddObserver(GUEST))
    assert day.state.observers[-1] == GUEST
    assert day.refused("org", c.AddObserver(replace(GUEST, id="o", role=Role.AID))) == "R2.3"
    assert day.refused("org", c.AddObserver(replace(GUEST, id="again"))) == "X11"
    day.do("org", c.RemoveObserver("obs9"))
    assert "obs9" not in seats(day)
    assert day.refused("org", c.RemoveObserver("org")) == "R4.4"


@pytest.mark.rule("R4.4", "X15")
def test_a_deputy_organizes_the_day():
    """Whoever holds an office of those who run the provider's days, on the day."""
    day = begun()
    for quote in (
        office("p-other", OfficeRole.DEPUTY), office("p-dep", OfficeRole.DIRECTOR),
        office("p-dep", OfficeRole.DEPUTY, provider="of2"), office("p-dep", OfficeRole.DEPUTY, body="b2"),
        office("p-dep", OfficeRole.DEPUTY, until=date(2026, 3, 15)), agreement(),
    ):
        assert day.refused("org", replace(NAMED, office=quote)) == "X15"
    assert day.refused("org", replace(NAMED, deputy=GUEST)) == "R4.4"
    day.do("org", NAMED)
    assert day.state.organizers == (day.state.organizer, DEPUTY)
    assert rights(day.state, "dep").board
    day.do("dep", c.WriteToRoom(words()), c.AddObserver(GUEST))
    day.do("org", c.DismissDeputy("dep"))
    assert day.refused("dep", c.WriteToRoom(words())) == "X11"
    assert day.refused("org", c.DismissDeputy("dep")) == "R4.4"
    assert day.refused("org", c.DismissDeputy("org")) == "R4.4"


@pytest.mark.rule("R4.4")
def test_how_and_where_a_hearing_is_held():
    day = listed()
    assert day.do("org", c.ChangeMode("h1", "remote")) == []
    day.do("org", c.ChangeMode("h1", "on_site"), c.NamePlace(words("place")))
    assert (day.hearing().mode, day.state.place) == ("on_site", words("place"))
    day.do("org", c.GiveNotice("h1", agreement(until=None), words(), words()))
    assert day.refused("org", c.ChangeMode("h1", "mixed")) == "R4.4"
    day.do("org", c.ChangeMode("h1", "mixed", words()))
    assert day.refused(SYSTEM, c.ChangeMode("h1", "remote", words())) == "X11"
