"""Where a seat is: read from the index that the journal writes."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.tables import seats, sessions


@dataclass(frozen=True)
class SeatEntry:
    """Where a seat is. `closed` once its session is."""

    seat: str
    session: str
    person: str
    role: str
    hearing: str | None
    closed: bool


async def find_seat(connection: AsyncConnection, condition: Any) -> SeatEntry | None:
    """The one seat for which a condition on the table `seats` holds."""
    query = select(seats, sessions.c.closed_at).join(sessions, sessions.c.id == seats.c.session).where(condition)
    row = (await connection.execute(query)).one_or_none()
    return None if row is None else entry_of(row)


def entry_of(row: Any) -> SeatEntry:
    """From a row that has the columns of `seats`, and its session's `closed_at`."""
    return SeatEntry(row.id, row.session, row.person, row.role, row.hearing, row.closed_at is not None)
