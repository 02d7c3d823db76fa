"""`Live`: who is seen and heard now, and how good each connection is, in words. Never journalled.

Read from the media engine at most once per `quality.refresh_seconds` and room; each seat gets what its rights show it.
"""
from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from evaluation.people import Role, SeatId
from evaluation.rules import N_
from evaluation.session import access
from evaluation.session.state import SessionState
from server.checking.checks import IdentityChecks
from server.checking.watching import Watching
from server.config import QualitySettings
from server.i18n import Locale, say
from server.journals.of_kind import Sessions
from server.media.engine import MediaEngine, RoomId, SourceChange, StreamQuality
from server.views.session.contract.board_types import Level
from server.views.session.contract.live_types import Live, LiveSource, LiveTechnical
from server.views.when import hour_words

WORDS: Final[dict[Level, str]] = {
    "good": N_("bonne"), "fair": N_("moyenne"), "poor": N_("faible"), "lost": N_("plus rien n’arrive"),
}
ORDER: Final[tuple[Level, ...]] = ("good", "fair", "poor", "lost")


@dataclass(frozen=True)
class Snapshot:
    sources: tuple[SourceChange, ...]
    quality: tuple[StreamQuality, ...]
    levels: dict[SeatId, Level]


class LiveRooms:
    """`clock` gives seconds that never run backwards."""

    def __init__(self, engine: MediaEngine, sessions: Sessions, checks: IdentityChecks, watching: Watching,
                 settings: QualitySettings, clock: Callable[[], float]) -> None:
        self._engine, self._sessions, self._settings, self._clock = engine, sessions, settings, clock
        self._checks, self._watching = checks, watching
        self._seen: dict[RoomId, tuple[float, Snapshot]] = {}

    def changed(self, room: RoomId) -> None:
        """A source came or went: the next reading looks again at once."""
        self._seen.pop(room, None)

    def for_seat(self, room: RoomId, seat: SeatId, locale: Locale) -> str | None:
        """The JSON text for one seat; None while it has no right to the room."""
        state = self._sessions.known(room)
        granted = access.rights(state, seat) if state is not None else access.CLOSED
        if state is None or not granted.events:
            return None
        shown = granted.view | {seat}
        snapshot = self._snapshot(room)
        live: Live = {
            "sources": [source for one in snapshot.sources if one.seat in shown and (source := _source(one))],
            "quality": {one: {"words": say(locale, WORDS[level], {}), "level": level}
                        for one, level in snapshot.levels.items() if one in shown},
        }
        self._tell_of_camera(live, state, seat, locale)
        holder = state.seat(seat)
        if holder is not None and holder.role is Role.ORGANIZER:
            live["technical"] = [_technical(one) for one in snapshot.quality if one.seat in shown]
        return json.dumps(live, ensure_ascii=False, sort_keys=True)

    def _tell_of_camera(self, live: Live, state: SessionState, seat: SeatId, locale: Locale) -> None:
        """How a check goes, for the candidate and the jury; what the camera shows, for the jury alone (R6.4)."""
        hearing = state.in_room
        if hearing is None:
            return
        sits = state.sits(seat, hearing.id)
        going = self._checks.progress(state.id, hearing.id)
        if going is not None and (sits or seat == hearing.candidate.id):
            words = going.to_jury if sits else going.to_candidate
            live["check"] = {"hearing": hearing.id, "state": going.stage, "words": say(locale, words, {})}
        if sits and hearing.visible_required:
            live["presence"] = [
                {"name": one.name, "since": one.since,
                 "words": say(locale, one.words, {"time": hour_words(one.since, locale)})}
                for one in self._watching.seen(state.id, hearing.id)
            ]

    def level(self, room: RoomId, seat: SeatId) -> Level | None:
        """For the organizer's board; None for somebody without media."""
        return self._snapshot(room).levels.get(seat)

    def _snapshot(self, room: RoomId) -> Snapshot:
        now = self._clock()
        seen = self._seen.get(room)
        if seen is None or now - seen[0] >= self._settings.refresh_seconds:
            quality = self._engine.quality(room)
            seen = (now, Snapshot(self._engine.sources(room), quality, levels(quality, self._settings)))
            self._seen[room] = seen
        return seen[1]


def levels(quality: Iterable[StreamQuality], settings: QualitySettings) -> dict[SeatId, Level]:
    """Each seat's worst connection, as it is for the person: what they send, and what they receive."""
    found: dict[SeatId, Level] = {}
    for one in quality:
        worst = max(ORDER.index(found.get(one.seat, "good")), ORDER.index(level_of(one, settings)))
        found[one.seat] = ORDER[worst]
    return found


def level_of(one: StreamQuality, settings: QualitySettings) -> Level:
    if one.silent and one.role == "publish":
        return "lost"
    delay = one.round_trip_ms or 0
    if one.loss >= settings.poor_loss or delay >= settings.poor_round_trip_milliseconds:
        return "poor"
    if one.loss >= settings.fair_loss or delay >= settings.fair_round_trip_milliseconds:
        return "fair"
    return "good"


def _source(one: SourceChange) -> LiveSource | None:
    """None for one that has ended."""
    return None if one.state == "ended" else {"seat": one.seat, "source": one.source, "state": one.state}


def _technical(one: StreamQuality) -> LiveTechnical:
    """Rounded: what does not change for the eye is not sent again."""
    rtt = None if one.round_trip_ms is None else round(one.round_trip_ms)
    return {"seat": one.seat, "role": one.role, "source": one.source, "bitrate": round(one.bitrate, -4),
            "loss": round(one.loss, 2), "rtt": rtt}


LIVE: Final = web.AppKey("live", LiveRooms)
