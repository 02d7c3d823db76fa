"""The single write path: command → rules → one transaction → everybody is told.

A command is answered once it is durable, and its listeners (media rights first) have run before anybody else can act
in that session. The same idempotency key is answered the same for ever.
"""
from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evaluation import access
from evaluation import session as rules
from evaluation.codec import FieldError, encode
from evaluation.commands import COMMANDS, Command
from evaluation.events import EVENTS, Event
from evaluation.journal import GENESIS, BrokenJournal, Record, chain, export
from evaluation.people import Seat
from evaluation.rules import N_, Refusal
from evaluation.state import SessionState
from server import logs
from server.commanding import CLASSES, Parsed, parse
from server.storage import journal
from server.storage.accounts import Accounts
from server.storage.engine import Database
from server.storage.journal import Answer, StaleVersion
from server.storage.outbox import Letter, Outbox
from server.storage.vault import Erased, Sealed, Vault, session_subject

log = logs.logger(__name__)

RETRIES = 8
"""How often a command is decided anew because another process wrote first, before it is refused as stale."""
UNKNOWN_SESSION = N_("cette session n'existe pas")


@dataclass(frozen=True)
class Outcome:
    """What a command led to. `position` is the journal's last position that the command wrote (or, when it changed
    nothing, where the journal stood)."""

    position: int
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Commit:
    """What listeners are told: the state before (None: the session is new, or was just loaded), the state after, and
    what was written, here or by another process."""

    session: str
    before: SessionState | None
    state: SessionState
    records: tuple[Record, ...]
    events: tuple[Event, ...]
    letters: int = 0
    """How many letters were put into the outbox with it, by this process."""


class KeyReused(Exception):
    """An idempotency key was sent again with another command."""


Listener = Callable[[Commit], None]
"""Runs in the event loop, in the order registered, before the command is answered; it must not block."""
Letters = Callable[[Commit], Iterable[Letter]]
"""Which letters a commit makes. They are written in its own transaction; the function may be asked again when another
process wrote first."""


