"""One whole check, as a worker process does it: pictures in, rows out. It keeps nothing between two checks."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from server.identity import face
from server.identity.check_frames import Frame, located, sharpest
from server.identity.detector import Detector, NoDetector, open_detector
from server.identity.document_rows import document_rows
from server.identity.face_row import face_row
from server.identity.identity_refusals import IdentityRefusal
from server.identity.identity_settings import IdentitySettings
from server.identity.mrz import agreement
from server.identity.mrz_rows import copy_lines, expiry_row, mrz_row, names_row, read_mrz
from server.identity.pictures import Picture, UnreadablePicture, decode
from server.identity.prepared_copy import Copy, prepare
from server.identity.signals import Registered, Signals


def check(copy_front: bytes, copy_back: bytes | None, frames: Sequence[bytes], registered: Registered | None,
          consent_to_face: bool, today: date, settings: IdentitySettings) -> Signals:  # fmt: skip
    """Raises IdentityRefusal where the copy, or every frame, cannot be read."""
    detector = _detector(settings)
    front, back, supplied = _copies(copy_front, copy_back, detector, settings)
    chosen = sharpest(frames, settings)
    copy_mrz, front, back, lines = copy_lines(front, back, supplied)
    seen: list[Frame] = []
    for frame in chosen:
        seen.append(located(frame, front, back, settings, seen))
    rows, best = document_rows(front, back, seen, detector, settings)
    if consent_to_face and detector is not None and face.model_files() is not None:
        # Refused, not asked for or not installed: the same page without the row, so that nobody can tell which (X1).
        rows.append(face_row(front, seen, detector, settings))
    reading = read_mrz(front, back, lines, seen)
    if reading is not None:
        reading = replace(reading, agrees=agreement(reading, copy_mrz, registered, settings.name_likeness))
    rows += [mrz_row(reading, front, back, seen), expiry_row(reading, today),
             names_row(reading, registered, settings)]  # fmt: skip
    return Signals(tuple(rows), reading, best is not None and bool(best.front and best.front.mirrored),
                   None if best is None else best.index)  # fmt: skip


def _detector(settings: IdentitySettings) -> Detector | None:
    try:
        return open_detector(settings.face_model)
    except NoDetector:
        return None


def _copies(front: bytes, back: bytes | None, detector: Detector | None,
            settings: IdentitySettings) -> tuple[Copy, Copy | None, list[Picture]]:  # fmt: skip
    try:
        pictures = [decode(data, settings.picture_pixels) for data in (front, back) if data is not None]
    except UnreadablePicture:
        raise IdentityRefusal("copy_unreadable") from None
    return (prepare(pictures[0], "front", detector),
            prepare(pictures[1], "back", None) if len(pictures) > 1 else None, pictures)  # fmt: skip
