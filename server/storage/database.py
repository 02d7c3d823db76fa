"""The database: SQLite in one file, or PostgreSQL. Whatever is committed is on the disk before the call returns."""
from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, Table, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.util import await_

from server.durable import private_file
from server.storage.connecting import Tls
from server.storage.disk_space import NoSpace, told_apart

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 0x56495349  # any number no other program takes as a PostgreSQL advisory lock here
BUSY_MS = 10_000
BUSY_PAUSE_S = 0.02
MOST_VALUES = 500
"""How many a list in one statement may have on every database."""


class Database:
    """One pool of connections. `reading` gives one inside a read transaction, `writing` one inside a write transaction
    that commits when the block ends without an exception: NoSpace when the disk is full, and then nothing was kept."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writing=True)
        self.sqlite = engine.dialect.name == "sqlite"
        self.full = False
        """The last write found no space."""
        # SQLite has one writer: waiting in order here is fairer and quicker than its polling.
        self._turn = asyncio.Lock() if self.sqlite else None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        async with self._engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        try:
            with told_apart("database"):
                async with self._turn or nullcontext(), self._writer.begin() as connection:
                    yield connection
        except NoSpace:
            self.full = True
            raise
        self.full = False

    async def migrate(self) -> None:
        """Bring the tables to the present version. Two processes may start at once."""
        async with self.writing() as connection:
            if not self.sqlite:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": MIGRATION_LOCK})
            await connection.run_sync(upgrade)

    async def upsert(self, connection: AsyncConnection, table: Table, key: Sequence[str], row: Mapping[str, Any]
                     ) -> None:
        """Add a row, or replace what stands at its key."""
        dialect = sqlite if self.sqlite else postgresql
        others = {name: value for name, value in row.items() if name not in key}
        added = dialect.insert(table).values(row)
        await connection.execute(added.on_conflict_do_update(index_elements=list(key), set_=others))

    async def forget_deleted(self) -> None:
        """Make what was deleted unreadable in the files too (SQLite's write-ahead log keeps old pages)."""
        if self.sqlite:
            async with self._turn or nullcontext(), self._engine.connect() as connection:
                raw = await connection.get_raw_connection()
                driver: Any = raw.driver_connection  # outside a transaction, as a checkpoint must be
                await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        await self._engine.dispose()


def blocks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at a time as one statement takes."""
    for start in range(0, len(values), MOST_VALUES):
        yield values[start:start + MOST_VALUES]


def open_database(url: str, tls: Tls = False) -> Database:
    """`sqlite+aiosqlite:///PATH` or `postgresql+asyncpg://…`. Nothing is connected yet."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_async_engine(parsed)
        event.listen(engine.sync_engine, "do_connect", _private(Path(parsed.database or "")))
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
        return Database(engine)
    settings = {"synchronous_commit": "on", "timezone": "UTC", "application_name": "visiojury"}
    given = {"server_settings": settings, "ssl": tls}
    return Database(create_async_engine(parsed, pool_pre_ping=True, connect_args=given))


def is_damaged(problem: DBAPIError) -> bool:
    """Whether SQLite finds that its file is none, or no longer whole."""
    return getattr(problem.orig, "sqlite_errorcode", None) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def _private(path: Path) -> Callable[..., None]:
    """SQLite makes its file for everybody, and the files beside it as that one is."""
    def make(*_: object) -> None:
        if not path.exists():
            with suppress(OSError):  # SQLite will say it
                private_file(path)

    return make


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver would begin too late
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    _use_wal(cursor)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _use_wal(cursor: Any) -> None:
    """SQLite does not wait, whatever its time-out, while another process that starts at the same moment changes the
    same new file."""
    until = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        await_(asyncio.sleep(BUSY_PAUSE_S))


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later may fail to become a writer: take the lock from the start.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def upgrade(connection: Connection, revision: str = "head") -> None:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
