"""Where a seat is: read from the index that the journal writes."""
from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.tables import rows, seats, sessions

DAYS = "days"
"""The index of the jury days, by session."""


@dataclass(frozen=True)
class SeatEntry:
    """Where a seat is. `closed_at`: when its session was closed (ms since 1970 UTC), None while it is open. `date` and
    `title`: its session's day and certification, where they were asked for (`seats_of`)."""

    seat: str
    session: str
    person: str
    role: str
    hearing: str | None
    closed_at: int | None
    date: str | None = None
    title: str | None = None

    @property
    def closed(self) -> bool:
        return self.closed_at is not None


async def find_seat(connection: AsyncConnection, condition: Any) -> SeatEntry | None:
    """The one seat for which a condition on the table `seats` holds."""
    query = select(seats, sessions.c.closed_at).join(sessions, sessions.c.id == seats.c.session).where(condition)
    row = (await connection.execute(query)).one_or_none()
    return None if row is None else entry_of(row)


async def seats_of(connection: AsyncConnection, person: str) -> tuple[SeatEntry, ...]:
    """Every seat of one person, those of the newest sessions first, from the indexes alone."""
    days = rows.alias()
    day = and_(days.c.index_name == DAYS, days.c.key == seats.c.session)
    here = seats.join(sessions, sessions.c.id == seats.c.session).outerjoin(days, day)
    query = (select(seats, sessions.c.closed_at, days.c.data).select_from(here)
             .where(seats.c.person == person).order_by(sessions.c.created_at.desc(), seats.c.id))
    return tuple(_with_day(row) for row in await connection.execute(query))


def _with_day(row: Any) -> SeatEntry:
    shown: dict[str, Any] = json.loads(row.data) if row.data else {}
    return replace(entry_of(row), date=shown.get("date"), title=shown.get("title"))


def entry_of(row: Any) -> SeatEntry:
    """From a row that has the columns of `seats`, and its session's `closed_at`."""
    return SeatEntry(row.id, row.session, row.person, row.role, row.hearing, row.closed_at)
