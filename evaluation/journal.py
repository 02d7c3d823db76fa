"""The journal as a chain of hashes: what was decided can be proved (X5).

Each record's hash covers the whole record and the hash of the one before. An export is one record a line, in
canonical form, then a line that says how many there are and where the chain ends. Whoever keeps that last
hash apart can also tell a journal that was rewritten from end to end. A bundle is several exports one after another.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from evaluation.rules import rule

GENESIS = "0" * 64
FIELDS: dict[str, type] = {
    "position": int,
    "stream": str,
    "kind": str,
    "at": int,
    "actor": str,
    "event": str,
    "data": dict,
    "prev": str,
    "hash": str,
}
END_FIELDS = {"count", "head"}


class BrokenJournal(Exception):
    """The first position (from 1; the end line comes after the last) where a journal cannot be trusted. `stream` is
    named once it is known."""

    def __init__(self, position: int, why: str, stream: str = "") -> None:
        super().__init__(f"{stream}: {position}: {why}" if stream else f"{position}: {why}")
        self.position, self.why, self.stream = position, why, stream


@dataclass(frozen=True)
class Record:
    """One event of one stream. `kind` is the stream's, `event` the event's name; `at` is milliseconds since 1970 UTC;
    hashes are SHA-256 in hexadecimal."""

    position: int
    stream: str
    kind: str
    at: int
    actor: str
    event: str
    data: dict[str, Any]
    prev: str
    hash: str


def canonical(obj: object) -> bytes:
    """The one way to write a JSON value: keys sorted by code point, no spaces, UTF-8, no floats.

    TypeError for a value or key that has no such form, ValueError for half a surrogate pair.
    """
    _refuse_inexact(obj)
    return json.dumps(
        obj, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def _refuse_inexact(obj: object) -> None:
    if isinstance(obj, dict):
        for key, value in cast("dict[object, object]", obj).items():
            if not isinstance(key, str):  # json would write 1 and "1" as the same key
                raise TypeError(f"a key must be a string, not {type(key).__name__}")
            _refuse_inexact(value)
    elif isinstance(obj, list | tuple):
        for value in cast("list[object]", obj):
            _refuse_inexact(value)
    elif obj is not None and not isinstance(obj, str | int):
        raise TypeError(f"{type(obj).__name__} has no canonical form")


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in FIELDS}


def _digest(covered: dict[str, Any]) -> str:
    return sha256(canonical({name: covered[name] for name in FIELDS if name != "hash"})).hexdigest()


def chain(
    prev_hash: str, position: int, stream: str, kind: str, at: int, actor: str, event: str, data: dict[str, Any]
) -> Record:
    """The record that follows the one whose hash is `prev_hash` (GENESIS for position 1)."""
    covered: dict[str, Any] = {
        "position": position,
        "stream": stream,
        "kind": kind,
        "at": at,
        "actor": actor,
        "event": event,
        "data": data,
        "prev": prev_hash,
    }
    return Record(**covered, hash=_digest(covered))


@rule("X5")
def check_chain(records: Iterable[Record]) -> None:
    """BrokenJournal at the first record that does not follow from the one before it."""
    prev, at, stream = GENESIS, None, None
    for expected, record in enumerate(records, 1):
        if record.position != expected:
            raise BrokenJournal(expected, f"the position is {record.position}")
        if stream is not None and (record.stream, record.kind) != stream:
            raise BrokenJournal(expected, "the record belongs to another stream")
        if at is not None and record.at < at:
            raise BrokenJournal(expected, "the time is before that of the record before")
        if record.prev != prev:
            raise BrokenJournal(expected, "it does not follow the record before")
        if record.hash != _digest(_fields(record)):
            raise BrokenJournal(expected, "the hash is not that of the record")
        prev, at, stream = record.hash, record.at, (record.stream, record.kind)


def export(records: Iterable[Record]) -> Iterator[bytes]:
    """The lines of an export, each with its line feed."""
    count, head = 0, GENESIS
    for record in records:
        count, head = count + 1, record.hash
        yield canonical(_fields(record)) + b"\n"
    yield canonical({"count": count, "head": head}) + b"\n"


def read_bundle(lines: Iterable[bytes]) -> tuple[tuple[Record, ...], ...]:
    """The records of each export, one after another, none twice. BrokenJournal unless every byte is right."""
    exports: list[tuple[Record, ...]] = []
    records: list[Record] = []
    ended = False
    for line in lines:
        number = len(records) + 1
        try:
            found = _parsed(number, line)
            ended = found.keys() == END_FIELDS
            if not ended:
                records.append(_record(number, found))
                continue
            check_chain(records)
            _check_end(found, records)
        except BrokenJournal as broken:
            raise _named(broken, records) from None
        exports.append(tuple(records))
        records = []
    if not ended:
        raise _unended(records)
    if not all(exports):
        raise BrokenJournal(1, "the journal is empty")
    if len({one[0].stream for one in exports}) != len(exports):
        raise BrokenJournal(1, "a stream is there twice")
    return tuple(exports)


def _unended(records: list[Record]) -> BrokenJournal:
    try:
        check_chain(records)
    except BrokenJournal as broken:
        return _named(broken, records)
    return _named(BrokenJournal(len(records) + 1, "the end line is missing"), records)


def _named(broken: BrokenJournal, records: list[Record]) -> BrokenJournal:
    return BrokenJournal(broken.position, broken.why, records[0].stream if records else "")


def _parsed(number: int, line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
        exact = canonical(found) + b"\n" == line
    except (ValueError, TypeError, RecursionError):
        raise BrokenJournal(number, "the line is not JSON as a journal writes it") from None
    if not exact:
        raise BrokenJournal(number, "the line is not in canonical form")
    if not isinstance(found, dict):
        raise BrokenJournal(number, "the line is not a record")
    return cast("dict[str, Any]", found)


def _record(number: int, found: dict[str, Any]) -> Record:
    if found.keys() != FIELDS.keys():
        raise BrokenJournal(number, "the record has not the fields it should have")
    for name, kind in FIELDS.items():
        if type(found[name]) is not kind:
            raise BrokenJournal(number, f"{name} is not of the right type")
    return Record(**found)


def _check_end(end: dict[str, Any], records: list[Record]) -> None:
    position = len(records) + 1
    if type(end["count"]) is not int or end["count"] != len(records):
        raise BrokenJournal(position, f"the end line counts {end['count']} records, there are {len(records)}")
    if end["head"] != (records[-1].hash if records else GENESIS):
        raise BrokenJournal(position, "the end line does not name the last hash")
