"""What became of a notice's letter, kept in the transaction that learns it until the notice's stream has been told: a
process that ends in between tells it when it comes back."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.database import Database
from server.storage.tables import letter_reports, outbox

Outcome = Literal["taken", "refused", "returned"]


@dataclass(frozen=True)
class About:
    """Which notice a letter is (R4.2): what becomes of it is told to this stream."""

    stream: str
    seat: str
    number: int


@dataclass(frozen=True)
class LetterReport:
    """`at` in ms since 1970 UTC. `twice`: the mail server may have taken it twice. `why` is a code."""

    letter: str
    outcome: Outcome
    about: About
    at: int
    twice: bool
    why: str


async def add(connection: AsyncConnection, letter: str, about: About | None, outcome: Outcome, at: int, *,
              twice: bool = False, why: str = "") -> None:
    """Once for a letter and an outcome; nothing for a letter that is no notice."""
    if about is None:
        return
    here = (letter_reports.c.letter == letter) & (letter_reports.c.outcome == outcome)
    if await connection.scalar(select(letter_reports.c.letter).where(here)) is None:
        await connection.execute(insert(letter_reports), [
            {"letter": letter, "outcome": outcome, "stream": about.stream, "seat": about.seat, "number": about.number,
             "at": at, "twice": twice, "why": why[:32], "told_at": None}])


class LetterReports:
    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database, self._now = database, now

    async def untold(self) -> list[LetterReport]:
        """The oldest first."""
        query = (select(letter_reports).where(letter_reports.c.told_at.is_(None))
                 .order_by(letter_reports.c.at, letter_reports.c.letter))
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [LetterReport(one.letter, one.outcome, About(one.stream, one.seat, one.number), one.at, one.twice,
                             one.why) for one in rows]

    async def told(self, report: LetterReport) -> None:
        async with self._database.writing() as connection:
            await connection.execute(update(letter_reports).where(
                letter_reports.c.letter == report.letter, letter_reports.c.outcome == report.outcome,
            ).values(told_at=self._now()))

    async def returned(self, letter: str, why: str) -> bool:
        """The letter came back after the mail server had taken it. Whether it is a notice that left here."""
        async with self._database.writing() as connection:
            row = (await connection.execute(select(outbox).where(
                outbox.c.id == letter, or_(outbox.c.sent_at.is_not(None), outbox.c.trying)))).one_or_none()
            if row is None or row.stream is None:
                return False
            await add(connection, letter, About(row.stream, row.seat, row.number), "returned", self._now(), why=why)
        return True


async def purge(connection: AsyncConnection, before: int) -> None:
    """What was told before `before`."""
    await connection.execute(delete(letter_reports).where(letter_reports.c.told_at < before))
