"""The single write path: command → rules → one transaction → everybody is told.

A command is answered once it is durable, and its listeners (media rights first) have run before anybody else can act
in that stream. The same idempotency key is answered the same for ever. Nothing here knows a kind of stream: each is
given as a value (`evaluation.kinds.Kind`).
"""
from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.codec import FieldError
from evaluation.journal import BrokenJournal, Record, export
from evaluation.kinds import Kind, Kinds
from evaluation.rules import Forbidden, Refusal
from server import logs
from server.config import StorageSettings
from server.journals.deciding import Ask, Deciding, Ready, Together
from server.journals.edges import Edges
from server.journals.ledger import UNKNOWN_STREAM, Commit, Ledger, event_of
from server.journals.parsing import parse
from server.journals.retrying import Retrying
from server.storage import journal
from server.storage.database import Database
from server.storage.disk_space import NoSpace
from server.storage.journal import Answer, StaleVersion
from server.storage.letters import Outbox
from server.storage.vault import Erased, NoKeyYet, Vault

log = logs.logger(__name__)

ROUNDS = 3
"""How often a command is decided at once and then in turn, before it is refused as stale."""


@dataclass(frozen=True)
class Outcome:
    """What a command led to. `position` is the journal's last position that the command wrote (or, when it changed
    nothing, where the journal stood)."""

    position: int
    events: tuple[Any, ...]


class NotDone(Exception):
    """What was to be written together with a command could not be: nothing was."""


class KeyReused(Exception):
    """An idempotency key was sent again with another command."""


Listener = Callable[[Commit[Any]], None]
"""Runs in the event loop, in the order registered, before the command is answered; it must not block."""
_Result = Outcome | Answer | Refusal


