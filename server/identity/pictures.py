"""Pictures in and out: decoded once, upright, bounded; small JPEGs for the jury."""
# cv2's stubs type every array as one of any number.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import io
import warnings
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

Picture = NDArray[np.uint8]
"""RGB, height by width by 3; or grey, height by width."""
Matrix = NDArray[np.float64]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""
FORMATS = ("JPEG", "PNG", "WEBP")
BRIGHT, COLOURLESS = 246, 18  # grey levels: a reflection has lost its print and its colour
JPEG_QUALITY = 88


class UnreadablePicture(ValueError):
    """`code`: `not_a_picture` (or cut short), `too_large`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decode(data: bytes, most_pixels: int) -> Picture:
    """A whole JPEG, PNG or WebP, turned as its EXIF says. Raises UnreadablePicture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                if image.width * image.height > most_pixels:
                    raise UnreadablePicture("too_large")
                upright = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        if isinstance(problem, UnreadablePicture):
            raise
        raise UnreadablePicture("not_a_picture") from None
    return np.array(upright, dtype=np.uint8)


def jpeg(picture: Picture, most_side: int = 480) -> bytes:
    """At most `most_side` pixels on the longer side."""
    small = fitted(picture, most_side)
    bgr = small if small.ndim == 2 else cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return data.tobytes()


def fitted(picture: Picture, most_side: int) -> Picture:
    """Made smaller until no side is longer than `most_side`; never larger."""
    scale = most_side / max(picture.shape[:2])
    return picture if scale >= 1 else scaled(picture, scale)


def scaled(picture: Picture, scale: float) -> Picture:
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    wide, high = (max(1, round(side * scale)) for side in (picture.shape[1], picture.shape[0]))
    return pixels(cv2.resize(picture, (wide, high), interpolation=how))


def grey(picture: Picture) -> Picture:
    return picture if picture.ndim == 2 else pixels(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))


def pixels(array: Any) -> Picture:
    return np.ascontiguousarray(cast("NDArray[np.uint8]", array), dtype=np.uint8)


def mirrored(picture: Picture) -> Picture:
    return np.ascontiguousarray(picture[:, ::-1])


def cut(picture: Picture, box: Box) -> Picture:
    left, top, right, bottom = within(box, picture)
    return np.ascontiguousarray(picture[top:bottom, left:right])


def within(box: Box, picture: Picture) -> Box:
    high, wide = picture.shape[:2]
    left, top, right, bottom = box
    return max(0, left), max(0, top), min(wide, right), min(high, bottom)


def sharpness(picture: Picture, at: int = 1000) -> float:
    """Variance of the Laplacian (Pech-Pacheco 2000) on the picture made `at` pixels wide, after its noise is
    smoothed away."""
    small = grey(picture)
    small = scaled(small, at / small.shape[1]) if small.shape[1] != at else small
    smooth = cv2.GaussianBlur(small, (0, 0), 1.0)
    return float(cv2.Laplacian(smooth, cv2.CV_64F).var())


def reflected(picture: Picture) -> NDArray[np.bool_]:
    """Where a reflection has washed out the print: bright, colourless, over more than specks."""
    most, least = picture.max(axis=2), picture.min(axis=2)
    lost = ((least >= BRIGHT - COLOURLESS) & (most >= BRIGHT)).astype(np.uint8)
    opened = cv2.morphologyEx(lost, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return np.asarray(cv2.dilate(opened, np.ones((7, 7), np.uint8)), dtype=np.bool_)
