"""One whole check, as a worker process does it: pictures in, rows out. It keeps nothing between two checks."""
# cv2 leaves its results untyped.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import cv2
import numpy as np

from evaluation.rules import Value
from server.identity import document, face, ocr, zones
from server.identity.detector import Detector, Face, NoDetector, open_detector
from server.identity.document import Located
from server.identity.identity_refusals import IdentityRefusal
from server.identity.identity_settings import IdentitySettings
from server.identity.mrz import agreed, agreement
from server.identity.pictures import Picture, UnreadablePicture, cut, decode, jpeg, mirrored, pixels, sharpness
from server.identity.prepared_copy import Copy, prepare
from server.identity.same_name import names_found
from server.identity.signals import Band, Crop, MrzReading, Registered, Side, Signal, SignalName, Signals
from server.identity.words import ROWS
from server.identity.zones import Comparison, Zone

MRZ_SCALE = 1.6  # of the canvas: characters of some 40 pixels
COMPARED = 3  # frames measured at most, until both zones are
ALIKE = 0.7  # of the largest live face: a smaller one in another frame is somebody's further away


@dataclass(frozen=True)
class Frame:
    index: int
    picture: Picture
    front: Located | None = None
    back: Located | None = None

    @property
    def located(self) -> Located | None:
        return self.front or self.back

    @property
    def inliers(self) -> int:
        return 0 if self.located is None else self.located.inliers


def check(copy_front: bytes, copy_back: bytes | None, frames: Sequence[bytes], registered: Registered | None,
          consent_to_face: bool, today: date, settings: IdentitySettings) -> Signals:  # fmt: skip
    """Raises IdentityRefusal where the copy, or every frame, cannot be read."""
    detector = _detector(settings)
    front, back, supplied = _copies(copy_front, copy_back, detector, settings)
    sharpest = _sharpest(frames, settings)
    copy_mrz, front, back, lines = _copy_lines(front, back, supplied)
    seen: list[Frame] = []
    for frame in sharpest:
        seen.append(_located(frame, front, back, settings, seen))
    rows, best = _document_rows(front, back, seen, detector, settings)
    if consent_to_face and detector is not None and face.model_files() is not None:
        # Refused, not asked for or not installed: the same page without the row, so that nobody can tell which (X1).
        rows.append(_face_row(front, seen, detector, settings))
    reading = _mrz(front, back, lines, seen)
    if reading is not None:
        reading = replace(reading, agrees=agreement(reading, copy_mrz, registered, settings.name_likeness))
    rows += [_mrz_row(reading, front, back, seen), _expiry_row(reading, today),
             _names_row(reading, registered, settings)]  # fmt: skip
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


