"""What a try-out before the day is made of: what was measured, what is asked, and what is lacking (X4).

Whole numbers and codes alone: no picture, no sound, no address, no name of a device (X1).
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Path = Literal["udp", "tcp"]
"""How media went to the server and back."""
Lack = Literal[
    "video_off", "no_camera", "small", "dark", "backlit", "not_shown", "blurred", "no_microphone", "not_heard",
    "no_sound", "no_path", "slow", "lossy", "delayed",
]


@dataclass(frozen=True)
class TriedCamera:
    """`width` in pixels. `brightness` of the middle, in grey levels, and by how much the sides are brighter (`behind`).
    `sharpness` of a card held up: the variance of the Laplacian of its grey levels; None where none was held up."""

    width: int
    brightness: int
    behind: int
    sharpness: int | None


@dataclass(frozen=True)
class TriedLine:
    """One's own picture and sound, to the server and back. `carries` is what the way there would carry, as the browser
    estimates it, or what it sent; `seen` what the server took, `returned` what came back. Losses are thousandths, of
    the way there (as the server saw it) and back."""

    path: Path
    carries_bps: int
    seen_bps: int
    returned_bps: int
    lost_there: int
    lost_back: int
    round_trip_ms: int


@dataclass(frozen=True)
class Measures:
    """`live_video`: this browser makes connections at all (WebRTC). `heard`: the microphone caught something; None:
    there is no microphone. `sound`: the person heard the notes. `line`: None where nothing came back."""

    live_video: bool
    camera: TriedCamera | None
    heard: bool | None
    sound: bool
    line: TriedLine | None


@dataclass(frozen=True)
class Floors:
    """What is asked of each measure, as the server was set when it was tried: at least `width`, `brightness`,
    `sharpness`, `bps`; at the most `behind`, `lost` (thousandths), `round_trip_ms`."""

    width: int
    brightness: int
    behind: int
    sharpness: int
    bps: int
    lost: int
    round_trip_ms: int


@dataclass(frozen=True)
class TryOut:
    """The last one of a seat."""

    at: int
    lacks: tuple[Lack, ...]
    line: TriedLine | None
