"""A try-out before the day: what it lacks, and who has not made one."""
from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session import trying_out
from evaluation.session.tried import Floors, Measures, TryOut
from evaluation.session.trying_out import awaited, lacking
from tests.evaluation.session.day import AIDS, CANDIDATES, EMPLOYEES, JURY, begun, listed, verified, words
from tests.evaluation.session.try_outs import CAMERA, FLOORS, LINE, WELL, camera, line, tried

AT_FLOOR = replace(
    WELL, camera=replace(CAMERA, width=640, brightness=60, behind=60, sharpness=40),
    line=replace(LINE, carries_bps=400_000, seen_bps=20_000, returned_bps=10_000, lost_there=60, lost_back=60,
                 round_trip_ms=500))
NOTHING = Measures(live_video=True, camera=None, heard=None, sound=False, line=None)


@pytest.mark.rule("X4")
@pytest.mark.parametrize(("measures", "expected"), [
    (WELL, ()), (AT_FLOOR, ()),
    (replace(WELL, live_video=False, line=None), ("video_off",)),
    (NOTHING, ("no_camera", "no_microphone", "no_sound")),
    (replace(WELL, line=None), ("no_path",)), (replace(WELL, camera=None, line=None), ("no_camera", "no_path")),
    (camera(width=639), ("small",)), (camera(brightness=59), ("dark",)), (camera(behind=61), ("backlit",)),
    (camera(brightness=10, behind=80), ("backlit",)),
    (camera(sharpness=None), ("not_shown",)), (camera(sharpness=39), ("blurred",)),
    (replace(WELL, heard=False), ("not_heard",)),
    (line(carries_bps=399_999, seen_bps=399_999), ("slow",)), (line(carries_bps=0), ()), (line(seen_bps=0), ()),
    (line(seen_bps=890_000, returned_bps=444_999), ("slow",)),
    (replace(line(carries_bps=0, seen_bps=0), camera=None), ("no_camera",)),
    (line(lost_there=61), ("lossy",)), (line(lost_back=61), ("lossy",)),
    (line(round_trip_ms=501), ("delayed",)), (line(path="tcp"), ()),
    (line(returned_bps=0, lost_back=999, round_trip_ms=9000), ("slow", "lossy", "delayed")),
])  # fmt: skip
def test_what_is_lacking(measures: Measures, expected: tuple[str, ...]):
    assert lacking(measures, FLOORS, shows_document=True) == expected


@pytest.mark.rule("X4")
def test_a_card_is_held_up_by_candidates_alone():
    day = listed()
    without = tried(camera(sharpness=None))
    assert day.do("cand1", without) == [e.TriedOut(without.measures, FLOORS, ("not_shown",))]
    day.do("emp", without)
    day.do("aid1", without)
    assert [day.state.try_outs[seat].lacks for seat in ("cand1", "emp", "aid1")] == [("not_shown",), (), ()]


@pytest.mark.rule("X4")
def test_the_last_one_counts_as_often_as_wanted():
    day = listed()
    day.do("cand1", tried(replace(WELL, heard=False)))
    assert [one.id for one in trying_out.lacking_something(day.state)] == ["cand1"]
    day.wait(5).do("cand1", tried())
    assert day.state.try_outs == {"cand1": TryOut(day.now, (), LINE)}
    assert trying_out.lacking_something(day.state) == ()
    day.do("cand1", c.RecordTryOut(WELL, Floors(1280, 121, 0, 0, 0, 0, 0)))
    assert day.state.try_outs["cand1"].lacks == ("dark", "lossy", "delayed")


@pytest.mark.rule("X4")
def test_who_is_awaited_and_has_not_tried():
    day = listed()
    assert awaited(day.state) == (CANDIDATES["h1"], AIDS["h1"], CANDIDATES["h2"], AIDS["h2"], *JURY)
    day.do("aid1", tried())
    day.do("own", tried(), c.AnswerAppointment(None, False, words()))
    day.do("tra", c.AnswerAppointment(None, False, words()))
    assert trying_out.untried(day.state) == (CANDIDATES["h1"], CANDIDATES["h2"], AIDS["h2"], EMPLOYEES)


def test_who_comes_in_person_needs_no_camera():
    day = listed(hearings={"h1": {"mode": "on_site"}, "h2": {"mode": "on_site"}})
    assert awaited(day.state) == ()
    day.do("cand1", tried())


@pytest.mark.rule("X4")
def test_nothing_is_tried_by_who_only_watches_nor_once_it_is_over():
    day = listed()
    assert [day.refused(seat, tried()) for seat in ("org", "obs")] == ["X4", "X4"]
    assert day.refused("nobody", tried()) == "X11"
    day = begun().signed()
    assert day.refused("cand1", tried()) == "X4"
    day.do("cand2", tried())
    day.do("emp", tried())
    assert [seat.id for seat in trying_out.untried(day.state)] == ["aid2", "own", "tra"]


def test_the_journal_holds_the_measures_and_verifies():
    day = listed()
    day.do("cand1", tried(line(path="tcp")))
    assert day.records[-1].event == "session.tried_out"
    assert day.records[-1].data["measures"]["line"]["path"] == "tcp"
    assert verified(day.lines()).records == len(day.records)
