"""The document in a live frame, found and laid over the supplied copy: rectified by features (ORB, then SIFT), ECC for
the last pixels. Mirrored frames are tried too. `zones.py` compares what lies there.
"""
# cv2's stubs type every array as one of any number.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from server.identity.identity_settings import IdentitySettings
from server.identity.pictures import Box, Picture, grey, mirrored, pixels, scaled
from server.identity.prepared_copy import CANVAS, Copy, Features, orb_features, sift_features

Homography = NDArray[np.float64]
Way = Literal["orb", "sift"]
WAYS: tuple[Way, ...] = ("orb", "sift")
FLIPS = (False, True)
FRAME_WIDE = (1000, 1280)  # frames are looked at between these widths
ENOUGH = 45  # inliers after which no other way is tried
RATIO_ORB, RATIO_SIFT = 0.85, 0.8  # Lowe's ratio
REPROJECTION = 3.0  # pixels
WINDOW = 5.0  # standard deviation of the local window, in pixels of the canvas: a character, an eye


@dataclass(frozen=True)
class Located:
    """`to_copy` maps the frame's pixels (mirrored first if `mirrored`) to the copy's canvas; `points` are the matched
    places on the canvas, n by 2."""

    to_copy: Homography
    inliers: int
    mirrored: bool
    points: NDArray[np.float32]


class Sight:
    """An RGB frame with its features, each computed once however many copies are looked for in it."""

    def __init__(self, frame: Picture) -> None:
        self.frame, self.scale = frame, _scale(frame)
        self._grey = grey(frame if self.scale == 1 else scaled(frame, self.scale))
        self._features: dict[tuple[Way, bool], Features] = {}

    @property
    def shape(self) -> tuple[int, int]:
        high, wide = self._grey.shape
        return high, wide

    def features(self, way: Way, flip: bool) -> Features:
        if (way, flip) not in self._features:
            seen = mirrored(self._grey) if flip else self._grey
            self._features[way, flip] = orb_features(seen) if way == "orb" else sift_features(seen)
        return self._features[way, flip]


def locate(copy: Copy, frame: Picture | Sight, settings: IdentitySettings, ways: Sequence[Way] = WAYS,
           flips: Sequence[bool] = FLIPS) -> Located | None:  # fmt: skip
    """Find the copy's document in an RGB frame. `ways`: SIFT sees more than ORB and takes longer; `flips`: as the
    camera gives it, or as in a mirror."""
    sight = frame if isinstance(frame, Sight) else Sight(frame)
    best: Located | None = None
    for way in ways:
        for flip in flips:
            found = _matched(copy, sight, way, flip)
            if found is not None and (best is None or found.inliers > best.inliers):
                best = found
            if best is not None and best.inliers >= (ENOUGH if flip or way == "orb" else settings.document_inliers):
                return _printed_alike(copy, sight.frame, _rescaled(best, sight.scale), settings)
    if best is None or best.inliers < settings.document_inliers:
        return None
    return _printed_alike(copy, sight.frame, _rescaled(best, sight.scale), settings)


def _printed_alike(copy: Copy, frame: Picture, found: Located, settings: IdentitySettings) -> Located | None:
    """None where hardly any print lies on the copy's print: the same letters, found on a document of another kind.
    Through VP8 such finds reached 0.06, somebody else's document of the same kind 0.31 and more."""
    there = _print_fit(copy, grey(laid_flat(copy, frame, found)), copy.ink)
    return found if not copy.ink.any() or there >= settings.document_fit else None


def _scale(frame: Picture) -> float:
    wide = frame.shape[1]
    return min(max(wide, FRAME_WIDE[0]), FRAME_WIDE[1]) / wide


def _rescaled(found: Located, scale: float) -> Located:
    return Located(found.to_copy @ np.diag([scale, scale, 1.0]), found.inliers, found.mirrored, found.points)


def _matched(copy: Copy, sight: Sight, way: Way, flip: bool) -> Located | None:
    theirs = sight.features(way, flip)
    ours, norm, ratio = (copy.orb, cv2.NORM_HAMMING, RATIO_ORB) if way == "orb" else (
        copy.sift, cv2.NORM_L2, RATIO_SIFT)  # fmt: skip
    pairs = _pairs(theirs, ours, norm, ratio)
    if len(pairs) < 8:
        return None
    source, target = theirs[0][pairs[:, 0]], ours[0][pairs[:, 1]]
    matrix, mask = cv2.findHomography(source, target, cv2.USAC_MAGSAC, REPROJECTION, maxIters=4000, confidence=0.999)
    if not _sane(cast("NDArray[np.float64] | None", matrix), copy.grey, sight.shape):
        return None
    points = target[np.asarray(mask).ravel() > 0]
    return Located(np.asarray(matrix, np.float64), _places(points), flip, points)


def _pairs(theirs: Features, ours: Features, norm: int, ratio: float) -> NDArray[np.int64]:
    if len(theirs[0]) < 8 or len(ours[0]) < 8:
        return np.empty((0, 2), np.int64)
    pairs = cv2.BFMatcher(norm).knnMatch(cast(Any, theirs[1]), cast(Any, ours[1]), k=2)
    good = [p[0] for p in pairs if len(p) == 2 and p[0].distance < ratio * p[1].distance]
    return np.array([(m.queryIdx, m.trainIdx) for m in good], np.int64).reshape(-1, 2)


def _places(points: NDArray[np.float32]) -> int:
    """Matches at one place count once."""
    return len(np.unique((points / 6).astype(np.int64), axis=0))


