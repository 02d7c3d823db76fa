"""When a juror who sits was away while the hearing went on, from the journal of who comes and goes (R1.2, R3.9)."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.journal import Record
from evaluation.people import HearingId, SeatId
from evaluation.session import events as e
from evaluation.session.events import Event

BEGINS = (e.CalledIn,)
RESTS = (e.HearingAdjourned, e.HearingClosed, e.HearingStopped, e.NoShowRecorded, e.HearingCancelled,
         e.DeliberationSuspended)
"""The jury parts: until it is called together again nobody is awaited."""
RESUMES = (*BEGINS, e.DeliberationResumed)
SIGNS = (e.DeliberationSigned, e.SignatureRefused)


@dataclass(frozen=True)
class Absence:
    """`position` is where the journal says that the juror left; `lasted`: ms until they came back, or it was over."""

    seat: SeatId
    position: int
    lasted: int


@dataclass
class _Watch:
    """`since`: of those who are away, since when, and where the journal says so."""

    going: bool
    since: dict[SeatId, tuple[int, int]]
    signed: set[SeatId]
    found: list[Absence]

    def rest(self, at: int) -> None:
        if self.going:
            for seat in list(self.since):
                self.back(seat, at)
        self.going = False

    def back(self, seat: SeatId, at: int) -> None:
        left = self.since.pop(seat, None)
        if left is not None and self.going and seat not in self.signed:
            self.found.append(Absence(seat, left[1], max(0, at - left[0])))


def absences(
    past: Sequence[tuple[Record, Event]], hearing: HearingId, sitting: Iterable[SeatId]
) -> tuple[Absence, ...]:
    """Of the attempt that counts. Who has signed may leave."""
    watch, sits = _Watch(False, {}, set(), []), frozenset(sitting)
    for record, event in past:
        if isinstance(event, e.SeatLeft) and event.seat in sits:
            watch.since[event.seat] = (event.since if event.since is not None else record.at, record.position)
        elif isinstance(event, e.SeatJoined) and event.seat in sits:
            watch.back(event.seat, record.at)
        elif getattr(event, "hearing", None) == hearing:
            _of_the_hearing(watch, record, event)
    return tuple(sorted(watch.found, key=lambda one: one.position))


def _of_the_hearing(watch: _Watch, record: Record, event: Event) -> None:
    if isinstance(event, RESUMES):
        watch.going = True
        # Away since before: what ran without them begins now.
        watch.since = {seat: (max(at, record.at), place) for seat, (at, place) in watch.since.items()}
    elif isinstance(event, e.AttemptVoided):
        watch.going, watch.found, watch.signed = False, [], set()
    elif isinstance(event, RESTS):
        watch.rest(record.at)
    elif isinstance(event, SIGNS):
        watch.signed.add(record.actor)