class Journals:
    def __init__(self, database: Database, vault: Vault, outbox: Outbox, now: Callable[[], int], words_characters: int,
                 storage: StorageSettings, kinds: Kinds, edges: Edges | None = None) -> None:
        self._database, self._vault, self._outbox = database, vault, outbox
        self._now, self._words_characters = now, words_characters
        self.kinds = kinds
        self._deciding = Deciding(vault, outbox, kinds, edges or Edges(), now)
        self._ledgers: dict[str, Ledger[Any]] = {}
        self._running: set[asyncio.Task[Outcome]] = set()
        self._first: dict[str, tuple[list[Any], list[Any]]] = {}
        self.on_commit: list[Listener] = []
        self.on_failure: list[Callable[[str], None]] = []
        """Told the stream's id when a write failed in a way that leaves open what was kept: close its doors."""
        self.on_reopening: list[Listener] = []
        """Told, with a commit of nothing, when what was kept has been read since: open them as the rights are now."""
        soon = storage.reopen_seconds
        self._reopening = Retrying(self._reopen, soon, soon, storage.reopen_at_most_seconds)
        self.letters = self._deciding.letters

    def before_all(self, kind: Kind[Any], on_commit: list[Any], on_reopening: list[Any]) -> None:
        """Listeners of one kind: they hear before those of all. ValueError when the kind has some already."""
        if kind.name in self._first:
            raise ValueError(f"{kind.name} is listened to already")
        self._first[kind.name] = (on_commit, on_reopening)

    # Writing

    async def execute(
        self, kind: Kind[Any], stream: str, actor: str, command_name: str, fields: Mapping[str, object], *,
        key: str | None = None, expected: int | None = None, by_server: bool = False,
        together: Together | None = None, final: bool = True,
    ) -> Outcome:
        """Do what somebody (or `people.SYSTEM`) asks for. Returns once it is durable and rights are applied.

        Raises Refusal (the rules), FieldError (a wrong field), StaleVersion (`expected` is too old for this command, or
        the stream changes too fast), KeyReused, BrokenJournal, NoSpace. `by_server` opens the commands that only the
        server makes; `together` writes what must not stand without this command (NotDone). With `final` a refusal is
        the key's answer for ever; else it is asked anew.
        """
        parsed = parse(kind, command_name, fields, self._words_characters, by_server=by_server)
        body = json.dumps([command_name, parsed.plain, parsed.texts], sort_keys=True, default=repr)
        digest = self._vault.digest("body", body.encode()) if key else ""
        ask = Ask(kind, stream, actor, parsed, key, digest, expected, together, final)
        # A browser that goes away must not stop half-way between the commit and the media rights.
        task = asyncio.create_task(self._execute(ask))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _execute(self, ask: Ask) -> Outcome:
        ledger = self._ledger(ask.kind, ask.stream)
        # What is quoted must hold at the commit: such a command is decided in its turn alone.
        attempts = (self._in_turn,) if ask.quotes else (self._at_once, self._in_turn)
        async with ledger.lock:
            for attempt in attempts * ROUNDS:
                try:
                    result = await attempt(ledger, ask)
                    if isinstance(result, Refusal):
                        await self._keep_refusal(ledger, ask, result)
                except StaleVersion:
                    if ask.is_late(ledger):
                        raise
                except NoKeyYet as missing:  # the next attempt finds it
                    with suppress(Erased):
                        await self._vault.key(str(missing))
                else:
                    return await self._answered(result, ask)
            raise StaleVersion(ask.stream, ledger.position)

    async def _at_once(self, ledger: Ledger[Any], ask: Ask) -> _Result:
        """Decide on what is known, then write: nobody else waits meanwhile. StaleVersion if somebody was quicker."""
        ready = await self._prepare(ledger, ask, None)
        if not isinstance(ready, Ready):
            return ready
        async with self._writing(ask) as connection:
            await self._write(connection, ready, ask)
        return self._done(ledger, ready)

    async def _in_turn(self, ledger: Ledger[Any], ask: Ask) -> _Result:
        """Wait until nobody else writes, then read, decide and write."""
        async with self._writing(ask) as connection:
            ready = await self._prepare(ledger, ask, connection)
            if not isinstance(ready, Ready):
                return ready
            await self._write(connection, ready, ask)
        return self._done(ledger, ready)

    async def _prepare(self, ledger: Ledger[Any], ask: Ask, connection: AsyncConnection | None
                       ) -> Ready | Answer | Refusal:
        stored = await self._catch_up(ledger, ask, connection)
        if stored is not None:
            return stored
        return await self._deciding.decide(ledger, ask, connection, self._folded)

    async def _folded(self, kind: Kind[Any], stream: str, connection: AsyncConnection) -> Any:
        """The state of a stream that is quoted, as it stands in this transaction. What its own writers hold in memory
        is taken as the beginning, and left as it is."""
        known = self._ledgers.get(stream)
        state, position, edition = (known.state, known.position, known.edition) if known else (None, 0, None)
        return kind.fold(await journal.read(connection, stream, position), state, edition)

    @asynccontextmanager
    async def _writing(self, ask: Ask) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._database.writing() as connection:
                await journal.take_turns(connection, ask.stream, ask.quoted)
                yield connection
        except (StaleVersion, NoKeyYet, FieldError, BrokenJournal, NotDone, NoSpace):  # nothing was kept
            raise
        except BaseException as error:
            # The connection may have died after the commit: what is kept is unknown until it is read again.
            log.error("session.commit_failed", exc_info=error, session=ask.stream, command=ask.parsed.name)
            self._close_doors(ask.stream)
            self._reopening.begin(ask.stream)
            raise

    async def _write(self, connection: AsyncConnection, ready: Ready, ask: Ask) -> None:
        await journal.write(connection, ready.batch)
        if ask.together is not None:
            await ask.together(connection)
        if ready.commit.records:
            await self._vault.keep_words(connection, ready.words)
            await self._outbox.keep(connection, ready.letters)

    def _done(self, ledger: Ledger[Any], ready: Ready) -> Outcome:
        self._vault.remember(ready.words)
        self._advance(ledger, ready.commit)
        return Outcome(ledger.position, ready.commit.events)

    async def _keep_refusal(self, ledger: Ledger[Any], ask: Ask, refusal: Refusal) -> None:
        said = {"rule": refusal.rule, "text": refusal.text, "values": dict(refusal.values),
                "forbidden": isinstance(refusal, Forbidden)}
        answer = ask.answer(max(self._now(), ledger.at), refusal=said)
        if answer is not None:
            async with self._database.writing() as connection:
                await journal.keep_answer(connection, answer)

    async def _answered(self, result: _Result, ask: Ask) -> Outcome:
        """What `execute` says, the first time or again."""
        if isinstance(result, Outcome):
            return result
        if isinstance(result, Refusal):
            raise result
        if result.body != ask.body:
            raise KeyReused(result.key)
        if result.refusal is not None:
            refused = Forbidden if result.refusal["forbidden"] else Refusal
            raise refused(result.refusal["rule"], result.refusal["text"], **result.refusal["values"])
        records = await self.records(ask.stream, result.first - 1, result.last)
        return Outcome(result.last, tuple(event_of(ask.kind, one) for one in records))

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
        async with ledger.lock:
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
        kind = (await self.due()).get(stream)
        return await self.state(self.kinds.named(kind[0]), stream) if kind is not None else None

    async def look_at_all(self) -> None:
        """Read again what is in memory. A broken journal stays closed."""
        for stream, ledger in list(self._ledgers.items()):
            try:
                await self.state(ledger.kind, stream)
            except BrokenJournal as broken:
                log.error("journal.broken", session=stream, position=broken.position)

    async def close(self) -> None:
        """Wait for the commands that are being written; one that fails then asks for a reopening."""
        while self._running:
            await asyncio.wait(self._running)
        await self._reopening.close()

    def let_go(self, watched: Callable[[str], bool]) -> None:
        """Drop from memory what is closed, or due at no time, and `watched` by nobody: it is read again when somebody
        asks."""
        for stream, ledger in list(self._ledgers.items()):
            state = ledger.state
            over = (state is None or ledger.kind.closed(state)
                    or ledger.kind.next_due(state, self._now()) is None)
            if over and not ledger.lock.locked() and not watched(stream):
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
        async with ledger.lock:
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
