"""The machine-readable lines of the copy and of the frames: read, and what they say of numbers, expiry and names."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from server.identity import document, ocr
from server.identity.check_frames import Frame
from server.identity.document import Located
from server.identity.identity_settings import IdentitySettings
from server.identity.mrz import agreed
from server.identity.pictures import Picture, jpeg, mirrored, pixels
from server.identity.prepared_copy import Copy
from server.identity.same_name import names_found
from server.identity.signal_row import signal_row
from server.identity.signals import Band, Crop, MrzReading, Registered, Signal

MRZ_SCALE = 1.6  # of the canvas: characters of some 40 pixels
Lines = tuple[str, tuple[ocr.Line, ...]] | None
"""The side the copy bears them on, and where on its canvas."""


def copy_lines(front: Copy, back: Copy | None,
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


def read_mrz(front: Copy, back: Copy | None, lines: Lines, seen: Sequence[Frame]) -> MrzReading | None:
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


def mrz_row(reading: MrzReading | None, front: Copy, back: Copy | None, seen: Sequence[Frame]) -> Signal:
    if not ocr.available():
        return signal_row("mrz", None, "not_measurable", "not_installed")
    copy = Crop(jpeg((back or front).picture, 720))
    live = Crop(jpeg(seen[0].picture, 720), seen[0].index)
    if reading is None:
        return signal_row("mrz", None, "not_measurable", "not_read", copy=copy, live=live)
    share = sum(reading.checks.values()) / len(reading.checks)
    kept = ("number", "birth", "expiry", "sex")
    if not reading.valid:
        return signal_row("mrz", share, "unsure", "check_digits", copy=copy, live=live)
    if reading.agreeing_frames < 2:
        return signal_row("mrz", share, "unsure", "once", copy=copy, live=live)
    if any(reading.agrees.get(name) is False for name in kept):
        return signal_row("mrz", share, "far", "differs", copy=copy, live=live)
    return signal_row("mrz", share, "close", "close", copy=copy, live=live)


def expiry_row(reading: MrzReading | None, today: date) -> Signal:
    if reading is not None and reading.format == "FR36":
        return signal_row("expiry", None, "not_measurable", "none_printed")
    if reading is None or reading.expiry is None or not reading.checks["expiry"]:
        return signal_row("expiry", None, "not_measurable", "not_read")
    left = (reading.expiry - today).days
    code, band = ("valid", "close") if left >= 0 else ("expired", "far")
    return signal_row("expiry", float(left), band, code, {"date": f"{reading.expiry:%d/%m/%Y}"})


def names_row(reading: MrzReading | None, registered: Registered | None, settings: IdentitySettings) -> Signal:
    if registered is None:
        return signal_row("names", None, "not_measurable", "not_registered")
    if reading is None or not (reading.surname or reading.given_names):
        return signal_row("names", None, "not_measurable", "not_read")
    found = names_found(reading, registered, settings.name_likeness)
    told = (found.family, found.given)
    if True not in told and found.share is None:
        return signal_row("names", None, "not_measurable", "other_script")
    band: Band = "close" if all(told) else "unsure" if True in told else "far"
    return signal_row("names", found.share, band, band)
