"""A new master key in place of the one in force (`visiojury rotate-key`).

Killed at any moment, it leaves a folder that opens: the file holds both keys before the first one is wrapped anew, all
are wrapped anew or none, and the old key leaves the file last.
"""
from __future__ import annotations

import asyncio

from sqlalchemy import bindparam, select, update

from server.storage.database import Database
from server.storage.key_file import write_key_file
from server.storage.keys import MasterKey, Unreadable, new_key
from server.storage.master import Master
from server.storage.tables import subjects


async def rotate(database: Database, master: Master) -> int:
    """How many keys were wrapped anew. Nobody serves meanwhile (`serving_alone`). Unreadable, and nothing changed, when
    one of them is damaged."""
    old, new = await master.in_force(), MasterKey(new_key())
    await asyncio.to_thread(write_key_file, master.path, (old, new))
    try:
        count = await _wrap_anew(database, old, new)
    except Unreadable:
        await asyncio.to_thread(write_key_file, master.path, (old,))
        raise
    await database.forget_deleted()
    await asyncio.to_thread(write_key_file, master.path, (new,))
    return count


async def _wrap_anew(database: Database, old: MasterKey, new: MasterKey) -> int:
    there = select(subjects.c.id, subjects.c.wrapped_key).where(subjects.c.wrapped_key.is_not(None))
    async with database.writing() as connection:
        rows = (await connection.execute(there.order_by(subjects.c.id).with_for_update())).all()
        anew = [{"subject": row.id, "anew": _wrapped(row.id, row.wrapped_key, old, new)} for row in rows]
        await connection.execute(update(subjects).where(subjects.c.id == bindparam("subject"))
                                 .values(wrapped_key=bindparam("anew")), anew)
    return len(anew)


def _wrapped(subject: str, wrapped: bytes, old: MasterKey, new: MasterKey) -> bytes:
    item = f"key:{subject}"
    return new.seal(item, old.open(item, wrapped))
