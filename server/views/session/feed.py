"""What one open page is told, message by message: the sections of its view that changed, and what happened since."""
from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from typing import Any

from evaluation.journal import Record
from evaluation.people import SeatId
from evaluation.session import access
from evaluation.session.events import Event
from evaluation.session.state import SessionState
from server.i18n import Locale
from server.journals.ledger import Commit
from server.journals.of_kind import Sessions
from server.storage import closed_devices
from server.storage.closed_devices import ClosedDevices
from server.views.session.contract.room_types import Closed, View
from server.views.session.happened import happened_view
from server.views.session.reading import read
from server.views.session.room import room_view

KEPT = 200
"""Events of a session kept in memory for readers who are nearly up to date; older ones are read from the journal."""
ALWAYS = ("position", "now")

Past = tuple[tuple[Record, Event], ...]


class Recent:
    """The last events of each session, filled by commits, so that telling a reader costs no read of the journal."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._events: dict[str, deque[tuple[Record, Event]]] = {}
        sessions.on_commit.append(self.committed)

    def committed(self, commit: Commit[SessionState]) -> None:
        if commit.state.closed:
            self._events.pop(commit.stream, None)
            return
        kept = self._events.setdefault(commit.stream, deque(maxlen=KEPT))
        kept.extend(zip(commit.records, commit.events, strict=True))

    async def after(self, session: str, position: int, until: int) -> Past:
        """The events after `position` up to `until`."""
        if position >= until:
            return ()
        kept = self._events.get(session)
        if kept and kept[0][0].position <= position + 1 and kept[-1][0].position >= until:
            return tuple(one for one in kept if position < one[0].position <= until)
        past = await self._sessions.events(session, position)
        return tuple(one for one in past if one[0].position <= until)


class RoomFeed:
    """One reader's feed: remembers what it has sent, so that each message holds only the sections that changed."""

    def __init__(
        self, sessions: Sessions, recent: Recent, closed: ClosedDevices, session: str, seat: SeatId, locale: Locale,
        now: Callable[[], int]
    ) -> None:
        self._sessions, self._recent, self._session, self._seat = sessions, recent, session, seat
        self._closed = closed
        self._locale: Locale = locale
        self._now = now
        self._sent: dict[str, str] = {}

    async def view(self, since: int) -> dict[str, Any] | None:
        """The changed sections (all at first), with what happened after `since`; None: the door is closed.

        A reader that comes with no position (0) is told the present state and nothing of the past.
        """
        state = await self._state()
        if state is None or not access.rights(state, self._seat).events:
            return None
        view = await self.whole(state)
        if view is None:
            return None
        past = await self._recent.after(self._session, since, state.position) if since else ()
        reading = await read(self._sessions, state, self._seat, self._locale, self._now(), hearings=())
        view["happened"] = happened_view(reading, past) if reading and past else []
        # The state may have moved while names and words were fetched: what is sent must still be allowed now.
        present = self._sessions.known(self._session)
        if present is None or not access.rights(present, self._seat).events:
            return None
        return self._changed(view)

    async def whole(self, state: SessionState) -> View | None:
        """Every section, whatever the event stream's right: what the page itself is rendered from."""
        reading = await read(self._sessions, state, self._seat, self._locale, self._now())
        if reading is None:
            return None
        return {**room_view(reading), "closed": closed_view(await self._closed.of(self._seat)), "happened": []}

    async def _state(self) -> SessionState | None:
        return self._sessions.known(self._session) or await self._sessions.state(self._session)

    def _changed(self, view: View) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        for section, value in view.items():
            written = json.dumps(value, sort_keys=True, separators=(",", ":"))
            if section in ALWAYS or section == "happened" or self._sent.get(section) != written:
                changed[section] = value
                self._sent[section] = written
        return changed


def closed_view(own: closed_devices.Closed) -> Closed:
    """What a person has closed of their own devices, as their pages are told."""
    return {"camera": own.camera, "microphone": own.microphone, "version": own.version}
