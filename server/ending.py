"""Ending what runs in the background until it is told to stop."""
from __future__ import annotations

import asyncio
from typing import Any

AGAIN_SECONDS = 1.0


async def end(task: asyncio.Task[Any]) -> None:
    """Cancel it and return once it is over. What it failed with before is not raised here: asyncio logs it.

    It is told again after a second: until Python 3.12 `asyncio.wait_for`, which aiosmtplib and asyncpg wait with, can
    swallow a cancellation that comes together with what was awaited (CPython issue 86296)."""
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=AGAIN_SECONDS)
