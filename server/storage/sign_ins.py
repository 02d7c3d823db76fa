"""The log of sign-ins (X15): who came in or tried to, how, what came of it, from where. Lines go by age."""
from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import insert, select

from server.storage.engine import Database
from server.storage.tables import sign_ins


class Means(StrEnum):
    """What somebody signed in with, or what changed."""

    PASSKEY = "passkey"
    PASSWORD = "password"
    OPENID = "openid"
    FIRST = "first"
    RECOVERY = "recovery"


class Result(StrEnum):
    DONE = "done"
    WRONG = "wrong"
    TOO_OFTEN = "too_often"
    COUNT_BACK = "count_back"
    """A passkey that counted back: it may have been copied."""
    UNKNOWN = "unknown"
    """Somebody an identity provider knows and we do not."""
    ISSUED = "issued"
    """A link was given, to be used once."""
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class SignIn:
    """`person` is None where nobody is known by what was given; `address` as far as the settings keep it."""

    at: int
    person: str | None
    means: Means
    result: Result
    address: str | None
    browser: str


class SignIns:
    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database, self._now, self._written = database, now, itertools.count()

    async def write(self, person: str | None, means: Means, result: Result, *, address: str | None, browser: str
                    ) -> None:
        # Lines of one moment keep their order.
        name = f"{next(self._written):012x}{secrets.token_hex(8)}"
        row = {"id": name, "at": self._now(), "person": person, "how": means.value, "result": result.value,
               "address": address, "browser": browser}
        async with self._database.writing() as connection:
            await connection.execute(insert(sign_ins), [row])

    async def of(self, person: str, most: int) -> tuple[SignIn, ...]:
        """The newest lines about a person, the newest first."""
        return await self._read(most, sign_ins.c.person == person)

    async def newest(self, most: int, before: int | None = None) -> tuple[SignIn, ...]:
        """Everybody's, the newest first; `before` this moment."""
        return await self._read(most, *([sign_ins.c.at < before] if before is not None else []))

    async def _read(self, most: int, *which: object) -> tuple[SignIn, ...]:
        query = select(sign_ins).where(*which).order_by(  # pyright: ignore[reportArgumentType]
            sign_ins.c.at.desc(), sign_ins.c.id.desc()).limit(most)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(SignIn(row.at, row.person, Means(row.how), Result(row.result), row.address, row.browser)
                     for row in rows)
