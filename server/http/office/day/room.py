"""The day itself: the way into the organizer's room, where it is followed hour by hour."""
from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from evaluation.rules import N_
from server.http.office.day.one_day import OneDay
from server.http.office.day.sections import Section


@dataclass(frozen=True)
class Room:
    """`enter` is what is posted to from the person's space, empty for who has no place there, or once it is closed."""

    enter: str


async def section(request: web.Request, day: OneDay) -> Section:
    enter = f"seats/{day.mine.id}" if day.mine is not None and not day.state.closed else ""
    return Section("room", day.say(N_("Le jour même")), "_room.html", Room(enter))
