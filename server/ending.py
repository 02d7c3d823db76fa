"""Ending what runs in the background until it is told to stop: a task, a process."""
from __future__ import annotations

import asyncio
import contextlib
from typing import Any, Final

AGAIN_SECONDS = 1.0
CHUNK: Final = 1 << 16


async def end(task: asyncio.Task[Any]) -> None:
    """Cancel it and return once it is over. What it failed with before is not raised here: asyncio logs it.

    It is told again after a second: until Python 3.12 `asyncio.wait_for`, which aiosmtplib and asyncpg wait with, can
    swallow a cancellation that comes together with what was awaited (CPython issue 86296)."""
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=AGAIN_SECONDS)


async def end_process(process: asyncio.subprocess.Process) -> None:
    """Kill it and return once it is over. What it has said and nobody reads any more is read away: asyncio knows of its
    end once its pipe has ended, too, and one that is full does not."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    with contextlib.suppress(RuntimeError):  # somebody still reads it, and comes to its end
        while process.stdout is not None and await process.stdout.read(CHUNK):
            pass
    await process.wait()
