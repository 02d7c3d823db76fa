"""What the clockwork writes in a sitting by itself: that a member was reminded who has not said yet on whom they can
decide, or has not signed what is presented (R1.4, R1.5, X7)."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import PersonId
from evaluation.rules import rule
from evaluation.sitting.preparing import unprepared
from evaluation.sitting.state import SittingState
from evaluation.sitting.who_sits import kept_from_deciding, sitting_now
from evaluation.sitting_rules import SittingRules

REMINDING = Topic()
DAY = 24 * 3600 * 1000
About = Literal["prepare", "sign"]


@REMINDING.command
@dataclass(frozen=True)
class RemindMember:
    """`number` is that of the minutes to sign; 0 before the sitting. `step` counts the reminders."""

    person: PersonId
    about: About
    number: int
    step: int


@REMINDING.event("sitting.member_reminded")
@dataclass(frozen=True)
class MemberReminded:
    person: PersonId
    about: About
    number: int
    step: int


@REMINDING.decides(RemindMember)
def remind(state: SittingState, command: RemindMember, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it is not due, or the member has done it meanwhile."""
    check_by_the_platform(asked.actor)
    if command not in due_commands(state, asked.now):
        return ()
    return (MemberReminded(command.person, command.about, command.number, command.step),)


@REMINDING.evolves(MemberReminded)
def reminded(state: SittingState, event: MemberReminded, _happened: Happened) -> SittingState:
    return replace(state, reminded=state.reminded | {(event.person, event.about, event.number, event.step)})


def next_due(state: SittingState, _now: int) -> int | None:
    return min((when for when, _ in _coming(state)), default=None)


def due_commands(state: SittingState, now: int) -> tuple[RemindMember, ...]:
    """In the order in which they were due, if the platform was not there for some of them."""
    return tuple(command for when, command in sorted(_coming(state), key=lambda one: one[0]) if when <= now)


def _coming(state: SittingState) -> Iterator[tuple[int, RemindMember]]:
    for when, command in (*_to_prepare(state), *_to_sign(state)):
        if (command.person, command.about, command.number, command.step) not in state.reminded:
            yield when, command


def _to_prepare(state: SittingState) -> Iterator[tuple[int, RemindMember]]:
    """So many days before the sitting, if they were seated by then; once."""
    when = state.at - rules_of(state).prepare_days * DAY
    if state.opened_at is not None or state.cancelled is not None or (state.seated_at or when) >= when:
        return
    for person in sorted(sitting_now(state)):
        if left_to_say(state, person):
            yield when, RemindMember(person, "prepare", 0, 1)


def _to_sign(state: SittingState) -> Iterator[tuple[int, RemindMember]]:
    """Every so many days after the minutes were presented."""
    shown, rules = state.presented, rules_of(state)
    for person in shown.unsigned if shown is not None else ():
        for step in range(1, rules.reminders + 1):
            if shown is not None:
                yield shown.at + step * rules.sign_days * DAY, RemindMember(person, "sign", shown.number, step)


def reminded_in_vain(state: SittingState) -> tuple[PersonId, ...]:
    """Who has not signed what is presented after every reminder."""
    shown, last = state.presented, rules_of(state).reminders
    return tuple(one for one in shown.unsigned if (one, "sign", shown.number, last) in state.reminded) \
        if shown is not None else ()


@rule("R1.4", "R1.5", permits=False)
def left_to_say(state: SittingState, person: PersonId) -> bool:
    """Whether somebody has not said of each candidate whether they can decide, or not taken note of everything."""
    said = state.impartial.get(person, frozenset())
    silent = any(one.candidacy not in said and not kept_from_deciding(state, one, person)
                 for one in state.agenda.values())
    return silent or bool(unprepared(state, person))


def rules_of(state: SittingState) -> SittingRules:
    """Of the first on the agenda: a sitting's own delays are one."""
    return next((one.framework.sitting for one in state.agenda.values()), SittingRules())
