"""The supplied copy made ready: a scan cut at the card's edges is the whole card, never its portrait alone."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from server.identity.detector import Detector
from server.identity.document import locate
from server.identity.identity_settings import IdentitySettings
from server.identity.ocr import read_flat
from server.identity.pictures import Picture, scaled
from server.identity.prepared_copy import prepare
from server.identity.quality import IdentityDocument, examine
from server.identity.zones import compare
from tests.server.identity.held import Holding, as_jpeg, shown
from tests.server.identity.specimens import Kind, document, drawn_person, holder

WIDTHS = [1200, 800, 620]
FRONTS: list[Kind] = ["new_card", "old_card", "passport"]
TODAY = date(2026, 11, 23)


def cut_at_its_edges(kind: Kind, width: int, margin: int, ground: int = 250) -> Picture:
    """As most scanners give a card; `margin` in pixels."""
    card = document(kind, holder(2))
    card = scaled(card, width / card.shape[1])
    return np.pad(card, ((margin, margin), (margin, margin), (0, 0)), constant_values=ground)


@pytest.mark.rule("R6.2")
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("margin", "ground"), [(0, 0), (4, 250), (12, 30)])
def test_a_scan_cut_at_the_edges_is_the_whole_document(
    width: int, margin: int, ground: int, detector: Detector, settings: IdentitySettings
) -> None:
    for kind in FRONTS:
        copy = prepare(cut_at_its_edges(kind, width, margin, ground), "front", detector)
        high, wide = copy.picture.shape[:2]
        assert wide > high
        assert copy.document_pixels == pytest.approx(width, rel=0.05)
        assert copy.face is not None
        assert 0.15 < copy.face.height / high < 0.5
        if kind == "new_card":
            frame = shown(document(kind, holder(2)), Holding(frames=2), 5, drawn_person(2))[-1]
            located = locate(copy, frame, settings)
            assert located is not None
            measured = compare(copy, frame, located, detector, settings)
            assert (measured.portrait.correlation or 0) >= settings.close_portrait_correlation
            assert (measured.text.correlation or 0) >= settings.close_text_correlation


@pytest.mark.rule("R6.3")
def test_the_lines_of_a_good_copy_are_read_whole() -> None:
    for number in range(8):
        one = holder(number)
        reading, _, _ = read_flat(prepare(document("new_card_back", one), "back", None).picture)
        assert reading is not None
        assert (reading.valid, reading.number) == (True, one.number)


@pytest.mark.rule("R6.2")
@pytest.mark.parametrize(("width", "margin"), list(zip(WIDTHS, (12, 0, 4), strict=True)))
def test_nothing_is_found_wrong_with_it(width: int, margin: int, settings: IdentitySettings) -> None:
    kinds: list[tuple[IdentityDocument, Kind, Kind | None]] = [
        ("new_card", "new_card", "new_card_back"), ("passport", "passport", None)]
    for kind, front, back in kinds:
        behind = None if back is None else as_jpeg(cut_at_its_edges(back, width, margin))
        found = examine(kind, as_jpeg(cut_at_its_edges(front, width, margin)), behind, TODAY, settings)
        assert [(one.side, one.code) for one in found.findings] == []
