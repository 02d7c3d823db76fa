"""Logins (X11): which browser holds a seat, since when, and why it no longer does. Cookies are stored hashed only.

A login ends when the person logs out, of the seat or of the space it was entered from, when another browser takes the
seat over, when the organizer renews the link, when the browser has not come back for `login_days`, in the night after
`login_most_days`, and with the session. What
was opened with it (streams, media) is closed by who listens to `on_ended`, or to the journal where that tells of it.
"""
from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, and_, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.deadlines import day_of, end_of
from evaluation.people import Role
from evaluation.session import access
from server.config import LimitSettings
from server.storage.database import Database
from server.storage.seats import SeatEntry, entry_of
from server.storage.tables import invitations, logins, phones, seats, sessions, space_logins
from server.storage.vault import Vault

DAY_MS = 86_400_000
SPACE_OVER = ("left", "put_out")
"""How a browser's hold of a space ends (`spaces.SpaceEnded`) that takes with it the seats entered from there."""
SEEN_STEP_MS = 300_000
"""That a browser was seen is written down this often at most: what it decides is counted in days."""


class Ended(StrEnum):
    """Why a browser holds its seat no more."""

    LEFT = "left"
    TAKEN_OVER = "taken_over"
    RENEWED = "renewed"
    IDLE = "idle"
    OLD = "old"
    CLOSED = "closed"


@dataclass(frozen=True)
class LiveLogin:
    """`cookie` is the secret to give to the browser; it cannot be read again."""

    seat: str
    cookie: str


@dataclass(frozen=True)
class Standing:
    """What a cookie is worth: the seat it is of, and why it holds it no more (None: it does)."""

    entry: SeatEntry
    ended: Ended | None


@dataclass(frozen=True)
class WayIn:
    """How a seat stands, for the organizer. `opened`: its link was; `since`: when the browser that holds it came in;
    `ended_at`, `ended`: when and why the last one ended, where none does."""

    opened: bool = False
    since: int | None = None
    ended_at: int | None = None
    ended: Ended | None = None


