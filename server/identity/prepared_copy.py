"""The supplied copy made ready: its outline found, laid flat and upright, its portrait and print located.

Everything is laid on a canvas `CANVAS` pixels wide, so that zones, sizes and sharpness mean the same on each copy.
"""
# cv2's stubs type every array as one of any number.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from server.identity.detector import Detector, Face
from server.identity.pictures import Box, Picture, fitted, grey, pixels, scaled, within
from server.identity.signals import Side

CANVAS = 1000
OUTLINE_SIDE = 640
OUTLINE_SHARE = (0.12, 0.97)  # of the picture: smaller is not the document, larger is the picture itself
RIM = 8  # pixels of `OUTLINE_SIDE`
RATIOS = (1.25, 1.75)  # wide to high: passport page 1.42, ID-1 1.59, old French card 1.42
SURE_FACE = 0.7
TURNS = (None, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE, cv2.ROTATE_180)
INK = 60  # grey levels darker than its surroundings, at 13 pixels: printed characters
Features = tuple[NDArray[np.float32], NDArray[np.generic]]
"""Points (n by 2) and their descriptors."""


@dataclass(frozen=True)
class Copy:
    """`picture` is upright on the canvas; `face` and `portrait` (the zone around it) are on the canvas too.
    `document_pixels` is the document's width in the picture supplied; `outlined` says that its four corners were
    found there."""

    side: Side
    picture: Picture
    face: Face | None
    document_pixels: int
    outlined: bool
    supplied_face_pixels: int

    @cached_property
    def grey(self) -> Picture:
        return grey(self.picture)

    @cached_property
    def orb(self) -> Features:
        return orb_features(self.grey)

    @cached_property
    def sift(self) -> Features:
        return sift_features(self.grey)

    @cached_property
    def portrait(self) -> Box | None:
        if self.face is None:
            return None
        left, top, right, bottom = self.face.box
        wide, high = right - left, bottom - top
        zone = (left - wide * 0.28, top - high * 0.5, right + wide * 0.28, bottom + high * 0.42)
        return within((round(zone[0]), round(zone[1]), round(zone[2]), round(zone[3])), self.picture)

    @cached_property
    def ink(self) -> NDArray[np.bool_]:
        """Where characters are printed, away from the portrait."""
        smooth = cv2.GaussianBlur(self.grey, (0, 0), 1.2)
        dark = cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, np.ones((13, 13), np.uint8))
        mask = np.asarray(dark > INK, dtype=np.bool_)
        if self.portrait is not None:
            left, top, right, bottom = self.portrait
            mask[top:bottom, left:right] = False
        return mask


def prepare(picture: Picture, side: Side, detector: Detector | None) -> Copy:
    """`detector` None: no portrait is looked for."""
    corners = outline(picture)
    if corners is not None:
        flat, wide = flattened(picture, corners)
        found = _copy(side, flat, wide, detector, outlined=True)
        if found.face is None or _lies(found.picture):
            return found
        # No document stands when its portrait is upright: this is the portrait, on a scan cut at the card's edges.
    scale = CANVAS / max(picture.shape[:2])
    flat = scaled(picture, scale)
    if not _lies(flat) and side == "back":
        flat = pixels(cv2.rotate(flat, cv2.ROTATE_90_CLOCKWISE))
    return _copy(side, flat, max(picture.shape[:2]), detector, outlined=False)


def _copy(side: Side, flat: Picture, wide: int, detector: Detector | None, *, outlined: bool) -> Copy:
    """`wide`: in the picture supplied, what is `CANVAS` wide here."""
    upright, face = (flat, None) if detector is None else _upright(flat, detector)
    there = 0 if face is None else round(face.height * wide / CANVAS)
    return Copy(side, upright, face, wide, outlined, there)


def _lies(picture: Picture) -> bool:
    return picture.shape[1] >= picture.shape[0]


def outline(picture: Picture) -> NDArray[np.float32] | None:
    """The document's corners (4 by 2, clockwise from the top left), when it stands out from what it lies on."""
    small = fitted(picture, OUTLINE_SIDE)
    back = picture.shape[1] / small.shape[1]
    smooth = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), (0, 0), 1.6)
    channels = [pixels(smooth[..., i]) for i in range(3)]
    area = small.shape[0] * small.shape[1]
    best: tuple[float, NDArray[np.float32]] | None = None
    for mask in _masks(channels):
        for contour in cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
            hull = cv2.convexHull(contour)
            corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True).reshape(-1, 2)
            size = cv2.contourArea(hull) / area
            if len(corners) == 4 and OUTLINE_SHARE[0] < size < OUTLINE_SHARE[1]:
                ordered = _ordered(np.asarray(corners, np.float32))
                fits = _card_like(ordered) and _touched(ordered, small) < 3
                if fits and (best is None or size > best[0]):
                    best = size, ordered
    return None if best is None else best[1] * back


