"""Who is reminded of a delay, and on which days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evaluation.body.delay_reminding import Reminding, reminded_of, step_of
from evaluation.deadlines import end_of, start_of
from evaluation.offices import Office, OfficeRole

LAST, SINCE = date(2028, 2, 29), date(2028, 1, 10)
REMINDING = Reminding(soon_days=7, waits_days=15)


def steps(due_at: int | None, first: date, days: int) -> list[str | None]:
    return [step_of(due_at, start_of(SINCE), first + timedelta(days=one), REMINDING) for one in range(days)]


@pytest.mark.rule("X6")
def test_a_line_is_due_soon_for_its_last_days_and_late_from_the_next():
    assert steps(end_of(LAST), date(2028, 2, 21), 11) == [None, *["soon"] * 8, "late", "late"]


@pytest.mark.rule("X6")
def test_a_line_without_a_day_is_reminded_of_once_it_has_waited():
    assert steps(None, date(2028, 1, 24), 3) == [None, "waits", "waits"]


def office(person: str, role: OfficeRole, until: date | None = None) -> Office:
    return Office(f"o-{person}", person, role, SINCE, until)


OFFICES = (office("clerk", OfficeRole.CLERK), office("clerk2", OfficeRole.CLERK),
           office("left", OfficeRole.CLERK, LAST - timedelta(days=1)),
           office("member", OfficeRole.COMMISSION_MEMBER), office("organizer", OfficeRole.ORGANIZER))


@pytest.mark.rule("X6", "X15")
@pytest.mark.parametrize("waits_for", ["clerk", "sitting", "case", "mail", "company", ""])
def test_the_clerks_of_the_day_see_to_whatever_waits(waits_for: str):
    assert reminded_of(waits_for, OFFICES, LAST) == {"clerk", "clerk2"}


@pytest.mark.rule("X6", "X15")
def test_the_commission_is_reminded_where_it_is_its_turn():
    assert reminded_of("commission", OFFICES, LAST) == {"member"}
    without = [one for one in OFFICES if one.person != "member"]
    assert reminded_of("commission", without, LAST) == {"clerk", "clerk2"}
