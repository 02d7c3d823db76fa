"""The live face against the portrait on the supplied copy: one distance, or why there is none.

Two networks trained apart, and the mean of what they say: where one errs the other seldom does. The one is dlib's
ResNet (King 2017) on five landmarks, by the paths of its .dat files: the package's own functions would open the
68-point file too, whose licence forbids commercial use. The other is SFace. Descriptors live in local variables of
`distance` and die with it: no template of a face leaves this module, nor is one kept (X1, GDPR art. 9).
"""
# dlib has no types at all.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingImports=false, reportAttributeAccessIssue=false, reportUnknownParameterType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from server.identity import sface
from server.identity.detector import Face
from server.identity.pictures import Picture, cut, mirrored, scaled

LANDMARKS, NETWORK = "shape_predictor_5_face_landmarks.dat", "dlib_face_recognition_resnet_model_v1.dat"
FACE_PIXELS = 150  # what the network looks at
PADDING = 0.25  # around the landmarks, as the network was trained
AROUND = 0.7  # of the face's size, on each side of the cut-out
SAME_BELOW = 0.6, 1.128
"""dlib's and SFace's own limits between one person and two, as published with them: each distance counts by its own."""
Seen = tuple[Picture, Face]


@dataclass(frozen=True)
class Descriptor:
    """What each network says of a face, over all its frames."""

    dlib: NDArray[np.float64]
    sface: NDArray[np.float64]

    def distance(self, other: Descriptor) -> float:
        """On dlib's scale."""
        one, two = np.linalg.norm(self.dlib - other.dlib), np.linalg.norm(self.sface - other.sface)
        return float((one + two * SAME_BELOW[0] / SAME_BELOW[1]) / 2)


class FaceUnavailable(RuntimeError):
    """The face packages are not installed: everything else works."""


def model_files() -> tuple[Path, Path] | None:
    """dlib's two files, where all three packages are installed."""
    spec = find_spec("face_recognition_models")
    if spec is None or find_spec("dlib") is None or sface.model_files() is None:
        return None
    for folder in spec.submodule_search_locations or []:
        landmarks, network = (Path(folder) / "models" / name for name in (LANDMARKS, NETWORK))
        if landmarks.is_file() and network.is_file():
            return landmarks, network
    return None


@cache
def load() -> tuple[Any, Any, Any]:
    """dlib's detector, landmarks, network: some 30 MB, loaded once a process. Raises FaceUnavailable."""
    files = model_files()
    if files is None:
        raise FaceUnavailable
    sface.load()
    import dlib
    return (dlib.get_frontal_face_detector(), dlib.shape_predictor(str(files[0])),
            dlib.face_recognition_model_v1(str(files[1])))  # fmt: skip


def distance(portrait: Seen, live: Sequence[Seen]) -> float:
    """How far the portrait's face is from that of all the live frames together: 0 is the same picture, strangers lie
    around 0.8."""
    return descriptor([portrait]).distance(descriptor(live))


def face_crop(picture: Picture, face: Face) -> Picture:
    """The face with some room around it."""
    left, top, right, bottom = face.box
    wide, high = round((right - left) * AROUND), round((bottom - top) * AROUND)
    return cut(picture, (left - wide, top - high, right + wide, bottom + high))


def descriptor(seen: Sequence[Seen]) -> Descriptor:
    """The mean over the frames, and in each of the face's and its mirror image's: that halves what pose, light and
    noise add, and it is the same for a camera that mirrors."""
    crops = [scaled(face_crop(picture, face), FACE_PIXELS / max(1, face.height)) for picture, face in seen]
    said = [_described(crop) for one in crops for crop in (one, mirrored(one))]
    return Descriptor(np.mean([one.dlib for one in said], axis=0),
                      sface.unit(np.mean([one.sface for one in said], axis=0)))  # fmt: skip


def _described(crop: Picture) -> Descriptor:
    find, landmarks, network = load()
    shape = landmarks(crop, _rectangle(find(crop, 0), crop))
    return Descriptor(np.array(network.compute_face_descriptor(crop, shape, 0, PADDING)),
                      sface.described(crop, _eyes(shape)))  # fmt: skip


def _eyes(shape: Any) -> NDArray[np.float32]:
    """Both middles, the leftmost first: dlib's first four landmarks are the corners of one eye and of the other."""
    corners = np.array([(shape.part(i).x, shape.part(i).y) for i in range(4)], np.float32)
    middles = corners.reshape(2, 2, 2).mean(axis=1)
    return middles[np.argsort(middles[:, 0])]


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
