"""What keeps a hearing's data from being deleted: an appeal, an incident, until a person releases it."""
from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import insert, select, update

from server.storage.database import Database
from server.storage.tables import holds

Reason = Literal["appeal", "incident", "other"]


@dataclass(frozen=True)
class Hold:
    hearing: str
    reason: Reason
    since: int
    released_at: int | None


class Holds:
    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database, self._now = database, now

    async def place(self, session: str, hearing: str, reason: Reason) -> None:
        await self._add(session, hearing, reason, None)

    async def release(self, session: str, hearing: str) -> None:
        """End every hold of a hearing, those that follow from its incidents included."""
        now = self._now()
        still = (holds.c.session == session) & (holds.c.hearing == hearing) & holds.c.released_at.is_(None)
        async with self._database.writing() as connection:
            await connection.execute(update(holds).where(still).values(released_at=now))
        await self._add(session, hearing, "incident", now)

    async def of(self, session: str) -> tuple[Hold, ...]:
        """The oldest first."""
        query = select(holds).where(holds.c.session == session).order_by(holds.c.since, holds.c.id)
        async with self._database.reading() as connection:
            return tuple(Hold(row.hearing, row.reason, row.since, row.released_at)
                         for row in await connection.execute(query))

    async def _add(self, session: str, hearing: str, reason: Reason, released_at: int | None) -> None:
        row = {"id": secrets.token_hex(16), "session": session, "hearing": hearing, "reason": reason,
               "since": self._now(), "released_at": released_at}
        async with self._database.writing() as connection:
            await connection.execute(insert(holds), [row])
