"""Index rows of every kind: written with the events they follow from, read by lists, boards and searches.

`visiojury reindex` makes them anew and says whether they differed.
"""
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.codec import FieldError
from evaluation.journal import canonical
from evaluation.kinds import Row
from evaluation.rules import N_
from server.storage.database import Database
from server.storage.tables import rows

Wanted = str | int | Iterable[str] | None
"""What a row is filtered by: a value, one of several, a moment, or anything."""
Order = Literal["key", "person", "scope", "status", "about", "at", "due_at"]


@dataclass(frozen=True)
class Changes:
    """What one commit does to the indexes: rows that were not there, rows that say something else, and the index and
    key of those that go."""

    added: Sequence[Row] = ()
    changed: Sequence[Row] = ()
    gone: Sequence[tuple[str, str]] = ()

    @classmethod
    def between(cls, before: Iterable[Row], after: Iterable[Row]) -> Changes:
        """What makes the rows that are there into those that should be."""
        old, new = ({(one.index, one.key): one for one in listed} for listed in (before, after))
        return cls(added=[one for key, one in new.items() if key not in old],
                   changed=[one for key, one in new.items() if key in old and old[key] != one],
                   gone=[key for key in old if key not in new])


@dataclass(frozen=True)
class Entry(Row):
    """A row as it is kept: of which stream, of which kind."""

    kind: str = ""
    stream: str = ""


async def write(connection: AsyncConnection, kind: str, stream: str, changes: Changes) -> None:
    """Inside the caller's transaction. FieldError when another stream has a row at the key."""
    for name, key in changes.gone:
        await connection.execute(delete(rows).where(_at(name, key), rows.c.stream == stream))
    for row in changes.changed:
        found = await connection.execute(
            update(rows).where(_at(row.index, row.key), rows.c.stream == stream).values(_values(row, kind, stream)))
        if not found.rowcount:  # somebody deleted it by hand: it comes back with its next change
            await _insert(connection, (row,), kind, stream)
    await _insert(connection, changes.added, kind, stream)


async def _insert(connection: AsyncConnection, added: Sequence[Row], kind: str, stream: str) -> None:
    if not added:
        return
    try:
        await connection.execute(insert(rows), [_values(row, kind, stream) for row in added])
    except IntegrityError:
        raise FieldError(added[0].index, N_("cet identifiant est déjà pris ailleurs")) from None


def _at(name: str, key: str) -> ColumnElement[bool]:
    return (rows.c.index_name == name) & (rows.c.key == key)


def _values(row: Row, kind: str, stream: str) -> dict[str, Any]:
    own = {one.name: getattr(row, one.name) for one in fields(Row) if one.name not in ("index", "data")}
    return {**own, "index_name": row.index, "kind": kind, "stream": stream, "data": canonical(row.data).decode()}


def _entry(row: Any) -> Entry:
    own = {one.name: getattr(row, one.name) for one in fields(Row) if one.name not in ("index", "data")}
    data: Mapping[str, object] = json.loads(row.data)
    return Entry(row.index_name, **own, data=data, kind=row.kind, stream=row.stream)


async def of_stream(connection: AsyncConnection, stream: str) -> tuple[Row, ...]:
    """Every row of a stream, as `Kind.rows` gives them."""
    found = [_entry(one) for one in await connection.execute(select(rows).where(rows.c.stream == stream))]
    names = [one.name for one in fields(Row)]
    return tuple(Row(**{name: getattr(one, name) for name in names}) for one in found)


async def listed(connection: AsyncConnection, name: str, filters: Mapping[str, Wanted]
                 ) -> tuple[Entry, ...]:
    """An index's rows by key, as they stand in the caller's transaction."""
    query = _filtered(select(rows), name, filters).order_by(rows.c.key)
    return tuple(_entry(one) for one in await connection.execute(query))


class Rows:
    """Reads the indexes. `key`, `body`, `scope`, `person`, `status` and `about` take a value or several; None: any.
    `due_from` and `due_before` are moments: rows that are due at or after the one, before the other."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def one(self, index: str, key: str) -> Entry | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(select(rows).where(_at(index, key)))).one_or_none()
        return None if row is None else _entry(row)

    async def page(
        self, index: str, *, order: Order = "key", descending: bool = False, offset: int = 0, limit: int | None = None,
        **filters: Wanted,
    ) -> tuple[Entry, ...]:
        """Rows in an order of indexed columns, then by key, the same way round, as an index has them; those without a
        value there come last."""
        first, then = (one.desc() if descending else one.asc() for one in (rows.c[order], rows.c.key))
        query = _filtered(select(rows), index, filters).order_by(first.nulls_last(), then).offset(offset)
        if limit is not None:
            query = query.limit(limit)
        async with self._database.reading() as connection:
            return tuple(_entry(one) for one in await connection.execute(query))

    async def scopes(self, person: str, indexes: Iterable[str]) -> frozenset[str | None]:
        """Whom a person's rows of these indexes belong to; where a row does not say, whom the day of its stream."""
        day = rows.alias("day")
        query = select(func.coalesce(rows.c.scope, day.c.scope)).distinct().select_from(rows.outerjoin(
            day, (day.c.stream == rows.c.stream) & (day.c.index_name == "days"))).where(
            rows.c.person == person, rows.c.index_name.in_(tuple(indexes)))
        async with self._database.reading() as connection:
            return frozenset(await connection.scalars(query))

    async def count(self, index: str, **filters: Wanted) -> int:
        query = _filtered(select(func.count()).select_from(rows), index, filters)
        async with self._database.reading() as connection:
            return await connection.scalar(query) or 0


def _filtered(query: Select[Any], index: str, filters: Mapping[str, Wanted]) -> Select[Any]:
    query = query.where(rows.c.index_name == index)
    for name, wanted in filters.items():
        if isinstance(wanted, int):
            query = query.where(rows.c.due_at >= wanted if name == "due_from" else rows.c.due_at < wanted)
        elif wanted is not None:
            column = rows.c[name]
            query = query.where(column == wanted if isinstance(wanted, str) else column.in_(tuple(wanted)))
    return query
