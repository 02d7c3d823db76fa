"""Who acts at a desk of the offices: the person, their awarding body, and the offices that they hold there today."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol, TypeVar, cast

from aiohttp import web

from evaluation.body.reading_rights import Register, reads
from evaluation.body.state import BodyState
from evaluation.offices import Office, ProviderId
from server.http import parts
from server.http.home import space_path

T = TypeVar("T")


@dataclass(frozen=True)
class AtDesk:
    """Who acts, in which awarding body, under which offices today. With offices in `several`, the addresses of its
    pages name the body: what a page showed is what its form acts in."""

    person: str
    body: BodyState
    offices: tuple[Office, ...]
    today: date
    several: bool = False

    @property
    def address(self) -> str:
        """What the address of each page of this desk begins with."""
        return f"{space_path(self.person)}office/{f'in/{self.body.id}/' if self.several else ''}"

    def sees(self, register: Register) -> frozenset[ProviderId] | None:
        return reads(self.offices, register)

    def where(self, register: Register) -> dict[str, Any]:
        """The filters of an index, outside which no row is theirs to see."""
        seen = self.sees(register)
        return {"body": self.body.id} | ({} if seen is None else {"scope": tuple(sorted(seen))})

    def sees_of(self, register: Register, provider: ProviderId | None) -> bool:
        seen = self.sees(register)
        return seen is None or (provider is not None and provider in seen)


DESK: Final = web.RequestKey("desk", AtDesk)


class Asking(parts.OfTheApplication, Protocol):
    """Who acts, by `DESK`, and the application: a request behind one of these doors, or what goes on beside requests.
    """

    def __getitem__(self, key: web.RequestKey[T], /) -> T: ...


@dataclass(frozen=True)
class Unasked:
    """What goes on beside requests, as somebody at their desk."""

    app: web.Application
    at: AtDesk

    def __getitem__(self, key: web.RequestKey[T], /) -> T:
        if key is not DESK:
            raise KeyError(key)
        return cast("T", self.at)
