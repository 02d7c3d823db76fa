"""What became of a notice: taken, late, bounced, acknowledged, followed up (R4.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from evaluation.people import SYSTEM, Words
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.hearing_parts import FollowUp, Notice
from evaluation.session.kind import SESSION
from evaluation.session.notice_rules import (
    awaits_acknowledgement,
    follow_up_from,
    is_late,
    mode_of,
    notice_to,
    status,
)
from evaluation.session.phases import Phase
from evaluation.session.state import BODY_TOLD
from tests.evaluation.session.day import MINUTE, Day, words
from tests.evaluation.session.quotes import agreement
from tests.evaluation.session.test_notices import HOUR, LAST_SECOND, MIDNIGHT, before

pytestmark = pytest.mark.rule("R4.2")


def given(now: int = LAST_SECOND, seats: tuple[str, ...] = ()) -> Day:
    day = before(now)
    day.do("org", c.GiveNotice("h1", agreement()), *(c.Convene(seat, agreement()) for seat in seats))
    return day


def notice(day: Day) -> Notice:
    found = day.hearing().notice
    assert found is not None
    return found


def rows(day: Day) -> list[tuple[str, str, int | None]]:
    return [(one.key, one.status, one.due_at) for one in SESSION.rows(day.state) if one.index == "notices"]


@pytest.mark.parametrize(("taken_at", "late"), [(LAST_SECOND, False), (MIDNIGHT, True), (MIDNIGHT + 3_600_000, True)])
def test_it_counts_from_when_the_mail_server_took_it(taken_at: int, late: bool):
    """Given in time, it waited for the mail server beyond midnight."""
    day = given()
    assert status(day.state, "cand1") == "given"
    day.now = taken_at
    assert day.do(SYSTEM, c.NoticeArrived("cand1", 1, taken_at)) == [e.NoticeTaken("cand1", 1, taken_at, False)]
    assert (notice(day).taken_at, is_late(day.state.framework, notice(day))) == (taken_at, late)
    assert status(day.state, "cand1") == ("late" if late else "taken")
    assert day.do(SYSTEM, c.NoticeArrived("cand1", 1, taken_at + 1)) == []


def test_a_late_one_counts_once_the_candidate_has_agreed():
    day = given()
    agreed = c.AgreeToLateNotice("h1", words("yes"), words("why"))
    assert day.refused("org", agreed) == "R4.2"
    day.do(SYSTEM, c.NoticeArrived("cand1", 1, MIDNIGHT))
    assert day.refused("cand1", agreed) == "X11"
    day.do("org", agreed)
    assert (notice(day).agreed, notice(day).words) == (words("yes"), words("why"))
    assert status(day.state, "cand1") == "taken"
    assert day.refused("org", agreed) == "R4.2"


@pytest.mark.parametrize(("bounce", "why"), [("refused", "550"), ("returned", "5.1.1")])
def test_it_bounces_at_once_or_later(bounce: str, why: str):
    day = given()
    if bounce == "returned":
        day.do(SYSTEM, c.NoticeArrived("cand1", 1, LAST_SECOND))
    failed = c.NoticeFailed("cand1", 1, MIDNIGHT, bounce, why)  # pyright: ignore[reportArgumentType]
    day.do(SYSTEM, failed)
    assert (notice(day).bounce, notice(day).bounced_at, notice(day).why) == (bounce, MIDNIGHT, why)
    assert rows(day) == [("cand1", bounce, MIDNIGHT)]
    assert day.do(SYSTEM, failed) == []


def test_what_is_said_of_an_earlier_letter_changes_nothing():
    day = given()
    day.do(SYSTEM, c.NoticeFailed("cand1", 1, LAST_SECOND, "refused", "550"))
    day.do("org", c.GiveNotice("h1", agreement()))
    assert day.do(SYSTEM, c.NoticeArrived("cand1", 1, LAST_SECOND)) == []
    assert day.do(SYSTEM, c.NoticeFailed("cand1", 1, LAST_SECOND, "returned", "5.1.1")) == []
    assert day.do(SYSTEM, c.NoticeArrived("cand9", 1, LAST_SECOND)) == []
    assert status(day.state, "cand1") == "given"


def test_what_became_of_the_others_letters():
    day = given(seats=("emp",))
    day.do("org", c.InformBody())
    day.do(SYSTEM, c.NoticeArrived("emp", 1, LAST_SECOND, True), c.NoticeFailed(BODY_TOLD, 1, LAST_SECOND, "refused"))
    assert (status(day.state, "emp"), day.state.convened["emp"].twice) == ("taken", True)
    assert (status(day.state, BODY_TOLD), status(day.state, "own")) == ("refused", None)


def test_three_days_after_it_was_taken_a_call_or_a_registered_letter():
    day = given()
    assert rows(day) == [("cand1", "given", None)]
    day.do(SYSTEM, c.NoticeArrived("cand1", 1, LAST_SECOND))
    midnight = int(datetime(2026, 3, 4, 23, tzinfo=UTC).timestamp()) * 1000  # 4 March in Paris: the third day ends
    assert rows(day) == [("cand1", "taken", midnight)]
    day.do("org", c.FollowUpNotice("h1", "call", words("she has it")))
    assert notice(day).follow_ups == (FollowUp("call", words("she has it"), "org", LAST_SECOND),)
    assert follow_up_from(day.state.framework, notice(day)) is None
    day.do("org", c.FollowUpNotice("h1", "registered_letter", words()))
    assert [one.means for one in notice(day).follow_ups] == ["call", "registered_letter"]
    assert day.refused("org", c.FollowUpNotice("h2", "call", words())) == "R4.2"


def test_acknowledged_by_the_candidate_alone_and_once():
    day = given()
    day.do(SYSTEM, c.NoticeArrived("cand1", 1, LAST_SECOND))
    for other in ("org", "cand2", "aid1", "emp"):
        assert day.refused(other, c.AcknowledgeNotice("h1")) == "X11"
    assert day.refused("cand2", c.AcknowledgeNotice("h2")) == "R4.2"
    day.do("cand1", c.AcknowledgeNotice("h1"))
    assert (notice(day).acknowledged_at, rows(day)) == (LAST_SECOND, [("cand1", "acknowledged", None)])
    assert day.do("cand1", c.AcknowledgeNotice("h1")) == []


# The place, or how it is held, changes after the notice (R4.4)

ROOM, OTHER = Words("r1", "1" * 8), Words("r2", "2" * 8)


def told_at(day: Day) -> dict[str, int | None]:
    """Who has had a notice, and when it was last written anew."""
    seats = {seat.id: notice_to(day.state, seat.id) for seat in day.state.seats()}
    return {seat: found.changed_at for seat, found in seats.items() if found is not None}


@pytest.mark.rule("R4.4")
def test_how_and_where_is_told_again_to_those_whom_it_concerns():
    day = given(seats=("emp", "aid1", "aid2"))
    day.do(SYSTEM, c.NoticeArrived("cand1", 1, LAST_SECOND))
    day.do("cand1", c.AcknowledgeNotice("h1"))
    day.do("org", c.NamePlace(ROOM))  # nobody comes there yet
    assert told_at(day) == dict.fromkeys(("cand1", "emp", "aid1", "aid2"))
    day.now += 1
    day.do("org", c.ChangeMode("h1", "on_site", words()))
    on_site = day.now
    assert told_at(day) == {"cand1": on_site, "emp": on_site, "aid1": on_site, "aid2": None}
    day.now += 1
    day.do("org", c.NamePlace(Words("r3", ROOM.digest)))  # the same words
    assert told_at(day) == {"cand1": on_site, "emp": on_site, "aid1": on_site, "aid2": None}
    day.do("org", c.NamePlace(OTHER))
    assert told_at(day) == {"cand1": day.now, "emp": day.now, "aid1": day.now, "aid2": None}
    assert (status(day.state, "cand1"), notice(day).number) == ("acknowledged", 1)


@pytest.mark.rule("R4.4")
def test_a_hearing_more_or_less_changes_what_those_of_the_whole_day_were_told():
    day = given(seats=("emp",))
    day.do("org", c.NamePlace(ROOM), c.ChangeMode("h2", "on_site"))
    first = day.now
    day.now += 1
    day.do("org", c.CancelHearing("h2"))
    assert (told_at(day), mode_of(day.state, None)) == ({"cand1": None, "emp": first + 1}, "remote")


@pytest.mark.rule("R4.4")
def test_whom_a_new_notice_will_tell_is_not_told_before():
    day = given()
    day.do("org", c.MoveHearing("h1", HOUR + MINUTE, words()), c.NamePlace(ROOM))
    day.do("org", c.ChangeMode("h1", "on_site", words()))
    assert told_at(day) == {"cand1": None}
    day.do("org", c.MoveHearing("h1", HOUR, words()), c.NamePlace(OTHER))
    assert told_at(day) == {"cand1": day.now}


@pytest.mark.rule("R4.4")
def test_who_agreed_to_move_is_told_without_a_new_notice():
    day = given()
    day.do("org", c.AgreeToMove("h1", "2026-03-16", words()), c.MoveHearing("h1", HOUR + MINUTE, words()))
    day.do("org", c.ChangeMode("h1", "on_site", words()))
    assert told_at(day) == {"cand1": day.now}


@pytest.mark.rule("R4.4")
@pytest.mark.parametrize("barred", [{"phase": Phase.CLOSED}, {"admission": "examined"}])
def test_nothing_is_told_of_what_has_begun_nor_to_whom_may_not_be_called_in(barred: dict[str, Any]):
    day = given(seats=("emp",))
    hearings = {name: replace(one, mode="on_site", **barred) for name, one in day.state.hearings.items()}
    day.current = replace(day.state, hearings=hearings)
    day.do("org", c.NamePlace(OTHER))
    assert told_at(day) == {"cand1": None, "emp": None}


def test_who_has_still_to_acknowledge():
    day = given(seats=("emp",))
    assert [seat for seat in ("cand1", "cand2", "emp", "none") if awaits_acknowledgement(day.state, seat)] == ["cand1"]
    day.current = day.state.with_hearing(replace(day.hearing(), phase=Phase.WELCOME))
    assert not awaits_acknowledgement(day.state, "cand1")
    day = given()
    day.do("cand1", c.AcknowledgeNotice("h1"))
    assert not awaits_acknowledgement(day.state, "cand1")
