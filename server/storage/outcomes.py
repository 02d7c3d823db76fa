"""What the certification jury decided on each hearing's candidate, as somebody recorded it (R9.2)."""
from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date

from sqlalchemy import func, insert, select

from evaluation.session.retention_periods import Ruling
from server.storage.database import Database
from server.storage.tables import outcomes


class Outcomes:
    """A correction is recorded beside what it corrects; the last one counts."""

    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database, self._now = database, now

    async def record(self, session: str, hearing: str, ruling: Ruling) -> None:
        """IntegrityError when somebody else recorded one at the same moment: nothing is kept then."""
        row = {"id": secrets.token_hex(16), "session": session, "hearing": hearing, "outcome": ruling.outcome,
               "ruled_on": ruling.ruled_on.isoformat(), "recorded_at": self._now()}
        mine = (outcomes.c.session == session) & (outcomes.c.hearing == hearing)
        async with self._database.writing() as connection:
            last = await connection.scalar(select(func.max(outcomes.c.number)).where(mine)) or 0
            await connection.execute(insert(outcomes), [{**row, "number": last + 1}])

    async def of(self, session: str) -> dict[str, Ruling]:
        """By hearing."""
        query = select(outcomes).where(outcomes.c.session == session).order_by(outcomes.c.number)
        async with self._database.reading() as connection:
            return {row.hearing: Ruling(date.fromisoformat(row.ruled_on), row.outcome)
                    for row in await connection.execute(query)}
