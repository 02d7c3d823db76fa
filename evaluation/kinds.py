"""Kinds of stream as values: all that the write path knows of a stream, told once and beside its rules.

A topic's module declares its commands and events and the functions that decide and fold them, in a `Topic`. A `Kind`
puts topics together. Nothing is registered anywhere else, and nothing twice.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from evaluation.codec import Catalogue, FieldError, encode
from evaluation.journal import Record
from evaluation.rules import N_, Refusal


class State(Protocol):
    """The fold of a stream. `position` is that of its last event, `last_at` its time (ms since 1970 UTC)."""

    @property
    def position(self) -> int: ...
    @property
    def last_at(self) -> int: ...


S = TypeVar("S", bound=State)
F = TypeVar("F", bound=Callable[..., Any])
C = TypeVar("C", bound=type)


@dataclass(frozen=True)
class Asked:
    """Who asks, and when (ms since the epoch)."""

    actor: str
    now: int


@dataclass(frozen=True)
class Happened:
    """Who did it, when, and its position in the journal."""

    actor: str
    at: int
    position: int


@dataclass(frozen=True)
class RulesChanged:
    """From here on the stream is under another edition of its kind's rules. Every kind has this event; nobody asks for
    it: the write path puts it before the first act under the new edition."""

    rules_edition: int


class Topic:
    """The commands and events of one topic, and what decides and folds them. ValueError for anything declared twice."""

    def __init__(self) -> None:
        self.commands: list[type] = []
        self.events: dict[str, type] = {}
        self.deciders: dict[type, Callable[..., tuple[Any, ...]]] = {}
        self.evolvers: dict[type, Callable[..., Any]] = {}

    def command(self, cls: C) -> C:
        self.commands.append(cls)
        return cls

    def event(self, name: str) -> Callable[[C], C]:
        """`name` is what the journal holds (`session.mark_set`): the class may be renamed, the name may not."""

        def declare(cls: C) -> C:
            _put(self.events, name, cls)
            return cls

        return declare

    def decides(self, *commands: type) -> Callable[[F], F]:
        """The function takes the state (None for the command that begins a stream), the command, and `Asked`; it gives
        the events that follow, none when nothing changes, or raises Refusal."""

        def declare(function: F) -> F:
            for one in commands:
                _put(self.deciders, one, function)
            return function

        return declare

    def evolves(self, *events: type) -> Callable[[F], F]:
        """The function takes the state (None for the event that begins a stream), the event, and `Happened`; it gives
        the state after it, and never refuses."""

        def declare(function: F) -> F:
            for one in events:
                _put(self.evolvers, one, function)
            return function

        return declare


@dataclass(frozen=True)
class Row:
    """One row of an index: what lists, boards and searches read instead of folding streams (never a name or a word).

    `key` is unique within `index`. `body` is the awarding body's stream that it stands under, whatever stream it is a
    row of; `scope` is whom it belongs to where a list shows one's own alone (a provider); `about` is what it concerns
    (a hearing, a certification); `at` and `due_at` are ms since 1970 UTC. `data` is whatever else the list shows.
    """

    index: str
    key: str
    person: str | None = None
    body: str | None = None
    scope: str | None = None
    status: str = ""
    about: str | None = None
    at: int | None = None
    due_at: int | None = None
    data: Mapping[str, object] = field(default_factory=dict[str, object])


def _no_rows(_state: Any) -> Iterable[Row]:
    return ()


def _nothing_due(_state: Any, _now: int) -> int | None:
    return None


def _no_commands(_state: Any, _now: int) -> tuple[Any, ...]:
    return ()


def _none_seen(_state: Any, _command: type, _fields: Mapping[str, object]) -> int:
    return 0


def _own_key(_state: Any, stream: str, _fields: Mapping[str, object]) -> str:
    return f"stream:{stream}"


def _no_own_subject(_state: Any, _fields: Mapping[str, object], _place: str) -> str | None:
    return None


def _stands(_state: Any, _position: int) -> bool:
    return True


@dataclass(frozen=True, eq=False)
class Kind(Generic[S]):
    """One kind of stream under one edition of its rules."""

    name: str
    begins: type
    """The command that begins a stream; its first field is the stream's id."""
    begun: type
    """The first event of each stream, and of no other place."""
    topics: Sequence[Topic]
    check: Callable[[S | None, str, Any], None]
    """Rights: state, actor, command. Raises Refusal. With no state, anything but `begins` is refused, and `begins` with
    one."""
    replay: Callable[[Any, Any | None], Any | None]
    """The command that an act's first event answers, given the event after it; None for an event that begins no act."""
    from_pages: frozenset[type]
    """Commands that a page may send; the others come from the server's own parts."""
    closed: Callable[[S], bool]
    must_have_seen: Callable[[S, type, Mapping[str, object]], int] = _none_seen
    """The position a page must have shown for this command, with these fields, to count as decided on it; 0: any."""
    next_due: Callable[[S, int], int | None] = _nothing_due
    """When the clockwork must look again (ms since the epoch), None when nothing is coming by itself."""
    due_commands: Callable[[S, int], tuple[Any, ...]] = _no_commands
    rows: Callable[[S], Iterable[Row]] = _no_rows
    subject: Callable[[S | None, str, Mapping[str, object]], str] = _own_key
    """Whose key seals the words of a command (X1): a person's, or the stream's own."""
    place_subject: Callable[[S | None, Mapping[str, object], str], str | None] = _no_own_subject
    """Likewise of the words that a command holds under a name, where they are about somebody of their own."""
    stands: Callable[[S, int], bool] = _stands
    """Whether what the event at a position says still holds, so that it can be quoted."""
    taken_back: Callable[[S, int], bool] | None = None
    """Whether the event at a position was taken back, so that nothing follows from it any more; None: where it does not
    stand."""
    judges: frozenset[type] = frozenset()
    """Commands whose rules themselves judge what holds of what they quote of their own stream."""
    results: Callable[[S], Mapping[str, object]] = field(default=lambda _state: {})
    """What `verify` tells of the stream."""
    settle: Callable[[S | None, S, Happened], S] = field(default=lambda _before, after, _happened: after)
    """Runs after each event is folded, whatever it was."""
    edition: int = 1
    earlier: Mapping[int, Kind[S]] = field(default_factory=dict[int, "Kind[S]"])
    """The same kind under the editions before: what was written under them is verified under them."""

    def __post_init__(self) -> None:
        for name in self.events.names:
            if not name.startswith(f"{self.name}."):
                raise ValueError(f"{name} is not an event of {self.name}")
        if self.begins not in self.deciders:
            raise ValueError(f"nothing decides {self.begins.__name__}")

    @property
    def begins_with(self) -> str:
        """The field of `begins` that holds the stream's id."""
        return fields(self.begins)[0].name

    @cached_property
    def commands(self) -> Catalogue[Any]:
        return Catalogue[Any].of(*(one for topic in self.topics for one in topic.commands))

    @cached_property
    def events(self) -> Catalogue[Any]:
        named: dict[str, type] = {f"{self.name}.rules_changed": RulesChanged}
        for topic in self.topics:
            for name, cls in topic.events.items():
                _put(named, name, cls)
        return Catalogue[Any](named)

    @cached_property
    def deciders(self) -> Mapping[type, Callable[..., tuple[Any, ...]]]:
        return _merged(topic.deciders for topic in self.topics)

    @cached_property
    def evolvers(self) -> Mapping[type, Callable[..., Any]]:
        return _merged(topic.evolvers for topic in self.topics)

    def under(self, edition: int | None) -> Kind[S]:
        """This kind as its rules were. LookupError for an edition that this code does not have, or for none."""
        return self if edition == self.edition else self.earlier[edition or 0]

    def ruling(self, record: Record, before: Kind[S]) -> Kind[S]:
        """This kind as it stands at a record: under the edition that the record names where it begins a stream or
        changes the rules, else under that of the record before. LookupError as `under`."""
        names = record.position == 1 or record.event == f"{self.name}.rules_changed"
        return self.under(edition_of(record.data)) if names else before

    def follows(self, state: S, position: int) -> bool:
        """Whether what the event at a position leads to in other streams is still to happen."""
        return self.stands(state, position) if self.taken_back is None else not self.taken_back(state, position)

    def decide(self, state: S | None, command: Any, actor: str, now: int) -> tuple[Any, ...]:
        """The events that follow from a command, none when nothing changes. Raises Refusal."""
        self.check(state, actor, command)
        at = now if state is None else max(now, state.last_at)
        return self.deciders[type(command)](state, command, Asked(actor, at))

    def allows(self, state: S, command: Any, actor: str, now: int) -> bool:
        """Whether a command would be done now, and change anything: what a page asks, to offer it or not."""
        try:
            return bool(self.decide(state, command, actor, now))
        except Refusal:
            return False

    def evolve(self, state: S | None, event: Any, *, position: int, at: int, actor: str) -> S:
        """The state after an event that happened. Never refuses what the journal holds; ValueError for a stream that
        does not begin with its first event."""
        if (state is None) != isinstance(event, self.begun):
            raise ValueError(f"a {self.name} begins with {self.begun.__name__}, once")
        happened = Happened(actor, at, position)
        changed = isinstance(event, RulesChanged)
        after: Any = state if changed else self.evolvers[type(event)](state, event, happened)
        settled: Any = self.settle(state, after, happened)
        return replace(settled, position=position, last_at=at)

    def fold(self, records: Iterable[Record], state: S | None = None, edition: int | None = None) -> S | None:
        """The state after these records, beginning with `state`, which stands under an edition (this one)."""
        kind = self.under(edition or self.edition)
        for one in records:
            kind = self.ruling(one, kind)
            event = kind.decoded(one.event, one.data, first=one.position == 1)
            state = kind.evolve(state, event, position=one.position, at=one.at, actor=one.actor)
        return state

    # What the journal holds

    def encoded(self, event: Any, *, first: bool) -> tuple[str, dict[str, Any]]:
        """An event's name and data. The first of a stream also says under which edition of the rules it begins."""
        data = encode(event)
        return self.events.name_of(event), {**data, "rules_edition": self.edition} if first else data

    def decoded(self, name: str, data: Mapping[str, Any], *, first: bool) -> Any:
        """FieldError for what is no event of this kind."""
        if not first:
            return self.events.decode(name, dict(data))
        if edition_of(data) is None:
            raise FieldError("rules_edition", N_("ce champ manque"))
        return self.events.decode(name, {key: value for key, value in data.items() if key != "rules_edition"})


def edition_of(data: Mapping[str, Any]) -> int | None:
    """The edition that a first event or a `rules_changed` names."""
    found = data.get("rules_edition")
    return found if type(found) is int else None


def _put(table: dict[Any, Any], key: Any, value: Any) -> None:
    if key in table:
        raise ValueError(f"{getattr(key, '__name__', key)} is declared twice")
    table[key] = value


def _merged(tables: Iterable[Mapping[type, Any]]) -> Mapping[type, Any]:
    merged: dict[type, Any] = {}
    for table in tables:
        for key, value in table.items():
            _put(merged, key, value)
    return merged


@dataclass(frozen=True)
class Kinds:
    """The kinds that a platform has, by name. ValueError for two of one name."""

    all: tuple[Kind[Any], ...]

    def __post_init__(self) -> None:
        if len({one.name for one in self.all}) != len(self.all):
            raise ValueError("two kinds of one name")

    def named(self, name: str) -> Kind[Any]:
        """LookupError for a kind that this code does not have."""
        for one in self.all:
            if one.name == name:
                return one
        raise LookupError(name)


