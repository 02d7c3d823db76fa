"""Where somebody attends, and the hour by the clock there (X13)."""
from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evaluation.slots import hour_on
from server.views.session.whereabouts import local_words, place_words
from tests.evaluation.session.test_scheduling import ahead

ROOM = "12 rue Haute, salle 3"


@pytest.mark.parametrize(("mode", "said", "unnamed"), [
    ("remote", "à distance", "à distance"), ("on_site", ROOM, "sur place"),
    ("mixed", f"{ROOM}\u202f; et à distance", "sur place\u202f; et à distance")])
def test_the_place_of_a_hearing(mode: str, said: str, unnamed: str):
    day = ahead(h1={"mode": mode})
    own = day.hearing("h1")
    assert [place_words(day.state, own, named, "fr") for named in (ROOM, "")] == [said, unnamed]


def test_the_place_of_a_day_is_that_of_all_its_hearings():
    ways: dict[str, dict[str, Any]] = {
        "à distance": {}, f"{ROOM}\u202f; et à distance": {"h1": {"mode": "on_site"}},
        ROOM: {"h1": {"mode": "on_site"}, "h2": {"mode": "on_site"}}}
    assert [place_words(ahead(**hearings).state, None, ROOM, "fr") for hearings in ways.values()] == list(ways)


def test_the_hour_overseas_stands_beside_that_of_paris():
    noon = hour_on(date(2026, 6, 15), "12:00")
    said = {zone: local_words(noon, zone, "fr") for zone in (
        "Europe/Paris", "Europe/Brussels", "America/Martinique", "Pacific/Noumea", "Pacific/Wallis")}
    assert said == {
        "Europe/Paris": "", "Europe/Brussels": "", "America/Martinique": "6\u00a0h\u00a000 (Martinique)",
        "Pacific/Noumea": "21\u00a0h\u00a000 (Nouvelle-Calédonie)",
        "Pacific/Wallis": "22\u00a0h\u00a000 (Wallis-et-Futuna)"}
    assert local_words(noon + 3 * 3_600_000, "Pacific/Wallis", "en") == (
        "Tuesday, June 16, 2026, 01:00 (Wallis and Futuna)")
