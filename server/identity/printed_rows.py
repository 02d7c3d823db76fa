"""Rows of print in a picture, wherever they are and whichever way they run: what the OCR's own detector sees, put
together where it saw a row in pieces.
"""
# rapidocr and cv2 leave their results untyped.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from server.identity.pictures import Picture, pixels, scaled
from server.identity.recogniser import OcrUnavailable, available

Line = NDArray[np.float32]
"""Four corners, 4 by 2, clockwise from the top left."""
LARGEST_SIDE = 1600  # looked at at once
LONG = 7.0  # wide to high, from which a row may be machine-readable, or two of them seen as one
PIECE = 1.5  # the same of a piece of one
GAP, APART = 3.0, 0.5  # of a row's height: along it, from a piece to the next; across it
ALIKE = 0.6  # the lower piece's height to the higher one's


@cache
def _engine() -> Any:
    if not available():
        raise OcrUnavailable
    from rapidocr import RapidOCR
    one_thread = {f"EngineConfig.onnxruntime.{which}_op_num_threads": 1 for which in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "critical", "Det.limit_type": "max",
                            "Det.limit_side_len": LARGEST_SIDE, **one_thread})  # fmt: skip


def load() -> None:
    """Raises OcrUnavailable."""
    _engine()


@dataclass(frozen=True)
class Piece:
    """A box, and its place in the picture turned so that rows lie level: from `start` to `end`, and how far down its
    two ends are."""

    line: Line
    start: float
    end: float
    left: float
    right: float
    high: float


def detected(picture: Picture, side: int) -> tuple[Line, ...]:
    """Print as the detector sees it in the picture made `side` pixels long, smaller or larger; each box along its row,
    from the left or from the top. It sees little of what runs from the top: then the picture is turned, and looked at
    again. Raises OcrUnavailable."""
    seen = _detected(picture, side)
    standing, lying = (sum(width(line) for line in seen if _stands(line) is which) for which in (True, False))
    if standing <= lying:
        return seen
    wide = picture.shape[1]
    turned = _detected(pixels(np.rot90(picture)), side)
    return tuple(np.stack([wide - 1 - line[:, 1], line[:, 0]], axis=1).astype(np.float32) for line in turned)


def _stands(line: Line) -> bool | None:
    """None: too short to tell."""
    across, down = np.abs(line[1] - line[0])
    return None if width(line) < PIECE * height(line) else bool(down > across)


def _detected(picture: Picture, side: int) -> tuple[Line, ...]:
    small = scaled(picture, min(side, LARGEST_SIDE) / max(picture.shape[:2]))
    back = picture.shape[1] / small.shape[1]
    found = _engine()(cv2.cvtColor(small, cv2.COLOR_RGB2BGR), use_det=True, use_cls=False, use_rec=False)
    quads = [] if found.boxes is None else [np.asarray(quad, np.float32) * back for quad in found.boxes]
    return tuple(quad if width(quad) >= height(quad) else np.roll(quad, -1, axis=0) for quad in quads)


