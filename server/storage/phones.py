"""A phone as a seat's second camera: offered by the login that holds the seat, and good for no longer than that one."""
from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, select, update

from server.config import LimitSettings
from server.storage.database import Database
from server.storage.logins import LiveLogin, Logins
from server.storage.seats import SeatEntry, find_seat
from server.storage.tables import logins, phones, seats
from server.storage.vault import Vault


class Phones:
    def __init__(self, database: Database, vault: Vault, now: Callable[[], int], limits: LimitSettings,
                 held: Logins) -> None:
        self._database, self._vault, self._now, self._logins = database, vault, now, held
        self._good_for_ms = limits.phone_seconds * 1000

    async def offer(self, cookie: str) -> str:
        """A short-lived secret by which one phone may film at the seat this cookie holds. It ends the phone before.

        LookupError when the cookie holds no seat."""
        entry = await self._logins.logged_in(cookie)
        if entry is None:
            raise LookupError("no such login")
        token = secrets.token_urlsafe(32)
        row = {"seat": entry.seat, "login_hash": self._hash("cookie", cookie), "token_hash": self._hash("phone", token),
               "expires_at": self._now() + self._good_for_ms, "cookie_hash": None}
        async with self._database.writing() as connection:
            await self._database.upsert(connection, phones, ("seat",), row)
        return token

    async def offered(self, token: str) -> SeatEntry | None:
        """The seat a phone's link leads to, changing nothing. None once it was used, or is late."""
        return await self._where(phones.c.token_hash == self._hash("phone", token),
                                 phones.c.cookie_hash.is_(None), phones.c.expires_at > self._now())

    async def pair(self, token: str) -> LiveLogin | None:
        """The link is used up. None when it was already, or is late."""
        entry, cookie = await self.offered(token), secrets.token_urlsafe(32)
        if entry is None:
            return None
        async with self._database.writing() as connection:
            paired = await connection.execute(
                update(phones).where(phones.c.token_hash == self._hash("phone", token), phones.c.cookie_hash.is_(None))
                .values(cookie_hash=self._hash("phone cookie", cookie)))
        return LiveLogin(entry.seat, cookie) if paired.rowcount else None

    async def at(self, cookie: str) -> SeatEntry | None:
        """The seat at which the phone with this cookie films. None when it does no longer."""
        return await self._where(phones.c.cookie_hash == self._hash("phone cookie", cookie))

    async def films_at(self, seat: str) -> bool:
        return await self._where(phones.c.seat == seat, phones.c.cookie_hash.is_not(None)) is not None

    async def end(self, seat: str) -> None:
        async with self._database.writing() as connection:
            await connection.execute(delete(phones).where(phones.c.seat == seat))

    async def _where(self, *conditions: Any) -> SeatEntry | None:
        asked_by = phones.join(logins, logins.c.cookie_hash == phones.c.login_hash)
        live = select(phones.c.seat).select_from(asked_by).where(logins.c.ended_at.is_(None), *conditions)
        async with self._database.reading() as connection:
            entry = await find_seat(connection, seats.c.id.in_(live))
        return None if entry is None or entry.closed else entry

    def _hash(self, what: str, secret: str) -> str:
        return self._vault.digest(what, secret.encode())
