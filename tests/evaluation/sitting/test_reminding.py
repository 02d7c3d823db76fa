"""Members are reminded by themselves: before the sitting, and of the minutes."""
from __future__ import annotations

from typing import Any

import pytest

from evaluation.people import SYSTEM
from evaluation.sitting import reminding
from evaluation.sitting.convening_sitting import CancelSitting
from evaluation.sitting.impartiality import RecuseMember
from evaluation.sitting.kind import SITTING
from evaluation.sitting.not_signing import NoteNotSigning
from evaluation.sitting.preparing import ConfirmPreparation
from evaluation.sitting.reminding import RemindMember
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import CLERK, EMPLOYEES, EMPLOYERS, HELD, PRESIDENT, Sitting, convened, words
from tests.evaluation.streams import at

DAY = 24 * 3600 * 1000


def by_itself(sitting: Sitting) -> list[Any]:
    happened: list[Any] = []
    while due := SITTING.due_commands(sitting.state, sitting.now):
        happened += sitting.do(SYSTEM, due[0])
    return [(one.person, one.about, one.number, one.step) for one in happened]


def prepared(sitting: Sitting, person: str) -> None:
    for what in ("framework", "grid", "tools", "records"):
        sitting.do(person, ConfirmPreparation(what))


@pytest.mark.rule("R1.4", "R1.5")
def test_a_week_before_who_has_not_said_and_read_all():
    """A recusal says it, too; whoever has done everything is left alone."""
    sitting = convened().put("k1", "k2").seated()
    when = at(HELD, 10) - 7 * DAY
    for person in (PRESIDENT, EMPLOYEES):
        prepared(sitting, person)
    sitting.impartial(PRESIDENT, EMPLOYERS)
    sitting.do(EMPLOYEES, house.DeclareImpartial(("k1",)), RecuseMember("k2", words()))
    assert SITTING.next_due(sitting.state, sitting.now) == when
    sitting.now = when - 1
    assert (by_itself(sitting), sitting.do(SYSTEM, RemindMember(EMPLOYERS, "prepare", 0, 1))) == ([], [])
    sitting.now = when
    assert by_itself(sitting) == [(EMPLOYERS, "prepare", 0, 1)]
    assert (by_itself(sitting), SITTING.next_due(sitting.state, sitting.now)) == ([], None)
    assert reminding.left_to_say(sitting.state, EMPLOYERS)


@pytest.mark.rule("X15")
def test_who_is_seated_late_has_just_been_told():
    sitting = convened().put("k1")
    sitting.on("2026-03-25")
    sitting.seated()
    assert SITTING.next_due(sitting.state, sitting.now) is None
    assert sitting.refused(CLERK, RemindMember(EMPLOYEES, "prepare", 0, 1)) == "X15"


@pytest.mark.rule("R1.5")
def test_nobody_is_reminded_of_a_sitting_that_is_open_or_off():
    sitting = convened().put("k1").seated()
    sitting.do(CLERK, CancelSitting(words(), house.BY_CLERK))
    assert SITTING.next_due(sitting.state, sitting.now) is None
    assert SITTING.next_due(house.sat().state, 0) is None


def test_who_has_not_signed_after_three_days_and_six():
    sitting = house.sat().decided().presented().signed(EMPLOYEES)
    sitting.now += 3 * DAY
    assert by_itself(sitting) == [(PRESIDENT, "sign", 1, 1), (EMPLOYERS, "sign", 1, 1)]
    sitting.signed(PRESIDENT)
    sitting.now += 9 * DAY
    assert by_itself(sitting) == [(EMPLOYERS, "sign", 1, 2)]
    assert SITTING.next_due(sitting.state, sitting.now) is None
    sitting.signed(EMPLOYERS).sealed()
    assert by_itself(sitting) == []


def awaited(sitting: Sitting) -> Any:
    (row,) = sitting.rows("sittings").values()
    return row.data["awaits"]


@pytest.mark.rule("R3.9")
def test_once_members_were_reminded_in_vain_it_is_the_clerk_s_turn_and_who_is_noted_is_reminded_no_more():
    sitting = house.sat().decided().presented().signed(EMPLOYEES)
    sitting.now += 4 * DAY
    assert by_itself(sitting) == [(PRESIDENT, "sign", 1, 1), (EMPLOYERS, "sign", 1, 1)]
    assert awaited(sitting) == ["members"]
    sitting.do(PRESIDENT, NoteNotSigning(1, EMPLOYERS, words("away")))
    sitting.now += 9 * DAY
    assert by_itself(sitting) == [(PRESIDENT, "sign", 1, 2)]
    assert awaited(sitting) == ["members", "clerk"]
    sitting.signed(PRESIDENT)
    assert (awaited(sitting), SITTING.next_due(sitting.state, sitting.now)) == ([], None)
