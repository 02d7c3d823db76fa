"""Names of people under a bar, for the registrations that may be theirs (R6.6): keyed digests of every spelling within
one slip, with the birth date. Kept for bars alone, under the awarding body's key, as long as the bar runs.
"""
from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.database import Database, blocks
from server.storage.keys import Key
from server.storage.name_variants import Called, keys_of_bar, keys_of_candidate
from server.storage.tables import bar_names, bars_named, rows
from server.storage.vault import Vault


@dataclass(frozen=True)
class NamedBar:
    """A bar whose names are kept, and the awarding body's stream that it stands in."""

    bar: str
    body: str


class BarNames:
    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    async def of_people(self, body: str, people: Iterable[Called]) -> frozenset[str]:
        """The digests of a bar. `people` are the names that its person is known by here and there."""
        key, known = await self._vault.key(_subject(body)), tuple(people)
        return await asyncio.to_thread(lambda: frozenset(
            one for called in known for one in _digests(key, called, keys_of_bar(called))))

    async def keep(self, connection: AsyncConnection, body: str, bar: str, digests: Collection[str]) -> None:
        """In the transaction that sets the bar, with its row written."""
        await self.forget(connection, bar)
        ends_at = select(rows.c.due_at).where(rows.c.index_name == "bars", rows.c.key == bar).scalar_subquery()
        await connection.execute(insert(bars_named).values(bar=bar, body=body, ends_at=ends_at))
        if digests:
            await connection.execute(insert(bar_names), [{"digest": one, "bar": bar} for one in sorted(digests)])

    async def add(self, body: str, bar: str, people: Iterable[Called]) -> None:
        """As `keep`, of a bar that is set already."""
        digests = await self.of_people(body, people)
        async with self._database.writing() as connection:
            await self.keep(connection, body, bar, digests)

    async def named(self) -> frozenset[str]:
        """The bars whose names are kept."""
        async with self._database.reading() as connection:
            return frozenset(await connection.scalars(select(bars_named.c.bar)))

    async def forget(self, connection: AsyncConnection, bar: str) -> None:
        """In the transaction that lifts it."""
        await connection.execute(delete(bar_names).where(bar_names.c.bar == bar))
        await connection.execute(delete(bars_named).where(bars_named.c.bar == bar))

    async def drop(self, bar: str) -> None:
        """As `forget`, of a bar that was lifted."""
        async with self._database.writing() as connection:
            await self.forget(connection, bar)

    async def digests(self, body: str, called: Called) -> frozenset[str]:
        """A candidate's: a bar that is kept with one of them may be theirs."""
        key = await self._vault.key(_subject(body))
        return await asyncio.to_thread(lambda: frozenset(_digests(key, called, keys_of_candidate(called))))

    async def find(self, digests: Collection[str], connection: AsyncConnection | None = None) -> frozenset[str]:
        """The bars of people who may be the one of these digests. It takes as long whether there are some or not."""
        if connection is not None:
            return await _found(connection, sorted(digests))
        async with self._database.reading() as own:
            return await _found(own, sorted(digests))

    # Registrations that stood before

    async def not_looked_at(self) -> tuple[NamedBar, ...]:
        """The bars for which these were not looked at since they were set."""
        query = select(bars_named.c.bar, bars_named.c.body).where(bars_named.c.looked_at.is_(None))
        async with self._database.reading() as connection:
            return tuple(NamedBar(row.bar, row.body) for row in await connection.execute(query))

    async def of_bar(self, bar: str) -> frozenset[str]:
        """The digests that are kept with a bar."""
        async with self._database.reading() as connection:
            return frozenset(await connection.scalars(select(bar_names.c.digest).where(bar_names.c.bar == bar)))

    async def looked_at(self, bar: str, now: int) -> None:
        async with self._database.writing() as connection:
            await connection.execute(update(bars_named).where(bars_named.c.bar == bar).values(looked_at=now))


async def forget_ended(connection: AsyncConnection, now: int) -> None:
    """Of bars whose last day is over nothing is kept."""
    ended = select(bars_named.c.bar).where(bars_named.c.ends_at <= now)
    await connection.execute(delete(bar_names).where(bar_names.c.bar.in_(ended)))
    await connection.execute(delete(bars_named).where(bars_named.c.ends_at <= now))


async def _found(connection: AsyncConnection, digests: list[str]) -> frozenset[str]:
    found = set[str]()
    for some in blocks(digests):
        found |= set(await connection.scalars(select(bar_names.c.bar).where(bar_names.c.digest.in_(some)).distinct()))
    return frozenset(found)


def _digests(key: Key, called: Called, keys: Iterable[tuple[str, ...]]) -> set[str]:
    born = called.born.isoformat()
    return {key.digest("bar name", "\0".join((born, *one)).encode()) for one in keys}


def _subject(body: str) -> str:
    return f"stream:{body}"
