"""The single write path: command → rules → one transaction → everybody is told.

A command is answered once it is durable, and its listeners (media rights first) have run before anybody else can act
in that session. The same idempotency key is answered the same for ever.
"""
from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.codec import FieldError
from evaluation.journal import BrokenJournal, Record, export
from evaluation.rules import Refusal
from evaluation.session import access
from evaluation.session.events import Event
from evaluation.session.state import SessionState
from server import logs
from server.config import StorageSettings
from server.journals.deciding import Ask, Deciding, Ready, Together
from server.journals.ledger import Commit, Ledger, event_of
from server.journals.parsing import parse
from server.journals.retrying import Retrying
from server.storage import journal
from server.storage.accounts import Accounts
from server.storage.engine import Database
from server.storage.journal import Answer, StaleVersion
from server.storage.letters import Outbox
from server.storage.space import NoSpace
from server.storage.vault import NoKeyYet, Vault

log = logs.logger(__name__)

ROUNDS = 3
"""How often a command is decided at once and then in turn, before it is refused as stale."""


@dataclass(frozen=True)
class Outcome:
    """What a command led to. `position` is the journal's last position that the command wrote (or, when it changed
    nothing, where the journal stood)."""

    position: int
    events: tuple[Event, ...]


class NotDone(Exception):
    """What was to be written together with a command could not be: nothing was."""


class KeyReused(Exception):
    """An idempotency key was sent again with another command."""


Listener = Callable[[Commit], None]
"""Runs in the event loop, in the order registered, before the command is answered; it must not block."""
_Result = Outcome | Answer | Refusal


