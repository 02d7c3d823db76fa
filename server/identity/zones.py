"""What lies on the copy, place by place: the portrait, the printed text.

Counting feature matches finds a document but does not tell one holder's from another's of the same kind: everything
they share matches. So they are compared locally: normalised correlation around each point of the face and of the
printed characters, of which the 20th percentile counts. Over the whole portrait at once, faces that share eyes, nose
and mouth where portraits have them reached 0.86; so compared, 0.50, against 0.82 and more of one document with itself
(made documents through VP8, 24 of each at 480p and at 720p).
"""
# cv2's stubs type every array as one of any number.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from server.identity.detector import Detector
from server.identity.document import (
    WINDOW,
    Located,
    document_width,
    laid_flat,
    local_correlation,
    refined,
    spanned_by,
    visible,
)
from server.identity.identity_settings import IdentitySettings
from server.identity.pictures import Picture, cut, grey, pixels, reflected, within
from server.identity.prepared_copy import Copy

LOWEST = 20  # percentile: two holders' documents agree in most places
LEAST_TEXT = 200  # pixels of print, below which there is nothing to compare
PORTRAIT_DETAIL = 8.0  # grey levels of local deviation, in either portrait, from which a place is compared
LEAST_PORTRAIT = 400  # pixels of such places
DETAILED = 4.0  # grey levels of local deviation, from which the copy has print that can be missed
GONE = 0.35  # of the detail the frame has left elsewhere


@dataclass(frozen=True)
class Zone:
    """One comparison: `correlation` from -1 to 1, or None and why: `glare`, `covered`, `out_of_frame`,
    `no_print`, `small`."""

    correlation: float | None
    why: str | None = None


@dataclass(frozen=True)
class Comparison:
    """`flat` is the frame's document laid on the copy's canvas."""

    portrait: Zone
    text: Zone
    flat: Picture


def compare(copy: Copy, frame: Picture, located: Located, detector: Detector | None,
            settings: IdentitySettings) -> Comparison:  # fmt: skip
    """Place by place, on the canvas."""
    located = refined(copy, frame, located)
    flat = laid_flat(copy, frame, located)
    if document_width(copy, frame, located) < settings.shown_document_pixels:
        return Comparison(Zone(None, "small"), Zone(None, "small"), flat)
    seen = visible(copy, frame, located)
    glare = reflected(flat) & ~reflected(copy.picture) & seen
    portrait = _portrait(copy, flat, seen, glare, detector, settings)
    return Comparison(portrait, _text(copy, flat, seen, glare, located.points, settings), flat)


def _portrait(copy: Copy, flat: Picture, shows: NDArray[np.bool_], glare: NDArray[np.bool_],
              detector: Detector | None, settings: IdentitySettings) -> Zone:  # fmt: skip
    if copy.portrait is None:
        return Zone(None, "no_print")
    left, top, right, bottom = copy.portrait
    seen, lost = shows[top:bottom, left:right], glare[top:bottom, left:right]
    if seen.mean() < 0.9:
        return Zone(None, "out_of_frame")
    if lost.mean() > settings.glare_share:
        return Zone(None, "glare")
    model = pixels(cv2.GaussianBlur(copy.grey, (0, 0), 1.5)[top:bottom, left:right])
    shown = _aligned(model, pixels(grey(flat)[top:bottom, left:right]))
    inner = _inner(copy)
    where = (np.maximum(_deviation(model), _deviation(shown)) > PORTRAIT_DETAIL)[inner] & ~lost[inner]
    if where.sum() < LEAST_PORTRAIT:
        return Zone(None, "no_print")
    correlation = float(np.percentile(local_correlation(model, shown)[inner][where], LOWEST))
    if correlation < settings.close_portrait_correlation and _covered(copy, flat, detector, settings):
        return Zone(None, "covered")
    return Zone(correlation)


