"""Deleting by age (X1): answers, letters that left and what became of them, lists handed in, acts for many, who opened
what, who signed in and by which links, names under a bar that is over; and the files of one person, when `retention`
says that their time has come."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, or_, select

from evaluation.session.retention_periods import Reason
from server.config import RetentionSettings
from server.storage import letter_reports, mass_acts
from server.storage.bar_names import forget_ended
from server.storage.database import Database
from server.storage.imports import KIND as LIST
from server.storage.imports import Imports
from server.storage.tables import answers, entry_links, files, openings, outbox, seats, sign_ins, streams
from server.storage.vault import Vault

DAY_MS = 86_400_000
CAPTURE = "capture"
FACE_CROP = "face_crop"
"""A crop kept with a comparison of faces: goes with the consent to it."""
EVIDENCE = ("identity_front", "identity_back", CAPTURE, FACE_CROP)
"""Copies of identity documents, and images taken from the live stream, crops of checks included."""


@dataclass(frozen=True)
class Purged:
    """How many of each were deleted; `kinds` says which files. `held` names what was due and is held back, with why."""

    kinds: Counter[str] = field(default_factory=Counter[str])
    answers: int = 0
    letters: int = 0
    openings: int = 0
    held: tuple[tuple[str, tuple[Reason, ...]], ...] = ()

    @property
    def files(self) -> int:
        return self.kinds.total()


class Purge:
    """Safe to repeat, and to run beside the server."""

    def __init__(self, database: Database, vault: Vault, settings: RetentionSettings, now: Callable[[], int]) -> None:
        self._database, self._vault, self._settings, self._now = database, vault, settings, now

    async def by_age(self) -> Purged:
        """Everything that goes by its age alone."""
        before, opened_before = self._ago(self._settings.answer_days), self._ago(self._settings.opening_days)
        signed_in_before = self._ago(self._settings.sign_in_days)
        done_with = or_(outbox.c.sent_at.is_not(None), outbox.c.given_up)
        async with self._database.writing() as connection:
            old_answers = await connection.execute(delete(answers).where(answers.c.at < before))
            await letter_reports.purge(connection, before)
            await mass_acts.purge(connection, self._ago(self._settings.mass_act_days))
            letters = await connection.execute(delete(outbox).where(outbox.c.created_at < before, done_with))
            looked = await connection.execute(delete(openings).where(openings.c.at < opened_before))
            await connection.execute(delete(sign_ins).where(sign_ins.c.at < signed_in_before))
            await connection.execute(delete(entry_links).where(entry_links.c.expires_at < signed_in_before))
            await forget_ended(connection, self._now())
        lists = await Imports(self._database, self._vault, self._now).forget_older(
            self._ago(self._settings.import_days))
        return Purged(Counter({LIST: lists} if lists else {}), answers=old_answers.rowcount, letters=letters.rowcount,
                      openings=looked.rowcount)

    def _ago(self, days: int) -> int:
        return self._now() - days * DAY_MS

    async def streams_with_files(self, kind: str, of: str | None = None) -> tuple[str, ...]:
        """Those of one kind; with files of a kind (any)."""
        there = select(streams.c.id).where(streams.c.kind == kind)
        query = select(files.c.session).where(files.c.session.in_(there)).distinct().order_by(files.c.session)
        return await self._ids(query if of is None else query.where(files.c.kind == of))

    async def sessions_of(self, person: str) -> tuple[str, ...]:
        """Those in which they hold a seat."""
        query = select(seats.c.session).where(seats.c.person == person).distinct().order_by(seats.c.session)
        return await self._ids(query)

    async def keeps(self, session: str, subject: str) -> bool:
        """Whether any file about them is there."""
        return bool(await self._found((files.c.session == session) & (files.c.subject == subject)))

    async def evidence(self, session: str, subject: str, words: Iterable[str]) -> Counter[str]:
        """Delete what is kept about one person's identity, the pictures of the copies' pages included, and the dates
        read on it (`words`: references)."""
        await self._vault.discard_words(words)
        return await self._discard((files.c.session == session) & (files.c.subject == subject)
                                   & files.c.kind.in_(EVIDENCE))

    async def documents(self, session: str, subject: str) -> Counter[str]:
        """Delete all else that is about one person."""
        return await self._discard((files.c.session == session) & (files.c.subject == subject)
                                   & files.c.kind.not_in(EVIDENCE))

    async def documents_of_others(self, session: str, subjects: Iterable[str]) -> Counter[str]:
        """Delete what is about nobody of these."""
        return await self._discard((files.c.session == session) & files.c.subject.not_in(list(subjects)))

    async def _ids(self, query: Select[Any]) -> tuple[str, ...]:
        async with self._database.reading() as connection:
            return tuple(await connection.scalars(query))

    async def _found(self, which: ColumnElement[bool]) -> list[tuple[str, str]]:
        """Ids and kinds."""
        async with self._database.reading() as connection:
            found = await connection.execute(select(files.c.id, files.c.kind).where(which).order_by(files.c.id))
            return [(row.id, row.kind) for row in found]

    async def _discard(self, which: ColumnElement[bool]) -> Counter[str]:
        due = await self._found(which)
        for name, _ in due:
            await self._vault.discard(name)
        if due:
            await self._database.forget_deleted()
        return Counter(kind for _, kind in due)
