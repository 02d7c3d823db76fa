"""A cut of the line while the candidate's time runs, and what ran of it meanwhile (X9)."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evaluation.people import Words
from evaluation.session.phases import Phase, PhaseClock

Missing = Literal["candidate", "jury", "president"]
"""Those without whom an examination does not go on: the candidate, the whole jury, whoever presides."""
SECOND = 1000


@dataclass(frozen=True)
class GivenBack:
    """What the president gave back for a cut: `measured` is what the clock had run, in seconds."""

    seconds: int
    measured: int
    words: Words | None
    at: int


@dataclass(frozen=True)
class Cut:
    """`position` is the journal's, where the line was cut: the cut's name. `began` and `ended` are what had run of the
    phase then, in ms, pauses left out; `ended` is None while the cut lasts."""

    position: int
    at: int
    who: Missing
    phase: Phase
    attempt: int
    began: int
    ended: int | None = None
    over_at: int | None = None
    given: GivenBack | None = None

    def ran(self, clock: PhaseClock | None, now: int) -> int:
        """What ran of the candidate's time, in ms."""
        until = self.ended if self.ended is not None else clock.elapsed(now) if clock is not None else self.began
        return max(0, until - self.began)

    @property
    def measured(self) -> int | None:
        """What ran, in whole seconds begun; None while the cut lasts."""
        return None if self.ended is None else seconds_begun(self.ran(None, 0))


def seconds_begun(duration: int) -> int:
    """Milliseconds as seconds: one that has begun counts, for the candidate."""
    return -(-duration // SECOND)
