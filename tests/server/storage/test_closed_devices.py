"""What somebody has closed of their camera and microphone is theirs: kept on disk, with a version that grows."""
from __future__ import annotations

import asyncio

from server.storage.closed_devices import Closed, ClosedDevices
from tests.server.kept import House


async def test_what_was_closed_is_closed_after_a_restart(house: House):
    kept = ClosedDevices(house.kept.database)
    assert await kept.of("emp1") == Closed(False, False, 0)
    assert await kept.change("emp1", microphone=True) == Closed(False, True, 1)
    assert await kept.change("emp1", camera=True) == Closed(True, True, 2)
    assert await kept.change("emp1", camera=False) == Closed(False, True, 3)
    again = await house.again()
    restarted = ClosedDevices(again.kept.database)
    assert [await restarted.of(seat) for seat in ("emp1", "own1")] == [Closed(False, True, 3), Closed(False, False, 0)]
    await again.close()


async def test_two_presses_at_once_are_both_kept(house: House):
    kept = ClosedDevices(house.kept.database)
    told = await asyncio.gather(kept.change("emp1", camera=True), kept.change("emp1", microphone=True), kept.of("emp1"))
    assert {one.version for one in told[:2]} == {1, 2}
    assert await kept.of("emp1") == Closed(True, True, 2)
