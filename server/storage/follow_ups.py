"""What events lead to in other streams, as it waits to be carried out (architecture: follow-ups)."""
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.journal import canonical
from evaluation.people import SYSTEM
from server.storage.database import Database
from server.storage.journal import answer_of
from server.storage.tables import followups

_SAME = (followups.c.source, followups.c.position, followups.c.edge)


@dataclass(frozen=True)
class FollowUp:
    """One command that an event asks for. `fields` are the command's, with what it quotes of the event."""

    source: str
    source_kind: str
    position: int
    edge: str
    target_kind: str
    target: str
    command: str
    fields: Mapping[str, object] = field(default_factory=dict[str, object])
    attempts: int = 0
    due_at: int = 0
    problem: Mapping[str, object] | None = None

    @property
    def key(self) -> str:
        """Its idempotency key on the target: the same event never does the same thing twice."""
        return f"{self.source_kind}/{self.source}/{self.position}/{self.edge}"


async def add(connection: AsyncConnection, added: Sequence[FollowUp], at: int) -> None:
    """Inside the transaction of the events that they follow from."""
    if added:
        await connection.execute(insert(followups), [
            {"source": one.source, "source_kind": one.source_kind, "position": one.position, "edge": one.edge,
             "target_kind": one.target_kind, "target": one.target, "command": one.command,
             "fields": canonical(one.fields).decode(), "created_at": at, "due_at": at, "attempts": 0}
            for one in added])


async def still_refused(connection: AsyncConnection, one: FollowUp) -> bool:
    """Whether it waits yet, and has not been carried out meanwhile without that being noted."""
    which = [column == value for column, value in zip(_SAME, (one.source, one.position, one.edge), strict=True)]
    waits = await connection.scalar(select(followups.c.source).where(followups.c.done_at.is_(None), *which))
    return waits is not None and await answer_of(connection, one.target, SYSTEM, one.key) is None


class FollowUps:
    """Those that wait."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self) -> tuple[FollowUp, ...]:
        """All that are not done, each source's in the order of its events."""
        query = (select(followups).where(followups.c.done_at.is_(None))
                 .order_by(followups.c.source, followups.c.position, followups.c.edge))
        async with self._database.reading() as connection:
            return tuple(_follow_up(row) for row in await connection.execute(query))

    async def of(self, stream: str) -> tuple[FollowUp, ...]:
        """Those of a stream's events, and those that it is told, each source's in the order of its events."""
        theirs = followups.c.done_at.is_(None) & ((followups.c.source == stream) | (followups.c.target == stream))
        query = select(followups).where(theirs).order_by(
            followups.c.source, followups.c.position, followups.c.edge)
        async with self._database.reading() as connection:
            return tuple(_follow_up(row) for row in await connection.execute(query))

    async def done(self, one: FollowUp, at: int) -> None:
        await self._change(one, done_at=at, problem=None)

    async def put_off(self, one: FollowUp, due_at: int, problem: Mapping[str, object]) -> None:
        """It could not be carried out: try again then."""
        await self._change(one, due_at=due_at, attempts=one.attempts + 1, problem=canonical(problem).decode())

    async def _change(self, one: FollowUp, **values: object) -> None:
        which = [column == value for column, value in zip(_SAME, (one.source, one.position, one.edge), strict=True)]
        async with self._database.writing() as connection:
            await connection.execute(update(followups).where(*which).values(values))


def _follow_up(row: Any) -> FollowUp:
    problem = json.loads(row.problem) if row.problem is not None else None
    return FollowUp(row.source, row.source_kind, row.position, row.edge, row.target_kind, row.target, row.command,
                    json.loads(row.fields), row.attempts, row.due_at, problem)
