"""Of which lines on the boards of delays somebody was reminded: kept with the letter, in one transaction."""
from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from server.storage.database import Database
from server.storage.letters import Letter, Outbox
from server.storage.tables import delay_reminders


@dataclass(frozen=True, order=True)
class Reminded:
    """`delay` is the line's index and key, `step` what was said of it."""

    person: str
    delay: str
    step: str


class DelayReminders:
    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database, self._outbox = database, outbox

    async def told(self) -> dict[Reminded, int]:
        """Each with its time."""
        async with self._database.reading() as connection:
            return {Reminded(row.person, row.delay, row.step): row.at
                    for row in await connection.execute(select(delay_reminders))}

    async def tell(self, letter: Letter, lines: Collection[Reminded], at: int) -> None:
        """Both are kept, or neither."""
        sealed = await self._outbox.seal([letter])
        async with self._database.writing() as connection:
            await connection.execute(insert(delay_reminders), [
                {"person": one.person, "delay": one.delay, "step": one.step, "at": at} for one in sorted(lines)])
            await self._outbox.keep(connection, sealed)

    async def forget(self, lines: Iterable[Reminded]) -> None:
        """Of lines that are gone."""
        async with self._database.writing() as connection:
            for one in lines:
                await connection.execute(delete(delay_reminders).where(
                    delay_reminders.c.person == one.person, delay_reminders.c.delay == one.delay,
                    delay_reminders.c.step == one.step))
