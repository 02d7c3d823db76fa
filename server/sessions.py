"""The single write path: command → rules → one transaction → everybody is told.

A command is answered once it is durable, and its listeners (media rights first) have run before anybody else can act
in that session. The same idempotency key is answered the same for ever.
"""
from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation import access
from evaluation import session as rules
from evaluation.codec import FieldError
from evaluation.commands import COMMANDS
from evaluation.events import Event
from evaluation.journal import BrokenJournal, Record, export
from evaluation.rules import N_, Refusal
from evaluation.state import SessionState
from server import logs
from server.commanding import CLASSES, Parsed, parse
from server.ledger import UNKNOWN_SESSION, Commit, Ledger, event_of
from server.storage import journal
from server.storage.accounts import Accounts
from server.storage.engine import Database
from server.storage.journal import Answer, Batch, StaleVersion
from server.storage.outbox import Letter, Outbox
from server.storage.vault import Erased, NoKeyYet, Sealed, Vault, session_subject

log = logs.logger(__name__)

ROUNDS = 3
"""How often a command is decided at once and then in turn, before it is refused as stale."""


@dataclass(frozen=True)
class Outcome:
    """What a command led to. `position` is the journal's last position that the command wrote (or, when it changed
    nothing, where the journal stood)."""

    position: int
    events: tuple[Event, ...]


class KeyReused(Exception):
    """An idempotency key was sent again with another command."""


Listener = Callable[[Commit], None]
"""Runs in the event loop, in the order registered, before the command is answered; it must not block."""
Letters = Callable[[Commit], Iterable[Letter]]
"""Which letters a commit makes. They are written in its own transaction; the function may be asked again when another
process wrote first."""


@dataclass(frozen=True)
class _Ask:
    """One call of `execute`."""

    session: str
    actor: str
    parsed: Parsed
    key: str | None
    body: str
    expected: int | None

    def is_late(self, position: int) -> bool:
        """The page was behind, and this command is decided on what the page shows."""
        fresh = CLASSES[self.parsed.name] in access.NEEDS_FRESH
        return fresh and self.expected is not None and self.expected < position

    def answer(self, at: int, first: int = 1, last: int = 0, refusal: dict[str, Any] | None = None) -> Answer | None:
        if self.key is None:
            return None
        return Answer(self.session, self.actor, self.key, self.body, first, last, refusal, at)


@dataclass(frozen=True)
class _Ready:
    """Decided, sealed, and not yet written."""

    commit: Commit
    batch: Batch
    words: Sequence[Sealed]
    letters: list[dict[str, Any]]


_Result = Outcome | Answer | Refusal


