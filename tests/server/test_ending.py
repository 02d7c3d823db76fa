from __future__ import annotations

import asyncio
import sys

import pytest

from server import ending
from tests.pace import within


async def test_a_task_that_swallows_a_cancellation_ends_all_the_same(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ending, "AGAIN_SECONDS", 0.01)
    swallowed = list[str]()

    async def work() -> None:
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                if swallowed:
                    raise
                swallowed.append("as asyncio.wait_for may in Python 3.11")

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    async with within(5):
        await ending.end(task)
    assert (task.cancelled(), len(swallowed)) == (True, 1)


async def test_what_it_failed_with_before_is_not_raised():
    async def work() -> None:
        raise OSError("away")

    task = asyncio.create_task(work())
    await asyncio.wait([task])
    await ending.end(task)
    assert isinstance(task.exception(), OSError)


async def test_a_process_whose_answer_nobody_reads_any_more_is_seen_to_end():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import os\nwhile True: os.write(1, bytes(1 << 16))", stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    await process.stdout.read(1)
    await asyncio.sleep(0.3)  # until the pipe is full
    async with within(5):
        await ending.end_process(process)
    assert process.returncode == -9
