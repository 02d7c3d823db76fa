"""The page of facts for an impact assessment: for who keeps the registers, and as things are set (X1)."""
from __future__ import annotations

from pathlib import Path

import pytest

from tests.server.http.house import house
from tests.server.http.office.desks import Desks


async def test_the_clerk_reads_the_delays_that_hold(tmp_path: Path):
    async with house(tmp_path, retention__document_days=411) as home:
        desks = Desks(home)
        await desks.found()
        assert "Aucun référentiel n’est encore en vigueur." in await desks.page("clerk", "impact")
        await desks.in_force(opinion_months=7)
        page = await desks.page("clerk", "impact")
        assert ("411 jours" in page, "7 mois" in page, "90 jours" in page) == (True, True, True)
        assert 'office/impact" aria-current="page"' in page


@pytest.mark.parametrize("person", ["member", "dir1", "org1", "obs", "none"])
async def test_there_is_no_such_page_for_anybody_else(desks: Desks, person: str):
    assert (await desks.get(person, "impact")).status == 404
    if person != "none":
        assert 'office/impact"' not in await desks.page(person, "frameworks")
