"""A person takes away all that is held on them; it is written down."""
from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from server.http import parts
from tests.server.http.house import house
from tests.server.http.office.desks import Desks


@pytest.mark.rule("X1")
async def test_ones_data_are_given_to_oneself_alone(tmp_path: Path):
    async with house(tmp_path) as home:
        desks = Desks(home)
        await desks.found()
        mine, other = await desks.browser("org1"), await desks.browser("org2")
        answer = await mine.get("/space/org1/data.zip", Accept="*/*")
        with zipfile.ZipFile(io.BytesIO(await answer.read())) as archive:
            assert "Claire Fabre" in archive.read("index.html").decode()
        assert (await other.get("/space/org1/data.zip", Accept="text/html")).status == 401
        async with home.app[parts.DATABASE].reading() as connection:
            noted = await connection.exec_driver_sql("SELECT subject, file, seat FROM openings")
            assert [tuple(row) for row in noted] == [("org1", "donnees", "org1")]
