"""Which event leads to which command in another stream (architecture: follow-ups). The table itself is
`followup_edges`."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.journal import Record
from evaluation.kinds import Kind
from server.journals.ledger import Commit
from server.journals.quoting import reference
from server.storage.followups import FollowUp


@dataclass(frozen=True)
class Edge:
    """`name` is unique among the edges. `targets` takes the event, its record and the state after the commit, and
    gives, for each stream of `kind` that is told, its id, the command and the command's fields but the one that quotes
    the event (`quotes`). A stream that is not there yet is begun by a command that begins one."""

    name: str
    source: Kind[Any]
    event: type
    kind: Kind[Any]
    quotes: str
    targets: Callable[[Any, Record, Any], Iterable[tuple[str, type, Mapping[str, object]]]]


class Edges:
    """ValueError for two edges of one name."""

    def __init__(self, edges: Iterable[Edge] = ()) -> None:
        self.all = tuple(edges)
        if len({one.name for one in self.all}) != len(self.all):
            raise ValueError("two edges of one name")

    def follow(self, commit: Commit[Any]) -> tuple[FollowUp, ...]:
        """What a commit asks of other streams, in the order of its events."""
        return tuple(
            found for record, event in zip(commit.records, commit.events, strict=True) for edge in self.all
            if edge.source.name == commit.kind.name and isinstance(event, edge.event)
            for found in _followed(edge, event, record, commit.state))


def _followed(edge: Edge, event: Any, record: Record, state: Any) -> Iterable[FollowUp]:
    for number, (stream, command, fields) in enumerate(edge.targets(event, record, state)):
        name = edge.name if number == 0 else f"{edge.name}-{number}"
        yield FollowUp(record.stream, record.kind, record.position, name, edge.kind.name, stream,
                       command.__name__, {**fields, edge.quotes: reference(record)})

