"""One hearing as each seat sees it."""

from __future__ import annotations

import pytest

from evaluation import commands as c
from server.views.hearing import hearing_view
from server.views.room import room_view
from tests.evaluation.day import begun
from tests.server.views.readings import reading


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize(("seat", "shown"), [("cand1", "closed"), ("aid1", "closed"), ("org", "deliberation")])
def test_how_far_the_jury_has_come_alone_is_shown_to_nobody_outside(seat: str, shown: str) -> None:
    day = begun().grading()
    before = hearing_view(reading(day, seat), day.hearing())
    for juror in ("emp", "own", "tra"):
        day.grade(juror)
    day.do("emp", c.OpenDeliberation("h1"))
    after = hearing_view(reading(day, seat), day.hearing())
    assert before["phase"] == shown
    assert after == before
    assert {one["phase"] for one in room_view(reading(day, "org"))["day"]} == {"deliberation", "scheduled"}
