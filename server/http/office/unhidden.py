"""Rows of a list but for those about cases whose facts concern whoever reads: others take care of them (X15)."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.storage.rows import Entry, Rows
from server.views.table import Order


@dataclass(frozen=True)
class Unhidden:
    """A `Source` of rows that name their case. Where nothing is hidden from the reader it reads no more than is shown.
    """

    rows: Rows
    hidden: frozenset[str]

    async def page(self, index: str, *, order: Order = "key", descending: bool = False, offset: int = 0,
                   limit: int | None = None, **filters: Any) -> tuple[Entry, ...]:
        if not self.hidden:
            return await self.rows.page(index, order=order, descending=descending, offset=offset, limit=limit,
                                        **filters)
        every = await self.rows.page(index, order=order, descending=descending, **filters)
        return tuple([one for one in every if one.data["case"] not in self.hidden][offset:][:limit])

    async def count(self, index: str, **filters: Any) -> int:
        if not self.hidden:
            return await self.rows.count(index, **filters)
        return len(await self.page(index, **filters))