class Sessions:
    def __init__(self, database: Database, vault: Vault, accounts: Accounts, outbox: Outbox,
                 now: Callable[[], int], words_characters: int) -> None:
        self._database, self._vault, self._accounts, self._outbox = database, vault, accounts, outbox
        self._now, self._words_characters = now, words_characters
        self._ledgers: dict[str, Ledger] = {}
        self._running: set[asyncio.Task[Outcome]] = set()
        self.on_commit: list[Listener] = []
        self.on_failure: list[Callable[[str], None]] = []
        """Told the session's id when a write failed in a way that leaves open what was kept: close its doors."""
        self.letters: list[Letters] = []

    # Writing

    async def execute(self, session_id: str, actor: str, command_name: str, fields: Mapping[str, object], *,
                      key: str | None = None, expected: int | None = None, by_server: bool = False) -> Outcome:
        """Do what a seat (or `people.SYSTEM`) asks for. Returns once it is durable and rights are applied.

        Raises Refusal (the rules), FieldError (a wrong field), StaleVersion (`expected` is too old for this command, or
        the session changes too fast), KeyReused, BrokenJournal. `by_server` opens the commands that only the server
        makes (`commanding.SERVER_MADE`)."""
        parsed = parse(command_name, fields, self._words_characters, by_server=by_server)
        body = json.dumps([command_name, parsed.plain, parsed.texts], sort_keys=True, default=repr)
        ask = _Ask(session_id, actor, parsed, key, self._vault.digest("body", body.encode()) if key else "", expected)
        # A browser that goes away must not stop half-way between the commit and the media rights.
        task = asyncio.create_task(self._execute(ask))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _execute(self, ask: _Ask) -> Outcome:
        ledger = self._ledgers.setdefault(ask.session, Ledger(ask.session))
        async with ledger.lock:
            for attempt in (self._at_once, self._in_turn) * ROUNDS:
                try:
                    result = await attempt(ledger, ask)
                    if isinstance(result, Refusal):
                        await self._keep_refusal(ledger, ask, result)
                except StaleVersion:
                    if ask.is_late(ledger.position):
                        raise
                except NoKeyYet:  # the next attempt makes it
                    pass
                else:
                    return await self._answered(result, ask)
            raise StaleVersion(ask.session, ledger.position)

    async def _at_once(self, ledger: Ledger, ask: _Ask) -> _Result:
        """Decide on what is known, then write: nobody else waits meanwhile. StaleVersion if somebody was quicker."""
        ready = await self._prepare(ledger, ask, None)
        if not isinstance(ready, _Ready):
            return ready
        async with self._writing(ask) as connection:
            await self._write(connection, ready)
        return self._done(ledger, ready)

    async def _in_turn(self, ledger: Ledger, ask: _Ask) -> _Result:
        """Wait until nobody else writes, then read, decide and write."""
        async with self._writing(ask) as connection:
            ready = await self._prepare(ledger, ask, connection)
            if not isinstance(ready, _Ready):
                return ready
            await self._write(connection, ready)
        return self._done(ledger, ready)

    async def _prepare(self, ledger: Ledger, ask: _Ask, connection: AsyncConnection | None
                       ) -> _Ready | Answer | Refusal:
        stored = await self._catch_up(ledger, ask, connection)
        if stored is not None:
            return stored
        if ask.is_late(ledger.position):
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
        return _Ready(replace(commit, letters=len(letters)), batch, tuple(words.values()), letters)

    async def _seal_words(self, ledger: Ledger, ask: _Ask, connection: AsyncConnection | None) -> dict[str, Sealed]:
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

    @asynccontextmanager
    async def _writing(self, ask: _Ask) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._database.writing() as connection:
                await journal.take_turn(connection, ask.session)
                yield connection
        except (StaleVersion, NoKeyYet, FieldError, BrokenJournal):  # nothing was kept
            raise
        except BaseException as error:
            # The connection may have died after the commit: what is kept is unknown until it is read again.
            log.error("session.commit_failed", exc_info=error, session=ask.session, command=ask.parsed.name)
            self._close_doors(ask.session)
            raise

    async def _write(self, connection: AsyncConnection, ready: _Ready) -> None:
        await journal.write(connection, ready.batch)
        if ready.commit.records:
            await self._vault.keep_words(connection, ready.words)
            await self._outbox.keep(connection, ready.letters)

    def _done(self, ledger: Ledger, ready: _Ready) -> Outcome:
        self._vault.remember(ready.words)
        self._advance(ledger, ready.commit)
        return Outcome(ledger.position, ready.commit.events)

    async def _keep_refusal(self, ledger: Ledger, ask: _Ask, refusal: Refusal) -> None:
        said = {"rule": refusal.rule, "text": refusal.text, "values": dict(refusal.values),
                "forbidden": isinstance(refusal, access.Forbidden)}
        answer = ask.answer(max(self._now(), ledger.at), refusal=said)
        if answer is not None:
            async with self._database.writing() as connection:
                await journal.keep_answer(connection, answer)

    async def _answered(self, result: _Result, ask: _Ask) -> Outcome:
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

    async def export(self, session_id: str) -> AsyncIterator[bytes]:
        """The lines `visiojury verify` reads. LookupError when there is no such session."""
        records = await self.records(session_id)
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
        """Wait for the commands that are being written."""
        while self._running:
            await asyncio.wait(self._running)

    async def _catch_up(self, ledger: Ledger, ask: _Ask | None = None, connection: AsyncConnection | None = None
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
        for listener in self.on_commit:
            try:
                listener(commit)
            except Exception as error:
                # The commit stands. What must close on failure closes itself (see app.py).
                log.error("session.listener_failed", exc_info=error, session=commit.session)

    def _close_doors(self, session: str) -> None:
        for tell in self.on_failure:
            try:
                tell(session)
            except Exception as error:
                log.error("session.close_failed", exc_info=error, session=session)


__all__ = ["Commit", "KeyReused", "Letters", "Listener", "Outcome", "Sessions"]
