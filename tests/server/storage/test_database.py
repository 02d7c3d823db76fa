"""Both databases: settings that make a commit durable, migrations, and what survives a kill."""
from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from evaluation.journal import check_chain
from server.app.kept_data import open_kept, prepare
from server.mail.transports import FolderTransport
from server.storage import journal
from server.storage.database import Database, open_database, upgrade
from server.storage.serving import serving_alone
from server.storage.tables import metadata
from tests.pace import within
from tests.server.kept import HandClock, House, config_in

APPENDER = """
import asyncio, sys
from evaluation.journal import GENESIS, chain
from server.app.kept_data import open_kept, prepare
from server.storage import journal
from server.storage.database import open_database

async def main():
    database, head = open_database(sys.argv[1]), GENESIS
    for position in range(1, 10_000):
        record = chain(head, position, "s", "toy", position, "a", "toy.thing", {"n": position})
        async with database.writing() as connection:
            await journal.append(connection, [record])
        print(position, flush=True)
        head = record.hash

asyncio.run(main())
"""

NEWEST = max(Path("server/storage/migrations/versions").glob("v*.py")).name[1:5]


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_migrations_make_the_tables_that_the_code_describes(database: Database):
    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrations_may_run_twice_and_from_two_processes_at_once(empty_url: str, tmp_path: Path):
    (tmp_path / "kept").mkdir()
    one, other = open_database(empty_url), open_database(empty_url)
    await asyncio.gather(one.migrate(), other.migrate())
    await one.migrate()
    async with other.reading() as connection:
        assert (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalars().all() == [NEWEST]
    await one.close()
    await other.close()


async def test_rows_of_before_are_told_their_awarding_body(empty_url: str, tmp_path: Path):
    (tmp_path / "kept").mkdir()
    one = open_database(empty_url)
    async with one.writing() as connection:
        await connection.run_sync(upgrade, "0010")
        for stream, kind, said in (
            ("b1", "body", "{}"), ("d1", "session", '{"agreement": {"stream": "b1"}}'),
            ("k1", "candidacy", '{"agreement": null, "office": {"stream": "b1"}}'),
        ):
            await connection.execute(text(
                "INSERT INTO journal (stream, position, kind, at, actor, event, data, prev, hash) "
                "VALUES (:stream, 1, :kind, 1, 'a', 'e', :said, 'p', 'h')"),
                {"stream": stream, "kind": kind, "said": said})
        for index, stream, kind in (
            ("frameworks", "b1", "body"), ("offices", "b1", "body"), ("days", "d1", "session"),
            ("seats", "d1", "session"), ("candidacies", "k1", "candidacy"),
        ):
            await connection.execute(text(
                "INSERT INTO rows (index_name, key, kind, stream, status, data) "
                "VALUES (:index, 'k', :kind, :stream, '', '{}')"), {"index": index, "kind": kind, "stream": stream})
    await one.migrate()
    async with one.reading() as connection:
        found = await connection.execute(text("SELECT index_name, key, body FROM rows"))
        assert sorted(map(tuple, found)) == [
            ("candidacies", "k", "b1"), ("days", "k", "b1"), ("frameworks", "b1/k", "b1"), ("offices", "k", "b1"),
            ("seats", "k", None)]
    await one.close()


async def test_every_commit_is_made_durable(database: Database):
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000, "secure_delete": 1}
    async with database.reading() as connection:
        if database.sqlite:
            found = {name: await connection.scalar(text(f"PRAGMA {name}")) for name in expected}
            assert found == expected
        else:
            assert await connection.scalar(text("SHOW synchronous_commit")) == "on"


async def test_one_that_starts_waits_for_another_that_is_making_the_same_file(tmp_path: Path):
    """SQLite's own time-out does not: it refuses to go over to WAL at once."""
    path = tmp_path / "visiojury.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE kept (what)")
        other.execute("BEGIN IMMEDIATE")
        database = open_database(f"sqlite+aiosqlite:///{path}")
        migrating = asyncio.create_task(database.migrate())
        await asyncio.sleep(0.3)
        assert not migrating.done()
        other.execute("COMMIT")
    async with within(5):
        await migrating
    await database.close()


async def test_a_block_that_raises_leaves_nothing(database: Database):
    async def half() -> None:
        async with database.writing() as connection:
            await connection.execute(text("INSERT INTO streams (id, kind, created_at) VALUES ('s', 'session', 1)"))
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        await half()
    async with database.reading() as connection:
        assert await journal.stream_ids(connection) == ()


async def test_what_was_acknowledged_survives_a_kill(database: Database, database_url: str):
    for _ in range(3):
        async with database.writing() as connection:
            await connection.execute(text("DELETE FROM journal"))
        appender = subprocess.Popen([sys.executable, "-c", APPENDER, database_url], stdout=subprocess.PIPE,
                                    cwd=Path(__file__).parents[3])
        acknowledged = 0
        assert appender.stdout is not None
        while acknowledged < 25:
            acknowledged = int(appender.stdout.readline())
        os.kill(appender.pid, signal.SIGKILL)
        acknowledged = max([acknowledged, *(int(line) for line in appender.stdout.read().split())])
        appender.wait()
        async with database.reading() as connection:
            records = await journal.read(connection, "s")
        check_chain(records)
        assert len(records) in (acknowledged, acknowledged + 1)  # the last may be written and not yet said


@pytest.mark.parametrize("damage", [b"not a database, " * 256, None])
async def test_a_damaged_file_is_told_in_words_and_left_as_it_is(tmp_path: Path, damage: bytes | None):
    """Overwritten whole, or zeros in the middle of its first page."""
    config = config_in(tmp_path / "kept", "sqlite")
    house = await House.open(config)
    await house.close()
    path = config.storage.folder / "visiojury.sqlite"
    for name in ("-wal", "-shm"):
        path.with_name(path.name + name).unlink(missing_ok=True)
    path.write_bytes(damage or path.read_bytes()[:100] + bytes(4000) + path.read_bytes()[4100:])
    before = path.read_bytes()
    opened = open_kept(config, HandClock())
    with pytest.raises(OSError, match=r"visiojury\.sqlite: damaged \(.*\); nothing was changed: put a copy of it back"):
        await prepare(opened, config)
    await opened.database.close()
    assert path.read_bytes() == before


@pytest.fixture
def no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


async def test_what_libraries_make_is_the_owners_alone(tmp_path: Path, no_umask: None):
    """Without the umask of the command line, too."""
    config = config_in(tmp_path / "new" / "kept", "sqlite")
    house = await House.open(config)
    await house.kept.vault.put_file("p", "s", "capture", "image/jpeg", b"picture")
    await FolderTransport(config.mail.folder).send("key", EmailMessage())
    async with serving_alone(config.storage.url):
        paths = sorted((tmp_path / "new").rglob("*"))
        modes = {path: oct(stat.S_IMODE(path.stat().st_mode)) for path in (tmp_path / "new", *paths)}
    await house.close()
    assert {path.name for path in paths} >= {"visiojury.sqlite", "visiojury.sqlite-wal", "key.eml", "master.key",
                                             "visiojury.sqlite.serving"}
    assert modes == {path: "0o700" if path.is_dir() else "0o600" for path in modes}
