"""An engine, pages and mail that note what they are told of a commit, in order."""
from __future__ import annotations

from typing import Any, cast

from server.app.application import connect
from server.config import StreamSettings
from server.journals.arrivals import Presence
from server.journals.streams import Streams
from server.media.engine import MediaEngine, RoomRights
from tests.server.kept import House


class Room:
    """Notes what an engine is told, in the order of everything else noted."""

    def __init__(self, heard: list[Any]) -> None:
        self.heard, self.broken = heard, False

    def set_rights(self, room: str, rights: RoomRights) -> None:
        if self.broken:
            raise RuntimeError("no rights can be applied")
        self.heard.append(("rights", room, rights))

    def close_room(self, room: str) -> None:
        self.heard.append(("closed", room))

    def on_change(self, _callback: object) -> None:
        pass


class Told(Streams):
    def __init__(self, heard: list[Any]) -> None:
        super().__init__(StreamSettings())
        self.heard = heard

    def publish(self, session_id: str, position: int) -> None:
        self.heard.append(("told", session_id, position))


class Mail:
    def __init__(self, heard: list[Any]) -> None:
        self.heard = heard

    def wake(self) -> None:
        self.heard.append(("mail",))


def connected(house: House) -> tuple[list[Any], Room]:
    heard: list[Any] = []
    room = Room(heard)
    sessions = house.kept.sessions
    connect(sessions, cast("MediaEngine", room), Told(heard), Presence(sessions, house.config.presence, house.clock),
            cast("Any", Mail(heard)))
    return heard, room