def _sharpest(frames: Sequence[bytes], settings: IdentitySettings) -> list[Frame]:
    readable: list[tuple[float, Frame]] = []
    for index, data in enumerate(frames):
        with suppress(UnreadablePicture):
            picture = decode(data, settings.frame_pixels)
            readable.append((sharpness(picture), Frame(index, picture)))
    if not readable:
        raise IdentityRefusal("frames_unreadable")
    # One of each stretch of time: both sides of a card are shown one after the other.
    count = min(settings.frames, len(readable))
    cuts = [len(readable) * i // count for i in range(count + 1)]
    chosen = [max(readable[a:b], key=lambda pair: pair[0]) for a, b in pairwise(cuts)]
    return [frame for _, frame in sorted(chosen, key=lambda pair: -pair[0])]


def _located(frame: Frame, front: Copy, back: Copy | None, settings: IdentitySettings,
             before: Sequence[Frame]) -> Frame:  # fmt: skip
    """Both sides bear the same print here and there: the better one counts. What was sure a frame ago is looked for
    first, and as the camera showed it then; the slow way is gone once, in the first frame."""
    sight = document.Sight(frame.picture)
    sure = next((one for one in reversed(before) if one.inliers >= document.ENOUGH), None)
    flips = document.FLIPS if sure is None or sure.located is None else (sure.located.mirrored,)
    sides: list[tuple[Side, Copy]] = [("front", front), *([("back", back)] if back is not None else [])]
    if sure is not None and sure.back is not None:
        sides.reverse()
    best: tuple[Side, Copy, Located] | None = None
    for side, copy in sides:
        found = document.locate(copy, sight, settings, ("orb",), flips)
        if found is not None and (best is None or found.inliers > best[2].inliers):
            best = side, copy, found
        if best is not None and best[2].inliers >= document.ENOUGH:
            break
    if not before and (best is None or best[2].inliers < document.ENOUGH):
        for side, copy in sides if best is None else [best[:2]]:
            found = document.locate(copy, sight, settings, ("sift",), flips)
            if found is not None and (best is None or found.inliers > best[2].inliers):
                best = side, copy, found
    if best is None:
        return frame
    return replace(frame, front=best[2] if best[0] == "front" else None, back=best[2] if best[0] == "back" else None)


# The document ----------------------------------------------------------------------------------------------------


def _document_rows(front: Copy, back: Copy | None, seen: Sequence[Frame], detector: Detector | None,
                   settings: IdentitySettings) -> tuple[list[Signal], Frame | None]:  # fmt: skip
    there = sorted((f for f in seen if f.front is not None), key=lambda f: -(f.front.inliers if f.front else 0))
    copy_crop = Crop(jpeg(front.picture, 720))
    if not there:
        code = "wrong_side" if any(frame.back is not None for frame in seen) else "not_found"
        whole = Crop(jpeg(seen[0].picture, 720), seen[0].index)
        return [_row("document", None, "not_measurable", code, copy=copy_crop, live=whole),
                _row("portrait", None, "not_measurable", "no_document", copy=_portrait_crop(front)),
                _row("text", None, "not_measurable", "no_document")], None  # fmt: skip
    measured = _measured(front, there[:COMPARED], detector, settings)
    best, comparison = measured[0]
    assert best.front is not None
    code = "found_mirrored" if best.front.mirrored else "found"
    found = _row("document", float(best.front.inliers), "close", code, copy=copy_crop,
                 live=Crop(jpeg(comparison.flat, 720), best.index))  # fmt: skip
    rows = [replace(found, near=float(settings.document_inliers))]
    portrait = next((m for m in measured if m[1].portrait.correlation is not None), measured[0])
    text = next((m for m in measured if m[1].text.correlation is not None), measured[0])
    zone = portrait[1].portrait
    if zone.why == "no_print" and detector is None:
        zone = Zone(None, "no_detector")
    live = None if front.portrait is None else Crop(jpeg(cut(portrait[1].flat, front.portrait)), portrait[0].index)
    limits = settings.close_portrait_correlation, settings.far_portrait_correlation
    rows.append(_zone_row("portrait", zone, limits, _portrait_crop(front), live))
    limits = settings.close_text_correlation, settings.far_text_correlation
    rows.append(_zone_row("text", text[1].text, limits, copy_crop, Crop(jpeg(text[1].flat, 720), text[0].index)))
    return rows, best


def _measured(front: Copy, there: Sequence[Frame], detector: Detector | None,
              settings: IdentitySettings) -> list[tuple[Frame, Comparison]]:  # fmt: skip
    """Frame after frame until both zones have been measured: a reflection wanders."""
    measured: list[tuple[Frame, Comparison]] = []
    for frame in there:
        assert frame.front is not None
        measured.append((frame, zones.compare(front, frame.picture, frame.front, detector, settings)))
        if all(any(zone.correlation is not None for zone in found) for found in
               ([c.portrait for _, c in measured], [c.text for _, c in measured])):  # fmt: skip
            break
    return measured


def _zone_row(name: SignalName, zone: Zone, limits: tuple[float, float], copy: Crop | None,
              live: Crop | None) -> Signal:  # fmt: skip
    if zone.correlation is None:
        return _row(name, None, "not_measurable", zone.why or "no_print", copy=copy, live=live)
    close, far = limits
    band: Band = "close" if zone.correlation >= close else "far" if zone.correlation <= far else "unsure"
    return replace(_row(name, zone.correlation, band, band, copy=copy, live=live), near=close, away=far)


def _portrait_crop(front: Copy) -> Crop | None:
    return None if front.portrait is None else Crop(jpeg(cut(front.picture, front.portrait)))


# The face --------------------------------------------------------------------------------------------------------


def _face_row(front: Copy, seen: Sequence[Frame], detector: Detector, settings: IdentitySettings) -> Signal:
    copy = _portrait_crop(front)
    if front.face is None:
        return _row("face", None, "not_measurable", "no_portrait")
    if front.supplied_face_pixels < settings.portrait_pixels:
        return _row("face", None, "not_measurable", "portrait_small", copy=copy)
    faces = _largest(front, seen, detector)
    if not faces:
        return _row("face", None, "not_measurable", "no_face", copy=copy)
    frame, nearest = faces[0]
    live = Crop(jpeg(face.face_crop(frame.picture, nearest)), frame.index)
    if nearest.height < settings.live_face_pixels:
        return _row("face", None, "not_measurable", "face_small", copy=copy, live=live)
    least = max(settings.live_face_pixels, ALIKE * nearest.height)
    large = [(one.picture, found) for one, found in faces if found.height >= least]
    apart = face.distance((front.picture, front.face), large[: settings.face_frames])
    close, far = settings.close_face_distance, settings.far_face_distance
    band: Band = "close" if apart <= close else "far" if apart >= far else "unsure"
    return replace(_row("face", apart, band, band, copy=copy, live=live), near=close, away=far)


def _largest(front: Copy, seen: Sequence[Frame], detector: Detector) -> list[tuple[Frame, Face]]:
    """One of each frame, the nearest to the camera first. Where the document was found nowhere in a frame, its portrait
    may be the face that is seen there: such a frame counts only when there is no other."""
    faces = [(frame, found[0]) for frame in seen if (found := _live_faces(front, frame, detector))]
    sure = [pair for pair in faces if pair[0].located is not None]
    return sorted(sure or faces, key=lambda pair: -pair[1].height)


def _live_faces(front: Copy, frame: Frame, detector: Detector) -> list[Face]:
    """Those that are not printed on the document held up."""
    faces = list(detector(frame.picture))
    if frame.front is None:
        return faces
    corners = document.frame_corners(front, frame.front, frame.picture)
    hull = cv2.convexHull(corners)
    return [one for one in faces if cv2.pointPolygonTest(hull, one.centre, measureDist=False) < 0]


# The machine-readable lines --------------------------------------------------------------------------------------


Lines = tuple[str, tuple[ocr.Line, ...]] | None
"""The side the copy bears them on, and where on its canvas."""


def _copy_lines(front: Copy, back: Copy | None,
                supplied: Sequence[Picture]) -> tuple[MrzReading | None, Copy, Copy | None, Lines]:  # fmt: skip
    """The copy's own lines; a back that was upside down is turned."""
    if not ocr.available():
        return None, front, back, None
    best: tuple[MrzReading | None, Copy, Copy | None, Lines] = None, front, back, None
    for side, copy in (("back", back), ("front", front)):
        if copy is None:
            continue
        reading, turned, lines = ocr.read_copy(copy, supplied[-1 if side == "back" else 0])
        if reading is not None and (best[0] is None or reading.valid):
            if side == "back":
                back = replace(copy, picture=pixels(turned))
            best = reading, front, back, (side, lines) if lines else None
        if reading is not None and reading.valid:
            break
    return best


def _mrz(front: Copy, back: Copy | None, lines: Lines, seen: Sequence[Frame]) -> MrzReading | None:
    """Frame by frame until two say the same and it holds. Where nothing tells where the lines are, or they do not hold
    there, the slow way over the whole frame: in vain in three frames at most, and in one where they are known."""
    if not ocr.available():
        return None
    readings: list[MrzReading] = []
    slow, nearer = 3 if lines is None else 1, True
    for frame in seen:
        reading = _where_known(front, back, lines, frame)
        if slow and (reading is None or not reading.valid):
            whole = ocr.read_anywhere(mirrored(frame.picture) if _is_mirrored(frame) else frame.picture, nearer)
            nearer = whole is not None
            slow -= whole is None or not whole.valid
            reading = whole if whole is not None and (reading is None or whole.valid) else reading
        readings += [reading] if reading is not None else []
        best = agreed(readings)
        if best is not None and best.valid and best.agreeing_frames >= 2:
            break
    return agreed(readings)


def _where_known(front: Copy, back: Copy | None, lines: Lines, frame: Frame) -> MrzReading | None:
    if lines is None:
        return None
    copy, located = (back, frame.back) if lines[0] == "back" else (front, frame.front)
    return None if copy is None or located is None else _at_lines(copy, lines[1], frame.picture, located)


def _is_mirrored(frame: Frame) -> bool:
    return frame.located is not None and frame.located.mirrored


def _at_lines(copy: Copy, lines: tuple[ocr.Line, ...], frame: Picture, located: Located) -> MrzReading | None:
    box = ocr.around(lines, copy.picture)
    flat = document.laid_flat(copy, frame, document.refined(copy, frame, located), box, MRZ_SCALE)
    return ocr.read_lines(flat, ocr.moved(lines, box, MRZ_SCALE))


def _mrz_row(reading: MrzReading | None, front: Copy, back: Copy | None, seen: Sequence[Frame]) -> Signal:
    if not ocr.available():
        return _row("mrz", None, "not_measurable", "not_installed")
    copy = Crop(jpeg((back or front).picture, 720))
    live = Crop(jpeg(seen[0].picture, 720), seen[0].index)
    if reading is None:
        return _row("mrz", None, "not_measurable", "not_read", copy=copy, live=live)
    share = sum(reading.checks.values()) / len(reading.checks)
    kept = ("number", "birth", "expiry", "sex")
    if not reading.valid:
        return _row("mrz", share, "unsure", "check_digits", copy=copy, live=live)
    if reading.agreeing_frames < 2:
        return _row("mrz", share, "unsure", "once", copy=copy, live=live)
    if any(reading.agrees.get(name) is False for name in kept):
        return _row("mrz", share, "far", "differs", copy=copy, live=live)
    return _row("mrz", share, "close", "close", copy=copy, live=live)


def _expiry_row(reading: MrzReading | None, today: date) -> Signal:
    if reading is not None and reading.format == "FR36":
        return _row("expiry", None, "not_measurable", "none_printed")
    if reading is None or reading.expiry is None or not reading.checks["expiry"]:
        return _row("expiry", None, "not_measurable", "not_read")
    left = (reading.expiry - today).days
    code, band = ("valid", "close") if left >= 0 else ("expired", "far")
    return _row("expiry", float(left), band, code, {"date": f"{reading.expiry:%d/%m/%Y}"})


def _names_row(reading: MrzReading | None, registered: Registered | None, settings: IdentitySettings) -> Signal:
    if registered is None:
        return _row("names", None, "not_measurable", "not_registered")
    if reading is None or not (reading.surname or reading.given_names):
        return _row("names", None, "not_measurable", "not_read")
    found = names_found(reading, registered, settings.name_likeness)
    told = (found.family, found.given)
    if True not in told and found.share is None:
        return _row("names", None, "not_measurable", "other_script")
    band: Band = "close" if all(told) else "unsure" if True in told else "far"
    return _row("names", found.share, band, band)


def _row(name: SignalName, value: float | None, band: Band, code: str, values: Mapping[str, Value] | None = None,
         copy: Crop | None = None, live: Crop | None = None) -> Signal:  # fmt: skip
    meaning, to_do = ROWS[name, code]
    rounded = None if value is None or not np.isfinite(value) else round(value, 4)
    return Signal(name, rounded, band, code, meaning, to_do, dict(values or {}), copy, live)
