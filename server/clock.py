"""The server's own time, which neither stands still nor steps, and the calendar, which follows the machine's clock.

Phases, rates and chores count by the first: somebody who sets the machine's clock, or a time server that corrects it,
gives nobody an hour and takes nobody's. Delays in days count by the second: a correction is to be believed there.
"""
from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from server import logs

log = logs.logger(__name__)
Now = Callable[[], int]
"""Milliseconds since 1970 UTC: a `Clock`, or another reading of the time."""
NS_PER_MS = 1_000_000


def wall_clock() -> int:
    """Milliseconds since 1970 UTC, as the machine has them."""
    return time.time_ns() // NS_PER_MS


def since_boot() -> int:
    """Milliseconds that nobody sets; those for which the machine was suspended are counted."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // NS_PER_MS


@dataclass(frozen=True)
class Step:
    """The machine's clock was set by so much (positive: forward) since it was last looked at."""

    milliseconds: int


class Clock:
    """Called: milliseconds since 1970 UTC, counted from an anchor taken once."""

    def __init__(self, calendar: Callable[[], int] = wall_clock, steady: Callable[[], int] = since_boot,
                 tolerance: int = 1000) -> None:
        self.calendar, self._steady, self._tolerance = calendar, steady, tolerance
        self._anchor = calendar() - steady()
        self._seen = 0

    def __call__(self) -> int:
        return self._anchor + self._steady()

    @property
    def apart(self) -> int:
        """Milliseconds by which the machine's clock is ahead of ours (negative: behind)."""
        return self.calendar() - self()

    def not_before(self, at: int) -> None:
        """What is written already happened: a machine that starts with a clock behind it goes on from there."""
        behind = at - self()
        if behind <= 0:
            return
        self._anchor += behind
        self._seen = -behind
        log.warning("clock.behind_the_journal", milliseconds=behind)

    async def look(self) -> Step | None:
        """Note, and tell the log, whether the machine's clock was set since the last look."""
        apart = self.apart
        by = apart - self._seen
        if abs(by) < self._tolerance:
            return None
        self._seen = apart
        log.warning("clock.stepped", milliseconds=by, apart=apart)
        return Step(by)


def calendar_of(now: Now) -> Now:
    """What delays in days count by."""
    return now.calendar if isinstance(now, Clock) else now
