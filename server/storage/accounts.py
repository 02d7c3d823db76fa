"""People, and what lets them in: `invitations` (links) open their `spaces`; from there they enter their seats
(`logins`), with `mailed_codes` to take one over, and `phones` beside it."""
from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from unicodedata import normalize

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server import logs
from server.clock import calendar_of
from server.config import LimitSettings
from server.storage.database import Database, blocks
from server.storage.invitations import Invitations
from server.storage.logins import Ended, Logins
from server.storage.mailed_codes import SEAT, SPACE, Codes
from server.storage.names import Names
from server.storage.phones import Phones
from server.storage.seats import SeatEntry, find_seat, seats_of
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
    rows,
    seats,
    sign_ins,
    space_logins,
)
from server.storage.takeovers import Takeovers
from server.storage.vault import Erased, Unreadable, Vault

log = logs.logger(__name__)


def plain_address(email: str) -> str:
    """The one way to write an e-mail address, of all that lead to the same people."""
    return normalize("NFKC", email).strip().casefold()


class Accounts:
    def __init__(self, database: Database, vault: Vault, now: Callable[[], int], limits: LimitSettings) -> None:
        self._database, self._vault, self._now = database, vault, now
        self.logins = Logins(database, vault, calendar_of(now), limits)
        self.mailed = Codes(database, vault, now, limits)
        self.codes = Takeovers(self.mailed, self.logins)
        self.names = Names(database, vault)
        self.spaces = Spaces(database, vault, calendar_of(now), limits)
        self.invitations = Invitations(database, vault, calendar_of(now), self.spaces, self.mailed)
        self.phones = Phones(database, vault, now, limits, self.logins)
        self._profiles: dict[str, dict[str, Any]] = {}
        self.forgotten = 0
        """How many people this process has dropped from memory: whoever shows names looks again when it grows."""
        vault.on_erased.append(self._forget)

    # People

    async def save_person(self, person: str, profile: Mapping[str, Any]) -> None:
        """Replace the profile whole: name, first_name, email, company, birth_date…"""
        await self._vault.key(person)
        async with self._database.writing() as connection:
            await self.keep_person(connection, person, profile)
        self._profiles[person] = dict(profile)

    async def keep_person(self, connection: AsyncConnection, person: str, profile: Mapping[str, Any]) -> None:
        """As `save_person`, in the caller's transaction: NoKeyYet as `Vault.key`."""
        key = await self._vault.key(person, connection)
        row = {"id": person, "sealed": key.seal(f"person:{person}", json.dumps(dict(profile)).encode()),
               "email_hash": self._email(str(profile.get("email") or ""))}
        await self._database.upsert(connection, people, ("id",), row)
        await self.names.keep(connection, person, profile)
        self._profiles.pop(person, None)  # what was known of somebody whose profile changes

    async def changed(self, stream: str) -> None:
        """Something was written in a stream, here or by another process: who is registered in it is read again."""
        query = select(rows.c.person).where(rows.c.index_name == "candidacies", rows.c.key == stream)
        if self._profiles:
            async with self._database.reading() as connection:
                for person in await connection.scalars(query):
                    self.read_again(person)

    async def all_changed(self) -> None:
        """What was written meanwhile is not known: everybody is read again."""
        for person in tuple(self._profiles):
            self.read_again(person)

    def read_again(self, person: str) -> None:
        """Whoever was kept in a transaction, once that is committed: open pages show their name as it is now."""
        self._forget(person)

    async def profile(self, person: str) -> dict[str, Any] | None:
        """None for somebody unknown or erased, or whose record is damaged."""
        return (await self.profiles((person,))).get(person)

    async def profiles(self, wanted: Iterable[str | None]) -> dict[str, dict[str, Any]]:
        """Those of them that can be read, in one read of what is sealed and one of the keys: what a list shows."""
        asked = tuple(dict.fromkeys(one for one in wanted if one))
        found = {one: self._profiles[one] for one in asked if one in self._profiles}
        missing = [one for one in asked if one not in found]
        if not missing:
            return found
        sealed: dict[str, bytes] = {}
        async with self._database.reading() as connection:
            for some in blocks(missing):
                query = select(people.c.id, people.c.sealed).where(people.c.id.in_(some))
                sealed.update((row.id, row.sealed) for row in await connection.execute(query))
        await self._vault.load_keys(sealed)
        for person, profile in sealed.items():
            opened = await self._opened(person, profile)
            if opened is not None:
                found[person] = opened
        return found

    async def _opened(self, person: str, sealed: bytes) -> dict[str, Any] | None:
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
        hashed = self._email(email)
        if hashed is None:
            return ()
        query = select(people.c.id).where(people.c.email_hash == hashed).order_by(people.c.id)
        async with self._database.reading() as connection:
            return tuple(await connection.scalars(query))

    def _email(self, email: str) -> str | None:
        """Written small or large, it is one address."""
        plain = plain_address(email)
        return self._vault.digest("email", plain.encode()) if plain else None

    async def erase_person(self, person: str) -> None:
        """X1. Their links end, their key is destroyed; the journal still verifies."""
        async with self._database.writing() as connection:
            mine = [one.seat for one in await seats_of(connection, person)]
            await self.mailed.forget(connection, SPACE.format(person), *map(SEAT.format, mine))
            for table in (invitations, space_logins, passkeys, passwords, provider_subjects, entry_links, ceremonies,
                          sign_ins):
                await connection.execute(delete(table).where(table.c.person == person))
            await connection.execute(update(people).where(people.c.id == person).values(email_hash=None))
            for table in (logins, phones, closed_devices):
                await connection.execute(delete(table).where(table.c.seat.in_(mine)))
        await self._vault.erase(person)

    # Seats

    async def seat(self, seat: str) -> SeatEntry | None:
        return await self._seat_where(seats.c.id == seat)

    async def _seat_where(self, condition: Any) -> SeatEntry | None:
        async with self._database.reading() as connection:
            return await find_seat(connection, condition)

    async def seats_of(self, person: str) -> tuple[SeatEntry, ...]:
        """Every seat of one person, those of the newest sessions first."""
        async with self._database.reading() as connection:
            return await seats_of(connection, person)

    # Ways in

    async def invite(self, seat: str) -> str:
        """A new link for the seat's person, mailed in the name of this seat. LookupError for a seat that is not there.
        """
        found = await self.seat(seat)
        if found is None:
            raise LookupError("no such seat")
        return await self.invitations.give(found.person, seat)

    async def renew(self, connection: AsyncConnection, seat: str, token: str) -> None:
        """Inside the transaction that writes it into the journal (`handing_over`): whoever enters the seat from now on
        has been proven after this (`token` does it), and what was given before for this seat, links, codes and the
        browser's login, opens nothing."""
        found = await find_seat(connection, seats.c.id == seat)
        if found is not None:
            await self.codes.forget(connection, seat)
            await self.logins.end(connection, seat, Ended.RENEWED)
            await self.invitations.renew(connection, found.person, seat, token)

    def _forget(self, person: str) -> None:
        self._profiles.pop(person, None)
        self.forgotten += 1
