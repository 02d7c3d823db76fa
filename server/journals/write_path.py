"""The single write path: command → rules → one transaction → everybody is told.

A command is answered once it is durable, and its listeners (media rights first) have run before anybody else can act
in that stream. The same idempotency key is answered the same for ever. Nothing here knows a kind of stream: each is
given as a value (`evaluation.kinds.Kind`).
"""
from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.codec import FieldError
from evaluation.journal import BrokenJournal
from evaluation.kinds import Kind, Kinds
from evaluation.rules import Forbidden, Refusal
from server import logs
from server.config import StorageSettings
from server.journals.deciding import Ask, Deciding, Ready, Together
from server.journals.edges import Edges
from server.journals.known_streams import KnownStreams
from server.journals.ledger import Ledger, event_of
from server.journals.parsing import parse
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


_Result = Outcome | Answer | Refusal
_Attempt = Callable[[Ledger[Any], Ask], Awaitable[_Result]]


class Journals(KnownStreams):
    def __init__(self, database: Database, vault: Vault, outbox: Outbox, now: Callable[[], int], words_characters: int,
                 storage: StorageSettings, kinds: Kinds, edges: Edges | None = None) -> None:
        super().__init__(database, now, storage, kinds)
        self._vault, self._outbox, self._words_characters = vault, outbox, words_characters
        self._deciding = Deciding(vault, outbox, kinds, edges or Edges(), now)
        self._running: set[asyncio.Task[Outcome]] = set()
        self.letters = self._deciding.letters

    async def execute(
        self, kind: Kind[Any], stream: str, actor: str, command_name: str, fields: Mapping[str, object], *,
        key: str | None = None, expected: int | None = None, by_server: bool = False,
        together: Together | None = None, final: bool = True, still: bool = False,
    ) -> Outcome:
        """Do what somebody (or `people.SYSTEM`) asks for. Returns once it is durable and rights are applied.

        Raises Refusal (the rules), FieldError (a wrong field), StaleVersion (`expected` is too old for this command, or
        the stream changes too fast), KeyReused, BrokenJournal, NoSpace. `by_server` opens the commands that only the
        server makes; `together` writes what must not stand without this command (NotDone). With `final` a refusal is
        the key's answer for ever; else it is asked anew. `still`: what is quoted must hold, although the platform asks.
        """
        parsed = parse(kind, command_name, fields, self._words_characters, by_server=by_server)
        body = json.dumps([command_name, parsed.plain, parsed.texts], sort_keys=True, default=repr)
        digest = self._vault.digest("body", body.encode()) if key else ""
        ask = Ask(kind, stream, actor, parsed, key, digest, expected, together, final, still)
        # A browser that goes away must not stop half-way between the commit and the media rights.
        task = asyncio.create_task(self._execute(ask))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _execute(self, ask: Ask) -> Outcome:
        ledger = self._ledger(ask.kind, ask.stream)
        # What is quoted must hold at the commit: such a command is decided in its turn alone.
        attempts = (self._in_turn,) if ask.quotes else (self._at_once, self._in_turn)
        async with ledger.turn():
            for attempt in attempts * ROUNDS:
                try:
                    result = await self._with_keys(attempt, ledger, ask)
                    if isinstance(result, Refusal):
                        await self._keep_refusal(ledger, ask, result)
                except StaleVersion:
                    if ask.is_late(ledger):
                        raise
                else:
                    return await self._answered(result, ask)
            raise StaleVersion(ask.stream, ledger.position)

    async def _with_keys(self, attempt: _Attempt, ledger: Ledger[Any], ask: Ask) -> _Result:
        """`attempt`, anew for each key that is missing: an act that writes to many needs many, and inside its
        transaction none can be made."""
        made = set[str]()
        while True:
            try:
                return await attempt(ledger, ask)
            except NoKeyYet as missing:
                if str(missing) in made:
                    raise StaleVersion(ask.stream, ledger.position) from missing
                made.add(str(missing))
                with suppress(Erased):
                    await self._vault.key(str(missing))

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
        await self._deciding.write(connection, ready)
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

    async def close(self) -> None:
        """Wait for the commands that are being written; one that fails then asks for a reopening."""
        while self._running:
            await asyncio.wait(self._running)
        await self._reopening.close()
