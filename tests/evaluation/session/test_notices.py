"""The notice to attend: when it may be given, to whom, under which agreement (R4.2, R4.4, R1.7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from evaluation.people import SYSTEM, JurorCategory, Words
from evaluation.quotes import Quote
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.hearing_parts import Notice
from evaluation.session.state import BODY_TOLD
from tests.evaluation.session.day import (
    MINUTE,
    NINE,
    OBSERVER,
    Day,
    begun,
    hearing,
    listed,
    planned,
    substitute,
    verified,
    words,
)
from tests.evaluation.session.quotes import agreement, agreement_ended, replace_juror

LAST_SECOND = int(datetime(2026, 3, 1, 22, 59, 59, tzinfo=UTC).timestamp()) * 1000
"""1 March 2026, 23:59:59 in Paris: the session is on the 16th."""
MIDNIGHT = LAST_SECOND + 1000
HOUR = NINE + 15 * MINUTE


def before(now: int = LAST_SECOND) -> Day:
    """A day as it is planned, on some moment before it."""
    day = listed()
    day.now, day.current = now, replace(day.state, last_at=now)
    return day


def notice(number: int = 1, at: int = LAST_SECOND, **changes: object) -> Notice:
    return replace(Notice(number, at, "2026-03-16", HOUR), **changes)


@pytest.mark.rule("R4.2")
def test_until_the_last_second_of_the_fifteenth_day_before():
    day = before(LAST_SECOND)
    assert day.do("org", c.GiveNotice("h1", agreement())) == [
        e.NoticeGiven("h1", agreement(), 1, "2026-03-16", HOUR, None, None)]
    assert day.hearing().notice == notice()
    assert (day.hearing("h2").notice, day.state.convened) == (None, {})


@pytest.mark.rule("R4.2")
@pytest.mark.parametrize("now", [MIDNIGHT, int(datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp()) * 1000])
def test_later_only_with_the_candidates_agreement_and_a_reason(now: int):
    """At midnight, and fourteen days ahead."""
    day = before(now)
    halves: tuple[tuple[Words | None, Words | None], ...] = ((None, None), (words(), None), (None, words()))
    for why, agreed in halves:
        assert day.refused("org", c.GiveNotice("h1", agreement(), why, agreed)) == "R4.2"
    assert "2026-03-01" in day.why("org", c.GiveNotice("h1", agreement()))
    day.do("org", c.GiveNotice("h1", agreement(), words("why"), words("yes")))
    assert day.hearing().notice == notice(at=now, words=words("why"), agreed=words("yes"))


@pytest.mark.rule("R4.2")
def test_who_has_it_for_this_hour_does_not_get_it_twice():
    day = before()
    day.do("org", c.GiveNotice("h1", agreement()))
    assert day.do("org", c.GiveNotice("h1", agreement())) == []
    day.do(SYSTEM, c.NoticeFailed("cand1", 1, LAST_SECOND, "refused", "550"))
    day.do("org", c.GiveNotice("h1", agreement()))
    assert day.hearing().notice == notice(2)


@pytest.mark.rule("R4.2")
def test_a_notice_for_another_hour_no_longer_counts():
    day = before()
    day.do("org", c.GiveNotice("h1", agreement()))
    moved = replace(day.hearing(), starts_at=HOUR + MINUTE)
    day.current = day.state.with_hearing(moved)
    assert day.refused("cand1", c.AcknowledgeNotice("h1")) == "R4.2"
    day.do("org", c.GiveNotice("h1", agreement()))
    assert day.hearing().notice == replace(notice(2), starts_at=HOUR + MINUTE)


@pytest.mark.rule("R4.2")
def test_nobody_is_convened_to_what_has_begun():
    day = begun().called()
    assert day.refused("org", c.GiveNotice("h1", agreement(), words(), words())) == "R4.2"
    assert day.refused("org", c.GiveNotice("h9", agreement())) == "R3.2"


@pytest.mark.rule("R1.7")
@pytest.mark.parametrize(
    "quoted",
    [
        agreement(until=date(2026, 3, 15)),  # ends between the notice and the day
        agreement(since=date(2026, 3, 10)),  # not yet today
        agreement_ended(date(2026, 3, 16)),
        agreement(provider="of2"),
        replace(agreement(), stream="b2"),
    ],
)
def test_a_provider_without_an_agreement_today_and_on_the_day_gives_none(quoted: Quote):
    day = before()
    assert day.refused("org", c.GiveNotice("h1", quoted)) == "R1.7"
    assert day.refused("org", c.Convene("emp", quoted)) == "R1.7"


@pytest.mark.rule("R4.4")
def test_the_others_who_attend_and_the_awarding_body():
    day = before()
    day.do("org", *(c.Convene(seat, agreement()) for seat in ("emp", "org", "obs", "aid2")), c.InformBody())
    at = {seat: one.starts_at for seat, one in day.state.convened.items()}
    assert at == {"emp": HOUR, "org": HOUR, "obs": HOUR, "aid2": HOUR + 120 * MINUTE, BODY_TOLD: HOUR}
    assert day.do("org", c.Convene("emp", agreement()), c.InformBody()) == []
    assert day.refused("org", c.Convene("cand1", agreement())) == "R4.4"
    assert day.refused("org", c.Convene("nobody", agreement())) == "R4.4"
    late = before(MIDNIGHT)
    assert late.do("org", c.Convene("emp", agreement()))[0] == e.SeatConvened("emp", agreement(), 1, "2026-03-16", HOUR)


@pytest.mark.rule("R4.4")
def test_who_was_replaced_is_not_convened_who_replaces_is():
    day = before()
    day.do(SYSTEM, replace_juror("emp", substitute(JurorCategory.EMPLOYEES)))
    assert day.refused("org", c.Convene("emp", agreement())) == "R4.4"
    day.do("org", c.Convene("sub", agreement()), c.Convene(OBSERVER.id, agreement()))
    assert set(day.state.convened) == {"sub", "obs"}


def test_a_day_without_an_examination_convenes_nobody():
    day = planned()
    assert day.refused("org", c.Convene("obs", agreement())) == "R4.4"
    assert day.refused("org", c.InformBody()) == "R4.4"


def test_only_the_organizer_gives_notice():
    day = before()
    for actor in ("cand1", "emp", "obs", SYSTEM):
        for command in (c.GiveNotice("h1", agreement()), c.Convene("own", agreement()), c.InformBody()):
            assert day.refused(actor, command) == "X11"


def test_a_journal_with_notices_is_proved():
    day = listed()
    day.do("org", c.GiveNotice("h1", agreement(), words("why"), words("yes")), c.Convene("emp", agreement()),
           c.InformBody())
    day.do(SYSTEM, c.NoticeArrived("cand1", 1, day.now, True), c.NoticeFailed("emp", 1, day.now, "returned", "5.1.1"))
    day.do("cand1", c.AcknowledgeNotice("h1"))
    assert verified(day.lines()).records == len(day.records)
    assert hearing().starts_at == HOUR
