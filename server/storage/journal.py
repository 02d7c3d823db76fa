"""The journal in the database: records are only ever added, each at a position nobody else has taken (X5)."""
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.codec import FieldError
from evaluation.journal import Record, canonical
from evaluation.people import Seat
from evaluation.rules import N_
from server.storage.tables import answers, journal, seats, sessions

CHANNEL = "visiojury_journal"
"""PostgreSQL's NOTIFY channel; the payload is the session's id alone."""


class StaleVersion(Exception):
    """Somebody else wrote first. `position` is where the journal stands now, as far as is known."""

    def __init__(self, session: str, position: int) -> None:
        super().__init__(f"{session} stands at {position}")
        self.session, self.position = session, position


@dataclass(frozen=True)
class Answer:
    """What an idempotency key was answered: records `first`..`last` (`first` > `last`: none), or a refusal."""

    session: str
    actor: str
    key: str
    body: str
    first: int
    last: int
    refusal: dict[str, Any] | None
    at: int


@dataclass(frozen=True)
class Batch:
    """What one command writes besides words and letters. `answer` is kept where the command carried a key."""

    session: str
    at: int
    records: Sequence[Record]
    new: bool
    closed: bool
    seats: Sequence[Seat]
    answer: Answer | None


async def write(connection: AsyncConnection, batch: Batch) -> None:
    """Inside the caller's transaction. StaleVersion when somebody else wrote first, FieldError when a seat's id is
    taken: the transaction must then be dropped."""
    if batch.records:
        await append(connection, batch.records)
        if batch.new:
            await connection.execute(insert(sessions), [{"id": batch.session, "created_at": batch.at}])
        if batch.closed:
            still_open = (sessions.c.id == batch.session) & sessions.c.closed_at.is_(None)
            await connection.execute(update(sessions).where(still_open).values(closed_at=batch.at))
        if batch.seats:
            await _index_seats(connection, batch.session, batch.seats)
        if connection.dialect.name == "postgresql":
            await connection.execute(select(func.pg_notify(CHANNEL, batch.session)))
    if batch.answer is not None:
        await keep_answer(connection, batch.answer)


async def take_turn(connection: AsyncConnection, session: str) -> None:
    """Let nobody else write to this session until the transaction ends. (SQLite: its write lock does it already.)"""
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(session, 0))))


async def append(connection: AsyncConnection, records: Sequence[Record]) -> None:
    """Inside the caller's transaction. StaleVersion when a position is taken; the transaction must then be dropped."""
    rows = [{"session": one.session, "position": one.position, "at": one.at, "actor": one.actor, "kind": one.kind,
             "data": canonical(one.data).decode(), "prev": one.prev, "hash": one.hash} for one in records]
    try:
        await connection.execute(insert(journal), rows)
    except IntegrityError:
        raise StaleVersion(records[0].session, records[0].position) from None


async def read(connection: AsyncConnection, session: str, after: int = 0, until: int | None = None
               ) -> tuple[Record, ...]:
    """The session's records in order, those after a position and up to another (all)."""
    query = select(journal).where(journal.c.session == session, journal.c.position > after)
    if until is not None:
        query = query.where(journal.c.position <= until)
    return tuple(_record(row) for row in await connection.execute(query.order_by(journal.c.position)))


async def session_ids(connection: AsyncConnection, open_only: bool = False) -> tuple[str, ...]:
    """The oldest first."""
    query = select(sessions.c.id).order_by(sessions.c.created_at, sessions.c.id)
    if open_only:
        query = query.where(sessions.c.closed_at.is_(None))
    return tuple((await connection.scalars(query)).all())


async def last_at(connection: AsyncConnection) -> dict[str, int]:
    """When the newest event of each open session happened."""
    query = (select(journal.c.session, func.max(journal.c.at).label("at"))
             .join(sessions, sessions.c.id == journal.c.session).where(sessions.c.closed_at.is_(None))
             .group_by(journal.c.session))
    return {row.session: row.at for row in await connection.execute(query)}


async def answer_of(connection: AsyncConnection, session: str, actor: str, key: str) -> Answer | None:
    query = select(answers).where(answers.c.session == session, answers.c.actor == actor, answers.c.key == key)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    refusal = json.loads(row.refusal) if row.refusal is not None else None
    return Answer(row.session, row.actor, row.key, row.body, row.first, row.last, refusal, row.at)


async def keep_answer(connection: AsyncConnection, answer: Answer) -> None:
    """StaleVersion when the key was answered meanwhile: look again."""
    refusal = canonical(answer.refusal).decode() if answer.refusal is not None else None
    try:
        await connection.execute(insert(answers), [{**vars(answer), "refusal": refusal}])
    except IntegrityError:
        raise StaleVersion(answer.session, answer.last) from None


async def _index_seats(connection: AsyncConnection, session: str, new: Sequence[Seat]) -> None:
    rows = [{"id": one.id, "session": session, "person": one.person, "role": one.role.value, "hearing": one.hearing}
            for one in new]
    try:
        await connection.execute(insert(seats), rows)
    except IntegrityError:
        raise FieldError("seat", N_("une place porte déjà cet identifiant")) from None


def _record(row: Row[Any]) -> Record:
    return Record(row.position, row.session, row.at, row.actor, row.kind, json.loads(row.data), row.prev, row.hash)
