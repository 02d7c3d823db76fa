"""What is expected of a seat now, in one sentence."""

from __future__ import annotations

import pytest

from server.views.session.expected import expected
from tests.evaluation.session.day import begun
from tests.server.views.session.readings import reading


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize("seat", ["obs", "org"])
def test_who_watches_is_told_why_there_is_nothing_to_watch_between_two_candidates(seat: str) -> None:
    day = begun().presenting()
    assert expected(reading(day, seat), day.hearing()) == {
        "obs": "Vous voyez et entendez. Tous savent que vous observez.",
        "org": "Vous suivez la salle. Le jury conduit l’épreuve.",
    }[seat]
    ended = begun().signed()
    following = ended.state.focus
    assert following is not None
    assert expected(reading(ended, seat), following) == (
        "Les membres du jury sont entre eux jusqu’à l’appel d’Hugo Lambert.")
