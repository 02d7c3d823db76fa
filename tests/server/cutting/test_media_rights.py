"""The room has the rights that the rules say, and whatever fails closes it."""
from __future__ import annotations

from typing import Any, cast

import pytest

from evaluation.session import media_access
from server.cutting.media_rights import media_rights
from server.media.engine import MediaEngine
from tests.server.kept import SESSION, House
from tests.server.told import Room, connected

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@SQLITE
async def test_rights_that_cannot_be_applied_close_the_room(house: House):
    heard, room = connected(house)
    await house.plan()
    room.broken = True
    outcome = await house.do("org", "WriteToRoom", words="Bonjour")
    assert heard[-2:] == [("closed", SESSION), ("told", SESSION, outcome.position)]


@SQLITE
async def test_a_rule_that_fails_closes_the_room(house: House, monkeypatch: pytest.MonkeyPatch):
    await house.plan()
    heard: list[Any] = []
    again = await house.again()
    again.kept.sessions.on_commit.append(media_rights(cast("MediaEngine", Room(heard))))

    def broken(_state: object) -> None:
        raise KeyError("seat")

    monkeypatch.setattr(media_access, "room_rights", broken)
    await again.kept.sessions.load([SESSION])
    assert heard == [("closed", SESSION)]
    await again.close()


@SQLITE
async def test_a_closed_session_has_no_room(house: House):
    heard, _ = connected(house)
    await house.plan()
    for hearing in ("h1", "h2"):
        await house.do("org", "PostponeHearing", hearing=hearing, words="un autre jour")
    outcome = await house.do("org", "CloseSession")
    assert heard[-2:] == [("closed", SESSION), ("told", SESSION, outcome.position)]
