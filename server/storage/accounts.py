"""People and their invitations (X11): links that open a seat. Tokens are random and stored hashed only. Beside them,
what a link leads to: `logins`, `codes` to take a seat over, `phones`."""
from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server import logs
from server.clock import calendar_of
from server.config import LimitSettings
from server.storage.engine import Database
from server.storage.logins import Ended, LiveLogin, Logins
from server.storage.names import Names
from server.storage.phones import Phones
from server.storage.seats import SeatEntry, find_seat
from server.storage.spaces import Spaces
from server.storage.tables import (
    ceremonies,
    closed_devices,
    entry_links,
    invitations,
    logins,
    passkeys,
    passwords,
    people,
    phones,
    provider_subjects,
    seats,
    sign_ins,
    space_logins,
    takeovers,
)
from server.storage.takeovers import Takeovers
from server.storage.vault import Erased, Unreadable, Vault

log = logs.logger(__name__)


class Accounts:
    def __init__(self, database: Database, vault: Vault, now: Callable[[], int], limits: LimitSettings) -> None:
        self._database, self._vault, self._now = database, vault, now
        self.logins = Logins(database, vault, calendar_of(now), limits)
        self.codes = Takeovers(database, vault, now, limits, self.logins)
        self.names = Names(database, vault)
        self.spaces = Spaces(database, vault, calendar_of(now), limits)
        self.phones = Phones(database, vault, now, limits, self.logins)
        self._profiles: dict[str, dict[str, Any]] = {}
        self.forgotten = 0
        """How many people this process has dropped from memory: whoever shows names looks again when it grows."""
        vault.on_erased.append(self._forget)

    # People

    async def save_person(self, person: str, profile: Mapping[str, Any]) -> None:
        """Replace the profile whole: name, first_name, email, company, birth_date…"""
        key = await self._vault.key(person)
        row = {"id": person, "sealed": key.seal(f"person:{person}", json.dumps(dict(profile)).encode()),
               "email_hash": self._email(str(profile.get("email", "")))}
        async with self._database.writing() as connection:
            await self._database.upsert(connection, people, ("id",), row)
            await self.names.keep(connection, person, profile)
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

    async def people_at(self, email: str) -> tuple[str, ...]:
        """Whose letters go to this address."""
        query = select(people.c.id).where(people.c.email_hash == self._email(email)).order_by(people.c.id)
        async with self._database.reading() as connection:
            return tuple(await connection.scalars(query))

    def _email(self, email: str) -> str | None:
        """Written small or large, it is one address."""
        return self._hash("email", email.strip().casefold()) if email.strip() else None

    async def erase_person(self, person: str) -> None:
        """X1. Their links end, their key is destroyed; the journal still verifies."""
        async with self._database.writing() as connection:
            mine = select(seats.c.id).where(seats.c.person == person)
            for table in (space_logins, passkeys, passwords, provider_subjects, entry_links, ceremonies, sign_ins):
                await connection.execute(delete(table).where(table.c.person == person))
            await connection.execute(update(people).where(people.c.id == person).values(email_hash=None))
            for table in (invitations, logins, takeovers, phones, closed_devices):
                await connection.execute(delete(table).where(table.c.seat.in_(mine)))
        await self._vault.erase(person)

    # Seats

    async def seat(self, seat: str) -> SeatEntry | None:
        return await self._seat_where(seats.c.id == seat)

    async def _seat_where(self, condition: Any) -> SeatEntry | None:
        async with self._database.reading() as connection:
            return await find_seat(connection, condition)

    # Invitations

    async def invite(self, seat: str) -> str:
        """A new secret token for the seat's link; links given before keep working until the session closes."""
        token = secrets.token_urlsafe(32)
        async with self._database.writing() as connection:
            await self._invite(connection, seat, token)
        return token

    async def renew(self, connection: AsyncConnection, seat: str, token: str) -> None:
        """Inside the transaction that writes it into the journal (`renewing`): `token` opens the seat from now on, and
        what was given before, links, codes and the browser's login, opens nothing."""
        await connection.execute(update(invitations).where(
            invitations.c.seat == seat, invitations.c.replaced_at.is_(None)).values(replaced_at=self._now()))
        await self.codes.forget(connection, seat)
        await self.logins.end(connection, seat, Ended.RENEWED)
        await self._invite(connection, seat, token)

    async def _invite(self, connection: AsyncConnection, seat: str, token: str) -> None:
        row = {"token_hash": self._hash("invitation", token), "seat": seat, "created_at": self._now()}
        await connection.execute(insert(invitations), [row])

    async def invited(self, token: str) -> SeatEntry | None:
        """The seat a link leads to, changing nothing (a mail scanner may look). None if unknown or replaced; see
        `closed`."""
        return await self._seat_where(self._led_to(token, invitations.c.replaced_at.is_(None)))

    async def was_replaced(self, token: str) -> SeatEntry | None:
        """The seat a link led to until the organizer gave its person another one."""
        return await self._seat_where(self._led_to(token, invitations.c.replaced_at.is_not(None)))

    def _led_to(self, token: str, condition: Any) -> Any:
        hashed = self._hash("invitation", token)
        return seats.c.id.in_(select(invitations.c.seat).where(invitations.c.token_hash == hashed, condition))

    async def enter(self, token: str, cookie: str = "") -> LiveLogin | None:
        """After the click, with the cookie that the browser has for the seat. None when another browser holds it:
        `codes.open`, then `codes.use`.

        LookupError when the link is unknown or replaced, or its session closed."""
        entry = await self.invited(token)
        if entry is None or entry.closed:
            raise LookupError("no such link")
        return await self.logins.enter(entry, self._hash("invitation", token), cookie)

    def _forget(self, person: str) -> None:
        self._profiles.pop(person, None)
        self.forgotten += 1

    def _hash(self, what: str, secret: str) -> str:
        return self._vault.digest(what, secret.encode())
