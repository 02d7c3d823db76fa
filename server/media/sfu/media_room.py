"""Who publishes and who views in one room, under the rights in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import structlog

from server.media.engine import NO_RIGHTS, MediaRefusal, RoomId, RoomRights, SeatId, SourceChange, SourceName
from server.media.sfu.peer import Peer
from server.media.sfu.publication import Publication
from server.media.sfu.source import Channel, Kind
from server.media.sfu.view import View

log = structlog.get_logger(__name__)

State = Literal["live", "silent", "ended"]

KINDS: dict[SourceName, tuple[Kind, ...]] = {"main": ("audio", "video"), "second": ("video",)}


class Feed:
    """One source of one seat. It outlives the publisher's connections: viewers wait here for the next one."""

    def __init__(self, seat: SeatId, source: SourceName) -> None:
        self.seat: SeatId = seat
        self.source: SourceName = source
        self.channels: dict[Kind, Channel] = {kind: Channel(kind) for kind in KINDS[source]}
        self.publication: Publication | None = None
        self.views: list[View] = []
        self.state: State = "ended"
        """As last announced."""


class Room:
    """Everything is closed until rights open it. `announce` is told every change of a source."""

    def __init__(self, room: RoomId, announce: Callable[[SourceChange], None]) -> None:
        self.room, self._announce = room, announce
        self.rights: RoomRights = NO_RIGHTS
        self.feeds: dict[tuple[SeatId, SourceName], Feed] = {}
        self._resources: dict[str, tuple[Peer, Feed]] = {}

    def may_publish(self, seat: SeatId, source: SourceName) -> bool:
        return source in self.rights.publish.get(seat, frozenset())

    def may_view(self, seat: SeatId, peer: SeatId) -> bool:
        return peer in self.rights.view.get(seat, frozenset())

    def set_rights(self, rights: RoomRights) -> None:
        """Cuts what they forbid before it returns, and everything if they cannot be read."""
        self.rights = rights
        try:
            forbidden = [peer for peer in self.peers() if not self._allowed(peer)]
        except Exception:
            self.rights = NO_RIGHTS
            self.close()
            raise
        _cut(forbidden)

    def close(self) -> None:
        _cut(list(self.peers()))

    def cut(self, seat: SeatId, source: SourceName | None) -> None:
        """Without a source: everything of this seat, what it views too."""
        _cut([peer for peer in self.peers() if peer.seat == seat and _carries(peer, source)])

    def feed(self, seat: SeatId, source: SourceName) -> Feed:
        return self.feeds.setdefault((seat, source), Feed(seat, source))

    def add(self, peer: Peer, feed: Feed) -> None:
        self._resources[peer.resource] = (peer, feed)
        if isinstance(peer, Publication):
            feed.publication = peer
        elif isinstance(peer, View):
            feed.views.append(peer)

    def find(self, seat: SeatId, resource: str, source: SourceName | None = None) -> Peer:
        """Raises MediaRefusal 404 where there is none of this seat, or none that publishes this source."""
        peer, _ = self._resources.get(resource, (None, None))
        if peer is None or peer.seat != seat or not _carries(peer, source):
            raise MediaRefusal(404, "no such media resource")
        return peer

    def ended(self, peer: Peer) -> None:
        """A connection is gone, for whatever reason."""
        _, feed = self._resources.pop(peer.resource, (None, None))
        if feed is None:
            return
        if feed.publication is peer:
            feed.publication = None
            self._change(feed, "ended")
        if isinstance(peer, View) and peer in feed.views:
            feed.views.remove(peer)
        key = feed.seat, feed.source
        if feed.publication is None and not feed.views and self.feeds.get(key) is feed:
            del self.feeds[key]

    def peers(self) -> Iterator[Peer]:
        return iter([peer for peer, _ in self._resources.values()])

    def watch(self, now: float, limit: float) -> None:
        """The watchdog: tells who has gone silent and who is back."""
        for feed in list(self.feeds.values()):
            publication = feed.publication
            if publication is None:
                continue
            last = publication.last_packet
            publication.silent = now - (last or publication.born) > limit
            if last and not publication.silent:
                self._change(feed, "live")
            elif publication.silent and feed.state == "live":
                self._change(feed, "silent")

    def sources(self) -> tuple[SourceChange, ...]:
        """One that has not yet sent anything counts as silent."""
        return tuple(
            SourceChange(self.room, f.seat, f.source, "live" if f.state == "live" else "silent")
            for f in self.feeds.values()
            if f.publication is not None
        )

    def _allowed(self, peer: Peer) -> bool:
        if isinstance(peer, View):
            return self.may_view(peer.seat, peer.peer)
        return self.may_publish(peer.seat, peer.source)

    def _change(self, feed: Feed, state: State) -> None:
        if feed.state != state:
            feed.state = state
            self._announce(SourceChange(self.room, feed.seat, feed.source, state))


def _carries(peer: Peer, source: SourceName | None) -> bool:
    """Whether it publishes this source; without one, any connection will do."""
    return source is None or (isinstance(peer, Publication) and peer.source == source)


def _cut(peers: list[Peer]) -> None:
    """Silences all before it closes any: trouble in closing one never lets another go on."""
    for peer in peers:
        peer.silence()
    for peer in peers:
        try:
            peer.end()
        except Exception:
            log.exception("media.close_failed", resource=peer.resource)
