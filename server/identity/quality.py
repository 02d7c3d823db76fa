"""What is wrong with a supplied copy, told at once in plain words. Never a refusal: a person may accept any copy."""
from __future__ import annotations

from datetime import date

import numpy as np

from server.identity import ocr
from server.identity.detector import NoDetector, open_detector
from server.identity.findings import SIDES, Code, CopyQuality, Finding, IdentityDocument
from server.identity.identity_settings import IdentitySettings
from server.identity.pictures import Picture, UnreadablePicture, decode, grey, reflected, sharpness
from server.identity.prepared_copy import CANVAS, OUTLINE_SHARE, Copy, prepare
from server.identity.signals import MrzReading, Side
from server.identity.words import COPY


def examine(kind: IdentityDocument, front: bytes | None, back: bytes | None, today: date,
            settings: IdentitySettings) -> CopyQuality:  # fmt: skip
    """Both sides as JPEG, PNG or WebP; None for one that was not supplied."""
    given: dict[Side, bytes | None] = {"front": front, "back": back}
    findings: list[Finding] = []
    mrz: MrzReading | None = None
    for side in SIDES[kind].needed:
        data = given[side]
        if data is None:
            findings.append(_finding(side, "front_missing" if side == "front" else "back_missing"))
            continue
        codes, reading = _side(side, data, SIDES[kind].lines_on == side, settings)
        findings += [_finding(side, code) for code in codes]
        mrz = mrz or reading
        if reading is not None and reading.expiry is not None and reading.checks["expiry"] and reading.expiry < today:
            findings.append(_finding(side, "expired"))
    return CopyQuality(tuple(findings), mrz)


def _finding(side: Side, code: Code) -> Finding:
    words, to_do = COPY[code]
    return Finding(side, code, words, to_do)


def _side(side: Side, data: bytes, lines: bool, settings: IdentitySettings) -> tuple[list[Code], MrzReading | None]:
    try:
        picture = decode(data, settings.picture_pixels)
    except UnreadablePicture:
        return ["not_a_picture"], None
    try:
        detector = open_detector(settings.face_model)
    except NoDetector:
        detector = None
    copy = prepare(picture, side, detector if side == "front" else None)
    codes: list[Code] = []
    if copy.document_pixels < settings.copy_document_pixels:
        codes.append("too_small")
    if sharpness(copy.picture) < settings.copy_sharpness:
        codes.append("blurred")
    if _glare(copy) > settings.copy_glare_share:
        codes.append("glare")
    if _cut_off(picture, copy):
        codes.append("cut_off")
    if side == "front" and detector is not None and copy.face is None:
        codes.append("portrait_not_found")
    reading: MrzReading | None = None
    if lines and ocr.available():
        reading, _, _ = ocr.read_copy(copy, picture)
        if reading is None or not reading.valid:
            codes.append("mrz_not_read")
    return codes, reading


def _glare(copy: Copy) -> float:
    """Share of the document washed out. A white margin is no reflection: only what lies amid the print counts."""
    washed = reflected(copy.picture)
    high, wide = washed.shape
    if not copy.outlined and washed[0].mean() + washed[-1].mean() > 1:
        return 0.0
    inner = washed[high // 12 : high - high // 12, wide // 16 : wide - wide // 16]
    return float(inner.mean())


def _cut_off(picture: Picture, copy: Copy) -> bool:
    """The portrait or the print runs into an edge of the picture. A scan cut exactly to the document's size does not:
    every document leaves a margin."""
    if copy.outlined:
        return False
    if copy.face is not None:
        left, top, right, bottom = copy.face.box
        high, wide = copy.picture.shape[:2]
        if left <= 0 or top <= 0 or right >= wide or bottom >= high:
            return True
    ink = copy.ink
    rim = max(3, CANVAS // 200)
    density = max(float(np.mean(ink)), 1e-4)
    edges = (ink[:rim], ink[-rim:], ink[:, :rim], ink[:, -rim:])
    return any(float(edge.mean()) > 2.5 * density and float(edge.mean()) > 0.05 for edge in edges) and (
        float(grey(picture).std()) > 8 and OUTLINE_SHARE[1] > 0
    )
