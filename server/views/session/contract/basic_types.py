"""What several parts of a page are made of: a person, a phase and its clock, an act that is offered."""

from __future__ import annotations

from typing import Any, TypedDict

from evaluation.people import JurorCategory, Role, SeatId
from evaluation.session.guidance import WordsWanted
from evaluation.session.phases import Phase, Stage


class PhaseView(TypedDict):
    """A phase, and what a page asks about it."""

    phase: Phase
    stage: Stage
    timed: bool
    marking: bool


class Clock(TypedDict):
    """A phase's clock as it was read. Milliseconds."""

    phase: Phase
    read_at: int
    elapsed: int
    ceiling: int
    floor: int
    paused: bool
    paused_since: int | None
    given_back: int
    lost: int
    extra: int
    overrun: int
    announce: list[int]


class Person(TypedDict):
    """Somebody with a seat, as one reader sees them."""

    seat: SeatId
    role: Role
    name: str
    first_name: str
    initials: str
    category: JurorCategory | None
    role_words: str
    president: bool
    present: bool
    recused: bool
    you: bool


class Act(TypedDict):
    """An act offered to a seat now."""

    command: str
    label: str
    allowed: bool
    why: str | None
    words: WordsWanted
    warning: str | None
    fields: dict[str, Any]
