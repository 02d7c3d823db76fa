"""One session as this process knows it: the fold of its journal, and what would follow."""
from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.codec import FieldError, encode
from evaluation.journal import GENESIS, BrokenJournal, Record, chain
from evaluation.people import Seat
from evaluation.rules import N_
from evaluation.session import day as rules
from evaluation.session.events import EVENTS, Event
from evaluation.session.state import SessionState

UNKNOWN_SESSION = N_("cette session n’existe pas")


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

    def new_seats(self) -> tuple[Seat, ...]:
        before = {seat.id for seat in self.before.seats()} if self.before else set[str]()
        return tuple(seat for seat in self.state.seats() if seat.id not in before)


class Ledger:
    """`lock` is held by whoever writes or catches up. `at` is the last event's time, `head` its hash."""

    def __init__(self, session: str) -> None:
        self.session, self.lock = session, asyncio.Lock()
        self.state: SessionState | None = None
        self.position, self.at, self.head = 0, 0, GENESIS

    def follow(self, records: Sequence[Record]) -> Commit:
        """What records read from the journal lead to. BrokenJournal unless each follows from the one before (X5)."""
        state, head, events = self.state, self.head, list[Event]()
        for position, record in enumerate(records, self.position + 1):
            again = chain(head, position, self.session, record.at, record.actor, record.kind, record.data)
            if again != record:
                raise BrokenJournal(position, "the record does not follow from the one before it")
            event = event_of(record)
            state = rules.evolve(state, event, position=position, at=record.at, actor=record.actor)
            events.append(event)
            head = record.hash
        return self._commit(state, records, events)

    def continued(self, events: Sequence[Event], actor: str, at: int) -> Commit:
        """The records that events would become, and the state they would lead to."""
        state, head, records = self.state, self.head, list[Record]()
        for position, one in enumerate(events, self.position + 1):
            record = chain(head, position, self.session, at, actor, EVENTS.name_of(one), encode(one))
            state = rules.evolve(state, one, position=position, at=at, actor=actor)
            records.append(record)
            head = record.hash
        return self._commit(state, records, events)

    def _commit(self, state: SessionState | None, records: Sequence[Record], events: Sequence[Event]) -> Commit:
        if state is None:
            raise FieldError("session", UNKNOWN_SESSION)
        return Commit(self.session, self.state, state, tuple(records), tuple(events))

    def advance(self, commit: Commit) -> None:
        """It is durable: make it the present."""
        self.state, last = commit.state, commit.records[-1]
        self.position, self.at, self.head = last.position, last.at, last.hash


def event_of(record: Record) -> Event:
    return EVENTS.decode(record.kind, record.data)
