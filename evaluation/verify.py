"""Proof of exported journals (X5): the chain holds, and each act was allowed to whoever did it, at that time.

Each stream is folded again. Before each act the rules are asked once more what they were asked then (`Kind.replay`):
they must allow it to that actor at that hour, and give what the journal holds, the computed results among it. Each
record is judged under the edition of the rules in force at its position. What a page had shown to whoever decided is
not in a journal. One journal is verified with its quotes as given; a bundle also by matching what is quoted.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, cast

from evaluation.codec import FieldError
from evaluation.journal import BrokenJournal, Record, read_bundle
from evaluation.kinds import Kind, Kinds, RulesChanged, edition_of
from evaluation.quotes import Quote
from evaluation.rules import Refusal, rule


class Untrue(Exception):
    """What a record says does not follow from those before it. `later` counts from the act's first record."""

    def __init__(self, why: str, later: int = 0) -> None:
        super().__init__(why)
        self.later = later


@dataclass(frozen=True)
class Verified:
    """What one export holds: how many records, of which stream, the last hash (to compare with one kept apart), what
    its kind tells of it (of a session: each signed hearing's result), and which streams it quotes that are not there:
    what it says of them is taken as given."""

    records: int
    stream: str
    kind: str
    head: str
    results: Mapping[str, object]
    unseen: tuple[str, ...]


@dataclass
class _Folding:
    """One stream as far as it was followed: under which edition of its kind, and the state then."""

    newest: Kind[Any]
    kind: Kind[Any]
    records: Sequence[Record]
    events: Sequence[Any]
    state: Any = None
    done: int = 0


def verify(lines: Iterable[bytes], kinds: Kinds) -> tuple[Verified, ...]:
    """Read one export or several one after another (a binary file's lines). BrokenJournal at the first record that
    cannot be trusted: one that does not follow in its own journal, before what quotes it; then the earliest that
    quotes what does not stand there."""
    bundle = read_bundle(lines)
    streams = {records[0].stream: records for records in bundle}
    foldings = [_followed(records, kinds) for records in bundle]
    misquotes = [found for one in foldings for found in _misquotes(one, streams)]
    if misquotes:
        raise min(misquotes, key=lambda found: found[0])[1]
    return tuple(Verified(len(one.records), one.records[0].stream, one.kind.name, one.records[-1].hash,
                          one.kind.results(one.state), tuple(name for name in _quoted(one) if name not in streams))
                 for one in foldings)


def _followed(records: Sequence[Record], kinds: Kinds) -> _Folding:
    try:
        folding = _opened(records, kinds)
        while folding.done < len(records):
            _follow(folding)
    except BrokenJournal as broken:
        raise BrokenJournal(broken.position, broken.why, records[0].stream) from None
    return folding


def _opened(records: Sequence[Record], kinds: Kinds) -> _Folding:
    try:
        newest = kinds.named(records[0].kind)
    except LookupError:
        raise BrokenJournal(1, f"{records[0].kind} is no kind of stream that is known here") from None
    kind, events = newest, list[Any]()
    for record in records:
        kind = _ruling(newest, record, kind)
        try:
            events.append(kind.decoded(record.event, record.data, first=record.position == 1))
        except FieldError as error:
            raise BrokenJournal(record.position, f"{record.event} is not an event: {error}") from None
    return _Folding(newest, _ruling(newest, records[0], newest), records, events)


def _ruling(newest: Kind[Any], record: Record, before: Kind[Any]) -> Kind[Any]:
    try:
        return newest.ruling(record, before)
    except LookupError:
        why = f"edition {edition_of(record.data)} of the rules of {newest.name} is not known here"
        raise BrokenJournal(record.position, why) from None


def _follow(folding: _Folding) -> None:
    """Go past the act that begins with the next record."""
    first = folding.done
    record, event = folding.records[first], folding.events[first]
    try:
        if isinstance(event, RulesChanged):
            if event.rules_edition <= folding.kind.edition:
                raise Untrue("the rules go back to an earlier edition")
            folding.kind, after = _ruling(folding.newest, record, folding.kind), first + 1
        else:
            after = first + check_act(folding.kind, folding.state, folding.records, folding.events, first)
        for one, said in zip(folding.records[first:after], folding.events[first:after], strict=True):
            folding.state = folding.kind.evolve(
                folding.state, said, position=one.position, at=one.at, actor=one.actor)
        folding.done = after
    except Refusal as refusal:
        raise BrokenJournal(record.position, f"{record.event} was not allowed: {refusal}") from None
    except Untrue as untrue:
        at = folding.records[min(first + untrue.later, len(folding.records) - 1)]
        raise BrokenJournal(at.position, f"{at.event}: {untrue}") from None
    except (LookupError, ValueError, AttributeError) as error:
        raise BrokenJournal(record.position, f"{record.event} cannot follow: {error!r}") from None


@rule("X5", permits=1)
def check_act(kind: Kind[Any], state: Any, records: Sequence[Record], events: Sequence[Any], first: int) -> int:
    """How many records the act is that begins at an index. Untrue or Refusal when the rules do not allow it to who did
    it, or would have written something else."""
    head, event = records[first], events[first]
    command = kind.replay(event, events[first + 1] if first + 1 < len(events) else None)
    if command is None:
        raise Untrue("nothing led to it")
    if isinstance(command, kind.begins) and getattr(command, kind.begins_with) != head.stream:
        raise Untrue("it begins another stream")
    due = kind.decide(state, command, head.actor, head.at)
    if not due:
        raise Untrue("it changed nothing")
    for later, expected in enumerate(due):
        at = first + later
        there = at < len(records) and events[at] == expected
        if not there or (records[at].actor, records[at].at) != (head.actor, head.at):
            raise Untrue(f"{kind.events.name_of(expected)} should stand here", later)
    return len(due)


def _misquotes(folding: _Folding, streams: Mapping[str, Sequence[Record]]) -> Iterator[tuple[int, BrokenJournal]]:
    """Each record that quotes a stream of the bundle otherwise than it stands there, word for word; with its time."""
    for record, event in zip(folding.records, folding.events, strict=True):
        for quote in quotes_in(event):
            source = streams.get(quote.stream)
            if source is not None and not _stands_there(quote, source):
                why = f"{record.event} quotes {quote.stream} at {quote.position}, where something else stands"
                yield record.at, BrokenJournal(record.position, why, record.stream)


def _stands_there(quote: Quote, source: Sequence[Record]) -> bool:
    if not 1 <= quote.position <= len(source):
        return False
    found = source[quote.position - 1]
    said = (found.kind, found.hash, found.event, found.data)
    return said == (quote.kind, quote.hash, quote.event, quote.data)


def quoted_streams(records: Sequence[Record], kinds: Kinds) -> tuple[str, ...]:
    """The other streams that one stream's records quote, in the order of their first quotes. BrokenJournal for what is
    no event."""
    return tuple(one for one in _quoted(_opened(records, kinds)) if one != records[0].stream)


def _quoted(folding: _Folding) -> tuple[str, ...]:
    return tuple(dict.fromkeys(quote.stream for event in folding.events for quote in quotes_in(event)))


def quotes_in(value: Any) -> Iterator[Quote]:
    """Every quote that an event or a command holds, in whatever of its fields."""
    if isinstance(value, Quote):
        yield value
    elif isinstance(value, Mapping):
        for one in cast("Mapping[str, Any]", value).values():
            yield from quotes_in(one)
    elif isinstance(value, tuple | list):
        for one in cast("Sequence[Any]", value):
            yield from quotes_in(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from quotes_in(getattr(value, one.name))