def _masks(channels: list[Picture]) -> list[Picture]:
    """Several ways to tell the document from its ground: by edges, and by lightness or colour of the rim."""
    kernel = np.ones((5, 5), np.uint8)
    edges = np.maximum.reduce([cv2.Canny(channel, 20, 60) for channel in channels])
    masks = [pixels(cv2.morphologyEx(edges, cv2.MORPH_CLOSE, kernel))]
    stack = np.stack(channels, axis=-1).astype(np.float32)
    rim = np.concatenate([stack[0], stack[-1], stack[:, 0], stack[:, -1]])
    away = np.abs(stack - np.median(rim, axis=0)).max(axis=2)
    level = max(6.0, 3 * float(np.percentile(np.abs(rim - np.median(rim, axis=0)).max(axis=1), 75)))
    masks.append(pixels(cv2.morphologyEx((away > level).astype(np.uint8) * 255, cv2.MORPH_CLOSE, np.ones((9, 9)))))
    return masks


def _ordered(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Clockwise from the top left."""
    total, difference = corners.sum(axis=1), corners[:, 1] - corners[:, 0]
    return corners[[total.argmin(), difference.argmin(), total.argmax(), difference.argmax()]]


def _sides(corners: NDArray[np.float32]) -> tuple[float, float]:
    a, b, c, d = corners
    wide = (np.linalg.norm(b - a) + np.linalg.norm(c - d)) / 2
    high = (np.linalg.norm(d - a) + np.linalg.norm(c - b)) / 2
    return float(wide), float(high)


def _card_like(corners: NDArray[np.float32]) -> bool:
    wide, high = _sides(corners)
    return len(np.unique(corners, axis=0)) == 4 and RATIOS[0] < max(wide, high) / max(1.0, min(wide, high)) < RATIOS[1]


def _touched(corners: NDArray[np.float32], picture: Picture) -> int:
    """How many sides of the picture it reaches: what reaches three is the picture itself, badly outlined."""
    high, wide = picture.shape[:2]
    across, down = corners[:, 0], corners[:, 1]
    reached = (across.min() <= RIM, down.min() <= RIM, across.max() >= wide - 1 - RIM, down.max() >= high - 1 - RIM)
    return sum(bool(one) for one in reached)


def flattened(picture: Picture, corners: NDArray[np.float32]) -> tuple[Picture, int]:
    """The document alone, its longer side lying, `CANVAS` wide; and that side's length in the picture."""
    wide, high = _sides(corners)
    if high > wide:
        corners, wide, high = np.roll(corners, 1, axis=0), high, wide
    tall = round(CANVAS * high / wide)
    target = np.array([[0, 0], [CANVAS, 0], [CANVAS, tall], [0, tall]], np.float32)
    view = cv2.getPerspectiveTransform(corners, target)
    shrink = wide / CANVAS
    smooth = cv2.GaussianBlur(picture, (0, 0), 0.35 * shrink) if shrink > 1.3 else picture
    return pixels(cv2.warpPerspective(smooth, view, (CANVAS, tall), flags=cv2.INTER_LINEAR)), round(wide)


def _upright(flat: Picture, detector: Detector) -> tuple[Picture, Face | None]:
    """Turned so that the portrait's face is upright: scans come in any of four ways."""
    best: tuple[float, Picture, Face] | None = None
    for turn in TURNS:
        turned = flat if turn is None else pixels(cv2.rotate(flat, turn))
        for face in detector(turned)[:1]:
            if best is None or face.score > best[0] + 0.05:
                best = face.score, turned, face
        if best is not None and best[0] >= SURE_FACE:
            break
    if best is None:
        return flat, None
    _, picture, face = best
    if picture.shape[1] != CANVAS and picture.shape[1] < picture.shape[0]:
        return _refitted(picture, detector, face)
    return picture, face


def _refitted(picture: Picture, detector: Detector, face: Face) -> tuple[Picture, Face]:
    """A standing picture (a phone held upright) still gives the canvas' width to the document."""
    again = fitted(scaled(picture, CANVAS / picture.shape[1]), round(CANVAS * 1.6))
    found = detector(again)
    if found:
        return again, found[0]
    return picture, face


def orb_features(picture: Picture) -> Features:
    detector = cv2.ORB.create(3000, 1.2, 8, fastThreshold=8)
    return _features(detector, picture)


def sift_features(picture: Picture) -> Features:
    return _features(cv2.SIFT.create(2500, contrastThreshold=0.02), picture)


def _features(detector: cv2.Feature2D, picture: Picture) -> Features:
    points, descriptors = detector.detectAndCompute(picture, np.empty(0, np.uint8))
    found = np.array([point.pt for point in points], np.float32).reshape(-1, 2)
    return found, np.asarray(descriptors) if len(found) else np.empty((0, 1), np.uint8)
