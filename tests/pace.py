"""How fast the machine is that the tests run on, and the limits that follow from it.

A step's limit is there for what hangs, not for what is slow. It is written for two free cores like those of
`REFERENCE_S`, and stretched by what a run measures at its start.
"""
from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time

REFERENCE_S = 0.4
"""Two processes of `WORK` side by side, on two free cores."""
WORK = "total = 0\nfor number in range(4_000_000):\n    total += number * number % 7"
SLACK = 2.0
"""A machine is slower in the middle of a run than at its start: the tests themselves load it."""
VARIABLE = "VISIOJURY_TESTS_PACE"
"""Tells the processes of one run what was measured: each for itself would measure the others."""


def measure() -> float:
    """How many times slower than the reference this machine is; a faster one counts as equal to it."""
    started = time.monotonic()
    side_by_side = [subprocess.Popen([sys.executable, "-S", "-c", WORK]) for _ in range(2)]
    for one in side_by_side:
        one.wait()
    return max(1.0, (time.monotonic() - started) / REFERENCE_S)


def learn() -> float:
    """The run's pace, measured by whoever asks first."""
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = f"{measure():.2f}"
    return float(os.environ[VARIABLE])


def patient(seconds: float) -> float:
    """The limit for a step that two free cores finish well within `seconds`."""
    return seconds * SLACK * learn()


def within(seconds: float) -> asyncio.Timeout:
    """`async with within(5)`: raises TimeoutError once `patient(5)` has passed."""
    return asyncio.timeout(patient(seconds))
