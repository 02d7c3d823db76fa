from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server import logs
from tests.server.http.house import House, house


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as here:
        yield here


@pytest.fixture(autouse=True)
def _our_own_logs() -> None:
    """As the command line sets them up: nothing personal in a failing test's output either."""
    logs.configure()