def rows(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Long rows that run as most of the long print does, from top to bottom; pieces of one row put together."""
    way = _way(lines)
    if way is None:
        return ()
    along, across = way, np.array([-way[1], way[0]], np.float32)
    pieces = sorted((_piece(line, along, across) for line in lines if _runs(line, way)), key=lambda p: p.start)
    whole: list[list[Piece]] = []
    for piece in pieces:
        fits = [row for row in whole if _continues(row[-1], piece)]
        if fits:
            min(fits, key=lambda row: abs(row[-1].right - piece.left)).append(piece)
        else:
            whole.append([piece])
    joined = [(row[0].left, _joined(row)) for row in whole]
    return tuple(line for _, line in sorted(joined, key=lambda one: one[0]) if width(line) > LONG * height(line))


def _way(lines: Sequence[Line]) -> NDArray[np.float32] | None:
    """The direction in which the longest row runs."""
    long = [line for line in lines if width(line) > PIECE * height(line)]
    if not long:
        return None
    longest = max(long, key=width)
    across = longest[1] + longest[2] - longest[0] - longest[3]
    return np.asarray(across / np.linalg.norm(across), np.float32)


def _runs(line: Line, way: NDArray[np.float32]) -> bool:
    across = line[1] + line[2] - line[0] - line[3]
    return width(line) > PIECE * height(line) and float(across @ way) > 0.9 * float(np.linalg.norm(across))


def _piece(line: Line, along: NDArray[np.float32], across: NDArray[np.float32]) -> Piece:
    places, down = line @ along, line @ across
    return Piece(line, float(places[[0, 3]].mean()), float(places[[1, 2]].mean()), float(down[[0, 3]].mean()),
                 float(down[[1, 2]].mean()), height(line))  # fmt: skip


def _continues(one: Piece, other: Piece) -> bool:
    low, high = sorted((one.high, other.high))
    return (-high < other.start - one.end < GAP * high and low > ALIKE * high
            and abs(one.right - other.left) < APART * high)  # fmt: skip


def _joined(row: Sequence[Piece]) -> Line:
    if len(row) == 1:
        return row[0].line
    first, last = row[0].line, row[-1].line
    return np.stack([first[0], last[1], last[2], first[3]])


def evened(lines: Sequence[Line], signs: Sequence[int], length: int) -> tuple[Line, ...]:
    """Rows that begin and end together, as those of one document do, though the detector lost the fillers at their
    ends. `signs`: how many were heard in each; the longest is drawn out to `length` of them."""
    most = max(range(len(lines)), key=lambda i: width(lines[i]))
    along = (lines[most][1] - lines[most][0]) / max(1.0, width(lines[most]))
    start = min(float((line[[0, 3]] @ along).mean()) for line in lines)
    end = max(float((line[[1, 2]] @ along).mean()) for line in lines)
    step = width(lines[most]) / max(1, signs[most])
    end = max(end, start + step * length)
    return tuple(_drawn(line, start, end, along) for line in lines)


def _drawn(line: Line, start: float, end: float, along: NDArray[np.float32]) -> Line:
    own = (line[1] - line[0]) / max(1.0, width(line))
    left, right = float((line[[0, 3]] @ along).mean()) - start, end - float((line[[1, 2]] @ along).mean())
    more = np.stack([-own * left, own * right, own * right, -own * left])
    return (line + more).astype(np.float32)


def turned(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same rows read with the picture upside down."""
    return tuple(np.roll(line, 2, axis=0) for line in reversed(lines))


def width(line: Line) -> float:
    return float(np.linalg.norm(line[1] - line[0]))


def height(line: Line) -> float:
    return float(np.linalg.norm(line[3] - line[0]))


def cut_out(picture: Picture, line: Line, around: float, beside: float, wide: int | None = None) -> Picture:
    """A row laid level, with room above and below (`around`, of its height) and at its ends (`beside`, of its width);
    `wide`: made smaller or larger to this width."""
    down, along = (line[3] - line[0]) * around, (line[1] - line[0]) * beside
    roomy = np.array([line[0] - down - along, line[1] - down + along, line[2] + down + along, line[3] + down - along],
                     np.float32)  # fmt: skip
    size = max(1, round(width(roomy))), max(1, round(height(roomy)))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    view = cv2.getPerspectiveTransform(roomy, target)
    level = cv2.warpPerspective(picture, view, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return pixels(level) if wide is None else scaled(pixels(level), wide / size[0])


def around(lines: Sequence[Line], above: float, beside: float) -> Line:
    """A box along the longest of the rows with all of them in it, and room: so many heights above and below, so many
    pixels at the ends."""
    longest = max(lines, key=width)
    along = (longest[1] - longest[0]) / max(1.0, width(longest))
    across = np.array([-along[1], along[0]], np.float32)
    every = np.concatenate(list(lines))
    places, down = every @ along, every @ across
    more = above * max(height(line) for line in lines)
    left, right = float(places.min()) - beside, float(places.max()) + beside
    top, bottom = float(down.min()) - more, float(down.max()) + more
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return np.stack([a * along + b * across for a, b in corners]).astype(np.float32)
