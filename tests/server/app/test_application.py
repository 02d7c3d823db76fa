"""How the parts are connected: tracks are cut before anybody hears why, and whatever fails closes."""
from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from evaluation.session import media_access
from server.app.application import create_app
from server.media.engine import RoomRights
from server.storage.database import Database
from server.storage.told_of_changes import listening
from tests.pace import within
from tests.server.kept import SESSION, House
from tests.server.told import connected

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@SQLITE
async def test_rights_are_applied_before_readers_are_told(house: House):
    heard, _ = connected(house)
    await (await house.plan()).call_in()
    state = house.kept.sessions.known(SESSION)
    assert state is not None
    publish, view = media_access.room_rights(state)
    assert heard[-2:] == [("rights", SESSION, RoomRights(cast("Any", publish), view)),
                          ("told", SESSION, state.position)]
    assert publish["cand1"] == frozenset({"main", "second"})
    assert [one[0] for one in heard] == ["rights", "told"] * (len(heard) // 2)


@SQLITE
async def test_a_write_whose_end_is_unknown_closes_the_room(house: House, monkeypatch: pytest.MonkeyPatch):
    heard, _ = connected(house)
    await (await house.plan()).call_in()
    monkeypatch.setattr(Database, "writing", lambda _self: (_ for _ in ()).throw(OSError("gone")))
    with pytest.raises(OSError, match="gone"):
        await house.do("emp", "RequireVisible", hearing="h1", required=True)
    assert heard[-1] == ("closed", SESSION)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_another_process_hears_of_a_commit_at_once(house: House, database_url: str):
    await house.plan()
    other = await house.again()
    await other.kept.sessions.load([SESSION])
    heard: list[int] = []
    other.kept.sessions.on_commit.append(lambda commit: heard.append(commit.state.position))
    ready = asyncio.Event()

    async def everything() -> None:
        await other.kept.sessions.load([SESSION])
        ready.set()

    async with listening(database_url, other.kept.sessions.state, everything), within(10):
        await ready.wait()
        outcome = await house.do("org", "WriteToRoom", words="Bonjour")
        while not heard:
            await asyncio.sleep(0.01)
    assert heard == [outcome.position]
    await other.close()


async def test_the_application_starts_and_stops_on_both_databases(house: House):
    await house.plan()
    app = create_app(house.config, house.clock)
    runner_heard: list[str] = []
    app.on_cleanup.append(lambda _app: _note(runner_heard))
    app.freeze()
    await app.startup()
    await app.shutdown()
    await app.cleanup()
    assert runner_heard == ["cleaned"]


async def _note(heard: list[str]) -> None:
    heard.append("cleaned")
