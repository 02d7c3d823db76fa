"""Letters waiting to be sent: written in the transaction of what they tell about, sent after it, until it works."""
from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server import logs
from server.storage import letter_reports
from server.storage.database import Database
from server.storage.letter_reports import About
from server.storage.tables import outbox
from server.storage.vault import Erased, Unreadable, Vault

log = logs.logger(__name__)


@dataclass(frozen=True)
class Letter:
    """`template` names the text; `data` fills it (it may hold a secret link: it is stored encrypted)."""

    person: str
    template: str
    data: dict[str, Any]
    about: About | None = None


@dataclass(frozen=True)
class Waiting:
    """`perhaps`: an earlier attempt ended without an answer."""

    id: str
    letter: Letter
    attempts: int
    perhaps: bool = False


class Outbox:
    def __init__(self, database: Database, vault: Vault, now: Callable[[], int]) -> None:
        self._database, self._vault, self._now = database, vault, now

    async def seal(self, letters: Iterable[Letter], connection: AsyncConnection | None = None) -> list[dict[str, Any]]:
        """Encrypted rows for `keep`. Nobody writes to somebody who was erased. `connection` as in `Vault.key`."""
        rows: list[dict[str, Any]] = []
        for one in letters:
            with suppress(Erased):
                rows.append(await self._row(one, connection))
        return rows

    async def _row(self, letter: Letter, connection: AsyncConnection | None) -> dict[str, Any]:
        key, name, now = await self._vault.key(letter.person, connection), secrets.token_hex(16), self._now()
        sealed = key.seal(name, json.dumps(letter.data).encode())
        return {"id": name, "person": letter.person, "template": letter.template, "sealed": sealed,
                "created_at": now, "due_at": now, "attempts": 0, "given_up": False,
                **(asdict(letter.about) if letter.about else {"stream": None, "seat": None, "number": None})}

    async def keep(self, connection: AsyncConnection, rows: list[dict[str, Any]]) -> None:
        if rows:
            await connection.execute(insert(outbox), rows)

    async def put(self, *letters: Letter) -> None:
        """In a transaction of their own."""
        rows = await self.seal(letters)
        async with self._database.writing() as connection:
            await self.keep(connection, rows)

    async def due(self, most: int = 50) -> list[Waiting]:
        """What should be sent by now, the oldest first."""
        query = (select(outbox).where(outbox.c.sent_at.is_(None), outbox.c.given_up.is_(False),
                                      outbox.c.due_at <= self._now())
                 .order_by(outbox.c.due_at, outbox.c.id).limit(most))
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        found: list[Waiting] = []
        for row in rows:
            try:
                data = json.loads((await self._vault.key(row.person)).open(row.id, row.sealed))
            except Erased:
                # Put by a process that had not yet noticed the erasure: it must not hold up everybody else's.
                await self._drop(row.id)
            except Unreadable:
                # Spoiled where it lies: it waits for nobody, and the operator is told.
                log.error("letter.unreadable", record=row.id)
                await self.postpone(row.id, None)
            else:
                found.append(Waiting(row.id, Letter(row.person, row.template, data, _about(row)), row.attempts,
                                     row.trying or row.perhaps))
        return found

    async def _drop(self, letter: str) -> None:
        async with self._database.writing() as connection:
            await connection.execute(delete(outbox).where(outbox.c.id == letter))

    async def next_due(self) -> int | None:
        """When the next letter should be sent, in ms since the epoch."""
        query = (select(outbox.c.due_at).where(outbox.c.sent_at.is_(None), outbox.c.given_up.is_(False))
                 .order_by(outbox.c.due_at).limit(1))
        async with self._database.reading() as connection:
            return await connection.scalar(query)

    async def trying(self, letter: str) -> None:
        """It goes to the mail server now. Whatever ends this process before the answer leaves that to be seen."""
        await self._change(letter, trying=True, perhaps=or_(outbox.c.perhaps, outbox.c.trying))

    async def sent(self, letter: str) -> None:
        """Its content (a link, a code) is not kept any longer than needed."""
        async with self._database.writing() as connection:
            row = await self._changed(connection, letter, sent_at=self._now(), trying=False, sealed=b"")
            if row is not None:
                await letter_reports.add(connection, letter, _about(row), "taken", self._now(), twice=row.perhaps)

    async def postpone(self, letter: str, until: int | None, *, answered: bool = True, why: str = "") -> None:
        """It did not work: try again at `until` (ms since the epoch), or never (None). Not `answered`: the mail server
        may have taken it all the same. `why` is the server's code."""
        async with self._database.writing() as connection:
            row = await self._changed(
                connection, letter, attempts=outbox.c.attempts + 1, given_up=until is None,
                trying=not answered, due_at=until if until is not None else self._now())
            if row is not None and until is None:
                await letter_reports.add(connection, letter, _about(row), "refused", self._now(), why=why)

    async def _change(self, letter: str, **values: Any) -> None:
        async with self._database.writing() as connection:
            await self._changed(connection, letter, **values)

    async def _changed(self, connection: AsyncConnection, letter: str, **values: Any) -> Row[Any] | None:
        await connection.execute(update(outbox).where(outbox.c.id == letter).values(**values))
        return (await connection.execute(select(outbox).where(outbox.c.id == letter))).one_or_none()


def _about(row: Row[Any]) -> About | None:
    return About(row.stream, row.seat, row.number) if row.stream is not None else None
