"""What each person has closed of their own camera and microphone: it stays closed in whichever browser they open next.

No act of the session: the rules ask nothing of it and nobody else is told, so it is not in the journal.
"""
from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from server.storage.database import Database
from server.storage.tables import closed_devices


@dataclass(frozen=True)
class Closed:
    """`version` grows with each change: a page that has heard of a newer one believes no older one."""

    camera: bool = False
    microphone: bool = False
    version: int = 0


class ClosedDevices:
    """One process serves what is kept here: what it has read once it knows."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, Closed] = {}

    async def of(self, seat: str) -> Closed:
        """Everything open where nothing was ever closed."""
        if seat not in self._known:
            async with self._database.reading() as connection:
                row = (await connection.execute(
                    select(closed_devices).where(closed_devices.c.seat == seat))).one_or_none()
            found = Closed() if row is None else Closed(row.camera, row.microphone, row.version)
            self._known.setdefault(seat, found)  # a change may have come while this was read
        return self._known[seat]

    async def change(self, seat: str, camera: bool | None = None, microphone: bool | None = None) -> Closed:
        """None leaves one as it is. Kept on disk when this returns."""
        insert = (sqlite if self._database.sqlite else postgresql).insert
        mine = closed_devices.c.seat == seat
        async with self._database.writing() as connection:
            # A row first, then its lock: of two presses at once the second reads what the first has written.
            none = {"seat": seat, "camera": False, "microphone": False, "version": 0}
            await connection.execute(insert(closed_devices).values(none).on_conflict_do_nothing())
            row = (await connection.execute(select(closed_devices).where(mine).with_for_update())).one()
            before = Closed(row.camera, row.microphone, row.version)
            after = replace(before, camera=before.camera if camera is None else camera,
                            microphone=before.microphone if microphone is None else microphone,
                            version=before.version + 1)
            await connection.execute(update(closed_devices).where(mine).values(
                camera=after.camera, microphone=after.microphone, version=after.version))
        if self._known.get(seat, before).version < after.version:
            self._known[seat] = after
        return after