class Sessions:
    def __init__(self, database: Database, vault: Vault, accounts: Accounts, outbox: Outbox,
                 now: Callable[[], int], words_characters: int, storage: StorageSettings) -> None:
        self._database, self._vault, self._accounts, self._outbox = database, vault, accounts, outbox
        self._now, self._words_characters = now, words_characters
        self._deciding = Deciding(vault, outbox, now)
        self._ledgers: dict[str, Ledger] = {}
        self._running: set[asyncio.Task[Outcome]] = set()
        self.on_commit: list[Listener] = []
        self.on_failure: list[Callable[[str], None]] = []
        """Told the session's id when a write failed in a way that leaves open what was kept: close its doors."""
        self.on_reopening: list[Listener] = []
        """Told, with a commit of nothing, when what was kept has been read since: open them as the rights are now."""
        soon = storage.reopen_seconds
        self._reopening = Retrying(self._reopen, soon, soon, storage.reopen_at_most_seconds)
        self.letters = self._deciding.letters

    # Writing

    async def execute(self, session_id: str, actor: str, command_name: str, fields: Mapping[str, object], *,
                      key: str | None = None, expected: int | None = None, by_server: bool = False,
                      together: Together | None = None) -> Outcome:
        """Do what a seat (or `people.SYSTEM`) asks for. Returns once it is durable and rights are applied.

        Raises Refusal (the rules), FieldError (a wrong field), StaleVersion (`expected` is too old for this command, or
        the session changes too fast), KeyReused, BrokenJournal, NoSpace. `by_server` opens the commands that only the
        server makes (`commanding.SERVER_MADE`); `together` writes what must not stand without this command (NotDone).
        """
        parsed = parse(command_name, fields, self._words_characters, by_server=by_server)
        body = json.dumps([command_name, parsed.plain, parsed.texts], sort_keys=True, default=repr)
        digest = self._vault.digest("body", body.encode()) if key else ""
        ask = Ask(session_id, actor, parsed, key, digest, expected, together)
        # A browser that goes away must not stop half-way between the commit and the media rights.
        task = asyncio.create_task(self._execute(ask))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _execute(self, ask: Ask) -> Outcome:
        ledger = self._ledgers.setdefault(ask.session, Ledger(ask.session))
        async with ledger.lock:
            for attempt in (self._at_once, self._in_turn) * ROUNDS:
                try:
                    result = await attempt(ledger, ask)
                    if isinstance(result, Refusal):
                        await self._keep_refusal(ledger, ask, result)
                except StaleVersion:
                    if ask.is_late(ledger):
                        raise
                except NoKeyYet:  # the next attempt makes it
                    pass
                else:
                    return await self._answered(result, ask)
            raise StaleVersion(ask.session, ledger.position)

    async def _at_once(self, ledger: Ledger, ask: Ask) -> _Result:
        """Decide on what is known, then write: nobody else waits meanwhile. StaleVersion if somebody was quicker."""
        ready = await self._prepare(ledger, ask, None)
        if not isinstance(ready, Ready):
            return ready
        async with self._writing(ask) as connection:
            await self._write(connection, ready, ask)
        return self._done(ledger, ready)

    async def _in_turn(self, ledger: Ledger, ask: Ask) -> _Result:
        """Wait until nobody else writes, then read, decide and write."""
        async with self._writing(ask) as connection:
            ready = await self._prepare(ledger, ask, connection)
            if not isinstance(ready, Ready):
                return ready
            await self._write(connection, ready, ask)
        return self._done(ledger, ready)

    async def _prepare(self, ledger: Ledger, ask: Ask, connection: AsyncConnection | None
                       ) -> Ready | Answer | Refusal:
        stored = await self._catch_up(ledger, ask, connection)
        if stored is not None:
            return stored
        return await self._deciding.decide(ledger, ask, connection)

    @asynccontextmanager
    async def _writing(self, ask: Ask) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._database.writing() as connection:
                await journal.take_turn(connection, ask.session)
                yield connection
        except (StaleVersion, NoKeyYet, FieldError, BrokenJournal, NotDone, NoSpace):  # nothing was kept
            raise
        except BaseException as error:
            # The connection may have died after the commit: what is kept is unknown until it is read again.
            log.error("session.commit_failed", exc_info=error, session=ask.session, command=ask.parsed.name)
            self._close_doors(ask.session)
            self._reopening.begin(ask.session)
            raise

    async def _write(self, connection: AsyncConnection, ready: Ready, ask: Ask) -> None:
        await journal.write(connection, ready.batch)
        if ask.together is not None:
            await ask.together(connection)
        if ready.commit.records:
            await self._vault.keep_words(connection, ready.words)
            await self._outbox.keep(connection, ready.letters)

    def _done(self, ledger: Ledger, ready: Ready) -> Outcome:
        self._vault.remember(ready.words)
        self._advance(ledger, ready.commit)
        return Outcome(ledger.position, ready.commit.events)

    async def _keep_refusal(self, ledger: Ledger, ask: Ask, refusal: Refusal) -> None:
        said = {"rule": refusal.rule, "text": refusal.text, "values": dict(refusal.values),
                "forbidden": isinstance(refusal, access.Forbidden)}
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
            kind = access.Forbidden if result.refusal["forbidden"] else Refusal
            raise kind(result.refusal["rule"], result.refusal["text"], **result.refusal["values"])
        records = await self.records(ask.session, result.first - 1, result.last)
        return Outcome(result.last, tuple(event_of(one) for one in records))

    # Reading

    async def state(self, session_id: str) -> SessionState | None:
        """The state now, with what other processes wrote. None when there is no such session."""
        if session_id not in self._ledgers and not await self.records(session_id, until=1):
            return None
        ledger = self._ledgers.setdefault(session_id, Ledger(session_id))
        async with ledger.lock:
            await self._catch_up(ledger)
            return ledger.state

    def known(self, session_id: str) -> SessionState | None:
        """The state as this process last saw it, at no cost: right after a commit it is the present one."""
        ledger = self._ledgers.get(session_id)
        return ledger.state if ledger else None

    def all_known(self) -> tuple[SessionState, ...]:
        """Every session this process has in memory."""
        return tuple(one.state for one in self._ledgers.values() if one.state is not None)

    async def records(self, session_id: str, after: int = 0, until: int | None = None) -> tuple[Record, ...]:
        async with self._database.reading() as connection:
            return await journal.read(connection, session_id, after, until)

    async def events(self, session_id: str, after: int = 0) -> tuple[tuple[Record, Event], ...]:
        return tuple((one, event_of(one)) for one in await self.records(session_id, after))

    async def words(self, refs: Iterable[str]) -> dict[str, str]:
        """The texts by reference; those of an erased person are absent."""
        return await self._vault.read_words(refs)

    async def profile(self, person: str) -> Mapping[str, Any] | None:
        """None for somebody unknown or erased."""
        return await self._accounts.profile(person)

    async def session_ids(self, open_only: bool = False) -> tuple[str, ...]:
        """The oldest first."""
        async with self._database.reading() as connection:
            return await journal.session_ids(connection, open_only)

    async def last_at(self) -> dict[str, int]:
        """When the newest event of each open session happened."""
        async with self._database.reading() as connection:
            return await journal.last_at(connection)

    async def export(self, session_id: str, until: int | None = None) -> AsyncIterator[bytes]:
        """The lines `visiojury verify` reads, up to a position (all). LookupError when there is no such session."""
        records = await self.records(session_id, 0, until)
        if not records:
            raise LookupError(session_id)
        for line in export(records):
            yield line

    async def load_open(self) -> None:
        """At start: read every open session, so that listeners apply its rights. A broken journal stays closed."""
        for session in await self.session_ids(open_only=True):
            try:
                await self.state(session)
            except BrokenJournal as broken:
                log.error("journal.broken", session=session, position=broken.position)

    async def close(self) -> None:
        """Wait for the commands that are being written; one that fails then asks for a reopening."""
        while self._running:
            await asyncio.wait(self._running)
        await self._reopening.close()

    def let_go(self, watched: Callable[[str], bool]) -> None:
        """Drop from memory the closed sessions that nobody acts in, and `watched` by nobody: they are read again when
        somebody asks."""
        for session, ledger in list(self._ledgers.items()):
            over = ledger.state is None or ledger.state.closed
            if over and not ledger.lock.locked() and not watched(session):
                del self._ledgers[session]

    async def _catch_up(self, ledger: Ledger, ask: Ask | None = None, connection: AsyncConnection | None = None
                        ) -> Answer | None:
        """Fold what was written since, here or elsewhere; with it, look for the answer already given."""
        if connection is None:
            async with self._database.reading() as own:
                return await self._catch_up(ledger, ask, own)
        stored = None
        if ask is not None and ask.key is not None:
            stored = await journal.answer_of(connection, ask.session, ask.actor, ask.key)
        records = await journal.read(connection, ledger.session, ledger.position)
        if records:
            try:
                commit = ledger.follow(records)
            except BrokenJournal:
                self._close_doors(ledger.session)
                raise
            self._advance(ledger, commit)
        return stored

    # Telling

    def _advance(self, ledger: Ledger, commit: Commit) -> None:
        """Make the new state the present one and tell everybody, rights first."""
        if not commit.records:
            return
        ledger.advance(commit)
        self._tell(self.on_commit, commit)

    def _tell(self, listeners: Iterable[Listener], commit: Commit) -> None:
        for listener in listeners:
            try:
                listener(commit)
            except Exception as error:
                # The commit stands. What must close on failure closes itself (see app.py).
                log.error("session.listener_failed", exc_info=error, session=commit.session)

    async def _reopen(self, session: str) -> bool:
        """Read what was kept after all, and open the doors on it."""
        ledger = self._ledgers.setdefault(session, Ledger(session))
        async with ledger.lock:
            try:
                await self._catch_up(ledger)
            except BrokenJournal as broken:
                log.error("journal.broken", session=session, position=broken.position)
                return True
            except Exception as error:
                log.warning("session.still_unknown", exc_info=error, session=session)
                return False
            if ledger.state is not None:
                self._tell(self.on_reopening, Commit(session, ledger.state, ledger.state, (), ()))
        log.info("session.reopened", session=session)
        return True

    def _close_doors(self, session: str) -> None:
        for tell in self.on_failure:
            try:
                tell(session)
            except Exception as error:
                log.error("session.close_failed", exc_info=error, session=session)


__all__ = ["Commit", "KeyReused", "Listener", "NotDone", "Outcome", "Sessions"]
