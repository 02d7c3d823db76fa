"""Codes that are mailed to a person, who types them into the browser that asked: good for that browser alone, once, for
minutes, and a few attempts. Codes are stored hashed only: slowly, as passwords are, salted with the browser's secret,
and then with a key that is not in the database."""
from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Final

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.config import LimitSettings
from server.storage.database import Database
from server.storage.tables import codes
from server.storage.vault import Vault

SEAT, SPACE = "seat:{}", "space:{}"
"""What a code opens, as its place: a seat that another browser holds, a person's space in a further browser."""
SLOWLY: Final = {"n": 2**14, "r": 8, "p": 5}
"""Scrypt (RFC 7914), with the parameters that OWASP gives for 16 MB."""


class Codes:
    """`browser` is the secret that tells one browser that asked from another."""

    def __init__(self, database: Database, vault: Vault, now: Callable[[], int], limits: LimitSettings) -> None:
        self._database, self._vault, self._now = database, vault, now
        self._good_for_ms, self._attempts = limits.takeover_seconds * 1000, limits.takeover_attempts

    async def open(self, place: str, browser: str) -> str:
        """A six-digit code to mail to the person; it replaces the one that this browser asked for before."""
        code, now = f"{secrets.randbelow(10**6):06d}", self._now()
        row = {"place": place, "browser_hash": self._browser(browser),
               "code_hash": await self._kept(place, browser, code),
               "expires_at": now + self._good_for_ms, "attempts": 0}
        async with self._database.writing() as connection:
            await connection.execute(delete(codes).where(codes.c.expires_at <= now))
            await self._database.upsert(connection, codes, ("place", "browser_hash"), row)
        return code

    async def check(self, place: str, browser: str, code: str) -> str | None:
        """The code as it is kept, to `spend` it, when it is the right one: neither wrong, another browser's, late,
        used, nor tried too often."""
        async with self._database.writing() as connection:
            # Counted first, in one statement: two guesses at once are two guesses.
            counted = await connection.execute(
                update(codes).where(codes.c.place == place, codes.c.browser_hash == self._browser(browser),
                                    codes.c.expires_at > self._now(), codes.c.attempts < self._attempts)
                .values(attempts=codes.c.attempts + 1).returning(codes.c.code_hash))
            expected = counted.scalar_one_or_none()
        if expected is None:
            return None
        return expected if hmac.compare_digest(expected, await self._kept(place, browser, code)) else None

    async def spend(self, connection: AsyncConnection, place: str, browser: str, kept: str) -> None:
        """Inside the transaction of what the code opens. LookupError when the code, right a moment ago, was used or
        replaced since: nothing of this transaction may be kept then."""
        used = await connection.execute(delete(codes).where(
            codes.c.place == place, codes.c.browser_hash == self._browser(browser), codes.c.code_hash == kept))
        if not used.rowcount:
            raise LookupError("no such code")

    async def forget(self, connection: AsyncConnection, *places: str) -> None:
        """No code that was asked for there is good any more."""
        await connection.execute(delete(codes).where(codes.c.place.in_(places)))

    def _browser(self, secret: str) -> str:
        return self._vault.digest("browser", secret.encode())

    async def _kept(self, place: str, browser: str, code: str) -> str:
        """Beside the event loop: it takes some tenths of a second, on purpose."""
        slow = await asyncio.to_thread(hashlib.scrypt, code.encode(), salt=browser.encode(), dklen=32, **SLOWLY)
        return self._vault.digest(f"code:{place}", slow)
