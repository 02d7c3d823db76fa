"""A worker that goes its rounds: as often as it is woken, and whenever something is due."""
from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from structlog.typing import FilteringBoundLogger


async def go_rounds(woken: asyncio.Event, once: Callable[[], Awaitable[float | None]], log: FilteringBoundLogger, *,
                    failed: str, again_seconds: float) -> None:
    """Until cancelled. `once` gives the seconds until the next round, None: until it is woken. A round that fails, the
    database being away say, is logged under the name `failed`, and gone again after `again_seconds`."""
    while True:
        woken.clear()
        try:
            wait = await once()
        except Exception as error:
            log.error(failed, exc_info=error)
            wait = again_seconds
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):  # not `wait_for`: in 3.11 it can swallow a cancellation
                await woken.wait()
