"""The clockwork announces the end of a phase once per mark, also after a restart; the clock is set by hand."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from evaluation.session.events import TimeAnnounced
from server.journals import clockwork as deadlines
from server.journals.clockwork import Clockwork
from tests.pace import within
from tests.server.kept import SESSION, House

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MINUTE = 60_000


@asynccontextmanager
async def running(house: House) -> AsyncIterator[Clockwork]:
    clockwork = Clockwork(house.kept.journals, house.clock)
    house.kept.journals.on_commit.append(clockwork.watch)
    await clockwork.load()
    task = asyncio.create_task(clockwork.run())
    yield clockwork
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    house.kept.journals.on_commit.remove(clockwork.watch)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock moves by hand, so the task must look at it often."""
    monkeypatch.setattr(deadlines, "LONGEST_SLEEP_MS", 10)


async def announced(house: House) -> list[tuple[str, int]]:
    return [(event.phase, event.remaining) for _, event in await house.kept.sessions.events(SESSION)
            if isinstance(event, TimeAnnounced)]


async def settled(house: House, count: int) -> list[tuple[str, int]]:
    """What was announced once there are `count`, and a little later still."""
    async with within(5):
        while len(await announced(house)) < count:
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    return await announced(house)


async def test_each_mark_is_announced_once(house: House):
    async with running(house):
        await (await house.plan()).present()
        assert await settled(house, 0) == []
        house.clock.now += 10 * MINUTE - 1
        assert await settled(house, 0) == []
        house.clock.now += 1
        assert await settled(house, 1) == [("presentation", 300)]
        house.clock.now += 4 * MINUTE
        assert await settled(house, 2) == [("presentation", 300), ("presentation", 60)]
        house.clock.now += 30 * MINUTE
        assert await settled(house, 3) == [("presentation", 300), ("presentation", 60), ("presentation", 0)]


async def test_a_paused_clock_announces_nothing(house: House):
    async with running(house):
        await (await house.plan()).present()
        await house.do("emp", "PauseClock", hearing="h1", cause="technical")
        house.clock.now += 60 * MINUTE
        assert await settled(house, 0) == []
        await house.do("emp", "ResumeClock", hearing="h1")
        house.clock.now += 10 * MINUTE
        assert await settled(house, 1) == [("presentation", 300)]


async def test_what_fell_due_while_the_server_was_down_is_announced_at_the_start(house: House):
    await (await house.plan()).present()
    house.clock.now += 10 * MINUTE
    again = await house.again()
    async with running(again):
        assert await settled(again, 1) == [("presentation", 300)]
    await again.close()
    once_more = await house.again()
    async with running(once_more):
        assert await settled(once_more, 1) == [("presentation", 300)]
    await once_more.close()


async def test_a_write_that_fails_is_tried_again(house: House, monkeypatch: pytest.MonkeyPatch):
    execute, failures = house.kept.journals.execute, list[str]()

    async def sometimes(*arguments: object, **named: object) -> object:
        if len(failures) < 2:
            failures.append("away")
            raise OSError("away")
        return await execute(*arguments, **named)  # type: ignore[arg-type]

    async with running(house):
        await (await house.plan()).present()
        monkeypatch.setattr(house.kept.journals, "execute", sometimes)
        house.clock.now += 10 * MINUTE
        for _ in range(3):
            await asyncio.sleep(0.1)
            house.clock.now += deadlines.RETRY_MS
        assert await settled(house, 1) == [("presentation", 300)]
    assert failures == ["away"] * 2


async def test_chores_are_done_again_and_again_even_when_one_fails(house: House):
    done: list[int] = []

    async def chore() -> None:
        done.append(house.clock.now)
        raise ValueError("not today")

    clockwork = Clockwork(house.kept.journals, house.clock)
    clockwork.every(60, chore)
    task = asyncio.create_task(clockwork.run())
    began = house.clock.now
    for expected in (1, 1, 2):
        await asyncio.sleep(0.1)
        assert len(done) == expected
        house.clock.now += 30_000
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert done == [began, began + 60_000]
