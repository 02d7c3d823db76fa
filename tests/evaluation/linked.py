"""Journals that quote each other, as one export: each quote has the hash of what stands where it points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from evaluation.journal import GENESIS, Record, chain, export

Entry = tuple[str, str, int, dict[str, Any]]
Journal = tuple[str, Sequence[Entry]]
"""Its kind, and its entries: event, actor, time and data."""
QUOTE = {"kind", "stream", "position", "hash", "event", "data"}


class Linked:
    """The records of several journals by stream, hashed again. ValueError for a quote of something else than what
    stands there."""

    def __init__(self, journals: Mapping[str, Journal]) -> None:
        self._journals = journals
        self.records: dict[str, list[Record]] = {stream: [] for stream in journals}
        for stream, (_, entries) in journals.items():
            self._reach(stream, len(entries))

    def lines(self) -> list[bytes]:
        return [line for records in self.records.values() for line in export(records)]

    def _reach(self, stream: str, position: int) -> None:
        """All of a stream up to a position."""
        kind, entries = self._journals[stream]
        records = self.records[stream]
        while len(records) < position:
            name, actor, at, data = entries[len(records)]
            place = len(records) + 1
            linked = self._linked(data)
            prev = records[-1].hash if records else GENESIS
            records.append(chain(prev, place, stream, kind, at, actor, name, linked))

    def _linked(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._linked(one) for one in cast("list[Any]", value)]
        if not isinstance(value, dict):
            return value
        found = {key: self._linked(one) for key, one in cast("dict[str, Any]", value).items()}
        if set(found) != QUOTE or found["stream"] not in self._journals:
            return found
        self._reach(found["stream"], found["position"])
        source = self.records[found["stream"]][found["position"] - 1]
        if (source.event, source.data) != (found["event"], found["data"]):
            raise ValueError(f"{found['stream']} has {source.event} at {found['position']}, not {found['event']}")
        return {**found, "hash": source.hash}
