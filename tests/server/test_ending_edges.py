"""How a hearing ended reaches its candidacy, whoever ends it, or where the day leaves it (R4.5)."""

from __future__ import annotations

import pytest

from evaluation.people import SYSTEM
from tests.server.kept import House


@pytest.mark.rule("R4.5")
async def test_an_absence_and_a_day_that_closes_reach_their_candidacies(house: House):
    await house.plan(h1={"starts_at": house.clock()})
    await house.do(SYSTEM, "Leave", seat="cand1")
    house.clock.now += 60_000
    await house.do("org", "RecordNoShow", hearing="h1", words=None)
    await house.do("org", "PostponeHearing", hearing="h2", words="panne")
    await house.do("org", "CloseSession")
    await house.carried_out()
    found = [await house.kept.rows.one("candidacies", one) for one in ("c-p-cand1", "c-p-cand2")]
    assert [one.status if one else None for one in found] == ["absent", "never_begun"]
