"""So many at once of one kind and one owner, and nobody behind another."""
from __future__ import annotations

import asyncio

from server.http.limits import Places


async def test_a_file_that_takes_long_to_make_holds_up_itself_alone():
    places, begun, end = Places(), list[str](), asyncio.Event()

    async def make(file: str) -> None:
        async with places.place("made", file, 1):
            begun.append(file)
            await end.wait()

    tasks = [asyncio.create_task(make(file)) for file in ("paper", "paper", "another")]
    await asyncio.sleep(0)
    assert begun == ["paper", "another"]
    tasks[0].cancel()
    end.set()
    await asyncio.gather(*tasks[1:])
    assert begun == ["paper", "another", "paper"]