def _sane(matrix: Homography | None, copy: Picture, seen: tuple[int, int]) -> bool:
    """The copy's corners, seen in the frame, make a convex shape of a possible size, not turned inside out."""
    if matrix is None or abs(np.linalg.det(matrix)) < 1e-9:
        return False
    high, wide = copy.shape[:2]
    corners = np.array([[[0, 0], [wide, 0], [wide, high], [0, high]]], np.float32)
    back = cv2.perspectiveTransform(corners, np.linalg.inv(matrix))[0]
    if not np.isfinite(back).all():
        return False
    sides = np.roll(back, -1, axis=0) - back
    following = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]
    area = float(cv2.contourArea(back.astype(np.float32)))
    return bool((turns > 0).all()) and 0.02 < area / (seen[0] * seen[1]) < 9


def frame_corners(copy: Copy, located: Located, frame: Picture) -> NDArray[np.float32]:
    """The document's corners in the frame as it was given, 4 by 2."""
    high, wide = copy.picture.shape[:2]
    corners = np.array([[[0, 0], [wide, 0], [wide, high], [0, high]]], np.float32)
    there = cv2.perspectiveTransform(corners, np.linalg.inv(located.to_copy))[0]
    if located.mirrored:
        there[:, 0] = frame.shape[1] - 1 - there[:, 0]
    return np.asarray(there, np.float32)


def document_width(copy: Copy, frame: Picture, located: Located) -> float:
    """How many of the frame's pixels lie along the canvas' width: the mean of its upper and lower edge."""
    a, b, c, d = frame_corners(copy, located, frame)
    return float(np.linalg.norm(b - a) + np.linalg.norm(c - d)) / 2


def laid_flat(copy: Copy, frame: Picture, located: Located, box: Box | None = None, scale: float = 1.0) -> Picture:
    """The frame on the copy's canvas, or a box of it, `scale` times as large."""
    left, top, right, bottom = box or (0, 0, copy.picture.shape[1], copy.picture.shape[0])
    move = np.array([[scale, 0, -left * scale], [0, scale, -top * scale], [0, 0, 1.0]])
    size = (round((right - left) * scale), round((bottom - top) * scale))
    seen = mirrored(frame) if located.mirrored else frame
    return pixels(cv2.warpPerspective(seen, move @ located.to_copy, size, flags=cv2.INTER_CUBIC))


def refined(copy: Copy, frame: Picture, located: Located) -> Located:
    """The last pixels by ECC (Evangelidis and Psarakis 2008) at half the size, over what the matches span: what lies
    around a document on its copy must not pull. Unchanged where it does not converge, or where the print lay better
    before."""
    half = np.diag([0.5, 0.5, 1.0])
    flat = grey(laid_flat(copy, frame, located))
    spanned = spanned_by(copy, located.points)
    mask = scaled(pixels((visible(copy, frame, located) & spanned) * 255), 0.5)
    try:
        score, warp = cv2.findTransformECC(
            scaled(copy.grey, 0.5), scaled(flat, 0.5), np.eye(3, dtype=np.float32), cv2.MOTION_HOMOGRAPHY,
            (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 20, 5e-4), mask, 5,
        )  # fmt: skip
    except cv2.error:
        return located
    better = np.linalg.inv(half) @ np.linalg.inv(np.asarray(warp, np.float64)) @ half
    high, wide = copy.grey.shape
    corners = np.array([[[0, 0], [wide, 0], [wide, high], [0, high]]], np.float32)
    moved = np.abs(cv2.perspectiveTransform(corners, better) - corners).max()
    if score < 0.2 or not moved < CANVAS * 0.05:
        return located
    after = Located(better @ located.to_copy, located.inliers, located.mirrored, located.points)
    ink = copy.ink & spanned
    if _print_fit(copy, grey(laid_flat(copy, frame, after)), ink) <= _print_fit(copy, flat, ink):
        return located
    return after


def spanned_by(copy: Copy, points: NDArray[np.float32]) -> NDArray[np.bool_]:
    """The canvas within the matched places, and somewhat around."""
    hull = np.zeros(copy.grey.shape, np.uint8)
    cv2.fillConvexPoly(hull, cv2.convexHull(points.astype(np.int32)), (255,))
    return np.asarray(cv2.dilate(hull, np.ones((61, 61), np.uint8)) > 0)


def _print_fit(copy: Copy, flat: Picture, ink: NDArray[np.bool_]) -> float:
    """How well print lies on print, at half the size: the median, which a changed field or two leave alone."""
    where = ink[::2, ::2]
    if not where.any():
        return 0.0
    one, other = (pixels(cv2.GaussianBlur(picture, (0, 0), 1.5)[::2, ::2]) for picture in (copy.grey, flat))
    return float(np.median(local_correlation(one, other, WINDOW / 2)[where]))


def visible(copy: Copy, frame: Picture, located: Located) -> NDArray[np.bool_]:
    """Which pixels of the canvas the frame shows at all."""
    size = (copy.picture.shape[1], copy.picture.shape[0])
    all_of_it = np.full(frame.shape[:2], 255, np.uint8)
    return np.asarray(cv2.warpPerspective(all_of_it, located.to_copy, size, flags=cv2.INTER_NEAREST) > 0)


def local_correlation(one: Picture, other: Picture, window: float = WINDOW) -> NDArray[np.float32]:
    """Normalised correlation in a window around each pixel, from -1 to 1."""
    def mean(x: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(cv2.GaussianBlur(x, (0, 0), window), np.float32)

    a, b = one.astype(np.float32), other.astype(np.float32)
    mean_a, mean_b = mean(a), mean(b)
    over_a, over_b = mean(a * a) - mean_a * mean_a, mean(b * b) - mean_b * mean_b
    shared = mean(a * b) - mean_a * mean_b
    return np.asarray(np.clip(shared / np.sqrt(np.maximum(over_a, 1) * np.maximum(over_b, 1)), -1, 1), np.float32)
