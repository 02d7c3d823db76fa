"""Sign-ins by password are counted by the hour, for all processes together and through a restart."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from server.storage.tables import tries
from tests.server.kept import House

MINUTE = 60_000
pytestmark = pytest.mark.rule("X15")


async def test_so_many_an_hour_whoever_counts(house: House):
    first, second = house.kept.ways.tries, (await house.again()).kept.ways.tries
    assert [await one.wait("a", 3) for one in (first, second, first)] == [0, 0, 0]
    house.clock.now += 20 * MINUTE
    assert (await second.wait("a", 3), await second.wait("b", 3)) == (40 * 60, 0)
    restarted = (await house.again()).kept.ways.tries
    assert await restarted.wait("a", 3) == 40 * 60
    house.clock.now += 40 * MINUTE
    assert await restarted.wait("a", 3) == 0


async def test_two_at_once_are_two(house: House):
    counting = [one.kept.ways.tries for one in (house, await house.again())]
    waits = await asyncio.gather(*(one.wait("a", 3) for one in counting * 4))
    assert sorted(bool(one) for one in waits) == [False] * 3 + [True] * 5


async def test_what_is_older_than_an_hour_is_gone(house: House):
    await house.kept.ways.tries.wait("a", 3)
    house.clock.now += 60 * MINUTE
    await house.kept.ways.tries.wait("b", 3)
    async with house.kept.database.reading() as connection:
        assert [row.whose for row in await connection.execute(select(tries))] == ["b"]
