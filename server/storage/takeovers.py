"""A seat changes browsers with a mailed code (X11)."""
from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.logins import Ended, LiveLogin, Logins
from server.storage.mailed_codes import SEAT, Codes


class Takeovers:
    """`browser` is the secret that tells one browser that asked from another."""

    def __init__(self, codes: Codes, logins: Logins) -> None:
        self._codes, self._logins = codes, logins

    async def open(self, seat: str, browser: str) -> str:
        """A six-digit code to mail to the person; it replaces the one that this browser asked for before."""
        return await self._codes.open(SEAT.format(seat), browser)

    async def check(self, seat: str, browser: str, code: str) -> str | None:
        """The code as it is kept, to `use` it, when it is the one to take the seat over with."""
        return await self._codes.check(SEAT.format(seat), browser, code)

    async def use(self, connection: AsyncConnection, seat: str, browser: str, kept: str, space: str = "") -> LiveLogin:
        """Inside the transaction that writes it into the journal (`handing_over`). The other browser's login ends, and
        so do codes that others have asked for.

        LookupError when the code, right a moment ago, was used or replaced since, and when another browser entered in
        between: nothing of this transaction may be kept then."""
        await self._codes.spend(connection, SEAT.format(seat), browser, kept)
        await self.forget(connection, seat)
        await self._logins.end(connection, seat, Ended.TAKEN_OVER)
        try:
            return await self._logins.begin(connection, seat, space)
        except IntegrityError as entered:
            raise LookupError("somebody else has just entered") from entered

    async def forget(self, connection: AsyncConnection, seat: str) -> None:
        """No code that was asked for is good any more."""
        await self._codes.forget(connection, SEAT.format(seat))
