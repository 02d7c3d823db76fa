"""What has begun and ends otherwise than it should opens a case, or is told to the one there is (R4.4, R7.2, X9)."""
from __future__ import annotations

from evaluation.case_rules import OpenedBy
from evaluation.deadlines import day_of
from evaluation.people import Words
from evaluation.rules import rule
from evaluation.session.incidents import IncidentRecorded, phase_and_clock
from evaluation.session.lost_time import lost_over_half
from evaluation.session.phases import IN_ROOM, PRIVATE, TIMED, Phase
from evaluation.session.state import Hearing, SessionState

BEGUN = IN_ROOM | PRIVATE | {Phase.ADJOURNED}


@rule("R4.4", "R7.2", "X9", permits=())
def opened_by_end(state: SessionState, hearing: Hearing, words: Words, now: int) -> tuple[IncidentRecorded, ...]:
    """What follows from a hearing that was broken off goes the way of a case: a failure's, where more than half of the
    time was lost; else the one that an incident of the day opened, or one of its own."""
    if hearing.phase not in BEGUN:
        return ()
    lost = hearing.phase in TIMED and lost_over_half(state, hearing, now)
    known = any(day_of(one.at) == day_of(now) for one in hearing.noted)
    if known and not lost:
        return ()
    return (incident_of(state, hearing, "lost_time" if lost else "broken_off", words, now),)


def incident_of(state: SessionState, hearing: Hearing, act: OpenedBy, words: Words, now: int) -> IncidentRecorded:
    """An incident that an act itself is, by the first door: nobody is accused."""
    kind = state.framework.case.opens(act)
    phase, clock = phase_and_clock(hearing, now)
    return IncidentRecorded(hearing.id, kind, False, phase, clock, words, ())
