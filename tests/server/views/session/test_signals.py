"""Rows of a check in words: each value on its scale, in the reader's notation."""

from __future__ import annotations

import pytest

from evaluation.session.measured import SignalRow
from server.i18n import Locale
from server.views.session.signal_rows import row_view

ROWS = [
    (SignalRow("document", "close", "found", 175, near=18), "fr", "points communs : 175 (reconnu à partir de 18)"),
    (SignalRow("portrait", "close", "close", 912, near=700, away=580), "fr",
     "superposition : 0,91 sur 1 (proche à partir de 0,70, éloigné jusqu’à 0,58)"),
    (SignalRow("text", "unsure", "unsure", 640, near=700, away=540), "en",
     "overlap: 0.64 of 1 (close from 0.70, far up to 0.54)"),
    (SignalRow("face", "far", "far", 812, near=550, away=650), "fr",
     "écart : 0,81 (proche jusqu’à 0,55, éloigné à partir de 0,65)"),
    (SignalRow("mrz", "close", "close", 1000), "fr", "clés de contrôle justes : 100 %"),
    (SignalRow("names", "unsure", "unsure", 500), "en", "words found: 50%"),
    (SignalRow("document", "close", "found", 37), "fr", "points communs : 37"),
    (SignalRow("portrait", "not_measurable", "glare", near=700, away=580), "fr", ""),
    (SignalRow("expiry", "close", "valid"), "fr", ""),
]


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize(("row", "locale", "words"), ROWS)
def test_a_value_is_told_on_its_scale(row: SignalRow, locale: Locale, words: str) -> None:
    assert row_view(locale, row, {})["value"] == words
