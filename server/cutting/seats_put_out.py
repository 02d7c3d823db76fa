"""A seat whose hold is over: its pages and what it sends and receives end at once (X1, X11)."""
from __future__ import annotations

from collections.abc import Callable

from evaluation.session import events as e
from evaluation.session.state import SessionState
from server import logs
from server.cutting.try_out_rooms import room_of
from server.journals.ledger import Commit
from server.journals.of_kind import Sessions
from server.journals.streams import Streams
from server.media.engine import MediaEngine
from server.security_events import SecurityEvent
from server.storage.logins import Ended
from server.storage.vault import Vault

log = logs.logger(__name__)
Told = Callable[[Commit[SessionState]], None]
BY_TIME = frozenset({Ended.IDLE, Ended.OLD, Ended.CLOSED})
"""Endings that follow from no request, whose handler would have told of it."""


def put_out_the_erased(sessions: Sessions, vault: Vault, engine: MediaEngine, streams: Streams) -> None:
    """X1. Whoever was erased, here or by another process, has no seat any more, and nobody's page names them."""
    def erased(subject: str) -> None:
        for state in sessions.all_known():
            mine = [seat.id for seat in state.seats() if seat.person == subject]
            for seat in mine:
                put_out(engine, streams, state.id, seat)
            if mine:
                streams.refresh(state.id)

    vault.on_erased.append(erased)


def end_the_other_browser(engine: MediaEngine, streams: Streams) -> Told:
    """X11. Once a seat was taken over or its link renewed, here or by another process, what the old browser sends and
    receives ends."""
    def told(commit: Commit[SessionState]) -> None:
        if commit.before is None:  # long ago, and just read
            return
        for event in commit.events:
            if isinstance(event, e.SeatTakenOver | e.LinkRenewed):
                put_out(engine, streams, commit.stream, event.seat)

    return told


def put_out_the_ended(engine: MediaEngine, streams: Streams) -> Callable[[str, str, Ended], None]:
    """A login that ended beside the journal: somebody logged out, or its time was over."""
    def ended(session: str, seat: str, why: Ended) -> None:
        put_out(engine, streams, session, seat)
        if why in BY_TIME:
            log.info(SecurityEvent.ENDED.value, seat=seat, session=session, kind=why.value)

    return ended


def put_out(engine: MediaEngine, streams: Streams, session: str, seat: str) -> None:
    streams.close_seat(session, seat)
    engine.cut(session, seat)
    engine.close_room(room_of(seat))
