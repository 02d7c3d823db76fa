"""The built-in media engine: `Sfu` implements `server.media.engine.MediaEngine` inside this process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import structlog

from server.media.capture import FrameGrabber
from server.media.engine import (
    NO_BURST,
    Burst,
    Capture,
    MediaRefusal,
    Negotiated,
    RoomId,
    RoomRights,
    SeatId,
    SourceChange,
    SourceName,
    StreamQuality,
)
from server.media.media_settings import MediaSettings
from server.media.sfu import shim
from server.media.sfu.media_room import KINDS, Feed, Room
from server.media.sfu.peer import Peer
from server.media.sfu.port import IcePort
from server.media.sfu.publication import Publication
from server.media.sfu.shim import Certificate
from server.media.sfu.trouble import Trouble
from server.media.sfu.view import View
from server.media.sfu.whip import matches, read_fragment, read_offer

log = structlog.get_logger(__name__)

MOST_TURNS = 10
"""Into how many slices the service of many rooms is spread."""


class Sfu:
    """All rooms of this process, on one UDP port and one TCP port. One clock serves every connection."""

    def __init__(self, settings: MediaSettings | None = None) -> None:
        self.settings = settings or MediaSettings()
        self._rooms: dict[RoomId, Room] = {}
        self._listeners: list[Callable[[SourceChange], None]] = []
        self._port = IcePort(self.settings)
        self._grabber = FrameGrabber(self.settings)
        self._certificate: Certificate | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._turn = self._round = 0
        self._trouble = Trouble("clock")

    @property
    def udp_port(self) -> int:
        return self._port.udp_port

    @property
    def tcp_port(self) -> int | None:
        return self._port.tcp_port

    async def start(self) -> None:
        """Raises ShimError on another aiortc, OSError when a port is taken."""
        shim.verify()
        await self._port.open()
        await self._grabber.start()
        log.info("media.started", udp_port=self.udp_port, tcp_port=self.tcp_port)
        self._tick()

    async def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        for room in list(self._rooms):
            self.close_room(room)
        self._port.close()
        await self._grabber.stop()

    def set_rights(self, room: RoomId, rights: RoomRights) -> None:
        self._room(room).set_rights(rights)

    def close_room(self, room: RoomId) -> None:
        found = self._rooms.pop(room, None)
        if found is not None:
            found.close()

    def cut(self, room: RoomId, seat: SeatId, source: SourceName | None = None) -> None:
        found = self._rooms.get(room)
        if found is not None:
            found.cut(seat, source)

    def on_change(self, callback: Callable[[SourceChange], None]) -> None:
        self._listeners.append(callback)

    async def publish(self, room: RoomId, seat: SeatId, source: SourceName, offer: str) -> Negotiated:
        # No await from the look at the rights to the connection's place in the room: set_rights finds all of
        # it.
        where = self._find_room(room)
        if not where.may_publish(seat, source):
            raise MediaRefusal(403, "this seat may not publish this source now")
        read = read_offer(offer, "publish", KINDS[source], self.settings)
        feed = where.feed(seat, source)
        former = feed.publication
        publication = Publication(
            self._port,
            self._current_certificate(),
            read,
            seat,
            source,
            self.settings,
            where.ended,
            feed.channels,
        )
        where.add(publication, feed)
        if former is not None:
            former.end()
        return Negotiated(publication.resource, publication.etag, publication.answer())

    async def view(self, room: RoomId, seat: SeatId, peer: SeatId, source: SourceName, offer: str) -> Negotiated:
        where = self._find_room(room)
        if not where.may_view(seat, peer):
            raise MediaRefusal(403, "this seat may not see or hear that one now")
        feed = where.feeds.get((peer, source))
        if feed is None or feed.publication is None:
            raise MediaRefusal(404, "nothing is published there")
        read = read_offer(offer, "view", KINDS[source], self.settings)
        view = View(
            self._port,
            self._current_certificate(),
            read,
            seat,
            source,
            self.settings,
            where.ended,
            peer,
            feed.channels,
        )
        where.add(view, feed)
        mine = [v for v in feed.views if v.seat == seat]
        for oldest in mine[: -self.settings.views_per_source]:
            oldest.end()
        return Negotiated(view.resource, view.etag, view.answer())

    async def restart(
        self, room: RoomId, seat: SeatId, resource: str, if_match: str | None, fragment: str,
        source: SourceName | None = None
    ) -> Negotiated:
        peer = self._find_room(room).find(seat, resource, source)
        if if_match is None:
            raise MediaRefusal(428, "If-Match is required: * or the entity tag")
        if not matches(if_match, peer.etag):
            raise MediaRefusal(412, "the entity tag is not the current one")
        ufrag = read_fragment(fragment, self.settings.offer_limit_bytes)
        if ufrag == peer.remote_ufrag:
            return Negotiated(peer.resource, peer.etag, "")
        sdp = peer.restart(ufrag)
        return Negotiated(peer.resource, peer.etag, sdp)

    async def close(self, room: RoomId, seat: SeatId, resource: str, source: SourceName | None = None) -> None:
        self._find_room(room).find(seat, resource, source).end()

    def sources(self, room: RoomId) -> tuple[SourceChange, ...]:
        found = self._rooms.get(room)
        return found.sources() if found is not None else ()

    def quality(self, room: RoomId) -> tuple[StreamQuality, ...]:
        found = self._rooms.get(room)
        now = time.monotonic()
        return tuple(self._measure(peer, now) for peer in (found.peers() if found is not None else ()))

    async def capture(self, room: RoomId, seat: SeatId, source: SourceName, burst: Burst = NO_BURST) -> Capture:
        found = self._rooms.get(room)
        feed = found.feeds.get((seat, source)) if found is not None else None
        if feed is None or feed.publication is None or feed.channels["video"].track is None:
            raise MediaRefusal(404, "no video is published there")
        channel = feed.channels["video"]
        return await self._grabber.grab(channel.taps, channel.request_keyframe, burst)

    def _room(self, room: RoomId) -> Room:
        return self._rooms.setdefault(room, Room(room, self._announce))

    def _find_room(self, room: RoomId) -> Room:
        """One without rights yet is as good as closed: nothing is kept for it."""
        return self._rooms.get(room) or Room(room, self._announce)

    def _current_certificate(self) -> Certificate:
        """Who is connected keeps the one it was answered with."""
        found = self._certificate
        if found is None or time.monotonic() - found.born > self.settings.certificate_s:
            found = self._certificate = Certificate.generateCertificate()
        return found

    def _measure(self, peer: Peer, now: float) -> StreamQuality:
        if isinstance(peer, View):
            return StreamQuality(
                peer.seat,
                "view",
                peer.source,
                peer.peer,
                peer.bitrate,
                peer.loss,
                peer.round_trip_ms,
                now - peer.last_seen > self.settings.viewer_silent_s,
            )
        loss, silent = (peer.loss, peer.silent) if isinstance(peer, Publication) else (0.0, False)
        return StreamQuality(peer.seat, "publish", peer.source, peer.seat, peer.bitrate, loss, None, silent)

    def _announce(self, change: SourceChange) -> None:
        for listener in self._listeners:
            try:
                listener(change)
            except Exception:
                log.exception("media.listener_failed", state=change.state)

    def _tick(self) -> None:
        """Every `feedback_s` for each room; every `report_s` its reports and measures. The rooms take turns within
        both: packets that wait while all are served at once would come late."""
        s, rooms, now = self.settings, list(self._rooms.values()), time.monotonic()
        turns = max(1, min(MOST_TURNS, len(rooms)))
        self._timer = asyncio.get_running_loop().call_later(s.feedback_s / turns, self._tick)
        self._turn += 1
        if self._turn >= turns:
            self._turn, self._round = 0, self._round + 1
        rounds_a_report = max(1, round(s.report_s / s.feedback_s))
        for place, room in enumerate(rooms):
            if place % turns != self._turn:
                continue
            reporting = (self._round + place // turns) % rounds_a_report == 0
            for feed in list(room.feeds.values()):
                self._serve(feed, now, reporting)
            self._trouble.attempt(room.watch, now, s.watchdog_s)

    def _serve(self, feed: Feed, now: float, reporting: bool) -> None:
        """Each connection by itself: what fails with one stops nothing of the others, nor its own next step."""
        publication, views = feed.publication, list(feed.views)
        if publication is not None:
            publication.trouble.attempt(publication.tick, now)
        for view in views:
            view.trouble.attempt(view.refill)
        if not reporting:
            return
        for view in views:
            view.trouble.attempt(view.measure, now)
            view.trouble.attempt(view.judge, now)
        if publication is not None:
            publication.trouble.attempt(publication.measure, now)
            caps = [cap for view in views if (cap := view.trouble.attempt(view.cap_bps, now)) is not None]
            cap = max(min(caps), self.settings.viewer_floor_bps) if caps else None
            publication.trouble.attempt(publication.report, now, cap)
