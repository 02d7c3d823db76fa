"""Turns at what only so many may use at once (a processor, a confined process), fair between those who ask.

Each has a queue of their own, and the queues are served in turn: eleven jobs of one seat let another's through after
one of them. One seat never takes the last place where there are several: the others find it free at once.
"""
from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar

_asking: ContextVar[str] = ContextVar("asking", default="")


@contextmanager
def asking(who: str) -> Iterator[None]:
    """Work begun inside, tasks included, is for `who`: a seat's id, or an address. Outside it is the server's own."""
    token = _asking.set(who)
    try:
        yield
    finally:
        _asking.reset(token)


class Turns:
    """`most` at once in all, and one fewer for each who asks (at least one)."""

    def __init__(self, most: int) -> None:
        self._most, self._each = most, max(1, most - 1)
        self._holding: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a place, and hold it while inside."""
        who = _asking.get()
        await self._take(who)
        try:
            yield
        finally:
            self._give_back(who)

    async def _take(self, who: str) -> None:
        if who not in self._waiting and self._free(who):
            self._holding[who] += 1
            return
        granted = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(who, deque()).append(granted)
        try:
            await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled():
                self._give_back(who)
            else:
                self._leave(who, granted)
            raise

    def _free(self, who: str) -> bool:
        return self._holding.total() < self._most and self._holding[who] < self._each

    def _leave(self, who: str, granted: asyncio.Future[None]) -> None:
        self._waiting[who].remove(granted)
        if not self._waiting[who]:
            del self._waiting[who]

    def _give_back(self, who: str) -> None:
        self._holding[who] -= 1
        if not self._holding[who]:
            del self._holding[who]
        if who in self._waiting:  # who has just had a turn is behind everybody else
            self._waiting.move_to_end(who)
        while (following := next((one for one in self._waiting if self._free(one)), None)) is not None:
            granted = self._waiting[following][0]
            self._leave(following, granted)
            if following in self._waiting:
                self._waiting.move_to_end(following)
            self._holding[following] += 1
            granted.set_result(None)
