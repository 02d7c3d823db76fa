"""The whole day moves: its hours by the clock, and where nothing that it rests on ends before the new day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.deadlines import start_of
from evaluation.session import commands as c
from evaluation.session.answering import unanswered
from evaluation.session.kind import SESSION
from evaluation.slots import hour_on
from tests.evaluation.session.day import framework, hearing, listed, planned, words
from tests.evaluation.session.quotes import agreement, gained, in_force
from tests.evaluation.session.test_scheduling import ALWAYS, JUNE, TEN, ahead, noticed, starts


@pytest.mark.rule("R4.4")
def test_a_day_moves_with_its_hours_by_the_clock():
    """From summer to winter time: ten stays ten in Paris."""
    day = ahead()
    winter = date(2026, 11, 2)
    (event,) = day.do("org", c.MoveDay(winter.isoformat(), ALWAYS))
    assert (day.state.date, starts(day)) == (
        "2026-11-02", {"h1": hour_on(winter, "10:00"), "h2": hour_on(winter, "12:00")})  # fmt: skip
    assert event.starts == starts(day)  # type: ignore[union-attr]
    assert day.do("org", c.MoveDay(winter.isoformat(), ALWAYS)) == []
    assert day.refused("org", c.MoveDay("2026-03-15", ALWAYS)) == "R4.4"
    assert day.refused("org", c.MoveDay("demain", ALWAYS)) == "R1.1"


@pytest.mark.rule("R4.4")
def test_a_day_moved_after_the_notices_needs_each_candidates_agreement_or_time_for_new_notices():
    day = noticed()
    day.now = start_of(date(2026, 6, 1))
    soon = c.MoveDay("2026-06-12", ALWAYS, words())
    assert day.refused("org", c.MoveDay("2026-07-20", ALWAYS)) == "R4.4"  # no reason
    assert day.refused("org", soon) == "R4.4"
    day.do("org", c.AgreeToMove("h1", "2026-06-12", words()))
    assert day.refused("org", soon) == "R4.4"
    day.do("org", c.AgreeToMove("h2", "2026-06-12", words()), soon)
    assert day.state.date == "2026-06-12"
    day.do("org", c.MoveDay("2026-07-20", ALWAYS, words()))  # far enough for new notices
    assert day.state.date == "2026-07-20"


@pytest.mark.rule("X7", "R1.2", "R4.2")
def test_nobody_accepts_or_has_received_another_day_than_they_read():
    day = ahead()
    asked = (c.AnswerAppointment, c.AcknowledgeNotice, c.MoveDay, c.ReorderHearings)
    before = [SESSION.must_have_seen(day.state, one, {"hearing": None}) for one in asked]
    day.do("org", c.MoveDay("2026-05-20", agreement(until=date(2026, 5, 31))))
    moved = day.state.position
    assert max(before) < moved
    for about in (None, "h1"):
        assert [SESSION.must_have_seen(day.state, one, {"hearing": about}) for one in asked] == [moved] * 4


@pytest.mark.rule("R1.7")
def test_a_day_moves_to_where_the_provider_has_an_agreement():
    """Where one runs on the new day, what was flagged is so no more."""
    day = ahead()
    assert day.refused("org", c.MoveDay("2026-09-01", agreement(until=date(2026, 8, 31)))) == "R1.7"
    assert day.refused("org", c.MoveDay("2026-09-01", agreement(until=None, provider="of2"))) == "R1.7"
    day.current = replace(day.state, without_agreement="2026-06-01")
    day.do("org", c.MoveDay("2026-05-20", agreement(until=date(2026, 5, 31))))
    assert day.state.without_agreement is None


@pytest.mark.rule("R1.1", "X8")
def test_a_day_moves_to_where_its_version_and_what_is_kept_still_hold():
    of = framework(kept_block_validity_months=12)
    day = planned(of, date=JUNE.isoformat(), agreement=ALWAYS, in_force=in_force(of, date(2026, 6, 1)))
    resit = {"sought": ("BC2",), "outcomes": (gained("BC1", ruled_on=date(2025, 6, 30)),)}
    day.do("org", hearing("h1", starts_at=TEN, enrolled=resit))
    assert day.refused("org", c.MoveDay("2026-05-31", ALWAYS)) == "R1.1"
    assert day.refused("org", c.MoveDay("2026-07-01", ALWAYS)) == "X8"
    day.do("org", c.MoveDay("2026-06-30", ALWAYS))


def test_jurors_answer_for_the_day_as_it_is():
    """A hearing that is cancelled is nothing that has begun; on a day that moves they are asked anew."""
    day = listed()
    day.do("org", c.CancelHearing("h1"))
    day.do("emp", c.AnswerAppointment(None, True))
    assert [one.id for one in unanswered(day.state)] == ["own", "tra"]
    day.do("org", c.MoveDay("2026-06-15", ALWAYS))
    assert [one.id for one in unanswered(day.state)] == ["emp", "own", "tra"]


@pytest.mark.rule("R4.1")
def test_a_day_stays_after_the_last_day_for_portfolios():
    day = ahead()
    day.current = replace(day.state, deadline=date(2026, 6, 1))
    assert day.refused("org", c.MoveDay("2026-06-01", ALWAYS)) == "R4.1"
    day.do("org", c.MoveDay("2026-06-02", ALWAYS))
