"""A seat changes browsers with a mailed code (X11). A code is good for the browser that asked for it alone, once, for
minutes, and a few attempts. Codes are stored hashed only: slowly, as passwords are, salted with the browser's
secret, and then with a key that is not in the database."""
from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Final

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from server.config import LimitSettings
from server.storage.engine import Database
from server.storage.logins import Ended, LiveLogin, Logins
from server.storage.tables import takeovers
from server.storage.vault import Vault

SLOWLY: Final = {"n": 2**14, "r": 8, "p": 5}
"""Scrypt (RFC 7914), with the parameters that OWASP gives for 16 MB."""


class Takeovers:
    """`browser` is the secret that tells one browser that asked from another."""

    def __init__(self, database: Database, vault: Vault, now: Callable[[], int], limits: LimitSettings,
                 logins: Logins) -> None:
        self._database, self._vault, self._now, self._logins = database, vault, now, logins
        self._good_for_ms, self._attempts = limits.takeover_seconds * 1000, limits.takeover_attempts

    async def open(self, seat: str, browser: str) -> str:
        """A six-digit code to mail to the person; it replaces the one that this browser asked for before."""
        code, now = f"{secrets.randbelow(10**6):06d}", self._now()
        row = {"seat": seat, "browser_hash": self._browser(browser), "code_hash": await self._kept(seat, browser, code),
               "expires_at": now + self._good_for_ms, "attempts": 0}
        async with self._database.writing() as connection:
            await connection.execute(delete(takeovers).where(takeovers.c.expires_at <= now))
            await self._database.upsert(connection, takeovers, ("seat", "browser_hash"), row)
        return code

    async def check(self, seat: str, browser: str, code: str) -> str | None:
        """The code as it is kept, to `use` it, when it is the one to take the seat over with: neither wrong, another
        browser's, late, used, nor tried too often."""
        async with self._database.writing() as connection:
            # Counted first, in one statement: two guesses at once are two guesses.
            counted = await connection.execute(
                update(takeovers).where(takeovers.c.seat == seat, takeovers.c.browser_hash == self._browser(browser),
                                        takeovers.c.expires_at > self._now(), takeovers.c.attempts < self._attempts)
                .values(attempts=takeovers.c.attempts + 1).returning(takeovers.c.code_hash))
            expected = counted.scalar_one_or_none()
        if expected is None:
            return None
        return expected if hmac.compare_digest(expected, await self._kept(seat, browser, code)) else None

    async def use(self, connection: AsyncConnection, seat: str, browser: str, kept: str) -> LiveLogin:
        """Inside the transaction that writes it into the journal (`handing_over`). The other browser's login ends, and
        so do codes that others have asked for.

        LookupError when the code, right a moment ago, was used or replaced since, and when another browser entered in
        between: nothing of this transaction may be kept then."""
        used = await connection.execute(delete(takeovers).where(
            takeovers.c.seat == seat, takeovers.c.browser_hash == self._browser(browser),
            takeovers.c.code_hash == kept))
        if not used.rowcount:
            raise LookupError("no such code")
        await self.forget(connection, seat)
        await self._logins.end(connection, seat, Ended.TAKEN_OVER)
        try:
            return await self._logins.begin(connection, seat)
        except IntegrityError as entered:
            raise LookupError("somebody else has just entered") from entered

    async def forget(self, connection: AsyncConnection, seat: str) -> None:
        """No code that was asked for is good any more."""
        await connection.execute(delete(takeovers).where(takeovers.c.seat == seat))

    def _browser(self, secret: str) -> str:
        return self._vault.digest("browser", secret.encode())

    async def _kept(self, seat: str, browser: str, code: str) -> str:
        """Beside the event loop: it takes some tenths of a second, on purpose."""
        slow = await asyncio.to_thread(hashlib.scrypt, code.encode(), salt=browser.encode(), dklen=32, **SLOWLY)
        return self._vault.digest(f"takeover:{seat}", slow)
