"""Hours and days that change: before the notice, after it, on the day; and never what has begun."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evaluation.deadlines import start_of
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.kind import SESSION
from evaluation.session.notice_rules import has_agreed_to_move, status
from evaluation.session.phases import Phase
from evaluation.slots import hour_on
from tests.evaluation.session.day import HOUR, MINUTE, NINE, Day, begun, hearing, listed, planned, words
from tests.evaluation.session.quotes import agreement

JUNE = date(2026, 6, 15)
"""The day of `ahead`: three months after it is planned, on a Monday as 16 March is."""
TEN = hour_on(JUNE, "10:00")
ALWAYS = agreement(until=None)


def ahead(**hearings: dict[str, Any]) -> Day:
    """Planned on 16 March for 15 June at 10 and 12, nobody told."""
    day = planned(date=JUNE.isoformat(), agreement=ALWAYS)
    for number, name in enumerate(("h1", "h2")):
        day.do("org", hearing(name, starts_at=TEN + number * 2 * HOUR, **hearings.get(name, {})))
    return day


def noticed(on: date = date(2026, 5, 20), **hearings: dict[str, Any]) -> Day:
    """The candidates have had their notice on this day."""
    day = ahead(**hearings)
    day.now = start_of(on) + 10 * HOUR
    for name in ("h1", "h2"):
        day.do("org", c.GiveNotice(name, ALWAYS, words("late"), words("yes")))
    return day


def starts(day: Day) -> dict[str, int]:
    return {name: one.starts_at for name, one in day.state.hearings.items()}


def test_before_the_notice_the_organizer_moves_freely():
    day = ahead()
    assert day.do("org", c.MoveHearing("h1", TEN + HOUR)) == [e.HearingMoved("h1", TEN + HOUR, None)]
    assert day.do("org", c.MoveHearing("h1", TEN + HOUR)) == []  # it is there
    assert starts(day) == {"h1": TEN + HOUR, "h2": TEN + 2 * HOUR}
    assert day.hearing("h1").notice is None
    for who in ("obs", "emp", "cand1", "system"):
        assert day.refused(who, c.MoveHearing("h1", TEN)) == "X11"


@pytest.mark.rule("R4.4")
def test_a_hearing_stays_on_its_jurys_day():
    day = ahead()
    assert day.refused("org", c.MoveHearing("h1", TEN + 24 * HOUR)) == "R4.4"
    day.now = start_of(date(2026, 6, 16))
    assert day.refused("org", c.MoveHearing("h1", TEN + HOUR)) == "R4.4"  # past


@pytest.mark.rule("R4.4")
def test_after_the_notice_a_move_has_a_reason():
    day = noticed()
    assert day.why("org", c.MoveHearing("h1", TEN + HOUR)) == (
        "La convocation est partie : écrivez pourquoi, chacun sera prévenu.")  # fmt: skip
    day.do("org", c.MoveHearing("h1", TEN + HOUR, words()))
    assert starts(day)["h1"] == TEN + HOUR


@pytest.mark.rule("R4.4")
def test_a_move_after_the_notice_without_agreement_where_a_new_notice_would_be_late():
    """The last day of a notice for 15 June is 31 May."""
    day = noticed()
    day.now = start_of(date(2026, 5, 31)) + 23 * HOUR
    day.do("org", c.MoveHearing("h1", TEN + HOUR, words()))
    day.now = start_of(date(2026, 6, 1))
    late = c.MoveHearing("h1", TEN, words())
    assert day.why("org", late) == (
        "La convocation est partie, et une nouvelle ne viendrait plus à temps pour le 2026-06-15. Choisissez un jour "
        "plus lointain, ou enregistrez d’abord l’accord du candidat.")  # fmt: skip
    day.do("org", c.AgreeToMove("h1", "2026-06-22", words("yes")))
    assert day.refused("org", late) == "R4.4"  # that is another day
    day.do("org", c.AgreeToMove("h1", "2026-06-15", words("yes")))
    day.do("org", late)
    assert starts(day)["h1"] == TEN


@pytest.mark.rule("R4.4", "R4.2")
def test_who_agreed_to_be_moved_gets_a_notice_however_late():
    day = noticed()
    day.now = start_of(date(2026, 6, 10))
    day.do("org", c.AgreeToMove("h1", "2026-06-15", words("by phone")), c.MoveHearing("h1", TEN + HOUR, words()))
    assert status(day.state, "cand1") == "agreed"
    (given,) = day.do("org", c.GiveNotice("h1", ALWAYS))
    assert status(day.state, "cand1") == "given"
    assert (given.number, given.starts_at, given.agreed) == (2, TEN + HOUR, words("by phone"))  # type: ignore[union-attr]


@pytest.mark.rule("R4.4")
def test_after_a_move_a_new_notice_is_owed_unless_the_candidate_agreed_to_this_day():
    day = noticed()
    assert not has_agreed_to_move(day.state, day.hearing())
    day.now = start_of(date(2026, 5, 31))
    day.do("org", c.AgreeToMove("h1", "2026-06-22", words()), c.MoveHearing("h1", TEN + HOUR, words()))
    assert status(day.state, "cand1") == "moved"  # agreed to another day
    day.do("org", c.AgreeToMove("h1", "2026-06-15", words()))
    assert status(day.state, "cand1") == "agreed"
    untold = ahead()
    untold.do("org", c.AgreeToMove("h1", "2026-06-15", words()))
    assert not has_agreed_to_move(untold.state, untold.hearing())  # there was no notice: the first is owed


@pytest.mark.rule("R4.4")
def test_on_the_day_itself_hours_move_with_a_reason_alone():
    """A late arrival pushes those it runs into, and no further; others take another order."""
    day = listed()
    day.do("org", *(c.GiveNotice(name, ALWAYS, words(), words()) for name in ("h1", "h2")))
    first, second = NINE + 15 * MINUTE, NINE + 135 * MINUTE
    assert day.refused("org", c.PutOffHearing("h1", 20)) == "R4.4"  # no reason
    day.do("org", c.PutOffHearing("h1", 20, words()))
    assert starts(day) == {"h1": first + 20 * MINUTE, "h2": second}
    assert [type(one) for one in day.do("org", c.PutOffHearing("h1", 60, words()))] == [e.HearingMoved] * 2
    assert starts(day) == {"h1": first + 80 * MINUTE, "h2": first + (80 + 75) * MINUTE}
    assert day.refused("org", c.PutOffHearing("h1", 0, words())) == "R4.4"
    day.do("org", c.ReorderHearings(("h2", "h1"), words()))
    assert starts(day) == {"h2": first + 80 * MINUTE, "h1": first + (80 + 75) * MINUTE}
    assert day.refused("org", c.ReorderHearings(("h1", "h1"), words())) == "R4.4"
    assert day.refused("org", c.ReorderHearings(("h1", "h9"), words())) == "R3.2"


@pytest.mark.rule("R10.1")
def test_extra_time_is_kept_where_hearings_change_their_order():
    day = listed(hearings={"h2": {"extra_seconds": {"questions": 3600}}})
    day.do("org", c.MoveHearing("h2", NINE + 90 * MINUTE), c.ReorderHearings(("h2", "h1")))
    assert starts(day) == {"h2": NINE + 15 * MINUTE, "h1": NINE + (15 + 70 + 60 + 5) * MINUTE}


@pytest.mark.rule("R4.4")
@pytest.mark.parametrize("bring", ["called", "presenting", "grading", "deliberating", "signed"])
def test_what_has_begun_is_not_moved(bring: str):
    day = begun()
    getattr(day, bring)()
    for command in (
        c.MoveHearing("h1", NINE + 5 * HOUR, words()), c.PutOffHearing("h1", 10, words()),
        c.ReorderHearings(("h2", "h1"), words()), c.CancelHearing("h1", words()),
        c.AgreeToMove("h1", "2026-06-15", words()), c.ChangeMode("h1", "on_site", words()),
        c.MoveDay("2026-06-15", ALWAYS, words()),
    ):
        assert day.refused("org", command) == "R4.4"
    day.do("org", c.MoveHearing("h2", NINE + 5 * HOUR))


@pytest.mark.rule("R4.4")
def test_what_is_interrupted_or_postponed_is_given_another_day():
    day = begun().presenting()
    day.do("emp", c.AdjournHearing("h1", words()))
    day.do("org", c.PostponeHearing("h2", words()))
    later = hour_on(JUNE, "09:00")
    day.do("org", c.MoveHearing("h1", later), c.MoveHearing("h2", later + HOUR))
    assert starts(day) == {"h1": later, "h2": later + HOUR}
    assert day.refused("org", c.MoveHearing("h1", NINE - 24 * HOUR)) == "R4.4"
    assert day.refused("org", c.CancelHearing("h1", words())) == "R4.4"  # it has begun: the president stops it
    day.do("org", c.CancelHearing("h2"))


@pytest.mark.rule("R4.4")
def test_a_hearing_that_is_cancelled_leaves_the_day_to_the_others():
    day = noticed()
    assert day.refused("org", c.CancelHearing("h1")) == "R4.4"
    day.do("org", c.CancelHearing("h1", words()))
    assert day.phase("h1") is Phase.CANCELLED
    assert day.state.focus is day.hearing("h2")
    assert day.refused("org", c.MoveHearing("h1", TEN + HOUR, words())) == "R4.4"
    day.do("org", c.CancelHearing("h2", words()), c.CloseSession())
    assert day.state.closed


# The whole day


@pytest.mark.rule("X7")
def test_two_organizers_on_one_day():
    """Each moves what the page has shown: who was behind is told so."""
    day = ahead()
    shown = day.state.position
    day.do("org", c.MoveHearing("h2", TEN + 3 * HOUR))
    assert SESSION.must_have_seen(day.state, c.MoveHearing, {"hearing": "h1"}) <= shown
    day.do("org", c.MoveHearing("h1", TEN + HOUR))
    assert SESSION.must_have_seen(day.state, c.MoveHearing, {"hearing": "h1"}) == day.state.position
    for command in (c.CancelHearing, c.ChangeMode, c.AgreeToMove):
        assert SESSION.must_have_seen(day.state, command, {"hearing": "h1"}) == day.state.position
