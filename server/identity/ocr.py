"""Reading the machine-readable lines of a picture: where they are, then what they say.

On a document laid flat, lines are found by their shape (long, dense, at the bottom). Where no outline and no copy tell
where the document is, by the OCR's own detector over the whole picture, whichever way up; once it sees rows that look
like such lines, what is around them is looked at again, nearer. rapidocr's models lie inside its package (Apache-2.0);
nothing is fetched.
"""
# cv2 leaves its results untyped.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from server.identity import printed_rows, recogniser
from server.identity.mrz import LAYOUTS
from server.identity.mrz_reading import AROUND, Found, Sheet, better, read_rows
from server.identity.pictures import Box, Picture, grey, pixels
from server.identity.prepared_copy import CANVAS, Copy
from server.identity.printed_rows import Line, cut_out, detected, height, turned, width
from server.identity.recogniser import OcrUnavailable, available
from server.identity.signals import MrzReading

__all__ = ["Line", "OcrUnavailable", "around", "available", "find_lines", "load", "moved", "read_anywhere", "read_copy",
           "read_flat", "read_lines"]  # fmt: skip
SIDES = (960, 1600)  # pixels of the picture that the detector is given, one after the other
NEAR = 1400  # pixels along the lines, looked at again
ROOM, MARGIN = 2.6, 3  # around them, for what was not seen: heights of a line; signs at their ends
LONGEST = max(layout.length for layout in LAYOUTS.values())
MOST_ROWS = 8  # a page of print has longer ones than the lines


def load() -> None:
    """Raises OcrUnavailable."""
    recogniser.load()
    printed_rows.load()


def find_lines(flat: Picture) -> tuple[Line, ...]:
    """The machine-readable lines on a document laid flat (`CANVAS` wide), from top to bottom; () if none."""
    seen = grey(flat)
    top = round(seen.shape[0] * 0.45)
    dark = cv2.morphologyEx(cv2.GaussianBlur(seen, (0, 0), 1.0), cv2.MORPH_BLACKHAT, np.ones((15, 15), np.uint8))
    dark[:top] = 0
    level = max(18.0, 0.35 * float(np.percentile(dark[top:], 98)))
    joined = cv2.morphologyEx((dark > level).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 45), np.uint8))
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((7, 25), np.uint8))
    there: list[Line] = []
    for contour in cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, wide, high = cv2.boundingRect(contour)
        if wide > 0.55 * CANVAS and 10 <= high <= 60:
            there.append(np.array([[x, y], [x + wide, y], [x + wide, y + high], [x, y + high]], np.float32))
    return tuple(sorted(there, key=lambda line: float(line[:, 1].mean()))[-3:])


def read_lines(picture: Picture, lines: Sequence[Line]) -> MrzReading | None:
    """Raises OcrUnavailable."""
    found = read_rows(Sheet(picture), lines)
    return None if found is None else found.reading


def read_flat(flat: Picture) -> tuple[MrzReading | None, Picture, tuple[Line, ...]]:
    """The lines of a document laid flat, either way up; the picture as it had to be turned, and where they are.

    Raises OcrUnavailable."""
    best: Found | None = None
    shown = flat
    for way in (flat, pixels(cv2.rotate(flat, cv2.ROTATE_180))):
        found = read_rows(Sheet(way), find_lines(way))
        if better(best, found) is not best:
            best, shown = found, way
        if best is not None and best.reading.valid:
            break
    if best is None or not best.reading.valid:
        found = _anywhere(flat, SIDES[0])
        if found is not None and better(best, found) is not best:
            best, shown = _upright(flat, found)
    return (None, flat, ()) if best is None else (best.reading, shown, best.lines)


def _upright(flat: Picture, found: Found) -> tuple[Found, Picture]:
    """The picture turned by half where its lines run from right to left."""
    if found.lines[0][1][0] >= found.lines[0][0][0]:
        return found, flat
    size = np.array([flat.shape[1] - 1, flat.shape[0] - 1], np.float32)
    lines = tuple((size - line).astype(np.float32) for line in found.lines)
    return Found(found.reading, found.likely, lines), pixels(cv2.rotate(flat, cv2.ROTATE_180))


