"""Something about a session that must succeed in the end is tried again and again, ever less often."""
from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

Attempt = Callable[[str], Awaitable[bool]]
"""Session → whether it is settled: done, or not to be done any more. Never raises."""


class Retrying:
    """Tries each session after `wait_seconds`; again after `first_seconds`, then after twice as long each time, up to
    `at_most_seconds`."""

    def __init__(self, attempt: Attempt, wait_seconds: float, first_seconds: float, at_most_seconds: float) -> None:
        self._attempt, self._wait, self._first, self._at_most = attempt, wait_seconds, first_seconds, at_most_seconds
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
        delay, after = self._wait, self._first
        try:
            while session in self._wanted:
                await asyncio.sleep(delay)
                self._wanted.discard(session)  # a failure from now on asks for another attempt
                if not await self._attempt(session):
                    self._wanted.add(session)
                    delay, after = after, min(2 * after, self._at_most)
        finally:
            del self._tasks[session]
