"""From what somebody asks to what would be written: the rules decide, words and letters are sealed."""
from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.codec import FieldError
from evaluation.kinds import Kind, Kinds
from evaluation.people import SYSTEM
from evaluation.rules import N_, Refusal
from server.journals.edges import Edges
from server.journals.ledger import UNKNOWN_STREAM, Commit, Ledger
from server.journals.parsing import Parsed, quote_fields
from server.journals.quoting import Holds, quoted_streams, resolve
from server.storage import follow_ups, journal
from server.storage.journal import Answer, Batch, StaleVersion
from server.storage.letters import Letter, Outbox
from server.storage.rows import Changes
from server.storage.vault import Erased, Sealed, Vault

ERASED = N_("Les données de cette personne ont été effacées. Plus rien ne peut être écrit à son sujet.")
Letters = Callable[[Commit[Any]], Iterable[Letter]]
"""Which letters a commit makes, in which something happened. They are written in its own transaction; the function may
be asked again when another process wrote first."""


Fold = Callable[[Kind[Any], str, AsyncConnection], Awaitable[Any]]
"""The state of another stream, read in this transaction."""
Together = Callable[[AsyncConnection], Awaitable[None]]
"""Writes, in the command's own transaction, what must not stand without it; asked again after a conflict."""


@dataclass(frozen=True)
class Ask:
    """One call of `execute`. `final`: a refusal is the answer of its key for ever. `still`: what is quoted must hold,
    whoever asks."""

    kind: Kind[Any]
    stream: str
    actor: str
    parsed: Parsed
    key: str | None
    body: str
    expected: int | None
    together: Together | None = None
    final: bool = True
    still: bool = False

    @property
    def command(self) -> type:
        return self.kind.commands.classes[self.parsed.name]

    @property
    def quotes(self) -> bool:
        """Whether it rests on another stream."""
        return any(self.parsed.plain.get(name) is not None for name in quote_fields(self.command))

    @property
    def quoted(self) -> frozenset[str]:
        """The streams it quotes."""
        return quoted_streams(self.command, self.parsed.plain)

    def is_late(self, ledger: Ledger[Any]) -> bool:
        """The page was behind, and this command is decided on what the page shows."""
        if self.expected is None or ledger.state is None:
            return False
        return self.expected < self.kind.must_have_seen(ledger.state, self.command, self.parsed.plain)

    def answer(self, at: int, first: int = 1, last: int = 0, refusal: dict[str, Any] | None = None) -> Answer | None:
        if self.key is None or (refusal is not None and not self.final):
            return None
        return Answer(self.stream, self.actor, self.key, self.body, first, last, refusal, at)


@dataclass(frozen=True)
class Ready:
    """Decided, sealed, and not yet written."""

    commit: Commit[Any]
    batch: Batch
    words: Sequence[Sealed]
    letters: list[dict[str, Any]]


class Deciding:
    """`letters` are the functions that say which letters a commit makes."""

    def __init__(self, vault: Vault, outbox: Outbox, kinds: Kinds, edges: Edges, now: Callable[[], int]) -> None:
        self._vault, self._outbox, self._kinds, self._edges, self._now = vault, outbox, kinds, edges, now
        self.letters: list[Letters] = []

    async def decide(self, ledger: Ledger[Any], ask: Ask, connection: AsyncConnection | None, fold: Fold
                     ) -> Ready | Refusal:
        """What would be written, on the ledger as it stands. `connection` is the caller's transaction, if it has one
        (a command that quotes always does).

        Raises StaleVersion when the page was behind, NoKeyYet inside a transaction, FieldError."""
        if ask.is_late(ledger):
            raise StaleVersion(ask.stream, ledger.position)
        at = max(self._now(), ledger.at)
        try:
            words = await self._seal_words(ledger, ask, connection)
            fields = ask.parsed.with_words({field: one.reference for field, one in words.items()})
            if connection is not None and ask.quotes:
                # What the platform carries out itself follows from the event, whatever became of it since.
                fields = await resolve(ask.command, fields, self._kinds, connection,
                                       None if ask.actor == SYSTEM and not ask.still else _holding(ask, fold))
            command = ask.kind.commands.decode(ask.parsed.name, fields)
            events = ask.kind.decide(ledger.state, command, ask.actor, at)
        except Refusal as refusal:
            return refusal
        if ledger.state is None and getattr(command, ask.kind.begins_with) != ask.stream:
            raise FieldError(ask.kind.begins_with, UNKNOWN_STREAM)
        commit = ledger.continued(events, ask.actor, at)
        letters = await self._outbox.seal(self._letters(commit), connection)
        return Ready(replace(commit, letters=len(letters)), self._batch(ledger, ask, commit, at), tuple(words.values()),
                     letters)

    def _letters(self, commit: Commit[Any]) -> Iterable[Letter]:
        """None where nothing happened: what was asked for is as it was asked already."""
        return (one for make in self.letters for one in make(commit)) if commit.records else ()

    async def write(self, connection: AsyncConnection, ready: Ready) -> None:
        """What was decided, with what follows from it elsewhere. Raises as `storage.journal.write`."""
        await journal.write(connection, ready.batch)
        await follow_ups.add(connection, await self._edges.follow(connection, ready.commit), ready.batch.at)

    def _batch(self, ledger: Ledger[Any], ask: Ask, commit: Commit[Any], at: int) -> Batch:
        kind, before, after = ask.kind, commit.before, commit.state
        due, closed = kind.next_due(after, at), kind.closed(after)
        return Batch(
            stream=ask.stream, kind=kind.name, at=at, records=commit.records, new=ledger.position == 0,
            closed=closed, closed_changed=before is None or kind.closed(before) != closed, due_at=due,
            due_changed=before is None or kind.next_due(before, at) != due,
            rows=Changes.between(kind.rows(before) if before is not None else (), kind.rows(after))
            if commit.records else Changes(),
            answer=ask.answer(at, ledger.position + 1, ledger.position + len(commit.records)))

    async def _seal_words(self, ledger: Ledger[Any], ask: Ask, connection: AsyncConnection | None
                          ) -> dict[str, Sealed]:
        """With the key of the person they are about, or the stream's (X1)."""
        if not ask.parsed.texts:
            return {}
        plain, subject = ask.parsed.plain, ask.kind.subject(ledger.state, ask.stream, ask.parsed.plain)

        def about(field: str) -> str:
            place = field.partition("/")[2]
            own = ask.kind.place_subject(ledger.state, plain, place) if place else None
            return own or subject

        try:
            return {field: await self._vault.seal_words(about(field), ask.stream, text, connection)
                    for field, text in ask.parsed.texts.items()}
        except Erased:
            raise Refusal("X1", ERASED) from None


def _holding(ask: Ask, fold: Fold) -> Holds:
    """Of what the platform carries out, what its event says is asked; of everything else, whether it can be quoted."""
    async def holds(kind: Kind[Any], stream: str, position: int, connection: AsyncConnection) -> bool:
        if stream == ask.stream and ask.command in ask.kind.judges:
            return True
        state = await fold(kind, stream, connection)
        return kind.follows(state, position) if ask.actor == SYSTEM else kind.stands(state, position)
    return holds
