"""The streams that this process has in memory: read again as they are written, and everybody told, rights first."""
from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.codec import FieldError
from evaluation.journal import BrokenJournal, Record, export
from evaluation.kinds import Kind, Kinds
from server import logs
from server.config import StorageSettings
from server.journals.deciding import Ask
from server.journals.ledger import UNKNOWN_STREAM, Commit, Ledger
from server.journals.quoting import reference
from server.journals.retrying import Retrying
from server.storage import journal
from server.storage.database import Database
from server.storage.journal import Answer

log = logs.logger(__name__)

Listener = Callable[[Commit[Any]], None]
"""Runs in the event loop, in the order registered, before the command is answered; it must not block."""


class KnownStreams:
    """Reading, and telling whoever listens. `Journals` writes."""

    def __init__(self, database: Database, now: Callable[[], int], storage: StorageSettings, kinds: Kinds) -> None:
        self._database, self._now, self.kinds = database, now, kinds
        self._ledgers: dict[str, Ledger[Any]] = {}
        self._first: dict[str, tuple[list[Any], list[Any]]] = {}
        self.on_commit: list[Listener] = []
        self.on_failure: list[Callable[[str], None]] = []
        """Told the stream's id when a write failed in a way that leaves open what was kept: close its doors."""
        self.on_reopening: list[Listener] = []
        """Told, with a commit of nothing, when what was kept has been read since: open them as the rights are now."""
        soon = storage.reopen_seconds
        self._reopening = Retrying(self._reopen, soon, soon, storage.reopen_at_most_seconds)

    def before_all(self, kind: Kind[Any], on_commit: list[Any], on_reopening: list[Any]) -> None:
        """Listeners of one kind: they hear before those of all. ValueError when the kind has some already."""
        if kind.name in self._first:
            raise ValueError(f"{kind.name} is listened to already")
        self._first[kind.name] = (on_commit, on_reopening)

    # Reading

    def _ledger(self, kind: Kind[Any], stream: str) -> Ledger[Any]:
        """FieldError when the stream is of another kind."""
        ledger = self._ledgers.setdefault(stream, Ledger(kind, stream))
        if ledger.kind.name != kind.name:
            raise FieldError("stream", UNKNOWN_STREAM)
        return ledger

    async def state(self, kind: Kind[Any], stream: str) -> Any | None:
        """The state now, with what other processes wrote. None when there is no such stream of this kind."""
        if stream not in self._ledgers:
            async with self._database.reading() as connection:
                if await journal.kind_of(connection, stream) != kind.name:
                    return None
        elif self._ledgers[stream].kind.name != kind.name:
            return None
        ledger = self._ledger(kind, stream)
        async with ledger.turn():
            await self._catch_up(ledger)
            return ledger.state

    def known(self, kind: Kind[Any], stream: str) -> Any | None:
        """The state as this process last saw it, at no cost: right after a commit it is the present one."""
        ledger = self._ledgers.get(stream)
        return ledger.state if ledger and ledger.kind.name == kind.name else None

    def all_known(self, kind: Kind[Any]) -> tuple[Any, ...]:
        """Every stream of a kind that this process has in memory."""
        return tuple(one.state for one in self._ledgers.values()
                     if one.kind.name == kind.name and one.state is not None)

    async def kind_of(self, stream: str) -> Kind[Any] | None:
        """None for a stream that is not there."""
        async with self._database.reading() as connection:
            name = await journal.kind_of(connection, stream)
        return None if name is None else self.kinds.named(name)

    async def records(self, stream: str, after: int = 0, until: int | None = None) -> tuple[Record, ...]:
        async with self._database.reading() as connection:
            return await journal.read(connection, stream, after, until)

    async def quote(self, stream: str, position: int) -> dict[str, object]:
        """What a command carries to quote what stands at a position."""
        (found,) = await self.records(stream, position - 1, position)
        return reference(found)

    async def stream_ids(self, kind: Kind[Any] | None = None, open_only: bool = False) -> tuple[str, ...]:
        """The oldest first."""
        async with self._database.reading() as connection:
            return await journal.stream_ids(connection, kind.name if kind else None, open_only)

    async def last_at(self) -> dict[str, int]:
        """When the newest event of each open stream that something is due in happened."""
        async with self._database.reading() as connection:
            return await journal.last_at(connection)

    async def due(self) -> dict[str, tuple[str, int]]:
        """The open streams that the clockwork must look at: each one's kind, and when."""
        async with self._database.reading() as connection:
            return await journal.due(connection)

    async def export(self, stream: str, until: int | None = None) -> AsyncIterator[bytes]:
        """The lines `visiojury verify` reads, up to a position (all). LookupError when there is no such stream."""
        records = await self.records(stream, 0, until)
        if not records:
            raise LookupError(stream)
        for line in export(records):
            yield line

    async def look(self, stream: str) -> Any | None:
        """Somebody else wrote here: read it, if it is among those in memory or something is due in it."""
        ledger = self._ledgers.get(stream)
        if ledger is not None:
            return await self.state(ledger.kind, stream)
        async with self._database.reading() as connection:
            kind = await journal.kind_of_due(connection, stream)
        return await self.state(self.kinds.named(kind), stream) if kind is not None else None

    async def look_at_all(self) -> None:
        """Read again what is in memory. A broken journal stays closed."""
        for stream, ledger in list(self._ledgers.items()):
            try:
                await self.state(ledger.kind, stream)
            except BrokenJournal as broken:
                log.error("journal.broken", session=stream, position=broken.position)

    def let_go(self, watched: Callable[[str], bool]) -> None:
        """Drop from memory what is closed, or due at no time, and `watched` by nobody: it is read again when somebody
        asks."""
        for stream, ledger in list(self._ledgers.items()):
            state = ledger.state
            over = (state is None or ledger.kind.closed(state)
                    or ledger.kind.next_due(state, self._now()) is None)
            if over and not ledger.wanted and not watched(stream):
                del self._ledgers[stream]

    async def _catch_up(self, ledger: Ledger[Any], ask: Ask | None = None, connection: AsyncConnection | None = None
                        ) -> Answer | None:
        """Fold what was written since, here or elsewhere; with it, look for the answer already given."""
        if connection is None:
            async with self._database.reading() as own:
                return await self._catch_up(ledger, ask, own)
        stored = None
        if ask is not None and ask.key is not None:
            stored = await journal.answer_of(connection, ask.stream, ask.actor, ask.key)
        records = await journal.read(connection, ledger.stream, ledger.position)
        if records:
            if records[0].kind != ledger.kind.name:
                raise FieldError("stream", UNKNOWN_STREAM)
            try:
                commit = ledger.follow(records)
            except BrokenJournal:
                self._close_doors(ledger.stream)
                raise
            self._advance(ledger, commit)
        return stored

    # Telling

    def _advance(self, ledger: Ledger[Any], commit: Commit[Any]) -> None:
        """Make the new state the present one and tell everybody, rights first."""
        if not commit.records:
            return
        ledger.advance(commit)
        own, _ = self._first.get(commit.kind.name, ((), ()))
        self._tell((*own, *self.on_commit), commit)

    def _tell(self, listeners: Iterable[Listener], commit: Commit[Any]) -> None:
        for listener in listeners:
            try:
                listener(commit)
            except Exception as error:
                # The commit stands. What must close on failure closes itself (see server.cutting).
                log.error("session.listener_failed", exc_info=error, session=commit.stream)

    async def _reopen(self, stream: str) -> bool:
        """Read what was kept after all, and open the doors on it."""
        ledger = self._ledgers.get(stream)
        if ledger is None:
            return True
        async with ledger.turn():
            try:
                await self._catch_up(ledger)
            except BrokenJournal as broken:
                log.error("journal.broken", session=stream, position=broken.position)
                return True
            except Exception as error:
                log.warning("session.still_unknown", exc_info=error, session=stream)
                return False
            if ledger.state is not None:
                _, own = self._first.get(ledger.kind.name, ((), ()))
                self._tell((*own, *self.on_reopening), Commit(ledger.kind, stream, ledger.state, ledger.state, (), ()))
        log.info("session.reopened", session=stream)
        return True

    def _close_doors(self, stream: str) -> None:
        for tell in self.on_failure:
            try:
                tell(stream)
            except Exception as error:
                log.error("session.close_failed", exc_info=error, session=stream)
