"""Who is here: a seat with an open event stream. The journal is told of arrivals at once, of departures after a grace.

A reload or a short cut is no departure. After a restart, seats that do not come back in time have left.
"""
from __future__ import annotations

import asyncio
from typing import Literal

from evaluation.codec import FieldError
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from evaluation.session.state import SessionState
from server import logs
from server.clock import Now
from server.config import PresenceSettings
from server.journals.ledger import Commit
from server.journals.of_kind import Sessions
from server.storage.journal import StaleVersion

log = logs.logger(__name__)
Place = tuple[str, str]


class Presence:
    """The streams of every seat, in this process."""

    def __init__(self, sessions: Sessions, settings: PresenceSettings, now: Now) -> None:
        self._sessions, self._settings, self._now = sessions, settings, now
        self._since: dict[Place, int] = {}
        self._open: dict[Place, int] = {}
        self._leaving: dict[Place, asyncio.TimerHandle] = {}
        self._writing: dict[Place, asyncio.Task[None]] = {}
        self._stopping = False

    def arrived(self, session_id: str, seat: str) -> None:
        """The seat's page has opened an event stream."""
        place = (session_id, seat)
        self._open[place] = self._open.get(place, 0) + 1
        self._since.pop(place, None)
        timer = self._leaving.pop(place, None)
        if timer is not None:
            timer.cancel()
        self._settle(place)

    def departed(self, session_id: str, seat: str) -> None:
        """One of the seat's event streams has ended."""
        place = (session_id, seat)
        self._open[place] -= 1
        if self._open[place] == 0:
            del self._open[place]
            self._since[place] = self._now()
            self._leave_after(place, self._settings.grace_seconds)

    def here(self, session_id: str, seat: str) -> bool:
        """Whether the seat has an open stream at this very moment."""
        return (session_id, seat) in self._open

    def loaded(self, commit: Commit[SessionState]) -> None:
        """A listener of `Sessions.on_commit`: who was here before a restart has a while to come back."""
        if commit.before is None:
            for seat in commit.state.present:
                if not self.here(commit.stream, seat):
                    self._since[commit.stream, seat] = self._now()
                    self._leave_after((commit.stream, seat), self._settings.restart_seconds)

    async def close(self, _app: object = None) -> None:
        """Nobody leaves because the server stops."""
        self._stopping = True
        for timer in self._leaving.values():
            timer.cancel()
        self._leaving.clear()
        while self._writing:
            await asyncio.wait(self._writing.values())

    def _leave_after(self, place: Place, seconds: float) -> None:
        if self._stopping:
            return
        before = self._leaving.pop(place, None)
        if before is not None:
            before.cancel()
        self._leaving[place] = asyncio.get_running_loop().call_later(seconds, self._gone, place)

    def _gone(self, place: Place) -> None:
        del self._leaving[place]
        self._settle(place)

    def _settle(self, place: Place) -> None:
        """Make the journal say what is so; one writer per seat, so that a Leave never overtakes a Join."""
        if place not in self._writing and not self._stopping:
            self._writing[place] = asyncio.create_task(self._write(place))

    async def _write(self, place: Place) -> None:
        try:
            await self._write_all(place)
        except Exception as error:  # the database may be away for a while
            log.error("presence.failed", exc_info=error, session=place[0])
            asyncio.get_running_loop().call_later(self._settings.grace_seconds, self._settle, place)
        finally:
            del self._writing[place]  # at once: whoever arrives from now on starts a new writer

    async def _write_all(self, place: Place) -> None:
        while (command := await self._wanted(place)) is not None:
            session, seat = place
            fields: dict[str, object] = {"seat": seat}
            if command == "Leave":
                fields["since"] = self._since.get(place)
            try:
                await self._sessions.execute(session, SYSTEM, command, fields, by_server=True)
            except (Refusal, FieldError, StaleVersion) as refused:
                log.info("presence.refused", session=session, command=command, error=type(refused).__name__)
                return

    async def _wanted(self, place: Place) -> Literal["Join", "Leave"] | None:
        session, seat = place
        state = await self._sessions.state(session)
        if state is None or state.closed:
            return None
        said = seat in state.present
        if self.here(session, seat):
            return None if said else "Join"
        return "Leave" if said and place not in self._leaving else None
