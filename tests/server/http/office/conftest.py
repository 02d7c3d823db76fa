from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.evaluation.frameworks import POLISHING
from tests.server.http.house import house
from tests.server.http.office.desks import Desks, founded


@pytest.fixture
async def desks(tmp_path: Path) -> AsyncIterator[Desks]:
    often = {f"limits__{rate}_per_minute": 6000 for rate in ("strangers", "pages", "commands", "papers")}
    async with house(tmp_path, True, POLISHING, founded, **often) as home:
        yield Desks(home)
