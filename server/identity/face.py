"""The live face against the portrait on the supplied copy: one distance, or why there is none.

dlib's ResNet (King 2017) on five landmarks, by the paths of its .dat files: the package's own functions would open
the 68-point file too, whose licence forbids commercial use. Descriptors live in local variables of `distance` and
die with it: no template of a face leaves this module, nor is one kept (X1, GDPR art. 9).
"""
# dlib has no types at all.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingImports=false, reportAttributeAccessIssue=false, reportUnknownParameterType=false

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from server.identity.detector import Face
from server.identity.pictures import Picture, cut, mirrored, scaled

LANDMARKS, NETWORK = "shape_predictor_5_face_landmarks.dat", "dlib_face_recognition_resnet_model_v1.dat"
FACE_PIXELS = 150  # what the network looks at
PADDING = 0.25  # around the landmarks, as the network was trained
AROUND = 0.7  # of the face's size, on each side of the cut-out


class FaceUnavailable(RuntimeError):
    """The face packages are not installed: everything else works."""


def model_files() -> tuple[Path, Path] | None:
    """The two files, where both packages are installed."""
    spec = find_spec("face_recognition_models")
    if spec is None or find_spec("dlib") is None:
        return None
    for folder in spec.submodule_search_locations or []:
        landmarks, network = (Path(folder) / "models" / name for name in (LANDMARKS, NETWORK))
        if landmarks.is_file() and network.is_file():
            return landmarks, network
    return None


@cache
def load() -> tuple[Any, Any, Any]:
    """Detector, landmarks, network: some 30 MB, loaded once a process. Raises FaceUnavailable."""
    files = model_files()
    if files is None:
        raise FaceUnavailable
    import dlib
    return (dlib.get_frontal_face_detector(), dlib.shape_predictor(str(files[0])),
            dlib.face_recognition_model_v1(str(files[1])))  # fmt: skip


def distance(portrait: Picture, portrait_face: Face, live: Picture, live_face: Face) -> float:
    """Euclidean distance of the two faces: 0 is the same picture, strangers lie around 0.8."""
    return float(np.linalg.norm(_descriptor(portrait, portrait_face) - _descriptor(live, live_face)))


def face_crop(picture: Picture, face: Face) -> Picture:
    """The face with some room around it."""
    left, top, right, bottom = face.box
    wide, high = round((right - left) * AROUND), round((bottom - top) * AROUND)
    return cut(picture, (left - wide, top - high, right + wide, bottom + high))


def _descriptor(picture: Picture, face: Face) -> NDArray[np.float64]:
    """128 numbers: the mean of the face's and its mirror image's, which halves what pose and light add."""
    crop = face_crop(picture, face)
    crop = scaled(crop, FACE_PIXELS / max(1, face.height))
    one, other = _described(crop), _described(mirrored(crop))
    return (one + other) / 2


def _described(crop: Picture) -> NDArray[np.float64]:
    find, landmarks, network = load()
    shape = landmarks(crop, _rectangle(find(crop, 0), crop))
    return np.array(network.compute_face_descriptor(crop, shape, 0, PADDING))


def _rectangle(found: Any, crop: Picture) -> Any:
    """The landmarks were trained on the HOG detector's boxes: it looks again; else a box like its own."""
    import dlib
    high, wide = crop.shape[:2]
    near = [r for r in found if abs(r.center().x - wide / 2) < FACE_PIXELS / 2
            and abs(r.center().y - high / 2) < FACE_PIXELS / 2]  # fmt: skip
    if near:
        return max(near, key=lambda r: r.area())
    half, x, y = FACE_PIXELS * 0.43, wide / 2, high / 2 + FACE_PIXELS * 0.05
    return dlib.rectangle(round(x - half), round(y - half), round(x + half), round(y + half))
