"""One process serves at a time; commands that serve nobody work beside it."""
from __future__ import annotations

import asyncio

import asyncpg
import pytest

from server.app.running import running
from server.storage.serving import SERVING_LOCK, AlreadyServed, serving_alone
from tests.pace import within
from tests.server.kept import SESSION, House


async def test_a_second_process_that_would_serve_is_refused(house: House):
    await house.plan()
    before = await house.positions()
    async with running(house.config, house.clock):
        with pytest.raises(AlreadyServed, match="another process serves what is kept here"):
            async with running(house.config, house.clock):
                pass
        await house.kept.purge()
        await house.kept.holds.place(SESSION, "h1", "appeal")
        await house.kept.accounts.erase_person("p-cand2")
        assert [line async for line in house.kept.sessions.export(SESSION)] != []
    async with running(house.config, house.clock):  # the first has stopped
        pass
    assert await house.positions() == before


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_lost_connection_takes_the_lock_again(house: House, database_url: str):
    async with serving_alone(database_url):
        other = await asyncpg.connect(database_url.replace("+asyncpg", ""))
        holder = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $1"
        first = await other.fetchval(holder, SERVING_LOCK)
        await other.execute("SELECT pg_terminate_backend($1)", first)
        async with within(10):
            while (again := await other.fetchval(holder, SERVING_LOCK)) in (None, first):
                await asyncio.sleep(0.05)
        assert again != first
        await other.close()
        with pytest.raises(AlreadyServed):
            async with serving_alone(database_url):
                pass
