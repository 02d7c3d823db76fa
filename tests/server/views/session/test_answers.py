"""What a page is told so that it decides nothing itself: who sits, who may be chosen, what may be done on the table."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from server.views.session.hearing import hearing_view
from server.views.session.room import room_view
from tests.evaluation.session.day import Day, begun, listed, words
from tests.server.views.session.readings import reading


@pytest.mark.rule("R1.4")
def test_who_sits_and_who_may_still_withdraw_are_told() -> None:
    def told(day: Day, seat: str) -> tuple[list[str], dict[str, bool]]:
        view = room_view(reading(day, seat))
        return view["jury"], {one["id"]: one["recuse"] is not None for one in view["day"]}

    day = begun().presenting()
    assert told(day, "tra") == (["emp", "own", "tra"], {"h1": True, "h2": True})
    assert told(day, "org") == (["emp", "own", "tra"], {"h1": False, "h2": False})
    day.do("tra", c.Recuse("h1", words()))
    assert told(day, "tra") == (["emp", "own"], {"h1": False, "h2": True})
    assert told(day, "cand1") == (["emp", "own"], {})


@pytest.mark.rule("R3.1")
def test_a_juror_chooses_among_those_who_may_preside_and_sees_who_has_chosen_whom() -> None:
    day = listed().join("emp", "own", "tra")
    day.do("tra", c.DesignatePresident("emp"))
    found = {seat: room_view(reading(day, seat))["designation"] for seat in ("own", "org")}
    assert found == {"own": {"choices": ["emp", "own"], "votes": {"tra": "emp"}}, "org": None}
    day.do("emp", c.DesignatePresident("emp"))
    assert room_view(reading(day, "own"))["designation"] is None


@pytest.mark.rule("R3.6", "X7")
def test_what_each_juror_may_do_on_the_table_is_told_to_them() -> None:
    day = begun().deliberating()

    def told(seat: str) -> tuple[int, int, int, bool, bool | None]:
        table = hearing_view(reading(day, seat), day.hearing())["deliberation"]
        sign = table["sign"]
        return (len(table["to_confirm"]), len(table["to_propose"]), len(table["to_dispute"]), table["advises"],
                sign and sign["allowed"])

    codes = len(hearing_view(reading(day, "emp"), day.hearing())["deliberation"]["rows"])
    assert (told("emp"), told("own")) == ((0, codes, codes, False, False), (0, 0, 0, False, False))
    day.do("emp", c.ProposeConsensus("h1", {"C1.1": day.hearing().grid("own").marks["C1.1"].mark}))
    assert (told("emp"), told("own")) == ((0, codes - 1, codes, False, False), (1, 0, 0, False, False))
    day.agree()
    assert (told("emp"), told("own")) == ((0, 0, 0, True, False), (0, 0, 0, False, False))
    day.advise()
    assert (told("emp"), told("own")) == ((0, 0, 0, True, False), (0, 0, 0, False, True))
    day.do("own", c.SignDeliberation("h1"))
    assert (told("emp"), told("own")) == ((0, 0, 0, False, False), (0, 0, 0, False, None))


@pytest.mark.rule("R6.5")
def test_the_sanctions_are_the_president_s_to_tell_once_about_a_suspicion() -> None:
    day = begun().presenting()
    day.do("own", c.RecordIncident("h1", "outside_help", True, words()),
           c.RecordIncident("h1", "technical", False, words()))

    def told(seat: str) -> list[bool]:
        return [one["may_tell"] for one in hearing_view(reading(day, seat), day.hearing())["incidents"]]

    assert (told("emp"), told("own")) == ([True, False], [False, False])
    day.do("emp", c.TellSanctions("h1", day.hearing().incidents[0].position))
    assert told("emp") == [False, False]


@pytest.mark.rule("R6.3")
def test_a_finding_comes_with_what_may_follow_and_whether_it_is_explained() -> None:
    identity = hearing_view(reading(begun().called(), "emp"), begun().called().hearing())["identity"]
    assert "findings" in identity
    told = {one["finding"]: (one["courses"], one["needs_words"]) for one in identity["findings"]}
    other = (["retry", "reserve", "stop"], True)
    assert told == {"conform": (["proceed"], False), "doubtful": other, "not_conform": other, "refused": other,
                    "no_document": other, "no_copy": other}


def test_a_grid_is_due_and_competencies_are_missed_only_in_their_time() -> None:
    def told(day: Day) -> tuple[bool, bool]:
        view = hearing_view(reading(day, "own"), day.hearing())
        return bool(view["not_examined"]), view["grid"]["due"]

    assert [told(day) for day in (begun().presenting(), begun().questioning(), begun().grading())] == [
        (False, False), (True, False), (False, True)]
    assert told(begun().graded()) == (False, False)
