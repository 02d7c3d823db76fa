"""The room of a sitting, cut live: after each event it is given the rights that the rules say, before anybody hears
why. Who is put out of their space, or erased, is out of it at once."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from evaluation.sitting.kind import SITTING
from evaluation.sitting.seeing import is_over
from evaluation.sitting.sitting_media import room_rights
from evaluation.sitting.state import SittingState
from server.journals.known_streams import KnownStreams
from server.journals.ledger import Commit
from server.journals.streams import Streams
from server.media.engine import MediaEngine, RoomRights, SourceName

Sources = Mapping[str, frozenset[SourceName]]


def sitting_rights(engine: MediaEngine) -> Callable[[Commit[SittingState]], None]:
    """The listener that applies the rules' rights to the sitting's room, and shuts it when it cannot, or for good."""
    def apply(commit: Commit[SittingState]) -> None:
        if is_over(commit.state):
            engine.close_room(commit.stream)
            return
        try:
            publish, view = room_rights(commit.state)
            engine.set_rights(commit.stream, RoomRights(cast("Sources", publish), view))
        except BaseException:
            engine.close_room(commit.stream)
            raise

    return apply


def out_of_sittings(journals: KnownStreams, engine: MediaEngine, streams: Streams) -> Callable[[str], None]:
    """What somebody's browser had opened of sittings ends, in each of their browsers: one that still holds their space
    comes back by itself."""
    def put_out(person: str) -> None:
        for state in journals.all_known(SITTING):
            streams.close_seat(state.id, person)
            engine.cut(state.id, person)

    return put_out
