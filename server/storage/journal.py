"""The journal in the database: records are only ever added, each at a position nobody else has taken (X5)."""
from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.journal import Record, canonical
from server.storage import rows as index
from server.storage.rows import Changes
from server.storage.tables import answers, journal, streams

CHANNEL = "visiojury_journal"
"""PostgreSQL's NOTIFY channel; the payload is the stream's id alone."""


class StaleVersion(Exception):
    """Somebody else wrote first. `position` is where the journal stands now, as far as is known."""

    def __init__(self, stream: str, position: int) -> None:
        super().__init__(f"{stream} stands at {position}")
        self.stream, self.position = stream, position


@dataclass(frozen=True)
class Answer:
    """What an idempotency key was answered: records `first`..`last` (`first` > `last`: none), or a refusal."""

    stream: str
    actor: str
    key: str
    body: str
    first: int
    last: int
    refusal: dict[str, Any] | None
    at: int


@dataclass(frozen=True)
class Batch:
    """What one command writes besides words and letters. `answer` is kept where the command carried a key; `due_at` is
    when the clockwork must look at the stream."""

    stream: str
    kind: str
    at: int
    records: Sequence[Record]
    new: bool
    closed: bool
    closed_changed: bool
    due_at: int | None
    due_changed: bool
    rows: Changes
    answer: Answer | None


async def write(connection: AsyncConnection, batch: Batch) -> None:
    """Inside the caller's transaction. StaleVersion when somebody else wrote first, FieldError when a row's key is
    taken by another stream: the transaction must then be dropped."""
    if batch.records:
        await append(connection, batch.records)
        await _stand(connection, batch)
        await index.write(connection, batch.kind, batch.stream, batch.rows)
        if connection.dialect.name == "postgresql":
            await connection.execute(select(func.pg_notify(CHANNEL, batch.stream)))
    if batch.answer is not None:
        await keep_answer(connection, batch.answer)


async def _stand(connection: AsyncConnection, batch: Batch) -> None:
    """The stream among all others: that it is there, when it is due, when it closed (which a correction takes back)."""
    closed_at = batch.at if batch.closed else None
    if batch.new:
        row = {"id": batch.stream, "kind": batch.kind, "created_at": batch.at, "due_at": batch.due_at,
               "closed_at": closed_at}
        try:
            await connection.execute(insert(streams), [row])
        except IntegrityError:
            raise StaleVersion(batch.stream, 1) from None
        return
    changes = {**({"due_at": batch.due_at} if batch.due_changed else {}),
               **({"closed_at": closed_at} if batch.closed_changed else {})}
    if changes:
        await connection.execute(update(streams).where(streams.c.id == batch.stream).values(changes))


async def take_turns(connection: AsyncConnection, stream: str, quoted: Iterable[str] = ()) -> None:
    """Let nobody else write to this stream until the transaction ends, nor to those it quotes. (SQLite: its write lock
    does it already.) In one order for everybody, so that two never wait for each other."""
    if connection.dialect.name != "postgresql":
        return
    for one in sorted({stream, *quoted}):
        lock = func.pg_advisory_xact_lock if one == stream else func.pg_advisory_xact_lock_shared
        await connection.execute(select(lock(func.hashtextextended(one, 0))))


async def append(connection: AsyncConnection, records: Sequence[Record]) -> None:
    """Inside the caller's transaction. StaleVersion when a position is taken; the transaction must then be dropped."""
    added = [{"stream": one.stream, "position": one.position, "kind": one.kind, "at": one.at, "actor": one.actor,
              "event": one.event, "data": canonical(one.data).decode(), "prev": one.prev, "hash": one.hash}
             for one in records]
    try:
        await connection.execute(insert(journal), added)
    except IntegrityError:
        raise StaleVersion(records[0].stream, records[0].position) from None


async def read(connection: AsyncConnection, stream: str, after: int = 0, until: int | None = None
               ) -> tuple[Record, ...]:
    """The stream's records in order, those after a position and up to another (all)."""
    query = select(journal).where(journal.c.stream == stream, journal.c.position > after)
    if until is not None:
        query = query.where(journal.c.position <= until)
    return tuple(_record(row) for row in await connection.execute(query.order_by(journal.c.position)))


async def kind_of(connection: AsyncConnection, stream: str) -> str | None:
    """None for a stream that nobody began."""
    return await connection.scalar(select(streams.c.kind).where(streams.c.id == stream))


async def stream_ids(connection: AsyncConnection, kind: str | None = None, open_only: bool = False) -> tuple[str, ...]:
    """Of one kind, or of all; the oldest first."""
    query = select(streams.c.id).order_by(streams.c.created_at, streams.c.id)
    if kind is not None:
        query = query.where(streams.c.kind == kind)
    if open_only:
        query = query.where(streams.c.closed_at.is_(None))
    return tuple((await connection.scalars(query)).all())


async def due(connection: AsyncConnection) -> dict[str, tuple[str, int]]:
    """The open streams that the clockwork must look at: each one's kind, and when."""
    query = select(streams).where(streams.c.due_at.is_not(None), streams.c.closed_at.is_(None))
    return {row.id: (row.kind, row.due_at) for row in await connection.execute(query)}


async def kind_of_due(connection: AsyncConnection, stream: str) -> str | None:
    """Of one stream that the clockwork must look at; None for any other."""
    return await connection.scalar(select(streams.c.kind).where(
        streams.c.id == stream, streams.c.due_at.is_not(None), streams.c.closed_at.is_(None)))


async def last_at(connection: AsyncConnection) -> dict[str, int]:
    """When the newest event of each open stream that something is due in happened."""
    query = (select(journal.c.stream, func.max(journal.c.at).label("at"))
             .join(streams, streams.c.id == journal.c.stream)
             .where(streams.c.closed_at.is_(None), streams.c.due_at.is_not(None)).group_by(journal.c.stream))
    return {row.stream: row.at for row in await connection.execute(query)}


async def answer_of(connection: AsyncConnection, stream: str, actor: str, key: str) -> Answer | None:
    query = select(answers).where(answers.c.stream == stream, answers.c.actor == actor, answers.c.key == key)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    refusal = json.loads(row.refusal) if row.refusal is not None else None
    return Answer(row.stream, row.actor, row.key, row.body, row.first, row.last, refusal, row.at)


async def keep_answer(connection: AsyncConnection, answer: Answer) -> None:
    """StaleVersion when the key was answered meanwhile: look again."""
    refusal = canonical(answer.refusal).decode() if answer.refusal is not None else None
    try:
        await connection.execute(insert(answers), [{**vars(answer), "refusal": refusal}])
    except IntegrityError:
        raise StaleVersion(answer.stream, answer.last) from None


def _record(row: Row[Any]) -> Record:
    return Record(row.position, row.stream, row.kind, row.at, row.actor, row.event, json.loads(row.data), row.prev,
                  row.hash)
