"""Reading the machine-readable lines of a picture: where they are, then what they say.

Lines are found by their shape (long, dense, at the bottom) on a document laid flat, or by the OCR's own detector,
which costs ten times as much, where no outline and no copy tell where the document is. rapidocr's models lie inside
its package (Apache-2.0); nothing is fetched.
"""
# rapidocr and cv2 leave their results untyped.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from server.identity.copies import CANVAS
from server.identity.mrz import read
from server.identity.pictures import Box, Picture, fitted, grey, pixels
from server.identity.signals import MrzReading

Line = NDArray[np.float32]
"""Four corners, 4 by 2, clockwise from the top left."""
LINE_HEIGHT = 48  # pixels, what the recogniser was trained on
SQUEEZED = 0.85  # of its width: at full width the recogniser runs OCR-B's first letters together ("ID" read as "I")
AROUND = 0.3  # of a line's height, kept above and below
DETECTOR_SIDE = 960
LONG = 7  # wide to high, from which a line may be an MRZ's


class OcrUnavailable(RuntimeError):
    """The package is not installed: everything else works."""


def available() -> bool:
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> Any:
    if not available():
        raise OcrUnavailable
    from rapidocr import RapidOCR
    one_thread = {f"EngineConfig.onnxruntime.{which}_op_num_threads": 1 for which in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "critical", "Det.limit_type": "max",
                            "Det.limit_side_len": DETECTOR_SIDE, **one_thread})  # fmt: skip


def load() -> None:
    """Raises OcrUnavailable."""
    _engine()


def find_lines(flat: Picture) -> tuple[Line, ...]:
    """The machine-readable lines on a document laid flat (`CANVAS` wide), from top to bottom; () if none."""
    seen = grey(flat)
    top = round(seen.shape[0] * 0.45)
    dark = cv2.morphologyEx(cv2.GaussianBlur(seen, (0, 0), 1.0), cv2.MORPH_BLACKHAT, np.ones((15, 15), np.uint8))
    dark[:top] = 0
    level = max(18.0, 0.35 * float(np.percentile(dark[top:], 98)))
    joined = cv2.morphologyEx((dark > level).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 45), np.uint8))
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((7, 25), np.uint8))
    rows: list[Line] = []
    for contour in cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, wide, high = cv2.boundingRect(contour)
        if wide > 0.55 * CANVAS and 10 <= high <= 60:
            rows.append(np.array([[x, y], [x + wide, y], [x + wide, y + high], [x, y + high]], np.float32))
    return tuple(sorted(rows, key=_middle)[-3:])


def detected_lines(picture: Picture) -> tuple[Line, ...]:
    """Long lines of text wherever they are, as the OCR's own detector sees them. Raises OcrUnavailable."""
    small = fitted(picture, DETECTOR_SIDE)
    back = picture.shape[1] / small.shape[1]
    found = _engine()(cv2.cvtColor(small, cv2.COLOR_RGB2BGR), use_det=True, use_cls=False, use_rec=False)
    quads = [] if found.boxes is None else [np.asarray(quad, np.float32) * back for quad in found.boxes]
    return tuple(sorted((quad for quad in quads if _long(quad)), key=_middle))


def read_lines(picture: Picture, lines: Sequence[Line]) -> MrzReading | None:
    """Raises OcrUnavailable."""
    return read([_recognised(_cut_out(picture, line)) for line in lines]) if lines else None


def read_flat(flat: Picture) -> tuple[MrzReading | None, Picture, tuple[Line, ...]]:
    """The lines of a document laid flat, either way up; the picture as it had to be turned, and where they are.

    Raises OcrUnavailable."""
    best: tuple[MrzReading | None, Picture, tuple[Line, ...]] = None, flat, ()
    ways = (flat, pixels(cv2.rotate(flat, cv2.ROTATE_180)))
    for find in (find_lines, detected_lines):
        for turned in ways:
            lines = find(turned)
            found = read_lines(turned, lines)
            if found is not None and _better(found, best[0]):
                best = found, turned, lines
            if best[0] is not None and best[0].valid:
                return best
        if best[0] is not None:
            break
    return best


def read_anywhere(picture: Picture) -> MrzReading | None:
    """Wherever the lines are. Raises OcrUnavailable."""
    return read_lines(picture, detected_lines(picture))


def moved(lines: Sequence[Line], box: Box, scale: float) -> tuple[Line, ...]:
    """Lines of a canvas on a box cut from it and scaled (`document.laid_flat`)."""
    return tuple((line - (box[0], box[1])) * scale for line in lines)


def around(lines: Sequence[Line], picture: Picture) -> Box:
    """A box with all the lines and some room, over the picture's whole width."""
    every = np.concatenate(list(lines))
    more = 2 * AROUND * max(_height(line) for line in lines)
    high, wide = picture.shape[:2]
    return 0, max(0, round(float(every[:, 1].min()) - more)), wide, min(high, round(float(every[:, 1].max()) + more))


def _better(one: MrzReading, other: MrzReading | None) -> bool:
    return other is None or sum(one.checks.values()) > sum(other.checks.values())


def _middle(line: Line) -> float:
    return float(line[:, 1].mean())


def _height(line: Line) -> float:
    return float(np.linalg.norm(line[3] - line[0]))


def _long(line: Line) -> bool:
    return float(np.linalg.norm(line[1] - line[0])) > LONG * _height(line)


def _cut_out(picture: Picture, line: Line) -> Picture:
    """Laid level, with room above and below."""
    down, along = (line[3] - line[0]) * AROUND, (line[1] - line[0]) * 0.02
    roomy = np.array([line[0] - down - along, line[1] - down + along, line[2] + down + along, line[3] + down - along],
                     np.float32)  # fmt: skip
    wide, high = round(float(np.linalg.norm(roomy[1] - roomy[0]))), round(_height(roomy))
    target = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    view = cv2.getPerspectiveTransform(roomy, target)
    how = cv2.INTER_CUBIC
    return pixels(cv2.warpPerspective(picture, view, (wide, high), flags=how, borderMode=cv2.BORDER_REPLICATE))


def _recognised(line: Picture) -> str:
    if min(line.shape[:2]) < 4:
        return ""
    wide = max(4, round(line.shape[1] * LINE_HEIGHT / line.shape[0] * SQUEEZED))
    line = pixels(cv2.resize(line, (wide, LINE_HEIGHT), interpolation=cv2.INTER_AREA))
    line = pixels(cv2.copyMakeBorder(line, 4, 4, 12, 12, cv2.BORDER_REPLICATE))
    even = pixels(cv2.normalize(grey(line), np.empty(line.shape[:2], np.uint8), 0, 255, cv2.NORM_MINMAX))
    said = _engine()(cv2.cvtColor(even, cv2.COLOR_GRAY2BGR), use_det=False, use_cls=False, use_rec=True)
    return "".join(said.txts or ())
