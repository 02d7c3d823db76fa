"""What the certification jury decided on each hearing's candidate, as somebody recorded it (R9.2)."""
from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date

from sqlalchemy import insert, select

from evaluation.keeping import Ruling
from server.storage.engine import Database
from server.storage.tables import outcomes


class Outcomes:
    """A correction is recorded beside what it corrects; the last one counts."""

    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database, self._now = database, now

    async def record(self, session: str, hearing: str, ruling: Ruling) -> None:
        row = {"id": secrets.token_hex(16), "session": session, "hearing": hearing, "outcome": ruling.outcome,
               "ruled_on": ruling.ruled_on.isoformat(), "recorded_at": self._now()}
        async with self._database.writing() as connection:
            await connection.execute(insert(outcomes), [row])

    async def of(self, session: str) -> dict[str, Ruling]:
        """By hearing."""
        query = select(outcomes).where(outcomes.c.session == session).order_by(outcomes.c.recorded_at, outcomes.c.id)
        async with self._database.reading() as connection:
            return {row.hearing: Ruling(date.fromisoformat(row.ruled_on), row.outcome)
                    for row in await connection.execute(query)}
