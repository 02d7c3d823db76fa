"""After a write whose end is unknown a session's room is closed; it opens again once what was kept has been read."""
from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

Attempt = Callable[[str], Awaitable[bool]]
"""Session → whether it is settled: read again, or not to be trusted any more. Never raises."""


class Reopening:
    """Tries each session again after `first_seconds`, then after twice as long each time, up to `at_most_seconds`."""

    def __init__(self, attempt: Attempt, first_seconds: float, at_most_seconds: float) -> None:
        self._attempt, self._first, self._at_most = attempt, first_seconds, at_most_seconds
        self._wanted = set[str]()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def begin(self, session: str) -> None:
        self._wanted.add(session)
        if session not in self._tasks:
            self._tasks[session] = asyncio.create_task(self._run(session))

    async def close(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, session: str) -> None:
        delay = self._first
        try:
            while session in self._wanted:
                await asyncio.sleep(delay)
                self._wanted.discard(session)  # a failure from now on asks for another attempt
                if not await self._attempt(session):
                    self._wanted.add(session)
                    delay = min(2 * delay, self._at_most)
        finally:
            del self._tasks[session]
