"""Rooms of one: a seat publishes there and views what it published, nobody else does anything, and it ends by itself
(X4).

Such a room stands beside the session's, whose rights know nothing of it: a try-out days before the day opens nothing
of the day, and a day that goes on is not disturbed by one.
"""
from __future__ import annotations

import asyncio

from evaluation.people import SeatId
from server.config import TryOutSettings
from server.media.engine import MediaEngine, RoomId, RoomRights


def room_of(seat: SeatId) -> RoomId:
    """No session has such an id."""
    return f"try-out {seat}"


class Crowded(Exception):
    """As many try out as the server takes at once."""


class TryOutRooms:
    """Those open in this process: one of each seat, and no more than `try_out.at_once`."""

    def __init__(self, engine: MediaEngine, settings: TryOutSettings) -> None:
        self._engine, self._settings = engine, settings
        self._ends: dict[SeatId, asyncio.TimerHandle] = {}

    def open(self, seat: SeatId) -> None:
        """A room that was open gives way to a new one. Raises Crowded."""
        self.close(seat)
        if len(self._ends) >= self._settings.at_once:
            raise Crowded
        rights = RoomRights({seat: frozenset({"main"})}, {seat: frozenset({seat})})
        self._engine.set_rights(room_of(seat), rights)
        loop = asyncio.get_running_loop()
        self._ends[seat] = loop.call_later(self._settings.room_seconds, self.close, seat)

    def is_open(self, seat: SeatId) -> bool:
        return seat in self._ends

    def close(self, seat: SeatId) -> None:
        """What is sent and received there is cut at once."""
        end = self._ends.pop(seat, None)
        if end is not None:
            end.cancel()
        self._engine.close_room(room_of(seat))
