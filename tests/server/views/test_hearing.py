"""One hearing as each seat sees it."""

from __future__ import annotations

import pytest

from evaluation import commands as c
from evaluation.access import COMMISSION
from evaluation.people import JurorCategory
from server.views.hearing import hearing_view
from server.views.room import room_view
from tests.evaluation.day import begun, substitute, words
from tests.server.views.readings import reading


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize(("seat", "shown"), [("cand1", "closed"), ("aid1", "closed"), ("org", "deliberation")])
def test_how_far_the_jury_has_come_alone_is_shown_to_nobody_outside(seat: str, shown: str) -> None:
    day = begun().grading()
    before = hearing_view(reading(day, seat), day.hearing())
    for juror in ("emp", "own", "tra"):
        day.grade(juror)
    day.do("emp", c.OpenDeliberation("h1"))
    after = hearing_view(reading(day, seat), day.hearing())
    assert before["phase"] == shown
    assert after == before
    assert {one["phase"] for one in room_view(reading(day, "org"))["day"]} == {"deliberation", "scheduled"}


@pytest.mark.rule("R3.6", "R2.3")
def test_an_observer_who_is_kept_out_is_told_nothing_by_their_page() -> None:
    """The page is rendered whatever the rights in the room: what stands in it has to follow them."""
    day = begun(observers_in_deliberation=False).grading()
    before = room_view(reading(day, "obs"))
    for juror in ("emp", "own", "tra"):
        day.grade(juror)
    day.do("emp", c.OpenDeliberation("h1"))
    assert room_view(reading(day, "obs")) == before
    assert ([one["seat"] for one in before["people"]], before["hearing"]["phase"]) == (["obs"], "deliberation")


@pytest.mark.rule("R3.6", "X7")
@pytest.mark.parametrize("seat", ["cand1", "aid1", "org", "tra"])
def test_who_is_outside_cannot_tell_how_much_is_said_by_loading_the_page_again(seat: str) -> None:
    day = begun().deliberating()
    day.do("tra", c.Recuse("h1", words()))
    before = room_view(reading(day, seat))
    day.do("emp", c.WriteNote("h1", words())).extend(day.do("own", c.WriteNote("h1", words())))
    assert room_view(reading(day, seat)) == before
    assert [one["seat"] for one in before["people"]] == [seat]


@pytest.mark.rule("R1.2")
def test_a_replaced_juror_is_a_stranger_to_the_day() -> None:
    day = begun().presenting()
    day.do(COMMISSION, c.ReplaceJuror("tra", substitute(JurorCategory.TRAINER), "p-commission"))
    view = room_view(reading(day, "tra"))
    assert (view["hearing"], view["day"], [one["seat"] for one in view["people"]]) == (None, [], ["tra"])


@pytest.mark.rule("R1.4")
def test_who_is_recused_for_somebody_else_is_not_told_to_a_candidate() -> None:
    day = begun().presenting()
    day.do("tra", c.Recuse("h1", words()))
    told = [
        [one["recused"] for one in room_view(reading(day, seat))["people"] if one["seat"] == "tra"]
        for seat in ("cand1", "cand2")
    ]
    assert told == [[True], [False]]
