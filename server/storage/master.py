"""The master key at work: it wraps the key of each subject. The platform is one, and its key makes keyed digests, which
thereby outlive every master key.

Which master key is in force is told by the platform's row: `visiojury rotate-key` (`rotation`) wraps all anew in one
transaction. Another process that runs meanwhile reads the file again when it meets a key that it does not know.
"""
from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from server import logs
from server.storage.database import MIGRATION_LOCK, Database
from server.storage.key_file import make_key_file, read_key_file
from server.storage.keys import Key, MasterKey, Unreadable, new_key, sealed_by
from server.storage.tables import subjects

log = logs.logger(__name__)
PLATFORM = "platform"
ANOTHER_KEY = "not the key that sealed what is kept here; put that one back"
ROTATE_AGAIN = "both keys stand in it, because a rotation was not finished; visiojury rotate-key does it again"


class MissingKey(ValueError):
    """There is no master key, and something that one has sealed."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: missing, and what is kept here was sealed with it; put it back")


class Master:
    """ValueError when the file cannot be used; where there is none, `unlock` decides."""

    def __init__(self, database: Database, path: Path, vault_folder: Path, now: Callable[[], int]) -> None:
        self._database, self.path, self._vault_folder, self._now = database, path, vault_folder, now
        self._keys = read_key_file(path)
        self._platform: Key | None = None

    async def unlock(self) -> None:
        """The platform's key; at the first start it is made, with the master key. MissingKey rather than a new one
        where something is kept; Unreadable when the file holds another key than the one in force."""
        async with self._database.reading() as connection:
            wrapped = await self._in_force(connection)
        if wrapped is None:
            wrapped = await self._first_start()
        self._platform = Key(self.unwrap(PLATFORM, wrapped))
        if self.unfinished:
            log.warning("keys.rotation_unfinished")

    @property
    def unfinished(self) -> bool:
        """A rotation was killed, or is under way: everything opens."""
        return len(self._keys) > 1

    async def check(self) -> None:
        """As `unlock`, where nothing is to be made."""
        async with self._database.reading() as connection:
            wrapped = await self._in_force(connection)
            if wrapped is not None:
                self.unwrap(PLATFORM, wrapped)
            elif not self._keys and await self._anything_sealed(connection):
                raise MissingKey(self.path)

    def check_beside_files(self) -> None:
        """The same where there is no database."""
        if not self._keys and _holds_files(self._vault_folder):
            raise MissingKey(self.path)

    def digest(self, item: str, plain: bytes) -> str:
        assert self._platform is not None, "unlock comes first"
        return self._platform.digest(item, plain)

    def unwrap(self, subject: str, wrapped: bytes) -> bytes:
        return self.that_sealed(wrapped).open(f"key:{subject}", wrapped)

    async def wrap(self, connection: AsyncConnection, subject: str, raw: bytes) -> bytes:
        """With the key in force as long as this transaction lasts."""
        wrapped = await self._in_force(connection, hold=True)
        assert wrapped is not None, "unlock comes first"
        return self.that_sealed(wrapped).seal(f"key:{subject}", raw)

    def that_sealed(self, wrapped: bytes) -> MasterKey:
        """MissingKey when there is no file any more, Unreadable when it holds another key."""
        if sealed_by(wrapped) not in self._keys:
            self._keys = read_key_file(self.path)
        if not self._keys:
            raise MissingKey(self.path)
        if sealed_by(wrapped) not in self._keys:
            raise Unreadable("master key")
        return self._keys[sealed_by(wrapped)]

    async def in_force(self) -> MasterKey:
        async with self._database.reading() as connection:
            wrapped = await self._in_force(connection)
        assert wrapped is not None, "unlock comes first"
        return self.that_sealed(wrapped)

    async def _in_force(self, connection: AsyncConnection, hold: bool = False) -> bytes | None:
        query = select(subjects.c.wrapped_key).where(subjects.c.id == PLATFORM)
        return await connection.scalar(query.with_for_update(read=True) if hold else query)

    async def _first_start(self) -> bytes:
        """Of two processes the second waits, and finds what the first has made."""
        async with self._database.writing() as connection:
            if not self._database.sqlite:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": MIGRATION_LOCK})
            wrapped = await self._in_force(connection)
            if wrapped is not None:
                return wrapped
            if not self._keys and await self._anything_sealed(connection):
                raise MissingKey(self.path)
            # The file first: one without a row is used at the next start, a row without its file would be lost.
            self._keys = self._keys or await asyncio.to_thread(make_key_file, self.path)
            if not self._keys:  # a link that leads nowhere
                raise MissingKey(self.path)
            wrapped = next(iter(self._keys.values())).seal(f"key:{PLATFORM}", new_key())
            row = {"id": PLATFORM, "wrapped_key": wrapped, "created_at": self._now()}
            await connection.execute(insert(subjects), [row])
        return wrapped

    async def _anything_sealed(self, connection: AsyncConnection) -> bool:
        """What a new master key would leave unreadable."""
        count = await connection.scalar(select(func.count()).select_from(subjects))
        return bool(count) or await asyncio.to_thread(_holds_files, self._vault_folder)


def _holds_files(folder: Path) -> bool:
    return any(one.is_file() for one in folder.rglob("*"))
