"""Search by name, though names are sealed: of each whole part of a person's names a keyed digest is kept.

Accents, capitals, hyphens and apostrophes make no difference; a part is found whole or not at all.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any, Final
from unicodedata import category, normalize

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.database import Database
from server.storage.tables import name_parts
from server.storage.vault import Vault

ONE, SEVERAL = ("name", "first_name", "birth_name"), ("first_names", "other_names")
"""Of a profile: what somebody may be called by; a name, or a list of them."""
SPELT: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})
"""Letters that fall apart into no letter and accent."""
WORDS_MOST: Final = 8
"""Of what is searched."""


def normal(text: str) -> str:
    """Without accents and capitals: what two spellings of one name have in common."""
    apart = normalize("NFKD", text).casefold().translate(SPELT)
    return "".join(one for one in normalize("NFKD", apart) if category(one) != "Mn")


def parts_of(word: str) -> tuple[str, ...]:
    """What hyphens and apostrophes part: `jean-pierre` is `jean` and `pierre`."""
    return tuple(one for one in re.split(r"[\W_]+", normal(word)) if one)


def kept_of(profile: Mapping[str, Any]) -> frozenset[str]:
    """Every part of every name; of a name with hyphens or apostrophes, also what it is without them."""
    found = set[str]()
    for name in _names(profile):
        for word in name.split():
            parts = parts_of(word)
            found |= {*parts, "".join(parts)}
    return frozenset(found - {""})


def _names(profile: Mapping[str, Any]) -> Iterable[str]:
    for field in (*ONE, *SEVERAL):
        given = profile.get(field) or ()
        yield from (str(one) for one in (given if field in SEVERAL else (given,)) if one)


class Names:
    """`find` reads; the others are called inside the transaction that keeps or erases a person."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    async def keep(self, connection: AsyncConnection, person: str, profile: Mapping[str, Any]) -> None:
        """In place of what was kept of them before."""
        await self.forget(connection, person)
        digests = sorted({self._digest(one) for one in kept_of(profile)})
        if digests:
            await connection.execute(insert(name_parts), [{"digest": one, "person": person} for one in digests])

    async def forget(self, connection: AsyncConnection, person: str) -> None:
        await connection.execute(delete(name_parts).where(name_parts.c.person == person))

    async def find(self, text: str, most: int) -> tuple[str, ...]:
        """People one of whose names has each word of the text, at most so many; nobody for a text without a word."""
        words = [one for one in (parts_of(word) for word in text.split()[:WORDS_MOST]) if one]
        if not words:
            return ()
        people = select(name_parts.c.person).distinct().where(*(self._has(one) for one in words))
        async with self._database.reading() as connection:
            return tuple(await connection.scalars(people.order_by(name_parts.c.person).limit(most)))

    def _has(self, parts: tuple[str, ...]) -> ColumnElement[bool]:
        """Written in one, or in its parts."""
        joined = self._with("".join(parts))
        return joined if len(parts) == 1 else or_(joined, reduce(and_, (self._with(one) for one in parts)))

    def _with(self, part: str) -> ColumnElement[bool]:
        return name_parts.c.person.in_(
            select(name_parts.c.person).where(name_parts.c.digest == self._digest(part)).correlate(None))

    def _digest(self, part: str) -> str:
        return self._vault.digest("name part", part.encode())
