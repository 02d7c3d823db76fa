"""From what somebody asks to what would be written: the rules decide, words and letters are sealed."""
from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.codec import FieldError
from evaluation.rules import N_, Refusal
from evaluation.session import access
from evaluation.session import day as rules
from evaluation.session.commands import COMMANDS
from server.journals.ledger import UNKNOWN_SESSION, Commit, Ledger
from server.journals.parsing import CLASSES, Parsed
from server.storage.journal import Answer, Batch, StaleVersion
from server.storage.letters import Letter, Outbox
from server.storage.vault import Erased, Sealed, Vault, session_subject

Letters = Callable[[Commit], Iterable[Letter]]
"""Which letters a commit makes. They are written in its own transaction; the function may be asked again when another
process wrote first."""


Together = Callable[[AsyncConnection], Awaitable[None]]
"""Writes, in the command's own transaction, what must not stand without it; asked again after a conflict."""


@dataclass(frozen=True)
class Ask:
    """One call of `execute`."""

    session: str
    actor: str
    parsed: Parsed
    key: str | None
    body: str
    expected: int | None
    together: Together | None = None

    def is_late(self, ledger: Ledger) -> bool:
        """The page was behind, and this command is decided on what the page shows."""
        if self.expected is None or ledger.state is None:
            return False
        return self.expected < access.must_have_seen(ledger.state, CLASSES[self.parsed.name], self.parsed.hearing)

    def answer(self, at: int, first: int = 1, last: int = 0, refusal: dict[str, Any] | None = None) -> Answer | None:
        if self.key is None:
            return None
        return Answer(self.session, self.actor, self.key, self.body, first, last, refusal, at)


@dataclass(frozen=True)
class Ready:
    """Decided, sealed, and not yet written."""

    commit: Commit
    batch: Batch
    words: Sequence[Sealed]
    letters: list[dict[str, Any]]


class Deciding:
    """`letters` are the functions that say which letters a commit makes."""

    def __init__(self, vault: Vault, outbox: Outbox, now: Callable[[], int]) -> None:
        self._vault, self._outbox, self._now = vault, outbox, now
        self.letters: list[Letters] = []

    async def decide(self, ledger: Ledger, ask: Ask, connection: AsyncConnection | None) -> Ready | Refusal:
        """What would be written, on the ledger as it stands. `connection` is the caller's transaction, if it has one.

        Raises StaleVersion when the page was behind, NoKeyYet inside a transaction, FieldError."""
        if ask.is_late(ledger):
            raise StaleVersion(ask.session, ledger.position)
        at = max(self._now(), ledger.at)
        try:
            words = await self._seal_words(ledger, ask, connection)
            fields = ask.parsed.with_words({field: one.reference for field, one in words.items()})
            command = COMMANDS.decode(ask.parsed.name, fields)
            events = rules.decide(ledger.state, command, ask.actor, at)
        except Refusal as refusal:
            return refusal
        if ledger.state is None and getattr(command, "session", None) != ask.session:
            raise FieldError("session", UNKNOWN_SESSION)
        commit = ledger.continued(events, ask.actor, at)
        letters = await self._outbox.seal((one for make in self.letters for one in make(commit)), connection)
        batch = Batch(
            session=ask.session, at=at, records=commit.records, new=ledger.position == 0, closed=commit.state.closed,
            seats=commit.new_seats(), answer=ask.answer(at, ledger.position + 1, ledger.position + len(events)))
        return Ready(replace(commit, letters=len(letters)), batch, tuple(words.values()), letters)

    async def _seal_words(self, ledger: Ledger, ask: Ask, connection: AsyncConnection | None) -> dict[str, Sealed]:
        """With the key of the candidate they are about, or the session's (X1)."""
        state, hearing = ledger.state, ask.parsed.hearing
        about = state.hearings.get(hearing) if state and hearing else None
        subject = about.candidate.person if about else session_subject(ask.session)
        try:
            return {field: await self._vault.seal_words(subject, ask.session, text, connection)
                    for field, text in ask.parsed.texts.items()}
        except Erased:
            raise Refusal("X1", N_("Les données de cette personne ont été effacées. "
                                   "Plus rien ne peut être écrit à son sujet.")) from None
