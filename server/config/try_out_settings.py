"""[try_out]: what is asked of a person's camera before the day, and how the way to the server is tried (X4)."""
from __future__ import annotations

from dataclasses import dataclass

from server.config.fields import Positive


@dataclass(frozen=True)
class TryOutSettings:
    """What is asked of a person's camera before the day, and how the way to the server is tried (X4)."""

    picture_pixels: Positive = 640
    """Width of the camera's picture, at least."""
    face_levels: Positive = 50
    """Grey levels of the middle of the picture, at least: people recognise no face in a darker one. The door of the
    day asks the same."""
    behind_levels: Positive = 60
    """Grey levels by which the sides may be brighter than the middle: more is a window behind."""
    card_sharpness: Positive = 40
    """Of a card held up: variance of the Laplacian of its grey levels, at least."""
    connect_seconds: Positive = 15
    """How long a page waits until a way to the server is open."""
    settle_seconds: Positive = 3
    """Before anything is measured: browsers begin slowly."""
    measure_seconds: Positive = 6
    room_seconds: Positive = 60
    """How long a room of one is open; then the server ends it."""
    at_once: Positive = 40
    """Rooms of one open at once; who comes then is asked to come back later."""
