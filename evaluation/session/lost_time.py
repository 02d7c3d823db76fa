"""What failures take of the candidate's time: each cut measured, and when more than half is lost (X9).

The clock measures and nobody is judged by it: a person decides what is given back (`giving_back`).
"""
from __future__ import annotations

from dataclasses import replace

from evaluation.framework import Framework
from evaluation.kinds import Happened
from evaluation.people import HearingId
from evaluation.rules import N_, Refusal, rule
from evaluation.session.cuts import SECOND, Cut, Missing
from evaluation.session.on_site import is_on_site
from evaluation.session.phases import TIMED, Phase, extra_time, too_much_lost
from evaluation.session.state import Hearing, SessionState

WITHOUT_HEARING = frozenset({"candidate", "jury"})
"""Whose absence leaves nobody to speak, or nobody to listen: that time is lost before anybody has said so. While the
president alone is away, what the others did with the time is for the president to say."""


@rule("X9", permits=None)
def missing(state: SessionState, hearing: Hearing) -> Missing | None:
    """Who is cut off while the candidate's time is given, the gravest first. Whoever is on site needs no line."""
    clock = hearing.clock
    if hearing.phase not in TIMED or state.current != hearing.id or clock is None or clock.ended_at is not None:
        return None
    if not _there(state, hearing, hearing.candidate.id):
        return "candidate"
    if not any(_there(state, hearing, one.id) for one in state.jurors_sitting(hearing.id)):
        return "jury"
    president = state.president_of(hearing.id)
    return "president" if president is not None and not _there(state, hearing, president) else None


def _there(state: SessionState, hearing: Hearing, seat: str) -> bool:
    return seat in state.present or is_on_site(state, hearing, seat)


def with_cuts(before: SessionState, after: SessionState, happened: Happened) -> SessionState:
    """What happened begins a cut, or ends one."""
    for name in dict.fromkeys((before.current, after.current)):
        if name is not None:
            after = _with_cut(before, after, name, happened)
    return after


def _with_cut(before: SessionState, after: SessionState, name: HearingId, happened: Happened) -> SessionState:
    hearing, who = after.hearings[name], missing(after, after.hearings[name])
    last, at = (hearing.cuts[-1] if hearing.cuts else None), happened.at
    since = _since(after, hearing, who, at)
    if last is not None and last.ended is None:
        if (last.who, last.phase, last.attempt) == (who, hearing.phase, hearing.attempt):
            return after
        # Where somebody else is gone now, one time is not counted twice; where somebody is back, it is over now.
        ends_at = since if last.at < since else at
        clock = before.hearings[name].clocks.get(last.phase)
        over = replace(last, ended=last.began + last.ran(clock, ends_at), over_at=ends_at)
        # Where all are lost at once one goes before the other: of what took no time nothing is told.
        hearing = replace(hearing, cuts=(*hearing.cuts[:-1], *((over,) if over.over_at != over.at else ())))
        since = max(since, ends_at)
    if who is not None and hearing.clock is not None:
        cut = Cut(happened.position, since, who, hearing.phase, hearing.attempt, hearing.clock.elapsed(since))
        hearing = replace(hearing, cuts=(*hearing.cuts, cut))
    return after.with_hearing(hearing) if hearing is not after.hearings[name] else after


def _since(state: SessionState, hearing: Hearing, who: Missing | None, now: int) -> int:
    """When whoever is missing went, at the earliest when the phase began; of the jury, the last of them."""
    jury = [one.id for one in state.jurors_sitting(hearing.id)]
    gone = {"candidate": [hearing.candidate.id], "jury": jury, "president": [state.president_of(hearing.id) or ""]}
    if who is None or hearing.clock is None:
        return now
    went = max((state.away.get(one, now) for one in gone[who]), default=now)
    return min(now, max(went, hearing.clock.started_at))


@rule("X9", permits=())
def to_give_back(hearing: Hearing) -> tuple[Cut, ...]:
    """The cuts of this phase that are over, took time, and were not decided on: proposed as measured."""
    return tuple(one for one in hearing.cuts if one.measured and one.given is None
                 and (one.phase, one.attempt) == (hearing.phase, hearing.attempt))


@rule("X9")
def check_not_lost(state: SessionState, hearing: Hearing, now: int) -> None:
    """When more than half of the candidate's time is lost, start again or postpone: nothing else goes on."""
    if lost_over_half(state, hearing, now):
        raise Refusal(
            "X9", N_("Plus de la moitié du temps de l’épreuve a été perdue : recommencez l’épreuve ou reportez-la."),
        )


def lost_over_half(state: SessionState, hearing: Hearing, now: int) -> bool:
    """Over the framework's share: what stood still, what was given back, and what a cut took and nobody has decided
    on yet."""
    planned = sum(_ceiling(state.framework, phase) + extra_time(dict(hearing.extra_seconds), phase) for phase in TIMED)
    undecided = _undecided(hearing, now)
    return too_much_lost(hearing.ran, planned * SECOND, state.framework.lost_share, now, undecided)


def _undecided(hearing: Hearing, now: int) -> int:
    return sum(one.ran(hearing.clocks.get(one.phase), now) for one in hearing.cuts
               if one.attempt == hearing.attempt and one.given is None and one.who in WITHOUT_HEARING)


def _ceiling(framework: Framework, phase: Phase) -> int:
    return framework.phases[phase.value].ceiling
