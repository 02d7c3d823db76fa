"""How often one address signed in by password within the hour, from wherever: neither a restart nor another process
begins to count anew."""
from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final

from sqlalchemy import delete, insert, select

from server.storage.database import Database
from server.storage.journal import take_turns
from server.storage.tables import tries

HOUR_MS: Final = 3_600_000


class Tries:
    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database, self._now = database, now

    async def wait(self, whose: str, most: int) -> int:
        """0, and it is counted; or the whole seconds until there may be one more. `whose` is a digest."""
        now = self._now()
        async with self._database.writing() as connection:
            await take_turns(connection, f"tries {whose}")  # two at once are two
            await connection.execute(delete(tries).where(tries.c.at <= now - HOUR_MS))
            newest = (await connection.scalars(
                select(tries.c.at).where(tries.c.whose == whose).order_by(tries.c.at.desc()).limit(most))).all()
            if len(newest) == most:
                return max(1, -(-(newest[-1] + HOUR_MS - now) // 1000))
            await connection.execute(insert(tries), [{"id": secrets.token_hex(16), "whose": whose, "at": now}])
        return 0
