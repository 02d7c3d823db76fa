"""The media cut live: after each event the room is given the rights that the rules say, before anybody hears why."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from evaluation.session import media_access
from evaluation.session.state import SessionState
from server.journals.ledger import Commit
from server.media.engine import MediaEngine, RoomRights, SourceName

Sources = Mapping[str, frozenset[SourceName]]
Told = Callable[[Commit[SessionState]], None]


def media_rights(engine: MediaEngine) -> Told:
    """The listener that applies the rules' rights to the room, and shuts it when it cannot, or for good."""
    def apply(commit: Commit[SessionState]) -> None:
        if commit.state.closed:
            engine.close_room(commit.stream)
            return
        try:
            publish, view = media_access.room_rights(commit.state)
            engine.set_rights(commit.stream, RoomRights(cast("Sources", publish), view))
        except BaseException:
            engine.close_room(commit.stream)
            raise

    return apply
