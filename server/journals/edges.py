"""Which event leads to which command in another stream (architecture: follow-ups). The table itself is
`follow_up_edges`."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.journal import Record
from evaluation.kinds import Kind
from server.journals.ledger import Commit
from server.journals.quoting import reference
from server.storage import rows as index
from server.storage.follow_ups import FollowUp
from server.storage.rows import Entry

Target = tuple[str, type, Mapping[str, object]]
"""A stream, the command it is told, and the command's fields but the one that quotes the event."""


@dataclass(frozen=True)
class Listed:
    """Rows of an index, by what the index filters on."""

    index: str
    filters: Mapping[str, str]


@dataclass(frozen=True)
class Edge:
    """`name` is unique among the edges. `targets` takes the event, its record, the state after the commit and the rows
    of `among`, and gives each stream of `kind` that is told; `quotes` is the command's field that quotes the event. A
    stream that is not there yet is begun by a command that begins one.

    `among` is for what the source does not know: of these rows of an index the event concerns some. They are read
    in the source's transaction. So a stream that quotes the source while it is begun is either among them, or finds
    that its quote holds no more.
    """

    name: str
    source: Kind[Any]
    event: type
    kind: Kind[Any]
    quotes: str
    targets: Callable[[Any, Record, Any, Sequence[Entry]], Iterable[Target]]
    among: Callable[[Any, Record, Any], Listed] | None = None


class Edges:
    """ValueError for two edges of one name."""

    def __init__(self, edges: Iterable[Edge] = ()) -> None:
        self.all = tuple(edges)
        if len({one.name for one in self.all}) != len(self.all):
            raise ValueError("two edges of one name")

    async def follow(self, connection: AsyncConnection, commit: Commit[Any]) -> tuple[FollowUp, ...]:
        """What a commit asks of other streams, in the order of its events. Inside its transaction, with its rows
        written."""
        found = list[FollowUp]()
        for record, event in zip(commit.records, commit.events, strict=True):
            for edge in self.all:
                if edge.source.name == commit.kind.name and isinstance(event, edge.event):
                    found += await _followed(connection, edge, event, record, commit.state)
        return tuple(found)


async def _followed(connection: AsyncConnection, edge: Edge, event: Any, record: Record, state: Any) -> list[FollowUp]:
    of = edge.among(event, record, state) if edge.among is not None else None
    found = await index.listed(connection, of.index, of.filters) if of is not None else ()
    return [_follow_up(edge, record, number, target)
            for number, target in enumerate(edge.targets(event, record, state, found))]


def _follow_up(edge: Edge, record: Record, number: int, target: Target) -> FollowUp:
    stream, command, fields = target
    name = edge.name if number == 0 else f"{edge.name}-{number}"
    return FollowUp(record.stream, record.kind, record.position, name, edge.kind.name, stream, command.__name__,
                    {**fields, edge.quotes: reference(record)})
