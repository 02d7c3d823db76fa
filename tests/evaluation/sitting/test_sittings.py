"""A sitting from its convening to its sealed minutes, by the plain path."""
from __future__ import annotations

import pytest

from evaluation.known import KINDS
from evaluation.verify import verify
from tests.evaluation.sitting import house


def test_from_the_convening_to_the_seal():
    sitting = house.sat("k1", "k2").decided("k1").decided("k2").presented().signed().sealed()
    assert [name for name, *_ in sitting.journal] == [
        "sitting.convened", "sitting.item_put", "sitting.item_put", "sitting.members_seated",
        "sitting.president_seated", *["sitting.impartial_declared"] * 3, "sitting.opened",
        *["sitting.decision_proposed", "sitting.decision_answered", "sitting.decision_answered",
          "sitting.item_decided"] * 2,
        "sitting.minutes_presented", *["sitting.minutes_signed"] * 3, "sitting.minutes_sealed",
        "sitting.ruling_sealed", "sitting.ruling_sealed"]
    assert (sitting.ruling().award, sitting.ruling().blocks, sitting.ruling().by) == (
        "full", ("BC1", "BC2"), house.THREE)
    (row,) = sitting.rows("sittings").values()
    assert (row.status, row.data["decided"], row.data["open"]) == ("sealed", 2, False)
    (verified,) = verify(sitting.lines(), KINDS)
    assert verified.results == {"k1": "full", "k2": "full"}


pytestmark = pytest.mark.rule("R3.9")
