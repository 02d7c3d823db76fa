"""Each kind of event is described once: to whom it is read out, and which line of the record it makes."""

from __future__ import annotations

import pytest

from evaluation.session.events import SeatJoined
from evaluation.session.kind import SESSION
from server.views.session.telling import every_event, of_the_day
from server.views.session.telling.description import SILENT


def test_every_event_of_the_kind_is_described_and_no_other() -> None:
    assert set(every_event.DESCRIBED) == set(SESSION.events.classes.values())


def test_an_event_described_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="SeatJoined"):
        every_event.together([of_the_day.OF_THE_DAY, {SeatJoined: SILENT}])
