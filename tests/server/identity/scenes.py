"""What a candidate's camera shows, frame by frame, before any codec: a room, people in it, a sensor's noise."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from server.identity.pictures import Picture

Scene = Callable[[int], Picture]
"""The frame's number to the picture."""
FPS = 10
SWAY = 0.5  # pixels at 640 wide, to either side: about half a millimetre of somebody at arm's length from the camera


def room(people: Sequence[tuple[Picture, float, float]], noise: float, seed: int,
         size: tuple[int, int] = (640, 480)) -> Picture:  # fmt: skip
    """People by their left and top, in pixels at 640 by 480, to a fraction of one."""
    wide, high = size
    scale = wide / 640
    picture = np.full((high, wide, 3), (150, 160, 140), np.float32)
    picture[: round(200 * scale), round(40 * scale) : round(180 * scale)] = (230, 225, 210)
    for person, left, top in people:
        grow = 300 * scale / person.shape[0]
        place = np.array([[grow, 0, left * scale], [0, grow, top * scale]])
        inside = cv2.warpAffine(np.ones(person.shape[:2], np.float32), place, size)[..., None]
        picture = picture * (1 - inside) + cv2.warpAffine(person, place, size, flags=cv2.INTER_AREA) * inside
    return grained(picture, noise, seed)


def grained(picture: np.ndarray, noise: float, seed: int) -> Picture:
    """With a sensor's noise, in grey levels (standard deviation)."""
    grain = np.random.default_rng(seed).standard_normal(picture.shape, np.float32) * np.float32(noise)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def sitting(person: Picture, noise: float = 3.0, sway: float = 3.0, size: tuple[int, int] = (640, 480)) -> Scene:
    """Somebody who breathes and sways by `sway` pixels: four breaths in fifteen seconds, and slower than that."""
    def frame(i: int) -> Picture:
        t = i / FPS
        x, y = np.sin(t * 1.1) + 0.5 * np.sin(t * 0.37 + 1), np.sin(t * 1.7)
        return room([(person, 90 + sway * float(x), 180 + sway * 0.6 * float(y))], noise, i, size)
    return frame


def empty(i: int) -> Picture:
    return room([], 3, i)


def two(one: Picture, other: Picture) -> Scene:
    def frame(i: int) -> Picture:
        x = 3 * float(np.sin(i / FPS * 1.1))
        return room([(one, 10 + x, 180), (other, 330 - x, 180)], 3, i)
    return frame


def covered(i: int) -> Picture:
    return grained(np.full((480, 640, 3), 6, np.float32), 2, i)


def bright_wall(i: int) -> Picture:
    """A white wall, or a finger on the lens before a window."""
    return grained(np.full((480, 640, 3), 225, np.float32), 1, i)


def held_still(scene: Scene, at: int) -> Scene:
    """One picture for ever: a program that plays a photograph, a camera that hangs."""
    picture = scene(at)
    return lambda _: picture


def going_round(scene: Scene, frames: int) -> Scene:
    kept: dict[int, Picture] = {}
    return lambda i: kept.setdefault(i % frames, scene(i % frames))
