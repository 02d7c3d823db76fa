"""One stream of any kind for tests: every act goes through `decide`, the codec and `evolve`, as the server's do."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Generic

import pytest

from evaluation.codec import encode
from evaluation.deadlines import PARIS
from evaluation.journal import GENESIS, Record, chain, export
from evaluation.kinds import Kind, S
from evaluation.quotes import Quote
from evaluation.rules import Refusal


def at(day: str, hour: int = 9) -> int:
    """Milliseconds at an hour of a day in Paris."""
    return int(datetime.fromisoformat(day).replace(hour=hour, tzinfo=PARIS).timestamp()) * 1000


class Stream(Generic[S]):
    """`now` is the clock in ms; `do` acts and returns what happened; `refused` wants a refusal and returns its rule."""

    def __init__(self, kind: Kind[S], id: str, day: str) -> None:
        self.kind, self.id, self.now = kind, id, at(day)
        self.current: S | None = None
        self.journal: list[tuple[str, str, int, dict[str, Any]]] = []
        """Event, actor, time and data, in the order of their positions."""
        self.events: list[Any] = []

    @property
    def state(self) -> S:
        assert self.current is not None
        return self.current

    def on(self, day: str, hour: int = 9) -> None:
        self.now = at(day, hour)

    def do(self, actor: str, *commands: Any) -> list[Any]:
        happened: list[Any] = []
        for command in commands:
            same = self.kind.commands.decode(type(command).__name__, encode(command))
            assert same == command
            for event in self.kind.decide(self.current, command, actor, self.now):
                self._keep(event, actor)
                happened.append(event)
        return happened

    def _keep(self, event: Any, actor: str) -> None:
        first = self.current is None
        name, data = self.kind.encoded(event, first=first)
        same = self.kind.decoded(name, data, first=first)
        assert same == event
        self.journal.append((name, actor, self.now, data))
        self.events.append(same)
        self.current = self.kind.evolve(self.current, same, position=len(self.events), at=self.now, actor=actor)

    def refused(self, actor: str, command: Any) -> str:
        return self.refusal(actor, command).rule

    def refusal(self, actor: str, command: Any) -> Refusal:
        before = self.current
        with pytest.raises(Refusal) as refusal:
            self.kind.decide(self.current, command, actor, self.now)
        assert self.current is before
        return refusal.value

    def quote(self, position: int | None = None) -> Quote:
        """What stands at a position; the last event unless given."""
        place = position or len(self.events)
        name, _, _, data = self.journal[place - 1]
        return Quote(self.kind.name, self.id, place, f"{place:064x}", name, data)

    def lines(self) -> list[bytes]:
        """The stream's export."""
        records: list[Record] = []
        for position, (name, actor, when, data) in enumerate(self.journal, 1):
            prev = records[-1].hash if records else GENESIS
            records.append(chain(prev, position, self.id, self.kind.name, when, actor, name, data))
        return list(export(records))

    def rows(self, index: str) -> dict[str, Any]:
        """An index's rows by key."""
        return {one.key: one for one in self.kind.rows(self.state) if one.index == index}
