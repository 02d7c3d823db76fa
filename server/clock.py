"""The server's own time, which neither stands still nor steps, and the calendar, which follows the machine's clock.

Phases, rates and chores count by the first: somebody who sets the machine's clock, or a time server that corrects it,
gives nobody an hour and takes nobody's. Delays in days count by the second: a correction is to be believed there.
"""
from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from server import logs

log = logs.logger(__name__)
Now = Callable[[], int]
"""Milliseconds since 1970 UTC: a `Clock`, or another reading of the time."""
NS_PER_MS = 1_000_000
MS_PER_HOUR = 3_600_000


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
                 tolerance: int = 1000, most_ahead: int = 24 * MS_PER_HOUR) -> None:
        self.calendar, self._steady, self._tolerance, self._most_ahead = calendar, steady, tolerance, most_ahead
        self.far_ahead = 0
        """Open sessions that were dated further ahead, at the start, than `most_ahead`."""
        self._anchor = calendar() - steady()
        self._seen = 0

    def __call__(self) -> int:
        return self._anchor + self._steady()

    @property
    def apart(self) -> int:
        """Milliseconds by which the machine's clock is ahead of ours (negative: behind)."""
        return self.calendar() - self()

    def not_before(self, written: Mapping[str, int]) -> None:
        """What is written (of each open session, its newest event) already happened: a machine that starts with a
        clock behind it goes on from there.

        A session dated further ahead than `most_ahead` was written by a wrong clock, and moves nobody else's time. Its
        own never goes back either: it stands still until ours has come there (`evaluation.session.decide`)."""
        now = self()
        far = {session: at - now for session, at in written.items() if at - now > self._most_ahead}
        for session, ahead in far.items():
            log.error("clock.session_far_ahead", session=session, milliseconds=ahead)
        self.far_ahead = len(far)
        behind = max((at - now for session, at in written.items() if session not in far), default=0)
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
