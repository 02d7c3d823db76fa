"""What is never journalled: presence of media, quality of the lines, how a check goes."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from evaluation.people import HearingId, SeatId
from evaluation.session.measured import Source
from server.checking.progress import Stage as CheckStage
from server.identity.watched import PresenceName
from server.views.session.contract.board_types import Level


class LiveSource(TypedDict):
    """A published source."""

    seat: SeatId
    source: Source
    state: Literal["live", "silent"]


class LiveQuality(TypedDict):
    """How good somebody's line is."""

    words: str
    level: Level


class LiveCheck(TypedDict):
    """How a check goes."""

    hearing: HearingId
    state: CheckStage
    words: str


class LivePresence(TypedDict):
    """What the camera shows of the candidate (R6.4)."""

    name: PresenceName | Literal["stopped"]
    words: str
    since: int


class LiveTechnical(TypedDict):
    """One connection as it is measured."""

    seat: SeatId
    role: Literal["publish", "view"]
    source: Source
    bitrate: int
    loss: float
    rtt: int | None


class Live(TypedDict):
    """What a seat is told of the media now."""

    sources: list[LiveSource]
    quality: dict[SeatId, LiveQuality]
    check: NotRequired[LiveCheck]
    presence: NotRequired[list[LivePresence]]
    technical: NotRequired[list[LiveTechnical]]
