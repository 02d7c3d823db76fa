"""A key of each subject, made at first use and destroyed when the subject is erased (X1)."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from sqlalchemy import delete, exists, func, not_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.database import Database, blocks
from server.storage.keys import Key, Unreadable, new_key
from server.storage.master import Master
from server.storage.tables import files, people, subjects, words


class NoKeyYet(Exception):
    """The subject's key would have to be made, and cannot be now."""


class Erased(Exception):
    """The subject's key was destroyed: nothing of theirs can be read or written any more."""


class SubjectKeys:
    def __init__(self, database: Database, master: Master, now: Callable[[], int]) -> None:
        self._database, self._master, self._now = database, master, now
        self._keys: dict[str, Key] = {}
        self._erased = set[str]()

    async def key(self, subject: str, connection: AsyncConnection | None = None) -> Key:
        """The subject's key, made at first use. Erased when it was destroyed.

        Inside a transaction of the caller's (`connection`) none can be made: NoKeyYet."""
        if subject not in self._keys:
            raw = await self._wrapped(subject, connection)
            if raw is None and connection is not None:
                raise NoKeyYet(subject)
            raw = raw or await self._make_key(subject)
            if subject in self._erased:  # meanwhile
                raise Erased(subject)
            self._keys[subject] = Key(self._master.unwrap(subject, raw))
        return self._keys[subject]

    async def load(self, wanted: Iterable[str]) -> None:
        """Read those that are there at once, so that `key` finds each in memory. It is `key` that says what is wrong
        with one."""
        missing = [one for one in dict.fromkeys(wanted) if one not in self._keys]
        async with self._database.reading() as connection:
            for some in blocks(missing):
                query = select(subjects.c.id, subjects.c.wrapped_key).where(
                    subjects.c.id.in_(some), subjects.c.erased_at.is_(None))
                for row in (await connection.execute(query)).all():
                    with suppress(Unreadable):
                        key = Key(self._master.unwrap(row.id, row.wrapped_key))
                        if row.id not in self._erased:  # meanwhile
                            self._keys[row.id] = key

    async def _wrapped(self, subject: str, connection: AsyncConnection | None = None) -> bytes | None:
        query = select(subjects.c.wrapped_key, subjects.c.erased_at).where(subjects.c.id == subject)
        if connection is not None:
            row = (await connection.execute(query)).one_or_none()
        else:
            async with self._database.reading() as own:
                row = (await own.execute(query)).one_or_none()
        if row is None:
            return None
        if row.erased_at is not None:
            raise Erased(subject)
        return row.wrapped_key

    async def _make_key(self, subject: str) -> bytes:
        dialect = sqlite if self._database.sqlite else postgresql
        async with self._database.writing() as connection:  # two may try at once: the first one's key holds
            wrapped = await self._master.wrap(connection, subject, new_key())
            row = {"id": subject, "wrapped_key": wrapped, "created_at": self._now()}
            await connection.execute(dialect.insert(subjects).on_conflict_do_nothing(), [row])
        return await self._wrapped(subject) or wrapped

    async def drop(self, subject: str) -> None:
        """The key, where nothing is sealed with it: of somebody of whom a refused command would have been the first
        trace."""
        used = [exists().where(column == subject) for column in (words.c.subject, files.c.subject, people.c.id)]
        async with self._database.writing() as connection:
            await connection.execute(delete(subjects).where(
                subjects.c.id == subject, subjects.c.erased_at.is_(None), *(not_(one) for one in used)))
        self._keys.pop(subject, None)

    def is_erased(self, subject: str) -> bool:
        """As far as this process knows, at no cost."""
        return subject in self._erased

    def forget(self, erased: set[str]) -> set[str]:
        """Their keys are dropped from memory. Those of them that were not known as erased before are given back."""
        new = erased - self._erased
        self._erased |= new
        for subject in new:
            self._keys.pop(subject, None)
        return new

    async def erased_elsewhere(self) -> set[str]:
        """All that are erased, where some were since the last look; else none. When is not asked: the clock of the
        process that erased them may be behind, or have been set back."""
        gone = subjects.c.erased_at.is_not(None)
        async with self._database.reading() as connection:
            if await connection.scalar(select(func.count()).select_from(subjects).where(gone)) == len(self._erased):
                return set()
            return set(await connection.scalars(select(subjects.c.id).where(gone)))
