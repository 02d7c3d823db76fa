"""Who waits behind whom for what only so many may use at once."""

from __future__ import annotations

import asyncio

import pytest

from server.turns import Turns, asking


class Work:
    """Jobs that hold their turn until the test ends them."""

    def __init__(self, most: int) -> None:
        self.turns, self.begun = Turns(most), list[str]()
        self.ends: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def ask(self, who: str, *jobs: str) -> None:
        for job in jobs:
            self.ends[job] = asyncio.Event()
            with asking(who):
                self.tasks[job] = asyncio.create_task(self._job(job))
        await asyncio.sleep(0)

    async def _job(self, job: str) -> None:
        async with self.turns.turn():
            self.begun.append(job)
            await self.ends[job].wait()

    async def end(self, *jobs: str) -> None:
        for job in jobs:
            self.ends[job].set()
            await self.tasks[job]
            await asyncio.sleep(0)

    async def cancel(self, job: str) -> None:
        self.tasks[job].cancel()
        with pytest.raises(asyncio.CancelledError):
            await self.tasks[job]
        await asyncio.sleep(0)


async def test_the_seats_take_turns_whatever_each_has_asked_for():
    work = Work(1)
    await work.ask("a", "a1", "a2", "a3")
    await work.ask("b", "b1", "b2")
    await work.ask("c", "c1")
    for job in ("a1", "b1", "c1", "a2", "b2", "a3"):
        await work.end(job)
    assert work.begun == ["a1", "b1", "c1", "a2", "b2", "a3"]


async def test_one_seat_leaves_a_place_for_the_others():
    work = Work(2)
    await work.ask("a", "a1", "a2", "a3")
    assert work.begun == ["a1"]
    await work.ask("b", "b1")
    assert work.begun == ["a1", "b1"]
    await work.ask("c", "c1")
    await work.end("b1")
    assert work.begun == ["a1", "b1", "c1"]
    await work.end("a1")
    assert work.begun == ["a1", "b1", "c1", "a2"]


async def test_who_gives_up_waiting_holds_nobody_up():
    work = Work(1)
    await work.ask("a", "a1")
    await work.ask("b", "b1", "b2")
    await work.ask("c", "c1")
    await work.cancel("b1")
    await work.end("a1")
    assert work.begun == ["a1", "b2"]
    await work.cancel("b2")
    assert work.begun == ["a1", "b2", "c1"]
    await work.end("c1")
    await work.ask("b", "b3")
    assert work.begun[-1] == "b3"


async def test_a_turn_that_came_too_late_is_given_on():
    work = Work(1)
    await work.ask("a", "a1")
    await work.ask("b", "b1")
    await work.ask("c", "c1")
    work.ends["a1"].set()
    await asyncio.sleep(0)  # a1 gives its place to b1, which does not run yet
    await work.cancel("b1")
    assert work.begun == ["a1", "c1"]
