"""What people sign in with (X15): passkeys, and a password with a one-time code. What is secret in either, and the name
somebody gave a key, is sealed with the person's own key, so that erasing a person leaves nothing to sign in with.
"""
from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.database import Database
from server.storage.tables import passkeys, passwords, provider_subjects
from server.storage.vault import Vault


class Taken(Exception):
    """Somebody holds it already."""


@dataclass(frozen=True)
class NewPasskey:
    """What an authenticator has just made."""

    credential: bytes
    public_key: bytes
    sign_count: int
    name: str


@dataclass(frozen=True)
class Passkey:
    """`key` tells it from the others and opens nothing."""

    key: str
    person: str
    credential: bytes
    public_key: bytes
    sign_count: int
    name: str
    added_at: int
    used_at: int | None


@dataclass(frozen=True)
class Password:
    """`hash` is argon2's, `secret` makes the one-time codes, `last_step` is the time step of the last code used."""

    hash: str
    secret: str
    last_step: int
    set_at: int = 0
    used_at: int | None = None


class Credentials:
    def __init__(self, database: Database, vault: Vault, now: Callable[[], int]) -> None:
        self._database, self._vault, self._now = database, vault, now

    # Passkeys

    async def passkeys(self, person: str) -> tuple[Passkey, ...]:
        """A person's, the one added first before the others."""
        query = select(passkeys).where(passkeys.c.person == person).order_by(passkeys.c.added_at, passkeys.c.id)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple([await self._passkey(row) for row in rows])

    async def passkey(self, credential: bytes) -> Passkey | None:
        """By the id that the authenticator gave it."""
        query = select(passkeys).where(passkeys.c.id == self._id(credential))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else await self._passkey(row)

    async def add_passkey(self, connection: AsyncConnection, person: str, new: NewPasskey) -> None:
        """Taken when somebody has this very passkey."""
        key = self._id(new.credential)
        sealed = {"credential": _text(new.credential), "public_key": _text(new.public_key), "name": new.name}
        row = {"id": key, "person": person, "sealed": await self._seal(connection, person, f"passkey:{key}", sealed),
               "sign_count": new.sign_count, "added_at": self._now()}
        try:
            await connection.execute(insert(passkeys), [row])
        except IntegrityError as there:
            raise Taken(key) from there

    async def count_passkey(self, key: str, sign_count: int) -> bool:
        """A passkey was used. False when it has not counted on since the last time: it may have been copied. One that
        never counts says 0 (Web Authentication Level 3, 6.1.1)."""
        counts_on = or_(passkeys.c.sign_count < sign_count, (passkeys.c.sign_count == 0) & (sign_count == 0))
        async with self._database.writing() as connection:
            used = await connection.execute(update(passkeys).where(passkeys.c.id == key, counts_on).values(
                sign_count=sign_count, used_at=self._now()))
        return used.rowcount > 0

    async def remove_passkey(self, person: str, key: str) -> bool:
        """False when it is the last way in of this person, or none of theirs."""
        others = passkeys.alias()
        another = exists().where(others.c.person == person, others.c.id != key)
        with_code = exists().where(passwords.c.person == person)
        async with self._database.writing() as connection:
            # Two removals at once are one after the other.
            await connection.execute(select(passkeys.c.id).where(passkeys.c.person == person).with_for_update())
            removed = await connection.execute(delete(passkeys).where(
                passkeys.c.id == key, passkeys.c.person == person, or_(another, with_code)))
        return removed.rowcount > 0

    async def _passkey(self, row: Row[Any]) -> Passkey:
        held = json.loads((await self._vault.key(row.person)).open(f"passkey:{row.id}", row.sealed))
        return Passkey(row.id, row.person, base64.b64decode(held["credential"]), base64.b64decode(held["public_key"]),
                       row.sign_count, held["name"], row.added_at, row.used_at)

    def _id(self, credential: bytes) -> str:
        return self._vault.digest("passkey", credential)

    # A password and its one-time codes

    async def password(self, person: str) -> Password | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(select(passwords).where(passwords.c.person == person))).one_or_none()
        if row is None:
            return None
        held = json.loads((await self._vault.key(person)).open(f"password:{person}", row.sealed))
        return Password(held["hash"], held["secret"], row.last_step, row.set_at, row.used_at)

    async def set_password(self, connection: AsyncConnection, person: str, new: Password) -> None:
        """In the place of the one before."""
        sealed = {"hash": new.hash, "secret": new.secret}
        row = {"person": person, "sealed": await self._seal(connection, person, f"password:{person}", sealed),
               "last_step": new.last_step, "set_at": self._now(), "used_at": None}
        await self._database.upsert(connection, passwords, ("person",), row)

    async def hash_anew(self, person: str, old: Password, new_hash: str) -> None:
        """The same password, kept more slowly; nothing when it was changed meanwhile."""
        sealed = {"hash": new_hash, "secret": old.secret}
        async with self._database.writing() as connection:
            row = await self._seal(connection, person, f"password:{person}", sealed)
            await connection.execute(update(passwords).where(
                passwords.c.person == person, passwords.c.set_at == old.set_at).values(sealed=row))

    async def use_code(self, person: str, step: int) -> bool:
        """A one-time code of this time step was given. False when it, or a later one, was used before."""
        async with self._database.writing() as connection:
            used = await connection.execute(update(passwords).where(
                passwords.c.person == person, passwords.c.last_step < step).values(
                last_step=step, used_at=self._now()))
        return used.rowcount > 0

    # At an identity provider

    async def person_of_subject(self, issuer: str, subject: str) -> str | None:
        query = select(provider_subjects.c.person).where(
            provider_subjects.c.subject_hash == self._subject(issuer, subject))
        async with self._database.reading() as connection:
            return await connection.scalar(query)

    async def link_subject(self, issuer: str, subject: str, person: str) -> bool:
        """From now on this subject of the provider is this person. False when the person is another subject already."""
        row = {"subject_hash": self._subject(issuer, subject), "person": person, "added_at": self._now()}
        try:
            async with self._database.writing() as connection:
                await connection.execute(insert(provider_subjects), [row])
        except IntegrityError:
            return await self.person_of_subject(issuer, subject) == person
        return True

    async def forget(self, connection: AsyncConnection, person: str) -> None:
        """Everything that a person has signed in with until now."""
        for table in (passkeys, passwords, provider_subjects):
            await connection.execute(delete(table).where(table.c.person == person))

    def _subject(self, issuer: str, subject: str) -> str:
        return self._vault.digest("openid", f"{issuer}\0{subject}".encode())

    async def _seal(self, connection: AsyncConnection, person: str, item: str, held: dict[str, str]) -> bytes:
        return (await self._vault.key(person, connection)).seal(item, json.dumps(held).encode())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
