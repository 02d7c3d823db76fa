"""What has been kept long enough is deleted (X1): files after their session closed, answers, sent letters."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, or_, select

from server.config import RetentionSettings
from server.storage.engine import Database
from server.storage.tables import answers, files, outbox, sessions
from server.storage.vault import Vault

DAY_MS = 86_400_000
IDENTITY = ("identity_front", "identity_back")
CAPTURE = "capture"


@dataclass(frozen=True)
class Purged:
    """How many of each were deleted."""

    files: int
    answers: int
    letters: int


class Purge:
    """Safe to repeat, and to run beside the server."""

    def __init__(self, database: Database, vault: Vault, settings: RetentionSettings, now: Callable[[], int]) -> None:
        self._database, self._vault, self._settings, self._now = database, vault, settings, now

    async def __call__(self) -> Purged:
        """Delete what is due now."""
        kind = files.c.kind
        due = [*await self._due(self._settings.identity_days, kind.in_(IDENTITY)),
               *await self._due(self._settings.capture_days, kind == CAPTURE),
               *await self._due(self._settings.document_days, kind.not_in((*IDENTITY, CAPTURE)))]
        for name in due:
            await self._vault.discard(name)
        before = self._now() - self._settings.answer_days * DAY_MS
        done_with = or_(outbox.c.sent_at.is_not(None), outbox.c.given_up)
        async with self._database.writing() as connection:
            old_answers = await connection.execute(delete(answers).where(answers.c.at < before))
            letters = await connection.execute(delete(outbox).where(outbox.c.created_at < before, done_with))
        if due:
            await self._database.forget_deleted()
        return Purged(len(due), old_answers.rowcount, letters.rowcount)

    async def _due(self, days: int, condition: ColumnElement[bool]) -> list[str]:
        closed_long_ago = sessions.c.closed_at < self._now() - days * DAY_MS
        query = (select(files.c.id).join(sessions, sessions.c.id == files.c.session)
                 .where(closed_long_ago, condition).order_by(files.c.id))
        async with self._database.reading() as connection:
            return list(await connection.scalars(query))
