"""Reminders by themselves, once each, by the framework's delays (R4.2, R4.1, R1.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from evaluation.people import SYSTEM, JurorCategory
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.kind import SESSION
from evaluation.session.preparing import left_to_read
from evaluation.session.prompting import prompts
from evaluation.session.replay import asked_for
from tests.evaluation.session.day import EMPLOYEES, NINE, Day, substitute, words
from tests.evaluation.session.quotes import agreement, replace_juror
from tests.evaluation.session.test_notices import LAST_SECOND, before


def at(month: int, day: int) -> int:
    """When a day begins in Paris, in winter."""
    return int(datetime(2026, month, day, tzinfo=UTC).timestamp()) * 1000 - 3_600_000


FOLLOW_UP, WEEK_BEFORE = at(3, 5), at(3, 9)
"""After the three days that follow 1 March; seven days before the 16th."""


def noticed(*seats: str) -> Day:
    """The notice of the first candidate taken by the mail server, and those of others."""
    day = before(LAST_SECOND)
    day.do("org", c.GiveNotice("h1", agreement()), *(c.Convene(seat, agreement()) for seat in seats))
    for seat in ("cand1", *seats):
        day.do(SYSTEM, c.NoticeArrived(seat, 1, LAST_SECOND))
    return day


def due(day: Day) -> tuple[int | None, tuple[object, ...]]:
    return SESSION.next_due(day.state, day.now), SESSION.due_commands(day.state, day.now)


def reminded(day: Day) -> set[tuple[str, str, int]]:
    """Time goes on until nothing more comes by itself before the day."""
    while (comes := SESSION.next_due(day.state, day.now)) is not None and comes < NINE:
        day.now = max(day.now, comes)
        day.do(SYSTEM, *SESSION.due_commands(day.state, day.now))
    return set(day.state.reminded)


def supply(day: Day, *kinds: str) -> None:
    for kind in kinds:
        day.do("cand1", c.SupplyDocument("h1", kind, kind, "digest", 3))  # pyright: ignore[reportArgumentType]


@pytest.mark.rule("R4.2", "R4.1")
def test_a_candidate_is_reminded_of_what_is_not_done_and_once():
    day = noticed()
    assert due(day) == (FOLLOW_UP, ())
    day.now = FOLLOW_UP
    assert due(day) == (FOLLOW_UP, (c.RemindSeat("cand1", "notice"),))
    assert day.do(SYSTEM, c.RemindSeat("cand1", "notice")) == [e.SeatReminded("cand1", "notice", 1)]
    assert due(day) == (WEEK_BEFORE, ())
    assert day.refused(SYSTEM, c.RemindSeat("cand1", "notice")) == "R4.2"
    assert reminded(day) == {("cand1", "notice", 1), ("cand1", "papers", 1)}
    assert asked_for(e.SeatReminded("cand1", "notice", 1), None) == c.RemindSeat("cand1", "notice")


@pytest.mark.rule("R4.2")
@pytest.mark.parametrize(("actor", "done"), [
    ("cand1", c.AcknowledgeNotice("h1")), ("org", c.FollowUpNotice("h1", "call", words()))])  # fmt: skip
def test_who_has_acknowledged_or_was_called_is_not_reminded_of_the_notice(actor: str, done: c.Command):
    day = noticed()
    day.do(actor, done)
    assert reminded(day) == {("cand1", "papers", 1)}


@pytest.mark.rule("R4.1", "R6.2")
def test_nobody_is_reminded_of_papers_once_all_are_there():
    day = noticed()
    day.do("cand1", c.AcknowledgeNotice("h1"))
    supply(day, "portfolio_a", "identity_front", "portfolio_b")
    assert due(day) == (WEEK_BEFORE, ())
    supply(day, "photograph")
    assert due(day) == (None, ())


@pytest.mark.rule("R4.1")
def test_what_is_due_at_the_deadline_is_reminded_of_before_it():
    day = noticed()
    assert of_papers(day, date(2026, 3, 12)) == [at(3, 5)]
    supply(day, "portfolio_a", "portfolio_b", "photograph")
    assert of_papers(day, date(2026, 3, 12)) == [WEEK_BEFORE]


def of_papers(day: Day, deadline: date) -> list[int]:
    """When a candidate is reminded of papers."""
    return [one.at for one in prompts(replace(day.state, deadline=deadline)) if one.about == "papers"]


@pytest.mark.rule("R1.5")
def test_jurors_are_reminded_to_prepare():
    assert reminded(noticed("emp", "own")) >= {("emp", "preparation", 1), ("own", "preparation", 1)}
    assert not {one for one in reminded(noticed()) if one[1] == "preparation"}
    prepared = noticed("emp", "own")
    for one in left_to_read(prepared.state, EMPLOYEES):
        prepared.do("emp", c.ConfirmRead(one.hearing, one.what, one.document))
    assert {one for one in reminded(prepared) if one[1] == "preparation"} == {("own", "preparation", 1)}


@pytest.mark.rule("R1.5")
def test_a_substitute_for_one_hearing_is_reminded_to_prepare_it():
    day = noticed()
    day.do(SYSTEM, replace_juror("emp", substitute(JurorCategory.EMPLOYEES, hearing="h1")))
    day.do("org", c.Convene("sub", agreement()))
    day.do(SYSTEM, c.NoticeArrived("sub", 1, day.now))
    assert ("sub", "preparation", 1) in reminded(day)


@pytest.mark.rule("R4.2")
def test_nobody_is_reminded_without_a_notice_that_arrived_nor_once_it_begins():
    assert due(before(LAST_SECOND)) == (None, ())
    bounced = noticed()
    bounced.do(SYSTEM, c.NoticeFailed("cand1", 1, LAST_SECOND, "returned", "5.1.1"))
    assert due(bounced) == (None, ())
    late = noticed()
    late.now = NINE + 20 * 60_000
    assert due(late) == (None, ())


def test_only_the_clockwork_reminds():
    assert noticed().refused("org", c.RemindSeat("cand1", "notice")) == "X11"
