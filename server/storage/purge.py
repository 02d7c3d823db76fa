"""Deleting by age (X1): papers after their session closed, answers, sent letters, the list of who opened what; and the
identity evidence of one person, when `retention` says that its time has come."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy import delete, or_, select

from server.config import RetentionSettings
from server.storage.engine import Database
from server.storage.tables import answers, files, openings, outbox, sessions
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
    held: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def files(self) -> int:
        return self.kinds.total()


class Purge:
    """Safe to repeat, and to run beside the server."""

    def __init__(self, database: Database, vault: Vault, settings: RetentionSettings, now: Callable[[], int]) -> None:
        self._database, self._vault, self._settings, self._now = database, vault, settings, now

    async def by_age(self) -> Purged:
        """Everything that goes by its age alone."""
        closed_long_ago = sessions.c.closed_at < self._now() - self._settings.document_days * DAY_MS
        query = (select(files.c.id, files.c.kind).join(sessions, sessions.c.id == files.c.session)
                 .where(closed_long_ago, files.c.kind.not_in(EVIDENCE)).order_by(files.c.id))
        async with self._database.reading() as connection:
            due = [(row.id, row.kind) for row in await connection.execute(query)]
        kinds = await self._discard(due)
        before = self._now() - self._settings.answer_days * DAY_MS
        opened_before = self._now() - self._settings.opening_days * DAY_MS
        done_with = or_(outbox.c.sent_at.is_not(None), outbox.c.given_up)
        async with self._database.writing() as connection:
            old_answers = await connection.execute(delete(answers).where(answers.c.at < before))
            letters = await connection.execute(delete(outbox).where(outbox.c.created_at < before, done_with))
            looked = await connection.execute(delete(openings).where(openings.c.at < opened_before))
        return Purged(kinds, old_answers.rowcount, letters.rowcount, looked.rowcount)

    async def sessions_with_evidence(self) -> tuple[str, ...]:
        query = select(files.c.session).where(files.c.kind.in_(EVIDENCE)).distinct().order_by(files.c.session)
        async with self._database.reading() as connection:
            return tuple(await connection.scalars(query))

    async def evidence_of(self, session: str, subject: str) -> list[tuple[str, str]]:
        """Ids and kinds of what is kept about one person's identity, the pictures of the copies' pages included."""
        theirs = (files.c.session == session) & (files.c.subject == subject) & files.c.kind.in_(EVIDENCE)
        async with self._database.reading() as connection:
            found = await connection.execute(select(files.c.id, files.c.kind).where(theirs).order_by(files.c.id))
            return [(row.id, row.kind) for row in found]

    async def evidence(self, session: str, subject: str, words: Iterable[str]) -> Counter[str]:
        """Delete it, and the dates read on it (`words`: references)."""
        await self._vault.discard_words(words)
        return await self._discard(await self.evidence_of(session, subject))

    async def _discard(self, due: list[tuple[str, str]]) -> Counter[str]:
        for name, _ in due:
            await self._vault.discard(name)
        if due:
            await self._database.forget_deleted()
        return Counter(kind for _, kind in due)
