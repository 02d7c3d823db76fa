"""The platform's storage with kinds of stream of our own (`toys.py`), for tests."""
from __future__ import annotations

from typing import Any

from evaluation.kinds import Kind, Kinds
from server.app.kept_data import Kept, open_kept, prepare
from server.config import Config
from server.journals.edges import Edges
from server.journals.following import Following
from server.journals.quoting import reference
from server.journals.write_path import Journals
from tests.server.journals.toys import THE_BASKET, THE_GARDEN, TOY_EDGES, TOYS
from tests.server.kept import HandClock

HOUR = 3_600_000


class Toys:
    """Of one process."""

    def __init__(self, kept: Kept, clock: HandClock, config: Config) -> None:
        self.kept, self.clock, self.config = kept, clock, config
        self.journals: Journals = kept.journals
        self.following = Following(kept.journals, kept.followups, clock, config.storage)

    async def do(self, kind: Kind[Any], stream: str, command: str, actor: str = "gardener", **fields: Any) -> Any:
        return await self.journals.execute(kind, stream, actor, command, fields)

    async def planted(self, garden: str = "g1") -> Toys:
        await self.do(THE_GARDEN, garden, "Plant", garden=garden, basket="b1", ripe_at=self.clock.now + HOUR)
        return self

    async def woven(self, basket: str = "b1", garden: str = "g1") -> Toys:
        await self.do(THE_BASKET, basket, "Weave", basket=basket, garden=await self.quote(garden, 1))
        return self

    async def quote(self, stream: str, position: int) -> dict[str, object]:
        return reference((await self.journals.records(stream))[position - 1])

    async def bundle(self, *streams: str) -> list[bytes]:
        found: list[bytes] = []
        for stream in streams:
            found += [line async for line in self.journals.export(stream)]
        return found

    async def basket(self) -> Any:
        return await self.journals.state(THE_BASKET, "b1")


async def opened(config: Config, clock: HandClock, kinds: Kinds = TOYS, edges: Edges = TOY_EDGES) -> Toys:
    kept = open_kept(config, clock, kinds, edges)
    await prepare(kept, config)
    return Toys(kept, clock, config)
