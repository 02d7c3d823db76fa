"""Lists of candidates that were handed in and found right, until each line is registered: whose, for which
certification and provider, and what became of each line. The list itself is a sealed file, under a key of its own."""
from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.database import Database
from server.storage.tables import import_lines, imports
from server.storage.vault import Vault

KIND = "import"
"""The kind of file that a list is."""


@dataclass(frozen=True)
class Import:
    id: str
    person: str
    body: str
    provider: str
    code: str
    lines: int
    created_at: int


@dataclass(frozen=True)
class LineDone:
    """What became of a line: a candidacy, or why it was refused, as texts (msgids) and what fills their places."""

    line: int
    candidacy: str | None
    problem: Sequence[Mapping[str, Any]]


class Imports:
    def __init__(self, database: Database, vault: Vault, now: Callable[[], int]) -> None:
        self._database, self._vault, self._now = database, vault, now

    async def keep(self, one: Import, content: bytes) -> None:
        """Once for its id."""
        if await self.find(one.id) is not None:
            return
        await self._vault.put_file(_subject(one.id), one.body, KIND, "application/json", content, name=one.id)
        async with self._database.writing() as connection:
            await self._database.upsert(connection, imports, ("id",), {**one.__dict__, "created_at": self._now()})

    async def find(self, name: str) -> Import | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(select(imports).where(imports.c.id == name))).mappings().one_or_none()
        return Import(**row) if row is not None else None

    async def content(self, name: str) -> bytes:
        """FileNotFoundError where it is kept no more."""
        return await self._vault.read_file(name)

    async def done(self, name: str) -> Mapping[int, LineDone]:
        async with self._database.reading() as connection:
            found = await connection.execute(select(import_lines).where(import_lines.c.import_id == name))
            return {row.line: LineDone(row.line, row.candidacy, json.loads(row.problem)) for row in found}

    async def note(self, name: str, done: LineDone) -> None:
        """In place of what was noted of the line before."""
        async with self._database.writing() as connection:
            await self._database.upsert(connection, import_lines, ("import_id", "line"), {
                "import_id": name, "line": done.line, "candidacy": done.candidacy,
                "problem": json.dumps([dict(one) for one in done.problem])})

    async def forget_older(self, before: int) -> int:
        """With the lists and their keys; how many."""
        async with self._database.reading() as connection:
            old = tuple(await connection.scalars(select(imports.c.id).where(imports.c.created_at < before)))
        for name in old:
            await self._vault.discard(name)
            await self._vault.drop_key(_subject(name))
            async with self._database.writing() as connection:
                await _forget(connection, name)
        return len(old)


async def _forget(connection: AsyncConnection, name: str) -> None:
    await connection.execute(delete(import_lines).where(import_lines.c.import_id == name))
    await connection.execute(delete(imports).where(imports.c.id == name))


def _subject(name: str) -> str:
    return f"import:{name}"
