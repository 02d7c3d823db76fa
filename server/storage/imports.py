"""Lists of candidates that were handed in and found right, until each line is registered: whose, for which
certification and provider, and what became of each line. The list itself is a sealed file, under a key of its own, and
so is why a line was refused."""
from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from server.storage.accounts import plain_address
from server.storage.database import Database
from server.storage.tables import import_lines, imports, rows
from server.storage.vault import Erased, Unreadable, Vault

KIND = "import"
"""The kind of file that a list is."""
CANDIDACIES = "candidacies"


@dataclass(frozen=True)
class Import:
    """`begun_at`: when the registration of its lines was asked for."""

    id: str
    person: str
    body: str
    provider: str
    code: str
    lines: int
    created_at: int = 0
    begun_at: int | None = None


@dataclass(frozen=True)
class LineDone:
    """What became of a line: a candidacy, or why it was refused, as texts (msgids) and what fills their places."""

    line: int
    candidacy: str | None
    problem: Sequence[Mapping[str, Any]]


Values = Mapping[str, str]
"""What a line holds, by the names of the columns."""


class Imports:
    def __init__(self, database: Database, vault: Vault, now: Callable[[], int]) -> None:
        self._database, self._vault, self._now = database, vault, now

    async def keep(self, one: Import, lines: Sequence[tuple[int, Values]]) -> None:
        """Once for its id: first that there is a list, so that whatever stops it here leaves no file that nobody would
        ever delete."""
        if await self.find(one.id) is None:
            async with self._database.writing() as connection:
                await connection.execute(insert(imports), [{**one.__dict__, "created_at": self._now()}])
        if await self._vault.file_info(one.id) is None:
            content = json.dumps([[number, dict(values)] for number, values in lines], ensure_ascii=False).encode()
            await self._vault.put_file(_subject(one.id), one.body, KIND, "application/json", content, name=one.id)

    async def find(self, name: str) -> Import | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(select(imports).where(imports.c.id == name))).mappings().one_or_none()
        return Import(**row) if row is not None else None

    async def content(self, name: str) -> list[tuple[int, Values]]:
        """Each line's number and what it holds. FileNotFoundError where it is kept no more."""
        data = await self._vault.read_file(name)
        found: list[tuple[int, Values]] = await asyncio.to_thread(json.loads, data)
        return found

    # Registered

    async def begin(self, name: str) -> None:
        """The lines that are left, and once more those that were refused."""
        async with self._database.writing() as connection:
            await connection.execute(update(imports).where(imports.c.id == name).values(begun_at=self._now()))
            await connection.execute(delete(import_lines).where(
                import_lines.c.import_id == name, import_lines.c.candidacy.is_(None)))

    async def stop(self, name: str) -> None:
        async with self._database.writing() as connection:
            await connection.execute(update(imports).where(imports.c.id == name).values(begun_at=None))

    async def waiting(self) -> tuple[Import, ...]:
        """Those that were begun and have lines left, the oldest first."""
        done = select(func.count()).where(import_lines.c.import_id == imports.c.id).scalar_subquery()
        query = (select(imports).where(imports.c.begun_at.is_not(None), done < imports.c.lines)
                 .order_by(imports.c.begun_at, imports.c.id))
        async with self._database.reading() as connection:
            return tuple(Import(**row) for row in (await connection.execute(query)).mappings())

    async def done(self, name: str) -> Mapping[int, LineDone]:
        async with self._database.reading() as connection:
            found = (await connection.execute(select(import_lines).where(import_lines.c.import_id == name))).all()
        return {row.line: LineDone(row.line, row.candidacy, await self._why(name, row.line, row.sealed))
                for row in found}

    async def _why(self, name: str, line: int, sealed: bytes | None) -> Sequence[Mapping[str, Any]]:
        if sealed is None:
            return ()
        found: list[Mapping[str, Any]] = json.loads((await self._vault.key(_subject(name))).open(_line(line), sealed))
        return found

    async def note(self, name: str, done: LineDone) -> None:
        """In place of what was noted of the line before."""
        problem = json.dumps([dict(one) for one in done.problem]).encode()
        sealed = (await self._vault.key(_subject(name))).seal(_line(done.line), problem) if done.problem else None
        async with self._database.writing() as connection:
            await self._database.upsert(connection, import_lines, ("import_id", "line"), {
                "import_id": name, "line": done.line, "candidacy": done.candidacy, "sealed": sealed})

    # Forgotten

    async def forget_older(self, before: int) -> int:
        """How many."""
        async with self._database.reading() as connection:
            old = tuple(await connection.scalars(select(imports.c.id).where(imports.c.created_at < before)))
        await self._forget(old)
        return len(old)

    async def forget_about(self, person: str, address: str) -> None:
        """Every list that somebody was registered from, or that names their e-mail address: before they are erased."""
        mine = select(rows.c.key).where(rows.c.index_name == CANDIDACIES, rows.c.person == person)
        query = select(import_lines.c.import_id).where(import_lines.c.candidacy.in_(mine)).distinct()
        async with self._database.reading() as connection:
            registered = set(await connection.scalars(query))
            kept = tuple(await connection.scalars(select(imports.c.id)))
        plain = plain_address(address)
        await self._forget([one for one in kept if one in registered or await self._names(one, plain)])

    async def _names(self, name: str, address: str) -> bool:
        """As a candidate's address, or a trainer's."""
        if not address:
            return False
        try:
            lines = await self.content(name)
        except (FileNotFoundError, Erased, Unreadable):
            return False
        return any(address in plain_address(value) for _, values in lines for value in values.values())

    async def _forget(self, names: Sequence[str]) -> None:
        """With the lists and their keys."""
        for name in names:
            await self._vault.discard(name)
            await self._vault.drop_key(_subject(name))
            async with self._database.writing() as connection:
                await connection.execute(delete(import_lines).where(import_lines.c.import_id == name))
                await connection.execute(delete(imports).where(imports.c.id == name))
        if names:
            await self._vault.forget_deleted()


def _subject(name: str) -> str:
    return f"import:{name}"


def _line(number: int) -> str:
    return f"line:{number}"
