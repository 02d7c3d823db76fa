"""Two kinds of stream that nothing in the platform knows: a garden that is harvested, and baskets that are told of it.

A basket quotes its garden; each harvest leads to two commands on one basket; a garden is listed, and rings when ripe.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evaluation.journal import Record
from evaluation.kinds import Asked, Happened, Kind, Kinds, Row, Topic
from evaluation.people import SYSTEM, Words
from evaluation.quotes import Quote
from evaluation.rules import Forbidden, Refusal
from server.journals.edges import Edge, Edges, Listed, Target
from server.storage.rows import Entry

GARDEN, BASKET = Topic(), Topic()


# A garden ---------------------------------------------------------------------------------------------------------


@GARDEN.command
@dataclass(frozen=True)
class Plant:
    garden: str
    basket: str
    ripe_at: int


@GARDEN.event("garden.planted")
@dataclass(frozen=True)
class Planted:
    garden: str
    basket: str
    ripe_at: int


@GARDEN.command
@dataclass(frozen=True)
class Harvest:
    count: int
    words: Words | None = None


@GARDEN.event("garden.harvested")
@dataclass(frozen=True)
class Harvested:
    count: int
    words: Words | None


@GARDEN.command
@dataclass(frozen=True)
class Ring:
    pass


@GARDEN.event("garden.rung")
@dataclass(frozen=True)
class Rung:
    pass


@GARDEN.command
@dataclass(frozen=True)
class Uproot:
    pass


@GARDEN.event("garden.uprooted")
@dataclass(frozen=True)
class Uprooted:
    pass


@dataclass(frozen=True)
class Garden:
    id: str
    basket: str
    ripe_at: int
    harvested: int = 0
    rung: bool = False
    uprooted: bool = False
    position: int = 0
    last_at: int = 0


@GARDEN.decides(Plant)
def plant(_state: None, command: Plant, _asked: Asked) -> tuple[Planted, ...]:
    return (Planted(command.garden, command.basket, command.ripe_at),)


@GARDEN.evolves(Planted)
def planted(_state: None, event: Planted, _happened: Happened) -> Garden:
    return Garden(event.garden, event.basket, event.ripe_at)


@GARDEN.decides(Harvest)
def harvest(_state: Garden, command: Harvest, _asked: Asked) -> tuple[Harvested, ...]:
    if command.count < 1:
        raise Refusal("X5", "Il n’y a rien à récolter.")
    return (Harvested(command.count, command.words),)


@GARDEN.evolves(Harvested)
def harvested(state: Garden, event: Harvested, _happened: Happened) -> Garden:
    return replace(state, harvested=state.harvested + event.count)


@GARDEN.decides(Ring)
def ring(state: Garden, _command: Ring, asked: Asked) -> tuple[Rung, ...]:
    return (Rung(),) if not state.rung and asked.now >= state.ripe_at else ()


@GARDEN.evolves(Rung)
def rung(state: Garden, _event: Rung, _happened: Happened) -> Garden:
    return replace(state, rung=True)


@GARDEN.decides(Uproot)
def uproot(_state: Garden, _command: Uproot, _asked: Asked) -> tuple[Uprooted, ...]:
    return (Uprooted(),)


@GARDEN.evolves(Uprooted)
def uprooted(state: Garden, _event: Uprooted, _happened: Happened) -> Garden:
    return replace(state, uprooted=True)


def check_garden(state: Garden | None, actor: str, command: Any) -> None:
    if (state is None) != isinstance(command, Plant):
        raise Refusal("X5", "Ce jardin n’existe pas, ou existe déjà.")
    if actor not in ("gardener", SYSTEM):
        raise Forbidden("X5", "Ce jardin n’est pas le vôtre.")


def _replay_garden(event: Any, _following: Any) -> Any:
    match event:
        case Planted():
            return Plant(event.garden, event.basket, event.ripe_at)
        case Harvested():
            return Harvest(event.count, event.words)
        case Rung():
            return Ring()
        case _:
            return Uproot()


def _rows(state: Garden) -> Iterable[Row]:
    yield Row("gardens", state.id, person="gardener", status="uprooted" if state.uprooted else "planted",
              about=state.basket, at=state.ripe_at, data={"harvested": state.harvested})


THE_GARDEN: Kind[Garden] = Kind(
    "garden", begins=Plant, begun=Planted, topics=(GARDEN,), check=check_garden, replay=_replay_garden,
    from_pages=frozenset({Plant, Harvest, Uproot}), closed=lambda _state: False, rows=_rows,
    next_due=lambda state, _now: None if state.rung else state.ripe_at,
    due_commands=lambda state, now: (Ring(),) if not state.rung and now >= state.ripe_at else (),
    stands=lambda state, _position: not state.uprooted,
    must_have_seen=lambda state, command, _fields: state.position if command is Uproot else 0)


# A basket ---------------------------------------------------------------------------------------------------------


@BASKET.command
@dataclass(frozen=True)
class Weave:
    basket: str
    garden: Quote


@BASKET.event("basket.woven")
@dataclass(frozen=True)
class Woven:
    basket: str
    garden: Quote


@BASKET.command
@dataclass(frozen=True)
class Add:
    of: Quote


@BASKET.event("basket.added")
@dataclass(frozen=True)
class Added:
    of: Quote


@BASKET.command
@dataclass(frozen=True)
class Weigh:
    of: Quote


@BASKET.event("basket.weighed")
@dataclass(frozen=True)
class Weighed:
    of: Quote
    grams: int


@BASKET.command
@dataclass(frozen=True)
class Empty:
    of: Quote


@BASKET.event("basket.emptied")
@dataclass(frozen=True)
class Emptied:
    of: Quote


@dataclass(frozen=True)
class Basket:
    id: str
    garden: str
    emptied: int = 0
    counts: tuple[int, ...] = ()
    grams: tuple[int, ...] = ()
    position: int = 0
    last_at: int = 0


@BASKET.decides(Weave)
def weave(_state: None, command: Weave, _asked: Asked) -> tuple[Woven, ...]:
    return (Woven(command.basket, command.garden),)


@BASKET.evolves(Woven)
def woven(_state: None, event: Woven, _happened: Happened) -> Basket:
    return Basket(event.basket, event.garden.stream)


@BASKET.decides(Add)
def add(_state: Basket, command: Add, _asked: Asked) -> tuple[Added, ...]:
    return (Added(command.of),)


@BASKET.evolves(Added)
def added(state: Basket, event: Added, _happened: Happened) -> Basket:
    return replace(state, counts=(*state.counts, counted(event.of)))


@BASKET.decides(Weigh)
def weigh(state: Basket, command: Weigh, _asked: Asked) -> tuple[Weighed, ...]:
    if len(state.grams) == len(state.counts):
        raise Refusal("X5", "Rien n’a été ajouté depuis la dernière pesée.")
    return (Weighed(command.of, 100 * counted(command.of)),)


@BASKET.evolves(Weighed)
def weighed(state: Basket, event: Weighed, _happened: Happened) -> Basket:
    return replace(state, grams=(*state.grams, event.grams))


@BASKET.decides(Empty)
def empty(_state: Basket, command: Empty, _asked: Asked) -> tuple[Emptied, ...]:
    return (Emptied(command.of),)


@BASKET.evolves(Emptied)
def emptied(state: Basket, _event: Emptied, _happened: Happened) -> Basket:
    return replace(state, emptied=state.emptied + 1)


def counted(quote: Quote) -> int:
    found = quote.data["count"]
    assert isinstance(found, int)
    return found


def check_basket(state: Basket | None, _actor: str, command: Any) -> None:
    if (state is None) != isinstance(command, Weave):
        raise Refusal("X5", "Ce panier n’existe pas, ou existe déjà.")


def _replay_basket(event: Any, _following: Any) -> Any:
    match event:
        case Woven():
            return Weave(event.basket, event.garden)
        case Added():
            return Add(event.of)
        case Emptied():
            return Empty(event.of)
        case _:
            return Weigh(event.of)


def _listed_baskets(state: Basket) -> Iterable[Row]:
    yield Row("baskets", state.id, about=state.garden)


THE_BASKET: Kind[Basket] = Kind(
    "basket", begins=Weave, begun=Woven, topics=(BASKET,), check=check_basket, replay=_replay_basket,
    from_pages=frozenset({Weave}), closed=lambda _state: False, rows=_listed_baskets)


def _told(_event: Harvested, _record: Record, state: Garden, _rows: Sequence[Entry]) -> Iterable[Target]:
    yield state.basket, Add, {}


def _then(_event: Harvested, _record: Record, state: Garden, _rows: Sequence[Entry]) -> Iterable[Target]:
    yield state.basket, Weigh, {}


def _every(_event: Uprooted, _record: Record, _state: Garden, baskets: Sequence[Entry]) -> Iterable[Target]:
    """Of baskets a garden knows one; who else was woven for it stands in the index alone."""
    return [(one.stream, Empty, {}) for one in baskets]


TOYS = Kinds((THE_GARDEN, THE_BASKET))
TOY_EDGES = Edges((Edge("harvest-added", THE_GARDEN, Harvested, THE_BASKET, "of", _told),
                   Edge("harvest-weighed", THE_GARDEN, Harvested, THE_BASKET, "of", _then),
                   Edge("uprooted", THE_GARDEN, Uprooted, THE_BASKET, "of", _every,
                        lambda _event, _record, state: Listed("baskets", {"about": state.id}))))
