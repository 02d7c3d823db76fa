"""Storage on both databases: a test that asks for `house` runs on SQLite and on PostgreSQL."""
from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from server.storage.database import Database, open_database
from tests.server.databases import new_database, postgresql
from tests.server.kept import House, config_in


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    with postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return await new_database(request.getfixturevalue("cluster"))
    return f"sqlite+aiosqlite:///{tmp_path / 'kept' / 'visiojury.sqlite'}"


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    (tmp_path / "kept").mkdir(exist_ok=True)
    opened = open_database(database_url)
    await opened.migrate()
    yield opened
    await opened.close()


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[House]:
    opened = await House.open(config_in(tmp_path / "kept", database_url))
    yield opened
    await opened.close()
