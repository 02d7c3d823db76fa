"""How much one seat, or one address, may ask: token buckets for how often, places for how many at once."""
from __future__ import annotations

import asyncio
import math
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

MOST_BUCKETS = 100_000
"""Bounds the memory a flood of addresses can take; the bucket used least recently goes first."""


@dataclass(frozen=True)
class Rate:
    """`burst` acts at once, then `per_minute` more each minute."""

    burst: int
    per_minute: float


@dataclass
class _Bucket:
    tokens: float
    filled_at: float


class Limiter:
    """`clock` gives seconds that never run backwards."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, str], _Bucket] = OrderedDict()

    def take(self, name: str, who: str, rate: Rate) -> int:
        """Take one token. 0 when there was one, else the whole seconds until there is."""
        now = self._clock()
        bucket = self._buckets.setdefault((name, who), _Bucket(rate.burst, now))
        self._buckets.move_to_end((name, who))
        if len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)
        bucket.tokens = min(rate.burst, bucket.tokens + (now - bucket.filled_at) * rate.per_minute / 60)
        bucket.filled_at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0
        return max(1, math.ceil((1 - bucket.tokens) * 60 / rate.per_minute))


class Places:
    """So many of one kind and one owner at once. `who` is a seat or an address, whose further requests wait, unread:
    who sends a hundred waits behind themselves alone. Or a file, which is made by one and found by the next."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], _Place] = {}

    @asynccontextmanager
    async def place(self, kind: str, who: str, most: int) -> AsyncIterator[None]:
        place = self._held.setdefault((kind, who), _Place(asyncio.Semaphore(most)))
        place.wanted += 1
        try:
            async with place.free:
                yield
        finally:
            place.wanted -= 1
            if not place.wanted:
                del self._held[kind, who]


@dataclass
class _Place:
    free: asyncio.Semaphore
    wanted: int = 0
