"""For how long one request holds everybody else up: the processor time that the event loop spends in one go.

Time of the loop's own thread, so that neither a busy machine nor the client's thread counts.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median

from server.cli.main import all_loaded


@dataclass
class Held:
    """`longest` seconds of processor time between two turns of the loop."""

    longest: float = 0.0


@asynccontextmanager
async def watched() -> AsyncIterator[Held]:
    """What was loaded before is never looked through again, as where the command line serves."""
    all_loaded()
    held, stop = Held(), False

    async def beat() -> None:
        last = time.thread_time()
        while not stop:
            await asyncio.sleep(0)
            now = time.thread_time()
            held.longest, last = max(held.longest, now - last), now

    beating = asyncio.create_task(beat())
    await asyncio.sleep(0)
    try:
        yield held
    finally:
        stop = True
        await beating


def fifty_milliseconds() -> float:
    """What this machine does in 50 ms where the bound was set: seconds of processor time for the same work here."""
    def work() -> float:
        began = time.thread_time()
        sum(number * number % 7 for number in range(550_000))
        return time.thread_time() - began

    return max(0.05, median(work() for _ in range(3)))


def exchange(port: int, request: bytes, seconds: float = 60.0) -> bytes:
    """Send a request as it is, from a thread of its own, and read what is answered until the server closes."""
    with socket.create_connection(("127.0.0.1", port), seconds) as line:
        answer = b""
        with contextlib.suppress(OSError):  # refused before it was whole
            line.sendall(request)
        with contextlib.suppress(OSError):
            while chunk := line.recv(1 << 16):
                answer += chunk
        return answer
