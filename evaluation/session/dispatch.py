"""Which function decides a command and which one folds an event: each topic's module registers its own."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from evaluation.people import SeatId
from evaluation.session.events import Event
from evaluation.session.state import SessionState

Decider = Callable[[SessionState, Any, "Asked"], tuple[Event, ...]]
Evolver = Callable[[SessionState, Any, "Happened"], SessionState]

DECIDERS: dict[type, Decider] = {}
EVOLVERS: dict[type, Evolver] = {}
D = TypeVar("D", bound=Decider)
E = TypeVar("E", bound=Evolver)


@dataclass(frozen=True)
class Asked:
    """Who asks, and when (ms since the epoch)."""

    actor: SeatId
    now: int


@dataclass(frozen=True)
class Happened:
    """Who did it, when, and its position in the journal."""

    actor: SeatId
    at: int
    position: int


def decides(*commands: type) -> Callable[[D], D]:
    def register(function: D) -> D:
        DECIDERS.update(dict.fromkeys(commands, function))
        return function

    return register


def evolves(*events: type) -> Callable[[E], E]:
    def register(function: E) -> E:
        EVOLVERS.update(dict.fromkeys(events, function))
        return function

    return register
