"""What a browser is in the midst of: a challenge it was given, a password that a first code has to prove, a journey to
an identity provider. Each is good once, for minutes, and for the browser that began it: `secret` is known to that
browser alone, and kept as a keyed digest."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.database import Database
from server.storage.tables import ceremonies
from server.storage.vault import Vault


class Purpose(StrEnum):
    SIGN_IN = "sign_in"
    ADD_PASSKEY = "add_passkey"
    PASSWORD = "password"
    OPENID = "openid"


@dataclass(frozen=True)
class Ceremony:
    """`held` is what was kept with it, readable again."""

    person: str | None
    held: bytes | None


class Ceremonies:
    def __init__(self, database: Database, vault: Vault, now: Callable[[], int], seconds: int) -> None:
        self._database, self._vault, self._now, self._good_for_ms = database, vault, now, seconds * 1000

    async def begin(self, purpose: Purpose, secret: str, *, person: str | None = None, held: bytes | None = None
                    ) -> None:
        """The same secret begun again replaces what was begun. What is `held` is sealed with the person's key."""
        name, now = self._id(purpose, secret), self._now()
        sealed = None
        if held is not None and person is not None:
            sealed = (await self._vault.key(person)).seal(f"ceremony:{name}", held)
        row = {"id": name, "person": person, "sealed": sealed, "expires_at": now + self._good_for_ms}
        async with self._database.writing() as connection:
            await connection.execute(delete(ceremonies).where(ceremonies.c.expires_at <= now))
            await self._database.upsert(connection, ceremonies, ("id",), row)

    async def look(self, purpose: Purpose, secret: str) -> Ceremony | None:
        """None when there is none, or it is over."""
        query = select(ceremonies).where(ceremonies.c.id == self._id(purpose, secret),
                                         ceremonies.c.expires_at > self._now())
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else await self._read(row)

    async def end(self, purpose: Purpose, secret: str) -> Ceremony | None:
        """Once, whatever comes of it: a second one finds None, as one that comes too late does."""
        async with self._database.writing() as connection:
            row = await self.take(connection, purpose, secret)
        return None if row is None else await self._read(row)

    async def take(self, connection: AsyncConnection, purpose: Purpose, secret: str) -> Row[Any] | None:
        """`end` inside the caller's transaction: the row."""
        gone = await connection.execute(delete(ceremonies).where(
            ceremonies.c.id == self._id(purpose, secret), ceremonies.c.expires_at > self._now()).returning(ceremonies))
        return gone.one_or_none()

    async def _read(self, row: Row[Any]) -> Ceremony:
        if row.sealed is None:
            return Ceremony(row.person, None)
        return Ceremony(row.person, (await self._vault.key(row.person)).open(f"ceremony:{row.id}", row.sealed))

    def _id(self, purpose: Purpose, secret: str) -> str:
        return self._vault.digest(f"ceremony:{purpose.value}", secret.encode())
