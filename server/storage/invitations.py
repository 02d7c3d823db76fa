"""What opens a person's space (X11, X15): a link by a click on it, once, and then a mailed code in a further browser.

A link opens by itself where nobody holds the space and it has not been used: a forwarded one opens nothing. In a
browser that holds the space it may be clicked again. Tokens are random and stored hashed only.
"""
from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.database import Database
from server.storage.mailed_codes import SPACE, Codes
from server.storage.spaces import How, SpaceLogin, Spaces
from server.storage.tables import invitations
from server.storage.vault import Vault

Together = Callable[[AsyncConnection], Awaitable[None]]


@dataclass(frozen=True)
class Invitation:
    """A link: whose, and in which seat's name it was mailed. `opened`: it opens by itself no more; `replaced`: nor
    otherwise."""

    person: str
    seat: str | None
    opened: bool
    replaced: bool


class Invitations:
    """`now` is the calendar, as that of `spaces`."""

    def __init__(self, database: Database, vault: Vault, now: Callable[[], int], spaces: Spaces, codes: Codes) -> None:
        self._database, self._vault, self._now, self._spaces, self._codes = database, vault, now, spaces, codes

    # Given

    async def give(self, person: str, seat: str | None = None) -> str:
        """A new secret token for a link; links given before keep working."""
        token = secrets.token_urlsafe(32)
        async with self._database.writing() as connection:
            await self._add(connection, person, token, seat=seat, created_at=self._now())
        return token

    async def renew(self, connection: AsyncConnection, person: str, seat: str, token: str) -> None:
        """Inside the transaction that writes it into the journal: links mailed for the seat before open nothing, and
        what has proven a browser before lets it into the seat no more. The rest of the space is not touched: it is the
        person's."""
        await connection.execute(update(invitations).where(
            invitations.c.seat == seat, invitations.c.replaced_at.is_(None)).values(replaced_at=self._now()))
        last = await self._spaces.last_proof(connection, person)
        await self._add(connection, person, token, seat=seat, renews=True, created_at=max(self._now(), last + 1))

    async def _add(self, connection: AsyncConnection, person: str, token: str, *, seat: str | None, created_at: int,
                   renews: bool = False) -> None:
        await connection.execute(insert(invitations), [
            {"token_hash": self._hash(token), "person": person, "seat": seat, "renews": renews,
             "created_at": created_at}])

    # Looked at

    async def found(self, token: str) -> Invitation | None:
        """What a link is, changing nothing (a mail scanner may look). None for one never given."""
        async with self._database.reading() as connection:
            row = (await connection.execute(self._named(token))).one_or_none()
        if row is None:
            return None
        return Invitation(row.person, row.seat, row.opened_at is not None, row.replaced_at is not None)

    async def lets_in(self, login: SpaceLogin, seat: str) -> bool:
        """Whether what has proven this browser was given after the seat's link was last replaced."""
        query = select(func.max(invitations.c.created_at)).where(
            invitations.c.seat == seat, invitations.c.renews.is_(True))
        async with self._database.reading() as connection:
            renewed = await connection.scalar(query)
        return renewed is None or login.proven_at >= renewed

    # Opened

    async def open(self, token: str, cookie: str = "") -> str | None:
        """After the click, with the cookie that the browser has for the space: its new one. None where a code is
        needed. LookupError when the link is unknown or replaced."""
        async with self._database.writing() as connection:
            link = (await connection.execute(self._named(token))).one_or_none()
            if link is None or link.replaced_at is not None:
                raise LookupError("no such link")
            # Two browsers with two links of one person, at once: one of them is the second.
            await connection.execute(
                select(invitations.c.token_hash).where(invitations.c.person == link.person).with_for_update())
            opened_at = await connection.scalar(self._named(token).with_only_columns(invitations.c.opened_at))
            holding = await self._spaces.holding(connection, link.person)
            mine = self._spaces.among(holding, cookie)
            if mine is None and (opened_at is not None or holding):
                return None
            await connection.execute(update(invitations).where(
                invitations.c.token_hash == link.token_hash, invitations.c.opened_at.is_(None))
                .values(opened_at=self._now()))
            proven_at = max(link.created_at, mine.proven_at if mine is not None else 0)
            # What a browser was proven by, and when, stays as it was: a mailed link alone makes nobody sign in again.
            how = How.LINK if mine is None else mine.how
            return await self._spaces.begin(connection, link.person, how, before=cookie, goes_on=mine,
                                            proven_at=proven_at)

    async def ask_code(self, person: str, browser: str) -> str:
        """A code to mail to the person, for this browser to type."""
        return await self._codes.open(SPACE.format(person), browser)

    async def open_with_code(self, person: str, browser: str, code: str, *, together: Together) -> str | None:
        """The cookie of a browser in which the mailed code was typed; `together` is written with it, or nothing is.
        None when the code is wrong, another browser's, late, used, or tried too often."""
        place = SPACE.format(person)
        kept = await self._codes.check(place, browser, code)
        if kept is None:
            return None
        try:
            async with self._database.writing() as connection:
                await self._codes.spend(connection, place, browser, kept)
                await together(connection)
                return await self._spaces.begin(connection, person, How.CODE)
        except LookupError:
            return None

    def _named(self, token: str) -> Any:
        return select(invitations).where(invitations.c.token_hash == self._hash(token))

    def _hash(self, token: str) -> str:
        return self._vault.digest("invitation", token.encode())
