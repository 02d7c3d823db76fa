"""People, invitations, logins and takeover codes (X11). Tokens and cookies are random and stored hashed only."""
from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from server import logs
from server.config import LimitSettings
from server.storage.engine import Database
from server.storage.tables import closed_devices, invitations, logins, people, phones, seats, sessions, takeovers
from server.storage.vault import Erased, Unreadable, Vault

log = logs.logger(__name__)


@dataclass(frozen=True)
class SeatEntry:
    """Where a seat is. `closed` once its session is."""

    seat: str
    session: str
    person: str
    role: str
    hearing: str | None
    closed: bool


@dataclass(frozen=True)
class LiveLogin:
    """`cookie` is the secret to give to the browser; it cannot be read again."""

    seat: str
    cookie: str


class Accounts:
    def __init__(self, database: Database, vault: Vault, now: Callable[[], int], limits: LimitSettings) -> None:
        self._database, self._vault, self._now = database, vault, now
        self._takeover_ms, self._takeover_attempts = limits.takeover_seconds * 1000, limits.takeover_attempts
        self._phone_ms = limits.phone_seconds * 1000
        self._profiles: dict[str, dict[str, Any]] = {}
        self.forgotten = 0
        """How many people this process has dropped from memory: whoever shows names looks again when it grows."""
        vault.on_erased.append(self._forget)

    # People

    async def save_person(self, person: str, profile: Mapping[str, Any]) -> None:
        """Replace the profile whole: name, first_name, email, company, birth_date…"""
        key = await self._vault.key(person)
        row = {"id": person, "sealed": key.seal(f"person:{person}", json.dumps(dict(profile)).encode())}
        async with self._database.writing() as connection:
            await self._upsert(connection, people, "id", row)
        self._profiles[person] = dict(profile)

    async def profile(self, person: str) -> dict[str, Any] | None:
        """None for somebody unknown or erased, or whose record is damaged."""
        if person in self._profiles:
            return self._profiles[person]
        async with self._database.reading() as connection:
            sealed = await connection.scalar(select(people.c.sealed).where(people.c.id == person))
        if sealed is None:
            return None
        try:
            key = await self._vault.key(person)
            found: dict[str, Any] = json.loads(key.open(f"person:{person}", sealed))
        except Erased:
            return None
        except Unreadable:  # shown as somebody without a name, and the operator is told
            log.error("vault.person_damaged", record=person)
            return None
        if self._vault.is_erased(person):  # while it was read
            return None
        self._profiles[person] = found
        return found

    async def erase_person(self, person: str) -> None:
        """X1. Their links end, their key is destroyed; the journal still verifies."""
        async with self._database.writing() as connection:
            mine = select(seats.c.id).where(seats.c.person == person)
            for table in (invitations, logins, takeovers, phones, closed_devices):
                await connection.execute(delete(table).where(table.c.seat.in_(mine)))
        await self._vault.erase(person)

    # Seats

    async def seat(self, seat: str) -> SeatEntry | None:
        return await self._seat_where(seats.c.id == seat)

    async def _seat_where(self, condition: Any) -> SeatEntry | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(self._seats().where(condition))).one_or_none()
        return None if row is None else _entry(row)

    def _seats(self) -> Any:
        return select(seats, sessions.c.closed_at).join(sessions, sessions.c.id == seats.c.session)

    # Invitations

    async def invite(self, seat: str) -> str:
        """A new secret token for the seat's link; links given before keep working until the session closes."""
        token = secrets.token_urlsafe(32)
        row = {"token_hash": self._hash("invitation", token), "seat": seat, "created_at": self._now()}
        async with self._database.writing() as connection:
            await connection.execute(insert(invitations), [row])
        return token

    async def invited(self, token: str) -> SeatEntry | None:
        """The seat a link leads to, changing nothing (a mail scanner may look). None if unknown; see `closed`."""
        hashed = self._hash("invitation", token)
        return await self._seat_where(
            seats.c.id.in_(select(invitations.c.seat).where(invitations.c.token_hash == hashed)))

    async def link_opened(self, seat: str) -> bool:
        """Whether somebody has clicked their way in."""
        query = select(invitations.c.seat).where(invitations.c.seat == seat, invitations.c.opened_at.is_not(None))
        async with self._database.reading() as connection:
            return (await connection.scalar(query.limit(1))) is not None

    # Logins: one live seat at a time

    async def enter(self, token: str) -> LiveLogin | None:
        """After the click. None when the seat is held by another browser: `open_takeover`, then `take_over`.

        LookupError when the link is unknown or its session closed."""
        entry = await self.invited(token)
        if entry is None or entry.closed:
            raise LookupError("no such link")
        try:
            async with self._database.writing() as connection:
                login = await self._log_in(connection, entry.seat)
                await connection.execute(
                    update(invitations).where(invitations.c.token_hash == self._hash("invitation", token),
                                              invitations.c.opened_at.is_(None)).values(opened_at=self._now()))
        except IntegrityError:
            return None
        return login

    async def logged_in(self, cookie: str) -> SeatEntry | None:
        """The seat a cookie holds. None when it holds none, or no longer."""
        hashed = self._hash("cookie", cookie)
        return await self._seat_where(seats.c.id.in_(
            select(logins.c.seat).where(logins.c.cookie_hash == hashed, logins.c.ended_at.is_(None))))

    async def was_taken_over(self, cookie: str) -> bool:
        """Whether this cookie held a seat until another browser took it: for a page that says so."""
        hashed = self._hash("cookie", cookie)
        query = select(logins.c.seat).where(logins.c.cookie_hash == hashed, logins.c.ended_at.is_not(None))
        async with self._database.reading() as connection:
            return (await connection.scalar(query)) is not None

    async def _log_in(self, connection: AsyncConnection, seat: str) -> LiveLogin:
        cookie = secrets.token_urlsafe(32)
        row = {"cookie_hash": self._hash("cookie", cookie), "seat": seat, "since": self._now()}
        await connection.execute(insert(logins), [row])
        return LiveLogin(seat, cookie)

    # A phone as the seat's second camera

    async def offer_phone(self, cookie: str) -> str:
        """A short-lived secret by which one phone may film at the seat this cookie holds. It ends the phone before.

        LookupError when the cookie holds no seat."""
        entry = await self.logged_in(cookie)
        if entry is None:
            raise LookupError("no such login")
        token = secrets.token_urlsafe(32)
        row = {"seat": entry.seat, "login_hash": self._hash("cookie", cookie), "token_hash": self._hash("phone", token),
               "expires_at": self._now() + self._phone_ms, "cookie_hash": None}
        async with self._database.writing() as connection:
            await self._upsert(connection, phones, "seat", row)
        return token

    async def offered_phone(self, token: str) -> SeatEntry | None:
        """The seat a phone's link leads to, changing nothing. None once it was used, or is late."""
        return await self._phone_where(phones.c.token_hash == self._hash("phone", token),
                                       phones.c.cookie_hash.is_(None), phones.c.expires_at > self._now())

    async def pair_phone(self, token: str) -> LiveLogin | None:
        """The link is used up. None when it was already, or is late."""
        entry, cookie = await self.offered_phone(token), secrets.token_urlsafe(32)
        if entry is None:
            return None
        async with self._database.writing() as connection:
            paired = await connection.execute(
                update(phones).where(phones.c.token_hash == self._hash("phone", token), phones.c.cookie_hash.is_(None))
                .values(cookie_hash=self._hash("phone cookie", cookie)))
        return LiveLogin(entry.seat, cookie) if paired.rowcount else None

    async def phone_at(self, cookie: str) -> SeatEntry | None:
        """The seat at which the phone with this cookie films. None when it does no longer."""
        return await self._phone_where(phones.c.cookie_hash == self._hash("phone cookie", cookie))

    async def has_phone(self, seat: str) -> bool:
        return await self._phone_where(phones.c.seat == seat, phones.c.cookie_hash.is_not(None)) is not None

    async def end_phone(self, seat: str) -> None:
        async with self._database.writing() as connection:
            await connection.execute(delete(phones).where(phones.c.seat == seat))

    async def _phone_where(self, *conditions: Any) -> SeatEntry | None:
        asked_by = phones.join(logins, logins.c.cookie_hash == phones.c.login_hash)
        live = select(phones.c.seat).select_from(asked_by).where(logins.c.ended_at.is_(None), *conditions)
        entry = await self._seat_where(seats.c.id.in_(live))
        return None if entry is None or entry.closed else entry

    # Takeover by a mailed code

    async def open_takeover(self, seat: str) -> str:
        """A six-digit code to mail to the person; it replaces the one before."""
        code = f"{secrets.randbelow(10**6):06d}"
        row = {"seat": seat, "code_hash": self._hash(f"takeover:{seat}", code),
               "expires_at": self._now() + self._takeover_ms, "attempts": 0}
        async with self._database.writing() as connection:
            await self._upsert(connection, takeovers, "seat", row)
        return code

    async def check_code(self, seat: str, code: str) -> bool:
        """Whether it is the code to take the seat over with: neither wrong, late, used, nor tried too often."""
        async with self._database.writing() as connection:
            # Counted first, in one statement: two guesses at once are two guesses.
            counted = await connection.execute(
                update(takeovers).where(takeovers.c.seat == seat, takeovers.c.expires_at > self._now(),
                                        takeovers.c.attempts < self._takeover_attempts)
                .values(attempts=takeovers.c.attempts + 1).returning(takeovers.c.code_hash))
            expected = counted.scalar_one_or_none()
        return expected is not None and hmac.compare_digest(expected, self._hash(f"takeover:{seat}", code))

    async def take_over(self, connection: AsyncConnection, seat: str, code: str) -> LiveLogin:
        """Inside the transaction that writes it into the journal (`handing_over`). The other browser's cookie ends.

        LookupError when the code, right a moment ago, was used or replaced since, and when another browser entered in
        between: nothing of this transaction may be kept then."""
        used = await connection.execute(delete(takeovers).where(
            takeovers.c.seat == seat, takeovers.c.code_hash == self._hash(f"takeover:{seat}", code)))
        if not used.rowcount:
            raise LookupError("no such code")
        await connection.execute(update(logins).where(logins.c.seat == seat, logins.c.ended_at.is_(None))
                                 .values(ended_at=self._now()))
        try:
            return await self._log_in(connection, seat)
        except IntegrityError as entered:
            raise LookupError("somebody else has just entered") from entered

    def _forget(self, person: str) -> None:
        self._profiles.pop(person, None)
        self.forgotten += 1

    def _hash(self, what: str, secret: str) -> str:
        return self._vault.digest(what, secret.encode())

    async def _upsert(self, connection: AsyncConnection, table: Any, key: str, row: dict[str, Any]) -> None:
        dialect = sqlite if self._database.sqlite else postgresql
        others = {name: value for name, value in row.items() if name != key}
        added = dialect.insert(table).values(row)
        await connection.execute(added.on_conflict_do_update(index_elements=[key], set_=others))


def _entry(row: Any) -> SeatEntry:
    return SeatEntry(row.id, row.session, row.person, row.role, row.hearing, row.closed_at is not None)