class Logins:
    """`on_ended` is told (session, seat, why) of every login that ended without a line in the journal. `now` is the
    calendar: what ends a login is counted in days."""

    def __init__(self, database: Database, vault: Vault, now: Callable[[], int], limits: LimitSettings) -> None:
        self._database, self._vault, self._now = database, vault, now
        self._idle_ms, self._most_days = limits.login_days * DAY_MS, limits.login_most_days
        self._seen: dict[str, int] = {}
        """By seat: when its browser was last seen, while that is recent."""
        self._unwritten: dict[str, int] = {}
        self.changes = 0
        """How often this process has begun or ended one: whoever shows them looks again when it grows."""
        self.on_ended: list[Callable[[str, str, Ended], None]] = []

    async def enter(self, entry: SeatEntry, cookie: str = "", space: str = "") -> LiveLogin | None:
        """From the person's space (`SpaceLogin.key`). The browser that holds the seat (`cookie`) gets a new secret for
        its login, and the old one is worth nothing more. None when another browser holds the seat: `codes.open`, then
        `codes.use`.

        LookupError when the seat's session is closed."""
        if entry.closed:
            raise LookupError("closed")
        old = self._hash(cookie)
        try:
            async with self._database.writing() as connection:
                late = await self._end_late(connection, logins.c.seat == entry.seat)
                login = (await self._again(connection, entry.seat, old, space)
                         or await self.begin(connection, entry.seat, space))
        except IntegrityError:
            return None
        self.changes += 1
        for one, why in late:
            self._tell(one.session, one.seat, why)
        return login

    async def begin(self, connection: AsyncConnection, seat: str, space: str = "") -> LiveLogin:
        """Inside the caller's transaction. IntegrityError when a browser holds the seat."""
        cookie, now = secrets.token_urlsafe(32), self._now()
        await connection.execute(insert(logins), [
            {"cookie_hash": self._hash(cookie), "seat": seat, "space_hash": space or None, "since": now,
             "seen_at": now}])
        return LiveLogin(seat, cookie)

    async def _again(self, connection: AsyncConnection, seat: str, old: str, space: str) -> LiveLogin | None:
        """A new secret for a login that goes on: what it has opened stays open. The secret before the present one is
        enough to ask for the next, as when a button was pressed twice and only the second answer arrived."""
        cookie, now = secrets.token_urlsafe(32), self._now()
        its = and_(logins.c.seat == seat, logins.c.ended_at.is_(None),
                   or_(logins.c.cookie_hash == old, logins.c.before_hash == old))
        present = await connection.scalar(select(logins.c.cookie_hash).where(its))
        if present is None:
            return None
        new = self._hash(cookie)
        await connection.execute(update(logins).where(logins.c.cookie_hash == present).values(
            cookie_hash=new, before_hash=old, space_hash=space or None, since=now, seen_at=now))
        await connection.execute(update(phones).where(phones.c.login_hash == present).values(login_hash=new))
        return LiveLogin(seat, cookie)

    async def logged_in(self, cookie: str) -> SeatEntry | None:
        """The seat a cookie holds. None when it holds none, or no longer."""
        found = await self.standing(cookie)
        return found.entry if found is not None and found.ended is None else None

    async def standing(self, cookie: str) -> Standing | None:
        """None for a cookie we never gave. A browser that holds its seat has been seen."""
        query = _with_seat().where(logins.c.cookie_hash == self._hash(cookie))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        ended = Ended(row.ended_why or Ended.LEFT) if row.ended_at is not None else self._late(row)
        if ended is None:
            self._has_seen(row.seat, row.seen_at)
        return Standing(entry_of(row), ended)

    def _has_seen(self, seat: str, before: int) -> None:
        now = self._now()
        if now - max(before, self._seen.get(seat, 0)) >= SEEN_STEP_MS:
            self._seen[seat] = self._unwritten[seat] = now

    def _late(self, row: Row[Any]) -> Ended | None:
        """Why a login that nobody has ended is over all the same."""
        now = self._now()
        if not access.keeps_page(Role(row.role), row.closed_at is not None):
            return Ended.CLOSED
        if row.space_ended in SPACE_OVER:
            return Ended.LEFT
        if now >= last_night(row.since, self._most_days):
            return Ended.OLD
        return Ended.IDLE if now - max(row.seen_at, self._seen.get(row.seat, 0)) > self._idle_ms else None

    # Endings

    async def leave(self, cookie: str) -> SeatEntry | None:
        """Log out. None when the cookie held no seat."""
        entry = await self.logged_in(cookie)
        if entry is None:
            return None
        async with self._database.writing() as connection:
            ended = await self._end(connection, logins.c.cookie_hash == self._hash(cookie), Ended.LEFT)
        if not ended:
            return None
        self._tell(entry.session, entry.seat, Ended.LEFT)
        return entry

    async def end(self, connection: AsyncConnection, seat: str, why: Ended) -> None:
        """Inside the transaction that writes it into the journal: whoever listens there tells."""
        await self._end(connection, logins.c.seat == seat, why)

    async def _end(self, connection: AsyncConnection, condition: Any, why: Ended) -> int:
        ended = await connection.execute(update(logins).where(condition, logins.c.ended_at.is_(None)).values(
            ended_at=self._now(), ended_why=why.value))
        self.changes += 1
        return ended.rowcount

    async def tend(self, open_at: Collection[str]) -> None:
        """To be called all the time: writes down who was seen (`open_at`: seats whose page is open now), and ends the
        logins that are over, so that nothing that was opened with one outlives it."""
        for seat in open_at:
            self._has_seen(seat, 0)
        await self._write_seen()
        async with self._database.reading() as connection:
            due = (await connection.execute(_with_seat().where(self._may_be_late()))).all()
        if not any(self._late(row) for row in due):
            return
        async with self._database.writing() as connection:
            ended = await self._end_late(connection, logins.c.cookie_hash.in_([row.cookie_hash for row in due]))
        for entry, why in ended:
            self._tell(entry.session, entry.seat, why)

    async def _write_seen(self) -> None:
        news = dict(self._unwritten)
        if not news:
            return
        async with self._database.writing() as connection:
            for seat, at in news.items():
                await connection.execute(update(logins).where(
                    logins.c.seat == seat, logins.c.seen_at < at, logins.c.ended_at.is_(None)).values(seen_at=at))
        self._unwritten = {seat: at for seat, at in self._unwritten.items() if news.get(seat) != at}
        self._seen = {seat: at for seat, at in self._seen.items() if self._now() - at < SEEN_STEP_MS}

    def _may_be_late(self) -> Any:
        """What the database can tell of `_late`, which looks closer."""
        now = self._now()
        stays = [role.value for role in Role if access.keeps_page(role, closed=True)]
        return and_(logins.c.ended_at.is_(None), or_(
            space_logins.c.ended_why.in_(SPACE_OVER), logins.c.seen_at < now - self._idle_ms,
            logins.c.since < now - self._most_days * DAY_MS,
            and_(sessions.c.closed_at.is_not(None), seats.c.role.not_in(stays))))

    async def _end_late(self, connection: AsyncConnection, condition: Any) -> list[tuple[SeatEntry, Ended]]:
        rows = (await connection.execute(_with_seat().where(condition, logins.c.ended_at.is_(None)))).all()
        late = [(row, why) for row in rows if (why := self._late(row)) is not None]
        for row, why in late:
            await self._end(connection, logins.c.cookie_hash == row.cookie_hash, why)
        return [(entry_of(row), why) for row, why in late]

    def _tell(self, session: str, seat: str, why: Ended) -> None:
        for tell in self.on_ended:
            tell(session, seat, why)

    # For the organizer

    async def ways_in(self, of: Collection[str]) -> Mapping[str, WayIn]:
        """By seat, for all that are asked."""
        wanted = list(of)
        async with self._database.reading() as connection:
            opened = set(await connection.scalars(select(invitations.c.seat).where(
                invitations.c.seat.in_(wanted), invitations.c.opened_at.is_not(None),
                invitations.c.replaced_at.is_(None))))
            rows = (await connection.execute(
                _with_seat().where(logins.c.seat.in_(wanted)).order_by(logins.c.since, logins.c.ended_at))).all()
        last = {row.seat: row for row in sorted(rows, key=lambda row: (row.ended_at is None, row.ended_at or 0))}
        return {seat: self._way_in(seat in opened, last.get(seat)) for seat in wanted}

    def _way_in(self, opened: bool, row: Row[Any] | None) -> WayIn:
        """Whoever has entered since the link was last replaced has opened it, or another one of theirs."""
        if row is None:
            return WayIn(opened)
        opened = opened or row.ended_why != Ended.RENEWED
        if row.ended_at is None and self._late(row) is None:
            return WayIn(opened, since=row.since)
        return WayIn(opened, ended_at=row.ended_at, ended=Ended(row.ended_why) if row.ended_why else None)

    def _hash(self, cookie: str) -> str:
        return self._vault.digest("cookie", cookie.encode())


def last_night(since: int, days: int) -> int:
    """The Paris midnight that ends a login which began at `since`: never while a jury sits."""
    return end_of(day_of(since) + timedelta(days=days))


def _with_seat() -> Any:
    here = logins.join(seats, seats.c.id == logins.c.seat).join(sessions, sessions.c.id == seats.c.session).outerjoin(
        space_logins, space_logins.c.cookie_hash == logins.c.space_hash)
    return select(logins, seats.c.id, seats.c.session, seats.c.person, seats.c.role, seats.c.hearing,
                  sessions.c.closed_at, space_logins.c.ended_why.label("space_ended")).select_from(here)
