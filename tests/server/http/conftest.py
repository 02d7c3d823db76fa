from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from server.http import parts
from tests.server.http.house import House, house


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as here:
        yield here


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house_of_all(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("shared")) as here:
        yield here


@pytest.fixture
def shared(house_of_all: House) -> House:
    """One house for the tests of a module that leave nothing behind, marked `on_its_loop`. What was asked of it before
    slows nobody down."""
    house_of_all.app[parts.LIMITER]._buckets.clear()
    return house_of_all
