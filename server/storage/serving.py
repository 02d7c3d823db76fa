"""One process serves what is kept here. Who is present is told by the browsers a process sees: a second one would write
that everybody had left. Commands that serve nobody (purge, hold, erase, export) run beside it."""
from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy.engine import make_url

from server import logs
from server.durable import private_file
from server.ending import end
from server.storage.connecting import Tls, connect
from server.storage.told_of_changes import AGAIN_SECONDS

log = logs.logger(__name__)
SERVING_LOCK = 0x56495351  # any number no other program takes as a PostgreSQL advisory lock here


class AlreadyServed(OSError):
    """Another process serves what is kept here."""

    def __init__(self) -> None:
        super().__init__("another process serves what is kept here, and one serves at a time; stop it first")


@asynccontextmanager
async def serving_alone(url: str, tls: Tls = False) -> AsyncIterator[None]:
    """While inside no other process enters, here or, with PostgreSQL, on any machine. Raises AlreadyServed. However the
    process ends, the lock ends with it."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        with _file_lock(Path(f"{parsed.database}.serving")):
            yield
        return
    keeping = asyncio.create_task(_keep(url, tls, await _take(url, tls)))
    try:
        yield
    finally:
        await end(keeping)


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    private_file(path)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServed from None
        yield


async def _take(url: str, tls: Tls) -> Any:
    """The connection that holds the lock (PostgreSQL, §9.28.10)."""
    connection = await connect(url, tls)
    if await connection.fetchval("SELECT pg_try_advisory_lock($1)", SERVING_LOCK):
        return connection
    await connection.close()
    raise AlreadyServed


async def _keep(url: str, tls: Tls, connection: Any) -> None:
    """A lock ends with its connection: it is taken again as soon as the database is back."""
    try:
        while True:
            lost = asyncio.Event()

            def on_end(_connection: object, lost: asyncio.Event = lost) -> None:
                lost.set()

            connection.add_termination_listener(on_end)
            if not connection.is_closed():
                await lost.wait()
            log.warning("serving.lock_lost")
            connection = await _take_again(url, tls)
    finally:
        await connection.close(timeout=1)


async def _take_again(url: str, tls: Tls) -> Any:
    while True:
        try:
            return await _take(url, tls)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.error("serving.lock_not_taken", exc_info=error)
        await asyncio.sleep(AGAIN_SECONDS)
