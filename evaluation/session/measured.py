"""What evidence an identity check gives, and the states of each signal. Never a verdict, never an overall score (R6.3).

Bands, codes and whole numbers alone stand in the journal: no name, no date, no picture, no template (X1).
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evaluation.people import SeatId, Words

IdentityDocument = Literal["new_card", "old_card", "passport", "residence_permit", "licence"]
Side = Literal["front", "back"]
Source = Literal["main", "second"]
Gesture = Literal["turn_head", "hand_across_face", "tilt_card"]
SignalName = Literal["document", "portrait", "text", "face", "mrz", "expiry", "names"]
FACE: SignalName = "face"
Band = Literal["close", "unsure", "far", "not_measurable"]
CopyFlaw = Literal[
    "not_a_picture", "too_small", "blurred", "glare", "cut_off", "portrait_not_found", "mrz_not_read", "expired",
]
"""What was seen on a supplied copy: told to whoever supplied it, never a refusal (R6.2)."""
CheckFailure = Literal[
    "copy_unreadable", "frames_unreadable", "died", "too_slow", "not_started", "no_stream", "failed",
]
Consent = Literal["unanswered", "yes", "no"]


@dataclass(frozen=True)
class Picture:
    """A picture that lies encrypted outside the journal, and its keyed digest."""

    id: str
    digest: str


@dataclass(frozen=True)
class SignalRow:
    """`code` says which meaning the band has ("glare"). `value` is a whole number: matching points of `document`,
    thousandths of all others; None where nothing was measured, and for `expiry`, whose date is nobody's business
    here. `near` and `away` are where the bands "close" and "far" began when it was measured, in the same unit."""

    name: SignalName
    band: Band
    code: str
    value: int | None = None
    copy: Picture | None = None
    live: Picture | None = None
    near: int | None = None
    away: int | None = None

    def pictures(self) -> tuple[Picture, ...]:
        return tuple(one for one in (self.copy, self.live) if one is not None)


@dataclass(frozen=True)
class Check:
    """A check that a juror has asked for and that has not ended. `position` names it."""

    side: Side
    source: Source
    by: SeatId
    at: int
    position: int


@dataclass(frozen=True)
class Measured:
    """What one check gave. `taken_at` is when the pictures were taken; `expiry` the printed date, in words. `apart` is
    the row of faces compared, in words too: with the consent goes all of it (X1)."""

    position: int
    at: int
    taken_at: int
    side: Side
    rows: tuple[SignalRow, ...]
    expiry: Words | None
    apart: Words | None = None
    apart_pictures: tuple[Picture, ...] = ()

    def row(self, name: SignalName) -> SignalRow | None:
        return next((one for one in self.rows if one.name == name), None)

    def pictures(self) -> tuple[Picture, ...]:
        return (*(picture for row in self.rows for picture in row.pictures()), *self.apart_pictures)

    def words(self) -> tuple[Words, ...]:
        return tuple(one for one in (self.expiry, self.apart) if one is not None)


@dataclass(frozen=True)
class Failure:
    """Why the last check gave nothing."""

    at: int
    why: CheckFailure
