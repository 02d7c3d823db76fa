"""PostgreSQL tells every process which session's journal another one has just written (NOTIFY; ids only)."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy.engine import make_url

from server import logs
from server.ending import end
from server.storage.connecting import Tls, connect
from server.storage.journal import CHANNEL

log = logs.logger(__name__)
AGAIN_SECONDS = 1.0


Told = Callable[[str], Awaitable[object]]
Everything = Callable[[], Awaitable[object]]


@asynccontextmanager
async def listening(url: str, told: Told, everything: Everything, tls: Tls = False) -> AsyncIterator[None]:
    """While inside: `told(session)` after each commit of any process, `everything()` after a lost connection is back.

    Nothing to do with SQLite, which one process has to itself."""
    if make_url(url).get_backend_name() == "sqlite":
        yield
        return
    task = asyncio.create_task(_listen(url, tls, told, everything))
    try:
        yield
    finally:
        await end(task)


async def _listen(url: str, tls: Tls, told: Told, everything: Everything) -> None:
    while True:
        try:
            await _listen_once(url, tls, told, everything)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("journal.notices_lost", exc_info=error)
        await asyncio.sleep(AGAIN_SECONDS)


async def _listen_once(url: str, tls: Tls, told: Told, everything: Everything) -> None:
    heard: asyncio.Queue[str | None] = asyncio.Queue()
    connection = await connect(url, tls)

    def lost(_connection: object) -> None:
        heard.put_nowait(None)

    def hear(_connection: object, _pid: int, _channel: str, session: str) -> None:
        heard.put_nowait(session)

    try:
        connection.add_termination_listener(lost)
        await connection.add_listener(CHANNEL, hear)
        await everything()  # what was written while nobody listened
        while (session := await heard.get()) is not None:
            await told(session)
    finally:
        await connection.close(timeout=1)
