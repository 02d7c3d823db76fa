"""Whether two pictures show the same unmoved scene, whatever a codec did to them.

A difference in grey levels cannot tell. A capture is a keyframe, which quantises a camera's noise away and differs
from the next keyframe by as much again: through VP8 (640 by 480, 400 kbit/s) two keyframes of one frozen picture
differed by 2.4 grey levels on average (99th percentile of blocks 12), those of a camera with noise before a still
scene by 2.3 (12). But quantisation does not move edges, and people do: breathing alone moves head and shoulders by
more than a millimetre, which is about a pixel at 640. So the displacement of each part of the picture is estimated
(Lucas and Kanade 1981, one step) and the third largest counts, in pixels at 320 wide:

    frozen, or noise alone, keyframes        0.01 to 0.07  (16 cases, three sizes and rates)
    frozen, or noise alone, between them     0.00 to 0.03
    somebody swaying by 0.3 px at 640        0.05 to 0.39
    somebody swaying by 1 px at 640          0.42 to 1.0

Hence 0.1 in the settings, twice in a row. It follows that noise alone keeps no picture alive: a camera before a
photograph on a stand does not change either, in these words' plain sense.
"""
# cv2's stubs type every array as one of any number.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from server.identity.pictures import Picture, pixels

SIZE = (320, 224)
TILE = 32
SMOOTH = 1.2  # pixels
TEXTURE = 8.0  # of a tile, mean squared gradient: less shows no motion
LEAST_TILES = 3
View = NDArray[np.uint8]
Coarse = NDArray[np.float32]
"""One row for each view."""


def view(luma: Picture) -> bytes:
    """Small and smooth: what a codec leaves of noise is gone."""
    small = cv2.resize(luma, SIZE, interpolation=cv2.INTER_AREA)
    return pixels(cv2.GaussianBlur(small, (0, 0), SMOOTH)).tobytes()


def viewed(data: bytes) -> View:
    """Raises ValueError for another size."""
    return np.frombuffer(data, np.uint8).reshape(SIZE[1], SIZE[0])


def coarse(views: Sequence[View]) -> Coarse:
    """A few pixels of each view, to find the nearest of many cheaply."""
    return np.stack([one[4::8, 4::8].astype(np.float32).ravel() for one in views])


def nearest_of(many: Coarse, one: NDArray[np.float32], count: int) -> list[int]:
    """Which of the many are nearest, the nearest first."""
    return [int(i) for i in np.argsort(np.abs(many - one).mean(axis=1))[:count]]


def unmoved(one: View, other: View, most_pixels: float, most_levels: float) -> bool:
    """`most_pixels` of displacement at 320 wide; `most_levels` of local difference (r.m.s.), beyond which the two are
    different pictures rather than moved ones. A picture without texture is never called unmoved."""
    pixels_moved, levels = displacement(one, other)
    return pixels_moved <= most_pixels and levels <= most_levels


def displacement(one: View, other: View) -> tuple[float, float]:
    """The third largest of all tiles, in pixels, each weighted by how much of the tile's difference it explains; and
    the third largest r.m.s. difference, in grey levels. Infinite where too little texture is to be seen."""
    a, b = one.astype(np.float32), other.astype(np.float32)
    middle, difference = (a + b) / 2, np.asarray(b - a, np.float32)
    light = cv2.blur(cv2.resize(difference, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), (17, 17))
    difference -= cv2.resize(light, SIZE)  # light that changes is no motion
    across, down = (np.asarray(cv2.Sobel(middle, -1, x, 1 - x, scale=1 / 8), np.float32) for x in (1, 0))
    xx, yy, xy = _tiles(across * across) + 0.5, _tiles(down * down) + 0.5, _tiles(across * down)
    xd, yd, dd = _tiles(across * difference), _tiles(down * difference), _tiles(difference * difference)
    determinant = xx * yy - xy * xy
    x, y = (yy * xd - xy * yd) / determinant, (xx * yd - xy * xd) / determinant
    explained = np.clip((x * xd + y * yd) / np.maximum(dd, 0.05), 0, 1)
    moved = np.sort((np.hypot(x, y) * explained)[xx + yy > TEXTURE])
    levels = float(np.sort(np.sqrt(dd).ravel())[-LEAST_TILES])
    return (float(moved[-LEAST_TILES]) if len(moved) >= LEAST_TILES else float("inf")), levels


def _tiles(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean of each tile."""
    count = (SIZE[0] // TILE, SIZE[1] // TILE)
    return np.asarray(cv2.resize(values, count, interpolation=cv2.INTER_AREA), np.float32)
