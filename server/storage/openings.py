"""Who opened which file about whom, and why (X1). Written before the file is given out; it outlives the file."""
from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Row, insert, select

from server.storage.database import Database
from server.storage.purge import CAPTURE, FACE_CROP
from server.storage.tables import openings
from server.storage.vault import StoredFile

Why = Literal["page", "text", "picture", "check", "quality", "paper", "list"]
"""Shown as a picture of a page, as its text, as an image; compared with the camera; looked at when it was supplied;
given out as a file to somebody of the offices; in a list that was taken away."""


@dataclass(frozen=True)
class Opening:
    """`seat` is a seat, a person of the offices, or `people.SYSTEM` for the platform itself; `kind` is the file's."""

    at: int
    session: str
    subject: str
    file: str
    kind: str
    seat: str
    why: str


ALL_OF_IT: Final = "donnees"
"""In place of a file: all that is held on somebody."""


class Openings:
    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database, self._now = database, now

    async def note(self, file: StoredFile, seat: str, why: Why) -> None:
        """A crop of a face is an image as any other here: this list outlives a consent that was withdrawn."""
        row = {"id": secrets.token_hex(16), "at": self._now(), "session": file.session, "subject": file.subject,
               "file": file.id, "kind": CAPTURE if file.kind == FACE_CROP else file.kind, "seat": seat, "why": why}
        async with self._database.writing() as connection:
            await connection.execute(insert(openings), [row])

    async def note_list(self, name: str, body: str, person: str) -> None:
        """A list with people's names was taken away as a file by a person of the offices: it is about everybody whom
        the awarding body keeps there (`body` is empty for a list of the whole platform)."""
        row = {"id": secrets.token_hex(16), "at": self._now(), "session": body, "subject": f"stream:{body}",
               "file": name, "kind": "list", "seat": person, "why": "list"}
        async with self._database.writing() as connection:
            await connection.execute(insert(openings), [row])

    async def note_person(self, person: str, by: str) -> None:
        """All that is held on a person is given out as a file."""
        row = {"id": secrets.token_hex(16), "at": self._now(), "session": "", "subject": person, "file": ALL_OF_IT,
               "kind": "list", "seat": by, "why": "list"}
        async with self._database.writing() as connection:
            await connection.execute(insert(openings), [row])

    async def about(self, session: str, subject: str) -> tuple[Opening, ...]:
        """What was opened about one person in one session, the oldest first."""
        mine = (openings.c.session == session) & (openings.c.subject == subject)
        query = select(openings).where(mine).order_by(openings.c.at, openings.c.id)
        async with self._database.reading() as connection:
            return tuple(_opening(row) for row in await connection.execute(query))


def _opening(row: Row[Any]) -> Opening:
    return Opening(row.at, row.session, row.subject, row.file, row.kind, row.seat, row.why)
