"""What people are reminded of by themselves, once each, by the framework's delays: to acknowledge the notice (R4.2), to
supply what is missing (R4.1, R6.2), to prepare (R1.5). Only who has been given notice is reminded of anything."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from evaluation.deadlines import last_day_before, start_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import SeatId
from evaluation.rules import N_, Refusal, rule
from evaluation.session.answering import appointed, declined
from evaluation.session.notice_rules import follow_up_from, hour_for, standing
from evaluation.session.papers_wanted import missing_papers
from evaluation.session.phases import Phase
from evaluation.session.preparing import left_to_read
from evaluation.session.state import SessionState
from evaluation.session.terms import PromptKind

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class RemindSeat:
    """Written by the clockwork."""

    seat: SeatId
    about: PromptKind


@TOPIC.event("session.seat_reminded")
@dataclass(frozen=True)
class SeatReminded:
    """`number`: of the notice that the person has."""

    seat: SeatId
    about: PromptKind
    number: int


@dataclass(frozen=True)
class Prompt:
    """From `at` on (ms since the epoch) somebody is reminded of something."""

    at: int
    seat: SeatId
    about: PromptKind
    number: int

    @property
    def done_as(self) -> tuple[SeatId, PromptKind, int]:
        return self.seat, self.about, self.number


@rule("R4.2", "R4.1", "R1.5", permits=())
def prompts(state: SessionState) -> tuple[Prompt, ...]:
    """Every reminder that is due once its time has come, and was not made."""
    return tuple(one for one in (*_of_candidates(state), *_of_jurors(state)) if one.done_as not in state.reminded)


def _of_candidates(state: SessionState) -> Iterator[Prompt]:
    delays = state.framework.delays
    for hearing in state.hearings.values():
        seat = hearing.candidate.id
        notice = standing(state, seat)
        if hearing.phase is not Phase.SCHEDULED or notice is None or notice.bounce is not None:
            continue
        if hearing.admission != "admitted":  # they may not be examined: nothing is asked of them meanwhile
            continue
        follow_up = follow_up_from(state.framework, notice)
        if follow_up is not None:
            yield Prompt(follow_up, seat, "notice", notice.number)
        last = min((one.by for one in missing_papers(state, hearing)), default=None)
        if last is not None:
            day = last_day_before(last, days=delays.papers_reminder_days)
            yield Prompt(start_of(day), seat, "papers", notice.number)


def _of_jurors(state: SessionState) -> Iterator[Prompt]:
    day = last_day_before(date.fromisoformat(state.date), days=state.framework.delays.preparation_reminder_days)
    gone = declined(state)
    for seat in appointed(state):
        notice = standing(state, seat.id)
        if seat not in gone and notice is not None and notice.bounce is None and left_to_read(state, seat):
            yield Prompt(start_of(day), seat.id, "preparation", notice.number)


def _before(state: SessionState, one: Prompt, now: int) -> bool:
    """Whether who is reminded is not there yet: once it begins, nothing is said any more."""
    hour = hour_for(state, one.seat)
    return hour is not None and max(now, one.at) < hour


def next_due(state: SessionState, now: int) -> int | None:
    """When the clockwork must look again (ms since the epoch), None when nobody is to be reminded."""
    return min((one.at for one in prompts(state) if _before(state, one, now)), default=None)


def due_commands(state: SessionState, now: int) -> tuple[RemindSeat, ...]:
    return tuple(RemindSeat(one.seat, one.about) for one in prompts(state)
                 if one.at <= now and _before(state, one, now))


@TOPIC.decides(RemindSeat)
def remind(state: SessionState, command: RemindSeat, asked: Asked) -> tuple[object, ...]:
    found = next((one for one in prompts(state)
                  if (one.seat, one.about) == (command.seat, command.about) and one.at <= asked.now
                  and _before(state, one, asked.now)), None)
    if found is None:
        raise Refusal("R4.2", N_("Il n’y a rien à rappeler."))
    return (SeatReminded(found.seat, found.about, found.number),)


@TOPIC.evolves(SeatReminded)
def reminded(state: SessionState, event: SeatReminded, happened: Happened) -> SessionState:
    return replace(state, reminded=state.reminded | {(event.seat, event.about, event.number)})
