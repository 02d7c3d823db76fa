"""One stream as this process knows it: the fold of its journal, and what would follow."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from evaluation.codec import FieldError
from evaluation.journal import GENESIS, BrokenJournal, Record, chain
from evaluation.kinds import Kind, RulesChanged, State, edition_of
from evaluation.people import SYSTEM
from evaluation.rules import N_

UNKNOWN_STREAM = N_("ce dossier n’existe pas")
S = TypeVar("S", bound=State)


@dataclass(frozen=True)
class Commit(Generic[S]):
    """What listeners are told: the state before (None: the stream is new, or was just loaded), the state after, and
    what was written, here or by another process."""

    kind: Kind[S]
    stream: str
    before: S | None
    state: S
    records: tuple[Record, ...]
    events: tuple[Any, ...]
    letters: int = 0
    """How many letters were put into the outbox with it, by this process."""


class Ledger(Generic[S]):
    """`at` is the last event's time, `head` its hash, `edition` that of the rules it stands under. `wanted` counts
    those who have the turn and those who wait for it."""

    def __init__(self, kind: Kind[S], stream: str) -> None:
        self.kind, self.stream, self.wanted = kind, stream, 0
        self._lock = asyncio.Lock()
        self.state: S | None = None
        self.position, self.at, self.head, self.edition = 0, 0, GENESIS, kind.edition

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Whoever writes or catches up does so in turn. An asyncio lock that is given back counts as free until the
        next one runs: `wanted` does not."""
        self.wanted += 1
        try:
            async with self._lock:
                yield
        finally:
            self.wanted -= 1

    def follow(self, records: Sequence[Record]) -> Commit[S]:
        """What records read from the journal lead to. BrokenJournal unless each follows from the one before (X5)."""
        state, head, events, kind = self.state, self.head, list[Any](), self.kind.under(self.edition)
        for position, record in enumerate(records, self.position + 1):
            again = chain(head, position, self.stream, self.kind.name, record.at, record.actor, record.event,
                          record.data)
            if again != record:
                raise BrokenJournal(position, "the record does not follow from the one before it")
            kind = self._ruling(record, kind)
            event = event_of(kind, record)
            state = kind.evolve(state, event, position=position, at=record.at, actor=record.actor)
            events.append(event)
            head = record.hash
        return self._commit(state, records, events)

    def continued(self, events: Sequence[Any], actor: str, at: int) -> Commit[S]:
        """The records that events would become, and the state they would lead to. Where the rules have another edition
        since the last one, that is written first."""
        if not events or self.state is None or self.edition == self.kind.edition:
            said = [(actor, one) for one in events]
        else:
            said = [(SYSTEM, RulesChanged(self.kind.edition)), *((actor, one) for one in events)]
        state, head, records = self.state, self.head, list[Record]()
        for position, (who, one) in enumerate(said, self.position + 1):
            name, data = self.kind.encoded(one, first=position == 1)
            record = chain(head, position, self.stream, self.kind.name, at, who, name, data)
            state = self.kind.evolve(state, one, position=position, at=at, actor=who)
            records.append(record)
            head = record.hash
        return self._commit(state, records, [one for _, one in said])

    def _ruling(self, record: Record, before: Kind[S]) -> Kind[S]:
        try:
            return self.kind.ruling(record, before)
        except LookupError:
            why = f"edition {edition_of(record.data)} of the rules is not known here"
            raise BrokenJournal(record.position, why) from None

    def _commit(self, state: S | None, records: Sequence[Record], events: Sequence[Any]) -> Commit[S]:
        if state is None:
            raise FieldError("stream", UNKNOWN_STREAM)
        return Commit(self.kind, self.stream, self.state, state, tuple(records), tuple(events))

    def advance(self, commit: Commit[S]) -> None:
        """It is durable: make it the present."""
        self.state, last = commit.state, commit.records[-1]
        self.position, self.at, self.head = last.position, last.at, last.hash
        for record in commit.records:
            self.edition = self._ruling(record, self.kind.under(self.edition)).edition


def event_of(kind: Kind[Any], record: Record) -> Any:
    return kind.decoded(record.event, record.data, first=record.position == 1)
