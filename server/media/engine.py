"""The seam between the rules and the media: whoever is above it does not know which engine is below.

Everything is closed until `set_rights` opens it, and an engine that cannot apply rights must close instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

RoomId = str
SeatId = str
SourceName = Literal["main", "second"]
"""`main` is camera and microphone; `second` is a screen or a document camera (video only)."""


class MediaRefusal(Exception):
    """A request the media edge answers with a 4xx. `status` is the HTTP status (RFC 9725 §4)."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass(frozen=True)
class RoomRights:
    """What each seat may publish, and whose sources it may see and hear. A seat not named may do nothing."""

    publish: Mapping[SeatId, frozenset[SourceName]] = field(default_factory=dict[SeatId, frozenset[SourceName]])
    view: Mapping[SeatId, frozenset[SeatId]] = field(default_factory=dict[SeatId, frozenset[SeatId]])


NO_RIGHTS = RoomRights()


@dataclass(frozen=True)
class Negotiated:
    """What WHIP and WHEP answer: an SDP (or an SDP fragment), the resource to PATCH and DELETE, its entity tag
    (quotes included, as the ETag header has it)."""

    resource: str
    etag: str
    sdp: str


@dataclass(frozen=True)
class Burst:
    """So many small grey pictures of what follows a captured frame, `step_s` seconds apart, at least `width` pixels
    wide where the stream is."""

    frames: int
    step_s: float = 0.1
    width: int = 320


NO_BURST = Burst(0)


@dataclass(frozen=True)
class Capture:
    """One frame decoded by the server from the live stream. `burst`: what followed it, as JPEG, where it was asked
    for; fewer pictures where the stream broke off."""

    jpeg: bytes
    width: int
    height: int
    taken_at: float
    """Seconds since the epoch, when the frame's last packet arrived."""
    burst: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class StreamQuality:
    """One connection as the server measures it. Bit rates in bit/s, delay in milliseconds, loss as a share
    0..1."""

    seat: SeatId
    role: Literal["publish", "view"]
    source: SourceName
    peer: SeatId
    bitrate: int
    loss: float
    round_trip_ms: float | None
    silent: bool
    """No packet for longer than the watchdog's limit (2 to 3 s)."""


@dataclass(frozen=True)
class SourceChange:
    """A published source appeared, went silent, came back or ended."""

    room: RoomId
    seat: SeatId
    source: SourceName
    state: Literal["live", "silent", "ended"]


class MediaEngine(Protocol):
    """All methods are safe to call from the event loop; none blocks it for more than a few milliseconds."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def set_rights(self, room: RoomId, rights: RoomRights) -> None:
        """Replace the room's rights. On return no packet that the new rights forbid leaves the server any
        more: forbidden publications and views are cut at once (synchronously), then closed. Rights that cannot
        be read close everything in the room, and raise."""

    def close_room(self, room: RoomId) -> None:
        """Cuts everybody as `set_rights` does, and forgets the rights."""

    def cut(self, room: RoomId, seat: SeatId, source: SourceName | None = None) -> None:
        """Close what a seat publishes of one source, or all that it publishes and views, as `set_rights` does. Its
        rights stay what they are: only a browser that is let in again uses them."""

    def on_change(self, callback: Callable[[SourceChange], None]) -> None:
        """`callback` is called on the event loop, sometimes within `set_rights`: it must not wait."""

    async def publish(self, room: RoomId, seat: SeatId, source: SourceName, offer: str) -> Negotiated:
        """WHIP POST (RFC 9725). A second publication of the same seat and source replaces the first, and its
        viewers go on without renegotiation. Raises MediaRefusal (403 not allowed, 400 malformed, 413 too
        large)."""
        ...

    async def view(self, room: RoomId, seat: SeatId, peer: SeatId, source: SourceName, offer: str) -> Negotiated:
        """WHEP POST. 404 while the peer publishes nothing, 403 where rights do not allow it, 400 and 413 as for
        `publish`. A view outlives its publisher: it waits, and goes on when the seat publishes again. Of more
        views of one source than a seat may hold, the oldest is closed."""
        ...

    async def restart(
        self, room: RoomId, seat: SeatId, resource: str, if_match: str | None, fragment: str,
        source: SourceName | None = None
    ) -> Negotiated:
        """PATCH with `application/trickle-ice-sdpfrag`: ICE restart (200, with the new entity tag). An empty `sdp`
        in the answer means that the fragment only trickled candidates (204). Raises MediaRefusal 428 without
        entity tag, 412 on another one (`*` always matches), 404 if the resource is not this seat's, or
        not what it publishes of the given `source`, 400, 413."""
        ...

    async def close(self, room: RoomId, seat: SeatId, resource: str, source: SourceName | None = None) -> None:
        """DELETE. 404 as for `restart`."""

    def sources(self, room: RoomId) -> tuple[SourceChange, ...]:
        """Every source published now, with its state; one that has sent nothing yet is silent."""
        ...

    def quality(self, room: RoomId) -> tuple[StreamQuality, ...]: ...

    async def capture(self, room: RoomId, seat: SeatId, source: SourceName, burst: Burst = NO_BURST) -> Capture:
        """One frame from the live stream, and what follows it: this takes as long as the burst does. Raises
        MediaRefusal 404 when nothing is published, 504 when no keyframe comes."""
        ...