def _inner(copy: Copy) -> tuple[slice, slice]:
    """The face within the portrait zone: the zone's edge is the same on every document of the kind."""
    assert copy.portrait is not None
    assert copy.face is not None
    left, top, right, bottom = within(copy.face.box, copy.picture)
    return (slice(top - copy.portrait[1], bottom - copy.portrait[1]),
            slice(left - copy.portrait[0], right - copy.portrait[0]))  # fmt: skip


def _aligned(model: Picture, shown: Picture) -> Picture:
    """The portrait alone, moved by what is left of a wrong position: a bent card, a thick lens."""
    try:
        _, warp = cv2.findTransformECC(
            model, shown, np.eye(2, 3, dtype=np.float32), cv2.MOTION_AFFINE,
            (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 30, 1e-3), np.full(model.shape, 255, np.uint8), 5,
        )  # fmt: skip
    except cv2.error:
        return shown
    size = (model.shape[1], model.shape[0])
    if np.abs(np.asarray(warp, np.float64) @ np.array([size[0], size[1], 1.0]) - size).max() > 0.12 * max(size):
        return shown
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return pixels(cv2.warpAffine(shown, np.asarray(warp), size, flags=flags, borderMode=cv2.BORDER_REPLICATE))


def _covered(copy: Copy, flat: Picture, detector: Detector | None, settings: IdentitySettings) -> bool:
    """Something lies over the portrait: no face is to be seen there, and print that the copy has is gone."""
    assert copy.portrait is not None
    left, top, right, bottom = copy.portrait
    wide, high = right - left, bottom - top
    if detector is not None:
        room = cut(flat, (left - wide // 6, top - high // 6, right + wide // 6, bottom + high // 6))
        if any(face.height > 0.3 * high for face in detector(room)):
            return False
    detailed, gone = _print_gone(copy, flat)
    detailed = detailed[top:bottom, left:right]
    return bool(gone[top:bottom, left:right][detailed].mean() > settings.covered_share) if detailed.any() else False


def _print_gone(copy: Copy, flat: Picture) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where the copy has detail; and where the frame has lost it, more than it has elsewhere."""
    ours, theirs = _detail(copy.grey), _detail(grey(flat))
    usual = min(1.0, float(np.median((theirs / ours)[copy.ink]))) if copy.ink.any() else 1.0
    return ours > DETAILED, theirs < GONE * usual * ours


def _detail(picture: Picture) -> NDArray[np.float32]:
    """Local standard deviation of what is neither noise nor shading."""
    smooth = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 2.0)
    band = smooth - cv2.GaussianBlur(smooth, (0, 0), 12.0)
    return np.asarray(np.sqrt(cv2.GaussianBlur(band * band, (0, 0), 8.0)) + 0.5, np.float32)


def _text(copy: Copy, flat: Picture, shows: NDArray[np.bool_], glare: NDArray[np.bool_],
          points: NDArray[np.float32], settings: IdentitySettings) -> Zone:  # fmt: skip
    ink = copy.ink & shows & spanned_by(copy, points)
    if ink.sum() < LEAST_TEXT:
        return Zone(None, "no_print")
    if glare[ink].mean() > settings.glare_share:
        return Zone(None, "glare")
    there = ink & ~glare & ~_print_gone(copy, flat)[1]
    if there.sum() < (1 - settings.covered_share) * ink.sum():
        return Zone(None, "covered")
    model = pixels(cv2.GaussianBlur(copy.grey, (0, 0), 1.5))
    return Zone(float(np.percentile(local_correlation(model, grey(flat))[there], LOWEST)))


def _deviation(picture: Picture) -> NDArray[np.float32]:
    """Local standard deviation, in the window of `_local`."""
    exact = picture.astype(np.float32)
    mean = cv2.GaussianBlur(exact, (0, 0), WINDOW)
    square = cv2.GaussianBlur(exact * exact, (0, 0), WINDOW)
    return np.asarray(np.sqrt(np.maximum(square - mean * mean, 0)), np.float32)
