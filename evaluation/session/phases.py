"""The phases of a hearing and their clocks: floors, ceilings, pauses, extra time, time given back.

A clock's elapsed time never decreases: time given back lengthens the phase instead of turning the clock back.
"""
from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from evaluation.rules import N_, Refusal, rule


class Phase(StrEnum):
    SCHEDULED = "scheduled"
    WELCOME = "welcome"
    PRESENTATION = "presentation"
    QUESTIONS = "questions"
    GRADING = "grading"
    DELIBERATION = "deliberation"
    ADJOURNED = "adjourned"
    POSTPONED = "postponed"
    CLOSED = "closed"
    NO_SHOW = "no_show"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


TIMED = (Phase.PRESENTATION, Phase.QUESTIONS)
IN_ROOM = frozenset({Phase.WELCOME, Phase.PRESENTATION, Phase.QUESTIONS})
"""The candidate is in the room."""
PRIVATE = frozenset({Phase.GRADING, Phase.DELIBERATION})
"""The jury is alone."""
TO_CALL = frozenset({Phase.SCHEDULED, Phase.ADJOURNED, Phase.POSTPONED})
"""The candidate may be called in."""
OVER = frozenset({Phase.CLOSED, Phase.NO_SHOW, Phase.STOPPED, Phase.CANCELLED})
MARKING = frozenset({Phase.PRESENTATION, Phase.QUESTIONS, Phase.GRADING})
"""Jurors fill in their own grids."""


STEPS = (Phase.WELCOME, Phase.PRESENTATION, Phase.QUESTIONS, Phase.DELIBERATION)
"""An examination's steps as they are told to everybody. Closing the grids is part of deliberating, and of no interest
outside the jury."""
AFTER = {
    Phase.WELCOME: Phase.PRESENTATION, Phase.PRESENTATION: Phase.QUESTIONS, Phase.QUESTIONS: Phase.GRADING,
    Phase.GRADING: Phase.DELIBERATION, Phase.DELIBERATION: Phase.CLOSED,
}


def following(phase: Phase, resume: Phase | None = None) -> Phase | None:
    """The phase that comes next, None after the last: the presentation follows the welcome, the questions the
    presentation. `resume` is where an adjourned examination goes on, once its candidate is welcomed again."""
    if phase in TO_CALL:
        return Phase.WELCOME
    return resume if resume is not None and phase is Phase.WELCOME else AFTER.get(phase)


class Stage(StrEnum):
    """Where a hearing stands as a whole: each phase belongs to one stage, and a page asks for the stage."""

    TO_CALL = "to_call"
    IN_ROOM = "in_room"
    PRIVATE = "private"
    OVER = "over"


def stage(phase: Phase) -> Stage:
    by_phases = ((TO_CALL, Stage.TO_CALL), (IN_ROOM, Stage.IN_ROOM), (PRIVATE, Stage.PRIVATE), (OVER, Stage.OVER))
    return next(found for phases, found in by_phases if phase in phases)


@dataclass(frozen=True)
class PhaseClock:
    """One timed phase. Times in ms since the epoch, durations in ms."""

    phase: Phase
    floor: int
    ceiling: int
    extra: int
    started_at: int
    ended_at: int | None = None
    paused_since: int | None = None
    pause_lost: bool = False
    paused: int = 0
    lost: int = 0
    given_back: int = 0
    announced: tuple[int, ...] = ()

    def elapsed(self, now: int) -> int:
        """What has run of the phase, without its pauses."""
        until = min(t for t in (now, self.ended_at, self.paused_since) if t is not None)
        return max(0, until - self.started_at - self.paused)

    @property
    def allowance(self) -> int:
        """The phase's length with extra time (R10.1) and time given back (X9)."""
        return self.ceiling + self.extra + self.given_back

    def remaining(self, now: int) -> int:
        return self.allowance - self.elapsed(now)

    @property
    def shortest(self) -> int:
        """The phase's floor, moved by time given back (X9) as its end is."""
        return self.floor + self.given_back

    def lost_until(self, now: int) -> int:
        running = now - self.paused_since if self.pause_lost and self.paused_since is not None else 0
        return self.lost + self.given_back + running

    @property
    def running(self) -> bool:
        return self.ended_at is None and self.paused_since is None

    def pause(self, at: int, lost: bool) -> PhaseClock:
        return replace(self, paused_since=at, pause_lost=lost)

    def resume(self, at: int) -> PhaseClock:
        if self.paused_since is None:
            return self
        length = at - self.paused_since
        lost = self.lost + (length if self.pause_lost else 0)
        return replace(self, paused_since=None, pause_lost=False, paused=self.paused + length, lost=lost)

    def end(self, at: int) -> PhaseClock:
        return replace(self.resume(at), ended_at=at)


@rule("R3.4", "R4.7")
def check_floor(clock: PhaseClock, now: int, reason_given: bool) -> None:
    """A phase with a floor does not end before it, unless a reason is given (X7)."""
    if ended_early(clock, now) and not reason_given:
        raise Refusal(
            "R3.4",
            N_("Les questions durent au moins {floor} : il en reste {left}. Pour finir plus tôt, écrivez pourquoi."),
            floor=in_minutes(clock.shortest), left=in_minutes(clock.shortest - clock.elapsed(now)),
        )


@rule("R3.4", "X9", permits=False)
def ended_early(clock: PhaseClock, now: int) -> bool:
    """Whether an end at this time comes before the floor: the same for the rule and for whoever is told of it."""
    return clock.elapsed(now) < clock.shortest


@rule("R3.3", "R4.7", permits=0)
def overrun(clock: PhaseClock, now: int) -> int:
    """Milliseconds past the ceiling: written down, never refused."""
    return max(0, clock.elapsed(now) - clock.allowance)


@rule("R10.1", permits=0)
def extra_time(extra_seconds: dict[str, int], phase: Phase) -> int:
    """Seconds that an adjustment adds to a phase."""
    return extra_seconds.get(phase.value, 0)


@rule("X9", permits=False)
def too_much_lost(
    clocks: tuple[PhaseClock, ...], planned: int, share: Fraction, now: int, undecided: int = 0
) -> bool:
    """More than `share` of the candidate's time (`planned`, ms) has been lost to technical failures; `undecided` (ms)
    is what failures took that is not counted on a clock yet."""
    return sum(clock.lost_until(now) for clock in clocks) + undecided > share * planned


def in_minutes(duration: int) -> str:
    """Milliseconds as they are told, seconds rounded up."""
    seconds = -(-duration // 1000)
    minutes, rest = divmod(seconds, 60)
    if minutes == 0:
        return f"{rest} s"
    return f"{minutes} min" if rest == 0 else f"{minutes} min {rest:02d} s"
