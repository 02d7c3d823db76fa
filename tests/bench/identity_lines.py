"""Machine-readable lines of papers of many makers: whole pages scanned or photographed, any size, any way up, each
given as the copy and as two equal frames (what `visiojury identity` is given by hand), and held to a webcam.

`tests/install.sh` brings a free OCR-B where Debian's package can be had; the figures say how many papers are set in it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from server.identity import ocr
from server.identity.identity_settings import IdentitySettings
from server.identity.pictures import Picture, scaled
from server.identity.signals import MrzReading
from server.identity.whole_check import check
from tests.bench.figures import NOT_MEASURED, Reach, Teller, median
from tests.bench.scores import wilson
from tests.server.identity.held import Holding, as_jpeg, scanned, shown
from tests.server.identity.papers import Paper, paper, printed
from tests.server.identity.specimens import OCR_B, drawn_person

TODAY = date(2026, 1, 15)
FIRST = 1000  # of the papers measured with; tests and whoever tries something draw others
QUALITIES = (45, 65, 80, 90, 95)


@dataclass
class Tally:
    right: int = 0
    read: int = 0
    named: int = 0
    wrong: int = 0
    spent: list[float] = field(default_factory=list[float])

    def add(self, one: Paper, found: MrzReading | None, spent: float) -> None:
        valid = found is not None and found.valid
        self.spent.append(spent)
        self.read += found is not None
        self.right += valid and found is not None and found.number == one.number
        self.wrong += valid and found is not None and found.number != one.number
        self.named += valid and found is not None and found.lines == one.lines


def run(out: Path, quick: bool = False) -> Iterator[dict[str, Any]]:
    cv2.setNumThreads(0)
    teller, settings = Teller("identity_lines", quick), IdentitySettings()
    settings = replace(settings, frame_pixels=settings.picture_pixels)
    if not ocr.available():
        yield teller.line("lines of other makers", None, "", Reach("at least", 0.85))
        return
    ocr.load()
    yield from _pages(teller, settings, 2 if quick else 80)
    yield from _held(teller, settings, 1 if quick else 24)
    yield _nothing(teller, 2 if quick else 20)


def _pages(teller: Teller, settings: IdentitySettings, count: int) -> Iterator[dict[str, Any]]:
    tally = Tally()
    for i in range(count):
        one = paper(FIRST + i)
        page = as_jpeg(one.picture, QUALITIES[i % len(QUALITIES)])
        before = time.process_time()
        found = check(page, None, [page, page], None, False, TODAY, settings)
        tally.add(one, found.mrz, time.process_time() - before)
    yield from _told(teller, "whole pages, given twice", tally, 0.85)


def _held(teller: Teller, settings: IdentitySettings, count: int) -> Iterator[dict[str, Any]]:
    """Through VP8 at 720p, five frames, the scan of it as the copy."""
    tally = Tally()
    for i in range(count):
        one = printed(FIRST + i, ("TD3", "TD1", "TD2")[i % 3])
        flat = scaled(one.picture, 10 / 12)
        frames = [as_jpeg(frame) for frame in shown(flat, Holding(), 3000 + i, drawn_person(i))]
        before = time.process_time()
        found = check(as_jpeg(scanned(flat), 92), None, frames, None, False, TODAY, settings)
        tally.add(one, found.mrz, (time.process_time() - before) / len(frames))
    yield from _told(teller, "held to a webcam, 720p", tally, 0.9)


def _told(teller: Teller, what: str, tally: Tally, reach: float) -> Iterator[dict[str, Any]]:
    cases = len(tally.spent)
    yield teller.line(f"right number and all digits, {what}", tally.right / cases, "", Reach("at least", reach),
                      cases=cases, interval=wilson(tally.right / cases, cases), read_at_all=tally.read,
                      all_lines_to_the_letter=tally.named, ocr_b=OCR_B.is_file())  # fmt: skip
    yield teller.line(f"wrong number said to hold, {what}", tally.wrong, "cases", Reach("at most", 0), cases=cases,
                      interval=wilson(tally.wrong / cases, cases))  # fmt: skip
    yield teller.line(f"CPU, {what}", median(tally.spent), "s", None, slowest=max(tally.spent, default=None),
                      cases=cases)  # fmt: skip


def _nothing(teller: Teller, count: int) -> dict[str, Any]:
    """Pages whose lines are cut off, and what it costs to look for them."""
    read, spent = 0, list[float]()
    for i in range(count):
        page = _without_lines(printed(FIRST + i, "TD3").picture)
        before = time.process_time()
        read += ocr.read_anywhere(page) is not None
        spent.append(time.process_time() - before)
    return teller.line("lines read where there are none", read, "cases", Reach("at most", 0), cases=count,
                       interval=wilson(read / count, count) if count else NOT_MEASURED,
                       cpu_seconds=median(spent), slowest=max(spent, default=None))  # fmt: skip


def _without_lines(page: Picture) -> Picture:
    return np.ascontiguousarray(page[: round(page.shape[0] * 0.7)])
