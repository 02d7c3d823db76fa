"""People's spaces (X15): which browsers a person has proven to be theirs, how, since when, and why one no longer is.

A space holds everything of one person, so several browsers may hold it at once, each proven by itself. Cookies are
stored hashed only. A browser holds a space until the person logs out, there or from another browser, until it has not
come back for `login_days`, and until the night after `login_most_days`.
"""
from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.config import LimitSettings
from server.storage.database import Database
from server.storage.logins import DAY_MS, SEEN_STEP_MS, last_night
from server.storage.tables import logins, space_logins
from server.storage.vault import Vault


class How(StrEnum):
    """What proved that a browser is the person's."""

    LINK = "link"
    CODE = "code"
    PASSKEY = "passkey"
    PASSWORD = "password"
    OIDC = "oidc"


class SpaceEnded(StrEnum):
    """Why a browser holds its person's space no more."""

    LEFT = "left"
    PUT_OUT = "put_out"
    AGAIN = "again"
    IDLE = "idle"
    OLD = "old"


@dataclass(frozen=True)
class SpaceLogin:
    """One browser's hold of a space. `key` tells it from the others and opens nothing; `proven_at`: when what has
    proven the browser was given; `ended` is None while it holds."""

    key: str
    person: str
    how: How
    since: int
    proven_at: int
    seen_at: int
    ended: SpaceEnded | None = None


