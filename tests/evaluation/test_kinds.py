"""Kinds put together from topics: nothing declared twice, nothing of another kind, no edition that is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from evaluation.journal import Record
from evaluation.kinds import Asked, Happened, Kind, Kinds, Row, RulesChanged, Topic


@dataclass(frozen=True)
class Lists:
    """A state that is all rows."""

    shown: tuple[Row, ...] = ()
    position: int = 0
    last_at: int = 0


@dataclass(frozen=True)
class Begin:
    thing: str


@dataclass(frozen=True)
class Begun:
    thing: str


@dataclass(frozen=True)
class Add:
    key: str


@dataclass(frozen=True)
class Added:
    key: str


def beginning() -> Topic:
    topic = Topic()
    topic.command(Begin)
    topic.event("thing.begun")(Begun)

    @topic.decides(Begin)
    def begin(_state: None, command: Begin, _asked: Asked) -> tuple[object, ...]:
        return (Begun(command.thing),)

    @topic.evolves(Begun)
    def begun(_state: None, _event: Begun, _happened: Happened) -> Lists:
        return Lists()

    assert (begin, begun) == (topic.deciders[Begin], topic.evolvers[Begun])
    return topic


def adding(row: Row) -> Topic:
    """A topic whose event shows one more row."""
    topic = Topic()
    topic.event("thing.added")(Added)
    topic.evolves(Added)(lambda state, _event, _happened: replace(state, shown=(*state.shown, row)))
    return topic


def rows(state: Lists) -> Iterable[Row]:
    return state.shown


def kind(*topics: Topic, name: str = "thing", **others: Any) -> Kind[Lists]:
    return Kind(
        name, begins=Begin, begun=Begun, topics=topics, check=lambda _state, _actor, _command: None,
        replay=lambda _event, _following: None, from_pages=frozenset(), closed=lambda _state: False, rows=rows,
        **others,
    )  # fmt: skip


def test_a_topic_refuses_what_it_has_already():
    topic = beginning()
    with pytest.raises(ValueError, match=r"thing\.begun is declared twice"):
        topic.event("thing.begun")(Added)
    with pytest.raises(ValueError, match="Begin is declared twice"):
        topic.decides(Begin)(len)
    with pytest.raises(ValueError, match="Begun is declared twice"):
        topic.evolves(Begun)(len)


@pytest.mark.parametrize("table", ["commands", "events", "deciders", "evolvers"])
def test_a_kind_refuses_what_two_of_its_topics_have(table: str):
    """Whatever of the four it is: the kind cannot be used."""
    again = Topic()
    if table == "commands":
        again.command(Begin)
    elif table == "events":
        again.event("thing.begun")(Begun)
    elif table == "deciders":
        again.decides(Begin)(len)
    else:
        again.evolves(Begun)(len)
    with pytest.raises(ValueError, match=r"twice|two classes of one name"):
        getattr(kind(beginning(), again), table)


def test_an_event_of_another_kind_is_refused():
    with pytest.raises(ValueError, match=r"thing\.begun is not an event of other"):
        kind(beginning(), name="other")


def test_a_kind_begins_with_a_command_that_is_decided():
    with pytest.raises(ValueError, match="nothing decides Begin"):
        kind(Topic())


def test_two_kinds_of_one_name_and_a_kind_that_is_not_there():
    one = kind(beginning())
    assert Kinds((one,)).named("thing") is one
    with pytest.raises(ValueError, match="two kinds of one name"):
        Kinds((one, kind(beginning())))
    with pytest.raises(LookupError):
        Kinds((one,)).named("other")


def test_an_edition_is_this_one_or_an_earlier_one_that_the_code_keeps():
    first = kind(beginning())
    second = kind(beginning(), edition=2, earlier={1: first})
    assert (second.under(2), second.under(1)) == (second, first)
    with pytest.raises(LookupError):
        second.under(3)


def test_a_stream_begins_with_its_first_event_and_only_there():
    one = kind(beginning())
    state = one.evolve(None, Begun("a"), position=1, at=5, actor="who")
    assert state == Lists(position=1, last_at=5)
    with pytest.raises(ValueError, match="begins with Begun"):
        one.evolve(state, Begun("a"), position=2, at=6, actor="who")
    with pytest.raises(ValueError, match="begins with Begun"):
        one.evolve(None, RulesChanged(1), position=1, at=5, actor="who")
    assert one.evolve(state, RulesChanged(2), position=2, at=7, actor="who") == Lists(position=2, last_at=7)


def test_a_journal_is_folded_under_the_edition_in_force_at_each_record():
    """What was added counted before the rules changed, and no longer after."""
    before, changed = kind(beginning(), adding(Row("list", "old"))), RulesChanged(2)
    after = kind(beginning(), adding(Row("list", "new")), edition=2, earlier={1: before})
    said = ((before, Begun("t")), (before, Added("a")), (after, changed), (after, Added("b")))
    records = [Record(position, "t", "thing", 0, "p", *under.encoded(event, first=position == 1), "", "")
               for position, (under, event) in enumerate(said, 1)]
    folded = after.fold(records)
    assert folded == Lists((Row("list", "old"), Row("list", "new")), position=4)
    assert after.fold(records[2:], after.fold(records[:2]), 1) == folded
    with pytest.raises(LookupError):
        before.fold(records)
