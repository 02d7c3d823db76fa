"""The log of sign-ins (X15): who came in or tried to, how, what came of it, from where. Lines go by age."""
from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, func, insert, select

from evaluation.kinds import Row
from server.storage.database import Database
from server.storage.tables import sign_ins

INDEX: Final = "sign_ins"
COLUMNS: Final[Mapping[str, Column[Any]]] = {
    "key": sign_ins.c.id, "person": sign_ins.c.person, "status": sign_ins.c.result, "about": sign_ins.c.how,
    "at": sign_ins.c.at,
}
"""By which lines are sorted and filtered, as `Row` names them."""


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
        name = f"{next(self._written):012x}{secrets.token_hex(8)}"
        row = {"id": name, "at": self._now(), "person": person, "how": means.value, "result": result.value,
               "address": address, "browser": browser}
        async with self._database.writing() as connection:
            await connection.execute(insert(sign_ins), [row])

    async def of(self, person: str, most: int) -> tuple[SignIn, ...]:
        """The newest lines about a person, the newest first."""
        return tuple([sign_in(row) for row in await self.page(
            INDEX, order="at", descending=True, limit=most, person=person)])

    async def page(self, index: str, *, order: str = "key", descending: bool = False, offset: int = 0,
                   limit: int | None = None, **filters: Any) -> tuple[Row, ...]:
        """Lines as rows of an index (`Source`): `about` is the means, `status` the result."""
        columns = [COLUMNS[order], sign_ins.c.id]  # lines of one moment keep their order
        query = select(sign_ins).where(*_wanted(index, filters)).offset(offset).limit(limit).order_by(
            *(one.desc() if descending else one for one in columns))
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(Row(index, row.id, row.person, status=row.result, about=row.how, at=row.at,
                         data={"address": row.address, "browser": row.browser}) for row in rows)

    async def count(self, index: str, **filters: Any) -> int:
        query = select(func.count()).select_from(sign_ins).where(*_wanted(index, filters))
        async with self._database.reading() as connection:
            return await connection.scalar(query) or 0


def sign_in(row: Row) -> SignIn:
    """A line, from its row."""
    address = row.data["address"]
    return SignIn(row.at or 0, row.person, Means(str(row.about)), Result(row.status),
                  None if address is None else str(address), str(row.data["browser"]))


def _wanted(index: str, filters: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    if index != INDEX:
        raise LookupError(index)
    return [COLUMNS[name] == value if isinstance(value, str) else COLUMNS[name].in_(list(value))
            for name, value in filters.items()]
