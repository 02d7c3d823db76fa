"""Acts for many: what is still to be done of each, and what came of it, where a restart finds it."""
from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.database import Database
from server.storage.tables import mass_acts, mass_items

Status = Literal["waiting", "done", "refused"]


@dataclass(frozen=True)
class MassAct:
    """`actor` is whom it is done as in `stream`. `begun_at` in ms since 1970 UTC."""

    id: str
    kind: str
    stream: str
    actor: str
    begun_at: int


@dataclass(frozen=True)
class MassItem:
    """`item` is an id of the act's kind. `problem` of what was refused: rule, text (a French msgid), values."""

    number: int
    item: str
    status: Status
    problem: Mapping[str, Any] | None = None
    done_at: int | None = None


class MassActs:
    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database, self._now = database, now

    async def begin(self, act: str, kind: str, stream: str, actor: str, items: Sequence[str]) -> None:
        """The same id again begins nothing."""
        async with self._database.writing() as connection:
            if await connection.scalar(select(mass_acts.c.id).where(mass_acts.c.id == act)) is not None:
                return
            await connection.execute(insert(mass_acts), [
                {"id": act, "kind": kind, "stream": stream, "actor": actor, "begun_at": self._now()}])
            if items:
                await connection.execute(insert(mass_items), [
                    {"act": act, "number": number, "item": item, "status": "waiting", "problem": None, "done_at": None}
                    for number, item in enumerate(items)])

    async def begun(self, act: str) -> bool:
        async with self._database.reading() as connection:
            return await connection.scalar(select(mass_acts.c.id).where(mass_acts.c.id == act)) is not None

    async def last(self, stream: str, kind: str) -> MassAct | None:
        """The one begun last."""
        query = (select(mass_acts).where(mass_acts.c.stream == stream, mass_acts.c.kind == kind)
                 .order_by(mass_acts.c.begun_at.desc(), mass_acts.c.id).limit(1))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return MassAct(row.id, row.kind, row.stream, row.actor, row.begun_at) if row is not None else None

    async def items(self, act: str) -> list[MassItem]:
        query = select(mass_items).where(mass_items.c.act == act).order_by(mass_items.c.number)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [MassItem(one.number, one.item, one.status, json.loads(one.problem) if one.problem else None,
                         one.done_at) for one in rows]

    async def waiting(self) -> list[tuple[MassAct, MassItem]]:
        """All that is still to be done, the oldest act first."""
        query = (select(mass_acts, mass_items.c.number, mass_items.c.item)
                 .join(mass_items, mass_items.c.act == mass_acts.c.id).where(mass_items.c.status == "waiting")
                 .order_by(mass_acts.c.begun_at, mass_acts.c.id, mass_items.c.number))
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [(MassAct(one.id, one.kind, one.stream, one.actor, one.begun_at),
                 MassItem(one.number, one.item, "waiting")) for one in rows]

    async def settle(self, act: str, number: int, problem: Mapping[str, Any] | None = None) -> None:
        """Done, or (with a problem) refused."""
        async with self._database.writing() as connection:
            await connection.execute(update(mass_items).where(
                mass_items.c.act == act, mass_items.c.number == number,
            ).values(status="refused" if problem else "done", done_at=self._now(),
                     problem=json.dumps(problem) if problem else None))


async def purge(connection: AsyncConnection, before: int) -> None:
    """What was begun before `before`, unless something of it is still to be done."""
    waiting = select(mass_items.c.act).where(mass_items.c.status == "waiting")
    old = select(mass_acts.c.id).where(mass_acts.c.begun_at < before, mass_acts.c.id.not_in(waiting))
    names = list(await connection.scalars(old))
    await connection.execute(delete(mass_items).where(mass_items.c.act.in_(names)))
    await connection.execute(delete(mass_acts).where(mass_acts.c.id.in_(names)))