def read_copy(copy: Copy, supplied: Picture) -> tuple[MrzReading | None, Picture, tuple[Line, ...]]:
    """The same of a copy; where its canvas does not give them (a whole page, a small document on a large one), in the
    picture supplied, and then without their place. Raises OcrUnavailable."""
    reading, shown, lines = read_flat(copy.picture)
    if reading is not None and reading.valid:
        return reading, shown, lines
    whole = read_anywhere(supplied, nearer=not copy.outlined)
    if whole is not None and (reading is None or sum(whole.checks.values()) > sum(reading.checks.values())):
        return whole, copy.picture, ()
    return reading, shown, lines


def read_anywhere(picture: Picture, nearer: bool = True) -> MrzReading | None:
    """Wherever the lines are, and whichever way up. `nearer`: where none are seen, with a second look at more of the
    picture's pixels, which takes three times as long. Raises OcrUnavailable."""
    best: Found | None = None
    sides = SIDES[0], min(SIDES[1], max(picture.shape[:2]))
    for side in sides if nearer and sides[1] > sides[0] else sides[:1]:
        best = better(best, _anywhere(picture, side))
        if best is not None and best.settled:
            break
    return None if best is None else best.reading


def _anywhere(picture: Picture, side: int) -> Found | None:
    best: Found | None = None
    sheet = Sheet(picture)
    for way in _ways_up(sheet, printed_rows.rows(detected(picture, side))):
        best = better(best, _looked_at(sheet, way))
        if best is not None and best.settled:
            break
    return best


def _ways_up(sheet: Sheet, there: Sequence[Line]) -> list[tuple[Line, ...]]:
    """The longest rows, as they are and upside down, where any of them may be such a line: the likelier way first."""
    long = sorted(there, key=width, reverse=True)[:MOST_ROWS]
    kept = tuple(line for line in there if any(line is one for one in long))
    ways = [way for way in (kept, turned(kept)) if any(sheet.looks_like_one(line) for line in way)]
    return sorted(ways, key=lambda way: -max(sheet.heard(line).sure for line in sorted(way, key=width)[-2:]))


def _looked_at(sheet: Sheet, there: tuple[Line, ...]) -> Found | None:
    """The rows as they were seen; looked at from nearer; drawn out to one length."""
    best = read_rows(sheet, there)
    if best is None or not best.certain:
        there = _nearer(sheet, there) or there
        best = better(best, read_rows(sheet, there))
    if best is None or not (best.certain or (best.settled and not best.reading.valid)):
        for drawn in _drawn_out(sheet, there):
            best = better(best, read_rows(sheet, drawn))
            if best is not None and best.certain:
                break
    return best


def _nearer(sheet: Sheet, there: Sequence[Line]) -> tuple[Line, ...]:
    """The rows around the likeliest ones, as they are seen from nearer: with room for lines and fillers that were
    not."""
    likely = [line for line in there if sheet.looks_like_one(line)]
    if not likely:
        return ()
    longest = max(likely, key=width)
    signs = len(sheet.heard(longest).text)
    box = printed_rows.around(likely, ROOM, max(MARGIN, LONGEST - signs) * width(longest) / signs)
    strip = cut_out(sheet.picture, box, 0.0, 0.0, NEAR)
    back = cv2.getPerspectiveTransform(_corners(strip), box)
    seen = printed_rows.rows(detected(strip, NEAR))
    return tuple(cv2.perspectiveTransform(line[None], back)[0].astype(np.float32) for line in seen)


def _drawn_out(sheet: Sheet, there: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """The likeliest rows, each as long as a line of a format would be."""
    likely = [line for line in there if sheet.looks_like_one(line)]
    signs = [len(sheet.heard(line).text) for line in likely]
    for length in sorted({layout.length for layout in LAYOUTS.values()}):
        if signs and max(signs) < length:
            yield printed_rows.evened(likely, signs, length)


def _corners(picture: Picture) -> Line:
    high, wide = picture.shape[:2]
    return np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)


def moved(lines: Sequence[Line], box: Box, scale: float) -> tuple[Line, ...]:
    """Lines of a canvas on a box cut from it and scaled (`document.laid_flat`)."""
    return tuple((line - (box[0], box[1])) * scale for line in lines)


def around(lines: Sequence[Line], picture: Picture) -> Box:
    """A box with all the lines and some room, over the picture's whole width."""
    every = np.concatenate(list(lines))
    more = 2 * AROUND * max(height(line) for line in lines)
    high, wide = picture.shape[:2]
    return 0, max(0, round(float(every[:, 1].min()) - more)), wide, min(high, round(float(every[:, 1].max()) + more))
