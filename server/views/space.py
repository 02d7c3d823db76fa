"""A person's space: what awaits them, and everything of theirs. Each kind of stream that people have something in tells
it as a `Source`."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from server.i18n import Locale

OFFICE: Final = "office/"
"""What the addresses of the offices' pages begin with, beneath the space's."""


@dataclass(frozen=True)
class Place:
    """One thing of a person's, a seat of a jury's day for instance, in words.

    `id` names it to who asks for it; `at` (ms since 1970 UTC) puts places in order. `enter` is what is posted to from
    the space to go in, "" where it is not open any more; `page` is its own address. `awaits` is what this person has to
    do there. `needs` are what its page asks of a browser (able.js). `ways` are pages of it that are open in the space
    itself: address beneath the space's, and words; those beneath OFFICE for who has signed in. `today`: the person is
    expected there today.
    """

    id: str
    at: int
    title: str
    role: str
    day: str
    hour: str = ""
    host: str = ""
    awaits: tuple[str, ...] = ()
    enter: str = ""
    page: str = ""
    needs: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    today: bool = False


class Source(Protocol):
    """One kind of thing that people have. What is over is told from an index: nothing of it is folded."""

    async def any_open(self, person: str) -> bool: ...
    async def places(self, person: str, locale: Locale, now: int) -> Sequence[Place]: ...


@dataclass(frozen=True)
class SpaceView:
    """`awaiting`: where something is to be done; `open`: all that can be entered, both by day, the next first; `over`:
    the last first."""

    awaiting: tuple[Place, ...]
    open: tuple[Place, ...]
    over: tuple[Place, ...]

    @property
    def needs(self) -> str:
        """Of any of the pages that it leads to."""
        return " ".join(sorted({need for place in self.open for need in place.needs.split()}))


class Space:
    def __init__(self, *sources: Source) -> None:
        self._sources = sources

    async def any_open(self, person: str) -> bool:
        """Whether something of theirs is open: as long as it is, their links are good."""
        for source in self._sources:
            if await source.any_open(person):
                return True
        return False

    async def view(self, person: str, locale: Locale, now: int) -> SpaceView:
        found = [place for source in self._sources for place in await source.places(person, locale, now)]
        found.sort(key=lambda place: (place.at, place.id))
        opened = tuple(place for place in found if place.enter)
        over = tuple(place for place in reversed(found) if not place.enter)
        return SpaceView(tuple(place for place in opened if place.awaits), opened, over)
