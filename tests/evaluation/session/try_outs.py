"""Measures of a try-out for tests: everything well, and what is changed of it."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

from evaluation.session.commands import RecordTryOut
from evaluation.session.tried import Floors, Measures, TriedCamera, TriedLine

FLOORS = Floors(width=640, brightness=60, behind=60, sharpness=40, bps=400_000, lost=60, round_trip_ms=500)
CAMERA = TriedCamera(1280, 120, 0, 90)
LINE = TriedLine("udp", 2_100_000, 890_000, 880_000, 2, 3, 40)
WELL = Measures(live_video=True, camera=CAMERA, heard=True, sound=True, line=LINE)


def camera(**changes: Any) -> Measures:
    return replace(WELL, camera=replace(CAMERA, **changes))


def line(**changes: Any) -> Measures:
    return replace(WELL, line=replace(LINE, **changes))


def tried(measures: Measures = WELL) -> RecordTryOut:
    return RecordTryOut(measures, FLOORS)
