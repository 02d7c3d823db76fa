"""Links that let somebody in once (X15): to the first account of a platform, and back in for a person who has lost what
they signed in with. The secret is random, stored hashed only, over after a time, and good until it has been used."""
from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.database import Database
from server.storage.tables import entry_links
from server.storage.vault import Vault


class LinkKind(StrEnum):
    FIRST = "first"
    RECOVERY = "recovery"


@dataclass(frozen=True)
class EntryLink:
    """`person` is None for a first link whose person has not said who they are; `issuer` gave it."""

    key: str
    kind: LinkKind
    person: str | None
    issuer: str | None
    expires_at: int
    used: bool


class EntryLinks:
    def __init__(self, database: Database, vault: Vault, now: Callable[[], int], seconds: int) -> None:
        self._database, self._vault, self._now, self._good_for_ms = database, vault, now, seconds * 1000

    async def first(self) -> str:
        """The token of a new link to the first account; those made before open nothing any more."""
        async with self._database.writing() as connection:
            await connection.execute(delete(entry_links).where(entry_links.c.kind == LinkKind.FIRST.value))
            return await self._make(connection, LinkKind.FIRST, None, None)

    async def recovery(self, connection: AsyncConnection, person: str, issuer: str | None) -> str:
        """The token of a new link for this person, in the place of one made before and not used. `issuer` is None for
        whoever looks after the machine."""
        await connection.execute(delete(entry_links).where(
            entry_links.c.person == person, entry_links.c.used_at.is_(None)))
        return await self._make(connection, LinkKind.RECOVERY, person, issuer)

    async def _make(self, connection: AsyncConnection, kind: LinkKind, person: str | None, issuer: str | None) -> str:
        token, now = secrets.token_urlsafe(32), self._now()
        await connection.execute(insert(entry_links), [{
            "token_hash": self._hash(token), "kind": kind.value, "person": person, "issuer": issuer,
            "created_at": now, "expires_at": now + self._good_for_ms}])
        return token

    async def find(self, token: str) -> EntryLink | None:
        """None for a link we never gave, or that is over."""
        query = select(entry_links).where(entry_links.c.token_hash == self._hash(token),
                                          entry_links.c.expires_at > self._now())
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        return EntryLink(row.token_hash, LinkKind(row.kind), row.person, row.issuer, row.expires_at,
                         row.used_at is not None)

    async def name(self, link: EntryLink, person: str) -> bool:
        """Who the first account is of. False when the link was used meanwhile."""
        async with self._database.writing() as connection:
            named = await connection.execute(update(entry_links).where(
                entry_links.c.token_hash == link.key, entry_links.c.used_at.is_(None)).values(person=person))
        return named.rowcount > 0

    async def use(self, connection: AsyncConnection, link: EntryLink) -> bool:
        """Once: False for whoever comes second."""
        used = await connection.execute(update(entry_links).where(
            entry_links.c.token_hash == link.key, entry_links.c.used_at.is_(None),
            entry_links.c.expires_at > self._now()).values(used_at=self._now()))
        return used.rowcount > 0

    def _hash(self, token: str) -> str:
        return self._vault.digest("entry-link", token.encode())
