"""Why a follow-up is stuck, in words."""
from __future__ import annotations

from server.follow_up_edges import EDGES
from server.views.body import follow_ups
from server.views.body.follow_ups import why


def test_every_edge_has_its_words():
    assert set(follow_ups.EDGES) == {edge.name for edge in EDGES.all}


def test_what_went_wrong_by_the_way_is_told_as_what_it_is():
    told = [why({"text": error}, "en") for error in ("StaleVersion", "LookupError", "BrokenJournal")]
    assert told == [
        "Other acts were being written at the same moment.", "What was to receive it was not found.",
        "What was to receive it could not be read or written: tell whoever runs the server."]
