"""What the certification jury goes through of a hearing, computed from its journal (R3.9)."""
from __future__ import annotations

from typing import cast

import pytest

from evaluation.journal import Record
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session import regularity as looks
from evaluation.session.events import Event
from evaluation.session.kind import SESSION
from evaluation.session.regularity import Point
from tests.evaluation.session.day import MINUTE, Day, begun, marks, words


def past(day: Day) -> list[tuple[Record, Event]]:
    return [(one, cast("Event", SESSION.decoded(one.event, one.data, first=one.position == 1))) for one in day.records]


def points(day: Day, hearing: str = "h1") -> list[Point]:
    return list(looks.regularity(day.state, past(day), hearing, day.now))


def to_look_at(day: Day, hearing: str = "h1") -> list[Point]:
    return [one for one in points(day, hearing) if one.standing != "kept"]


def where(day: Day, *kinds: type, hearing: str = "h1") -> tuple[int, ...]:
    return tuple(record.position for record, event in past(day)
                 if isinstance(event, kinds) and getattr(event, "hearing", hearing) in (hearing, None))


@pytest.mark.rule("R3.9")
def test_a_plain_hearing_has_nothing_to_look_at_and_each_point_says_where():
    day = begun().signed()
    assert to_look_at(day) == []
    assert [(one.name, one.rule, one.where) for one in points(day)] == [
        ("president", "R3.1", where(day, e.PresidentDesignated)),
        ("three", "R1.2", where(day, e.HearingClosed)),
        ("prevention", "R6.1", where(day, e.PreventionAcknowledged)),
        ("identity", "R6.3", where(day, e.IdentityDecided)),
        ("reminder", "R3.2", where(day, e.ReminderChecked)[-1:]),
        ("sheet", "R3.2", where(day, e.SheetSigned)),
        ("presentation", "R3.3", where(day, e.PhaseEnded)[:1]),
        ("questions", "R3.4", where(day, e.PhaseEnded)[1:]),
        ("incident", "R7.1", ()),
        ("signatures", "X7", where(day, e.DeliberationSigned)),
    ]


def test_questions_ended_before_their_floor_and_a_presentation_that_ran_over():
    day = begun().presenting().wait(18)
    day.do("emp", c.StartQuestions("h1"))
    day.wait(20).do("emp", c.DismissCandidate("h1", words()))
    ended = where(day, e.PhaseEnded)
    assert to_look_at(day) == [
        Point("presentation", "R4.7", "look", ended[:1], lasted=3 * MINUTE, codes=("overrun",)),
        Point("questions", "R3.4", "look", ended[1:], lasted=20 * MINUTE, codes=("early",)),
    ]


def test_a_juror_who_was_away_while_it_went_on():
    day = begun().presenting().wait(5).leave("own")
    day.wait(2).join("own")
    day.wait(8).do("emp", c.StartQuestions("h1"))
    left, = (record.position for record, event in past(day) if isinstance(event, e.SeatLeft))
    assert to_look_at(day) == [Point("three", "R1.2", "look", (left,), ("own",), 2 * MINUTE)]


def test_who_leaves_before_the_call_or_once_all_is_signed_was_not_away():
    day = begun().leave("own").wait(3).join("own").signed()
    day.leave("tra").wait(60).join("tra")
    assert to_look_at(day) == []


def test_a_juror_recused_during_the_examination_leaves_two_and_that_is_looked_at():
    day = begun().questioning()
    day.do("tra", c.Recuse("h1", words()))
    assert to_look_at(day) == [Point("three", "R1.4", "look", where(day, e.JurorRecused), ("tra",))]


def test_what_was_waived_reserved_and_noted():
    day = begun().called()
    for seat in ("own", "tra"):
        day.do(seat, c.GiveIdentityOpinion("h1", False, words()))
    day.do("emp", c.DecideIdentity("h1", "not_conform", "reserve", words()))
    day.do("tra", c.RecordIncident("h1", "technical", False, words()))
    for point in range(len(day.state.framework.reminder)):
        day.do("emp", c.CheckReminder("h1", point, True))
    day.do("cand1", c.RefuseSheet("h1"))
    day.do("emp", c.DecideRefusal("h1", "sheet", "reserve", words()))
    day.do("emp", c.StartPresentation("h1"))
    day.wait(15).do("emp", c.StartQuestions("h1"))
    found = {(one.name, one.rule, one.where, one.codes) for one in to_look_at(day)}
    assert {
        ("identity", "R6.3", where(day, e.IdentityDecided), ("not_conform", "reserve")),
        ("sheet", "R3.2", where(day, e.RefusalDecided)[-1:], ()),
    } <= found
    noted = where(day, e.IncidentRecorded)
    assert {one.where for one in to_look_at(day) if one.name == "incident"} == {(one,) for one in noted}


def test_time_that_a_failure_took_and_an_attempt_that_does_not_count():
    day = begun().presenting().wait(2)
    day.do("emp", c.PauseClock("h1", "technical", words()))
    day.wait(1).do("emp", c.ResumeClock("h1"))
    lost = to_look_at(day)
    assert lost == [Point("lost", "X9", "look", where(day, e.ClockPaused), lasted=MINUTE)]


def test_a_dispute_and_a_recommendation_other_than_computed():
    day = begun().deliberating(given=marks("C1.1"))
    day.agree(given={code: mark for code, mark in marks("C1.1").items() if code != "C2.1"})
    day.do("emp", c.DeclareDispute("h1", ("C2.1",), words()))
    for block in ("BC1", "BC2", None):
        day.do("emp", c.Recommend("h1", block, "award", words()))
    day.sign()
    assert [one for one in to_look_at(day) if one.name in ("dispute", "departs")] == [
        Point("dispute", "R3.6", "look", where(day, e.DisputeDeclared), codes=("C2.1",)),
        Point("departs", "X7", "look", tuple(
            record.position for record, event in past(day) if isinstance(event, e.Recommended) and event.departs),
            codes=tuple(sorted(block for block, one in day.deliberation().recommendations.items() if one.departs))),
    ]


def test_nobody_came():
    day = begun().wait(60)
    day.do("emp", c.RecordNoShow("h1", words()))
    assert [(one.name, one.rule, one.where) for one in to_look_at(day)] == [
        ("ending", "R4.5", where(day, e.NoShowRecorded))]


def test_of_a_hearing_on_its_list_nothing_is_missing_yet():
    assert to_look_at(begun()) == []
