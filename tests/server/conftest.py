"""Storage on both databases: a test that asks for `house` runs on SQLite and on PostgreSQL."""
from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from server.storage.database import Database, open_database
from tests.server.databases import database_with_tables, new_database, postgresql, sqlite_with_tables
from tests.server.kept import House, config_in


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    with postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of one whose tables are there, with nothing in them."""
    if request.param == "postgresql":
        return await database_with_tables(request.getfixturevalue("cluster"))
    sqlite_with_tables(tmp_path / "kept" / "visiojury.sqlite")
    return sqlite_in(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of one in which nothing is, not even tables."""
    if request.param == "postgresql":
        return await new_database(request.getfixturevalue("cluster"))
    return sqlite_in(tmp_path)


def sqlite_in(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'kept' / 'visiojury.sqlite'}"


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
