"""What the board of delays says of each."""
from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest

from evaluation.candidacy.delay_rows import DelayKind, WaitsFor
from evaluation.deadlines import end_of
from server.views.body.delay_lines import KINDS, WAITS, days_left, due_cell, last_day, spans

TODAY = date(2026, 3, 16)
DAY = timedelta(days=1)


def test_every_delay_and_everybody_who_is_waited_for_has_words() -> None:
    assert set(KINDS) == set(get_args(DelayKind))
    assert set(WAITS) == set(get_args(WaitsFor))


@pytest.mark.parametrize(("days", "words"), [
    (-40, "en retard de 40 jours"), (-1, "en retard d’un jour"), (0, "aujourd’hui"), (1, "demain"),
    (7, "dans 7 jours")])
def test_how_late_or_how_soon(days: int, words: str) -> None:
    assert days_left(TODAY + days * DAY, TODAY, "fr") == words


@pytest.mark.parametrize(("days", "state"), [(-1, "bad"), (0, "warn"), (7, "warn"), (8, "")])
def test_what_is_late_stands_out(days: int, state: str) -> None:
    assert due_cell(TODAY + days * DAY, TODAY, "fr").state == state
    assert due_cell(None, TODAY, "fr").text == "sans délai fixé"


@pytest.mark.rule("X6")
def test_a_day_is_late_once_its_midnight_has_passed() -> None:
    """Each delay falls in one of the spans, by its last day."""
    for days in range(-3, 12):
        last = TODAY + days * DAY
        due_at = end_of(last)
        assert last_day(due_at) == last
        found = [name for name, span in spans(TODAY).items()
                 if span.get("due_from", due_at) <= due_at < span.get("due_before", due_at + 1)]
        assert found == ["late" if days < 0 else "week" if days <= 7 else "later"], days