class Spaces:
    """`now` is the calendar: what ends a login is counted in days."""

    def __init__(self, database: Database, vault: Vault, now: Callable[[], int], limits: LimitSettings) -> None:
        self._database, self._vault, self._now = database, vault, now
        self._idle_ms, self._most_days = limits.login_days * DAY_MS, limits.login_most_days
        self.on_ended: list[Callable[[str], None]] = []
        """Told the person whose space a browser holds no more, whatever ended it."""

    async def open(self, person: str, how: How, *, before: str = "") -> str:
        """The cookie of a browser that has just been proven. `before` is the one it came with: worth nothing more."""
        async with self._database.writing() as connection:
            return await self.begin(connection, person, how, before=before)

    async def begin(self, connection: AsyncConnection, person: str, how: How, *, before: str = "",
                    goes_on: SpaceLogin | None = None, proven_at: int | None = None) -> str:
        """The same inside the caller's transaction. `goes_on`: the hold of this browser, which is no new one.
        `proven_at`: now, unless it is said."""
        cookie, now = secrets.token_urlsafe(32), self._now()
        if before:
            await self._end(connection, person, SpaceEnded.AGAIN, space_logins.c.cookie_hash == self._hash(before))
            await connection.execute(update(logins).where(logins.c.space_hash == self._hash(before)).values(
                space_hash=self._hash(cookie)))
        await connection.execute(insert(space_logins), [
            {"cookie_hash": self._hash(cookie), "person": person, "how": how.value, "seen_at": now,
             "since": now if goes_on is None else goes_on.since,
             "proven_at": now if proven_at is None else proven_at}])
        return cookie

    async def of(self, cookie: str, person: str) -> SpaceLogin | None:
        """The hold that this cookie is of the person's space. None when it is none, or no longer."""
        found = await self.standing(cookie, person)
        if found is None or found.ended is not None:
            return None
        if self._now() - found.seen_at >= SEEN_STEP_MS:
            async with self._database.writing() as connection:
                await connection.execute(update(space_logins).where(
                    space_logins.c.cookie_hash == found.key, space_logins.c.ended_at.is_(None))
                    .values(seen_at=self._now()))
        return found

    async def standing(self, cookie: str, person: str) -> SpaceLogin | None:
        """What a cookie was given for, and why it holds it no more. None for a cookie never given for this space."""
        query = select(space_logins).where(space_logins.c.cookie_hash == self._hash(cookie),
                                           space_logins.c.person == person)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else self._login(row)

    async def browsers(self, person: str) -> tuple[SpaceLogin, ...]:
        """Every browser that holds the space now, the newest first."""
        async with self._database.reading() as connection:
            return await self.holding(connection, person)

    async def holding(self, connection: AsyncConnection, person: str) -> tuple[SpaceLogin, ...]:
        """The same inside the caller's transaction."""
        query = select(space_logins).where(space_logins.c.person == person, space_logins.c.ended_at.is_(None)).order_by(
            space_logins.c.since.desc(), space_logins.c.cookie_hash)
        found = [self._login(row) for row in await connection.execute(query)]
        return tuple(one for one in found if one.ended is None)

    def among(self, holding: Iterable[SpaceLogin], cookie: str) -> SpaceLogin | None:
        """The browser with this cookie, if it is one of them."""
        key = self._hash(cookie)
        return next((one for one in holding if one.key == key), None)

    async def last_proof(self, connection: AsyncConnection, person: str) -> int:
        """When what has proven the person's browsers last was given; 0 when none holds the space."""
        return max((one.proven_at for one in await self.holding(connection, person)), default=0)

    async def end(self, cookie: str, person: str) -> bool:
        """Log this browser out. False when it held nothing."""
        async with self._database.writing() as connection:
            mine = space_logins.c.cookie_hash == self._hash(cookie)
            ended = await self._end(connection, person, SpaceEnded.LEFT, mine)
        return self._told(person, ended) > 0

    async def end_one(self, person: str, key: str) -> int:
        """Put the browser with this `SpaceLogin.key` out of its person's space; how many were: 0 or 1."""
        async with self._database.writing() as connection:
            ended = await self._end(connection, person, SpaceEnded.PUT_OUT, space_logins.c.cookie_hash == key)
        return self._told(person, ended)

    async def end_all(self, person: str, *, but: str = "") -> int:
        """Put every browser out of the space, except the one with the cookie `but`; how many were."""
        async with self._database.writing() as connection:
            ended = await self.put_out(connection, person, but=but)
        return self._told(person, ended)

    async def tend(self) -> None:
        """To be called all the time: ends what is over by time alone, so that nothing that was opened with it outlives
        it."""
        async with self._database.reading() as connection:
            if not await self._late_now(connection):
                return
        async with self._database.writing() as connection:
            late = await self._late_now(connection)  # one that came back meanwhile has been seen, and stays
            for one, why in late:
                await self._end(connection, one.person, why, space_logins.c.cookie_hash == one.key)
        for person in dict.fromkeys(one.person for one, _why in late):
            self._told(person, 1)

    async def _late_now(self, connection: AsyncConnection) -> list[tuple[SpaceLogin, SpaceEnded]]:
        found = map(self._login, await connection.execute(self._may_be_late()))
        return [(one, one.ended) for one in found if one.ended is not None]

    def _may_be_late(self) -> Any:
        """What the database can tell of `_late`, which looks closer."""
        now = self._now()
        return select(space_logins).where(space_logins.c.ended_at.is_(None), or_(
            space_logins.c.seen_at < now - self._idle_ms, space_logins.c.since < now - self._most_days * DAY_MS))

    def _told(self, person: str, ended: int) -> int:
        """What those browsers had opened ends with their hold."""
        for told in self.on_ended if ended else ():
            told(person)
        return ended

    async def put_out(self, connection: AsyncConnection, person: str, *, but: str = "") -> int:
        """`end_all` inside the caller's transaction."""
        others = space_logins.c.cookie_hash != self._hash(but)
        return await self._end(connection, person, SpaceEnded.PUT_OUT, others)

    async def _end(self, connection: AsyncConnection, person: str, why: SpaceEnded, condition: Any) -> int:
        ended = await connection.execute(update(space_logins).where(
            space_logins.c.person == person, space_logins.c.ended_at.is_(None), condition).values(
            ended_at=self._now(), ended_why=why.value))
        return ended.rowcount

    def _login(self, row: Row[Any]) -> SpaceLogin:
        ended = SpaceEnded(row.ended_why) if row.ended_at is not None else self._late(row)
        return SpaceLogin(row.cookie_hash, row.person, How(row.how), row.since, row.proven_at, row.seen_at, ended)

    def _late(self, row: Row[Any]) -> SpaceEnded | None:
        now = self._now()
        if now >= last_night(row.since, self._most_days):
            return SpaceEnded.OLD
        return SpaceEnded.IDLE if now - row.seen_at > self._idle_ms else None

    def _hash(self, cookie: str) -> str:
        return self._vault.digest("space", cookie.encode())
