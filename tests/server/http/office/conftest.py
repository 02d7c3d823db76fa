from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.server.http.house import house
from tests.server.http.office.desks import Desks


@pytest.fixture
async def desks(tmp_path: Path) -> AsyncIterator[Desks]:
    async with house(tmp_path, limits__strangers_per_minute=6000, limits__pages_per_minute=6000,
                     limits__commands_per_minute=6000, limits__papers_per_minute=6000) as home:
        made = Desks(home)
        await made.found()
        yield made