class _Kept:
    """One session as this process knows it."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.state: SessionState | None = None
        self.position, self.at, self.head = 0, 0, GENESIS


class Sessions:
    def __init__(self, database: Database, vault: Vault, accounts: Accounts, outbox: Outbox,
                 now: Callable[[], int], words_characters: int) -> None:
        self._database, self._vault, self._accounts, self._outbox = database, vault, accounts, outbox
        self._now, self._words_characters = now, words_characters
        self._kept: dict[str, _Kept] = {}
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
        kept = self._kept.setdefault(ask.session, _Kept())
        async with kept.lock:
            for _ in range(RETRIES):
                try:
                    return await self._attempt(kept, ask)
                except StaleVersion:
                    if ask.is_late(kept.position):
                        raise
            raise StaleVersion(ask.session, kept.position)

    async def _attempt(self, kept: _Kept, ask: _Ask) -> Outcome:
        stored = await self._catch_up(kept, ask.session, ask)
        if stored is not None:
            return await self._same_answer(stored, ask)
        if ask.is_late(kept.position):
            raise StaleVersion(ask.session, kept.position)
        sealed = await self._seal_words(kept, ask)
        fields = ask.parsed.with_words({field: one.reference for field, one in sealed.items()})
        command: Command = COMMANDS.decode(ask.parsed.name, fields)
        at = max(self._now(), kept.at)
        try:
            events = rules.decide(kept.state, command, ask.actor, at)
        except Refusal as refusal:
            await self._keep_refusal(ask, refusal, at)
            raise
        if kept.state is None and getattr(command, "session", None) != ask.session:
            raise FieldError("session", UNKNOWN_SESSION)
        return await self._commit(kept, ask, events, tuple(sealed.values()), at)

    async def _commit(self, kept: _Kept, ask: _Ask, events: Sequence[Event], sealed: Sequence[Sealed], at: int
                      ) -> Outcome:
        step = _step(kept, ask, events, at)
        letters = await self._outbox.seal(letter for make in self.letters for letter in make(step))
        batch = journal.Batch(
            session=ask.session, at=at, records=step.records, new=kept.position == 0,
            closed=step.state.closed, seats=_new_seats(step),
            answer=ask.answer(at, kept.position + 1, kept.position + len(events)) if ask.key is not None else None,
        )
        try:
            async with self._database.writing() as connection:
                await journal.write(connection, batch)
                await self._vault.keep_words(connection, sealed if events else ())
                await self._outbox.keep(connection, letters)
        except (StaleVersion, FieldError):  # nothing was kept
            raise
        except BaseException:
            # The connection may have died after the commit: what is kept is unknown until it is read again.
            log.error("session.commit_failed", exc_info=True, session=ask.session, command=ask.parsed.name)
            self._close_doors(ask.session)
            raise
        self._vault.remember(sealed)
        self._advance(kept, replace(step, letters=len(letters)))
        return Outcome(kept.position, tuple(events))

    async def _seal_words(self, kept: _Kept, ask: _Ask) -> dict[str, Sealed]:
        if not ask.parsed.texts:
            return {}
        subject = _subject(kept.state, ask.parsed.hearing, ask.session)
        try:
            return {field: await self._vault.seal_words(subject, ask.session, text)
                    for field, text in ask.parsed.texts.items()}
        except Erased:
            raise Refusal("X1", N_("Les données de cette personne ont été effacées. "
                                   "Plus rien ne peut être écrit à son sujet.")) from None

    async def _keep_refusal(self, ask: _Ask, refusal: Refusal, at: int) -> None:
        if ask.key is None:
            return
        said = {"rule": refusal.rule, "text": refusal.text, "values": dict(refusal.values)}
        async with self._database.writing() as connection:
            await journal.keep_answer(connection, ask.answer(at, refusal=said))

    async def _same_answer(self, stored: Answer, ask: _Ask) -> Outcome:
        if stored.body != ask.body:
            raise KeyReused(stored.key)
        if stored.refusal is not None:
            raise Refusal(stored.refusal["rule"], stored.refusal["text"], **stored.refusal["values"])
        records = await self.records(ask.session, stored.first - 1, stored.last)
        return Outcome(stored.last, tuple(_event(one) for one in records))

    # Reading

    async def state(self, session_id: str) -> SessionState | None:
        """The state now, with what other processes wrote. None when there is no such session."""
        if session_id not in self._kept and not await self.records(session_id, until=1):
            return None
        kept = self._kept.setdefault(session_id, _Kept())
        async with kept.lock:
            await self._catch_up(kept, session_id)
            return kept.state

    def known(self, session_id: str) -> SessionState | None:
        """The state as this process last saw it, at no cost: right after a commit it is the present one."""
        kept = self._kept.get(session_id)
        return kept.state if kept else None

    async def records(self, session_id: str, after: int = 0, until: int | None = None) -> tuple[Record, ...]:
        async with self._database.reading() as connection:
            return await journal.read(connection, session_id, after, until)

    async def events(self, session_id: str, after: int = 0) -> tuple[tuple[Record, Event], ...]:
        return tuple((one, _event(one)) for one in await self.records(session_id, after))

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
                self._close_doors(session)

    async def close(self) -> None:
        """Wait for the commands that are being written."""
        while self._running:
            await asyncio.wait(self._running)

    # Keeping up

    async def _catch_up(self, kept: _Kept, session: str, ask: _Ask | None = None) -> Answer | None:
        """Fold what was written since (here or elsewhere); at the same time, look for the answer already given."""
        async with self._database.reading() as connection:
            stored = await journal.answer_of(connection, session, ask.actor, ask.key) if ask and ask.key else None
            records = await journal.read(connection, session, kept.position)
        if not records:
            return stored
        state, head = kept.state, kept.head
        for position, record in enumerate(records, kept.position + 1):
            follows = chain(head, position, session, record.at, record.actor, record.kind, record.data)
            if follows != record:
                self._close_doors(session)
                raise BrokenJournal(position, "the record does not follow from the one before it")
            state = rules.evolve(state, _event(record), position=position, at=record.at, actor=record.actor)
            head = record.hash
        assert state is not None
        self._advance(kept, Commit(session, kept.state, state, records, tuple(_event(one) for one in records)))
        return stored

    def _advance(self, kept: _Kept, step: Commit) -> None:
        """Make the new state the present one and tell everybody, rights first."""
        if not step.records:
            return
        kept.state, last = step.state, step.records[-1]
        kept.position, kept.at, kept.head = last.position, last.at, last.hash
        for listener in self.on_commit:
            try:
                listener(step)
            except Exception as error:
                # The commit stands. What must close on failure closes itself (see app.py).
                log.error("session.listener_failed", exc_info=error, session=step.session)

    def _close_doors(self, session: str) -> None:
        for tell in self.on_failure:
            try:
                tell(session)
            except Exception as error:
                log.error("session.close_failed", exc_info=error, session=session)


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

    def answer(self, at: int, first: int = 1, last: int = 0, refusal: dict[str, Any] | None = None) -> Answer:
        assert self.key is not None
        return Answer(self.session, self.actor, self.key, self.body, first, last, refusal, at)


def _event(record: Record) -> Event:
    return EVENTS.decode(record.kind, record.data)


def _subject(state: SessionState | None, hearing: str | None, session: str) -> str:
    """Whose key words are sealed with: the candidate they are about, or the session's (X1)."""
    found = state.hearings.get(hearing) if state and hearing else None
    return found.candidate.person if found else session_subject(session)


def _step(kept: _Kept, ask: _Ask, events: Sequence[Event], at: int) -> Commit:
    """The records that would follow, and the state they would lead to."""
    records: list[Record] = []
    state, head = kept.state, kept.head
    for position, one in enumerate(events, kept.position + 1):
        record = chain(head, position, ask.session, at, ask.actor, EVENTS.name_of(one), encode(one))
        state = rules.evolve(state, one, position=position, at=at, actor=ask.actor)
        records.append(record)
        head = record.hash
    if state is None:
        raise FieldError("session", UNKNOWN_SESSION)
    return Commit(ask.session, kept.state, state, tuple(records), tuple(events))


def _new_seats(step: Commit) -> tuple[Seat, ...]:
    before = {seat.id for seat in step.before.seats()} if step.before else set[str]()
    return tuple(seat for seat in step.state.seats() if seat.id not in before)
