"""Who is here: arrivals at once, departures after a grace, nobody leaves because the server stops."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from evaluation.session import events as e
from server.config import PresenceSettings
from server.journals.arrivals import Presence
from tests.pace import within
from tests.server.kept import SESSION, House

SETTINGS = PresenceSettings(grace_seconds=1, restart_seconds=1)
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def presence(house: House) -> AsyncIterator[Presence]:
    await house.plan()
    one = Presence(house.kept.sessions, SETTINGS, house.clock)
    yield one
    await one.close()


async def present(house: House) -> set[str]:
    state = await house.kept.sessions.state(SESSION)
    assert state is not None
    return set(state.present)


async def until(what: Callable[[set[str]], bool], house: House) -> None:
    async with within(5):
        while not what(await present(house)):
            await asyncio.sleep(0.02)


async def test_an_open_page_is_present_at_once_and_once(house: House, presence: Presence):
    for _ in range(3):
        presence.arrived(SESSION, "obs")
    await until(lambda here: "obs" in here, house)
    joined = [event for _, event in await house.kept.sessions.events(SESSION) if getattr(event, "seat", None) == "obs"]
    assert len(joined) == 1
    assert presence.here(SESSION, "obs")


async def test_a_reload_is_no_departure(house: House, presence: Presence):
    presence.arrived(SESSION, "obs")
    await until(lambda here: "obs" in here, house)
    count = len(await house.kept.sessions.records(SESSION))
    presence.departed(SESSION, "obs")
    presence.arrived(SESSION, "obs")
    await asyncio.sleep(1.3)
    assert len(await house.kept.sessions.records(SESSION)) == count


async def test_the_last_of_two_tabs_counts(house: House, presence: Presence):
    presence.arrived(SESSION, "obs")
    presence.arrived(SESSION, "obs")
    await until(lambda here: "obs" in here, house)
    presence.departed(SESSION, "obs")
    await asyncio.sleep(1.3)
    assert "obs" in await present(house)
    presence.departed(SESSION, "obs")
    await until(lambda here: "obs" not in here, house)


async def test_a_page_closed_for_good_has_left(house: House, presence: Presence):
    presence.arrived(SESSION, "obs")
    await until(lambda here: "obs" in here, house)
    presence.departed(SESSION, "obs")
    closed_at = house.clock()
    house.clock.now += 1500
    assert "obs" in await present(house)
    await until(lambda here: "obs" not in here, house)
    assert (await house.kept.sessions.events(SESSION))[-1][1] == e.SeatLeft("obs", closed_at)


async def test_after_a_restart_who_does_not_come_back_has_left(house: House):
    await house.plan()
    again = await house.again()
    restarted = Presence(again.kept.sessions, SETTINGS, again.clock)
    again.kept.sessions.on_commit.append(restarted.loaded)
    await again.kept.sessions.load([SESSION])
    restarted.arrived(SESSION, "emp")
    assert await present(again) == {"emp", "own", "tra", "cand1"}
    await until(lambda here: here == {"emp"}, again)
    await restarted.close()
    await again.close()


async def test_nobody_leaves_because_the_server_stops(house: House, presence: Presence):
    presence.arrived(SESSION, "obs")
    await until(lambda here: "obs" in here, house)
    await presence.close()
    presence.departed(SESSION, "obs")
    await asyncio.sleep(1.3)
    assert "obs" in await present(house)


async def test_a_database_that_is_away_is_tried_again(house: House, presence: Presence, monkeypatch):
    with monkeypatch.context() as away:
        async def broken(*_: object, **__: object) -> None:
            raise OSError("away")

        away.setattr(house.kept.sessions, "execute", broken)
        presence.arrived(SESSION, "obs")
        await asyncio.sleep(0.2)
    assert "obs" not in await present(house)
    await until(lambda here: "obs" in here, house)
