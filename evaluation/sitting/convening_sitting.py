"""A sitting is convened from what waits for one, moved, cancelled, and opened by its president (R1.3, R8.1)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.deadlines import day_of, last_day_before, results_due
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import runs
from evaluation.people import Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.sitting import access
from evaluation.sitting.agenda import ItemTakenOff
from evaluation.sitting.state import Item, SittingState
from evaluation.sitting.terms import SittingMode
from evaluation.sitting.who_sits import check_three, on_whole_sitting
from evaluation.sitting_rules import SittingRules

CONVENING = Topic()


@CONVENING.command
@dataclass(frozen=True)
class ConveneSitting:
    """`at` is the hour. `hold_by` is the last day on which its first results can still be told in time."""

    sitting: str
    body: str
    at: int
    mode: SittingMode
    hold_by: date
    office: Quote
    place: Words | None = None


@CONVENING.command
@dataclass(frozen=True)
class MoveSitting:
    """To another hour, way or place, before it is open."""

    at: int
    mode: SittingMode
    words: Words
    office: Quote
    place: Words | None = None


@CONVENING.command
@dataclass(frozen=True)
class CancelSitting:
    """It is not held; what was on its agenda waits for another."""

    words: Words
    office: Quote


@CONVENING.command
@dataclass(frozen=True)
class OpenSitting:
    """By whoever presides: from here on it decides."""


@CONVENING.event("sitting.convened")
@dataclass(frozen=True)
class SittingConvened:
    sitting: str
    body: str
    at: int
    mode: SittingMode
    hold_by: date
    office: Quote
    place: Words | None


@CONVENING.event("sitting.moved")
@dataclass(frozen=True)
class SittingMoved:
    at: int
    mode: SittingMode
    words: Words
    office: Quote
    place: Words | None


@CONVENING.event("sitting.cancelled")
@dataclass(frozen=True)
class SittingCancelled:
    words: Words
    office: Quote


@CONVENING.event("sitting.opened")
@dataclass(frozen=True)
class SittingOpened:
    """From here on it decides."""


@CONVENING.decides(ConveneSitting)
def convene(_state: None, command: ConveneSitting, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(command.body, command.office, asked)
    check_hour(command.at, asked.now)
    check_place(command.mode, command.place)
    return (SittingConvened(command.sitting, command.body, command.at, command.mode, command.hold_by, command.office,
                            command.place),)


@rule("R3.9")
def check_hour(at: int, now: int) -> None:
    if at <= now:
        raise Refusal("R3.9", N_("L’heure de la séance est à venir."))


@rule("X13")
def check_place(mode: SittingMode, place: Words | None) -> None:
    """Whoever comes is told where."""
    if mode != "remote" and place is None:
        raise Refusal("X13", N_("Dites où la séance se tient : des membres y viennent."))


@CONVENING.evolves(SittingConvened)
def convened(_state: None, event: SittingConvened, happened: Happened) -> SittingState:
    return SittingState(event.sitting, event.body, happened.at, happened.actor, event.at, event.mode, event.place,
                        event.hold_by, changed=happened.position)


# Until when


@rule("R8.1", permits=None)
def hold_by(item: Item) -> date | None:
    """The last day on which a sitting on this candidate leaves the time that its letter needs; None while no delay
    runs. Counted from the hearing where the candidacy did not say by when its result is to be told."""
    last = item.due.on if item.due is not None else results_due(item.framework, item.recommended.held_on)
    return item.framework.sitting.last_to_hold(last) if last is not None else None


def held_by(state: SittingState) -> date:
    """The earliest such day of the agenda, or the one that it was convened for."""
    return min((state.hold_by, *(day for one in state.agenda.values() if (day := hold_by(one)) is not None)))


@rule("R4.2", permits=date.max)
def notice_by(state: SittingState) -> date:
    """The last day on which whoever sits is told in time, of all that the frameworks on the agenda ask."""
    asked = [one.framework.sitting for one in state.agenda.values()] or [SittingRules()]
    return last_day_before(day_of(state.at), days=max(one.notice_days for one in asked))


# Moved, or cancelled


@CONVENING.decides(MoveSitting)
def move(state: SittingState, command: MoveSitting, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state.body, command.office, asked)
    check_not_open(state)
    check_hour(command.at, asked.now)
    check_place(command.mode, command.place)
    return (SittingMoved(command.at, command.mode, command.words, command.office, command.place),)


@rule("R3.9")
def check_not_open(state: SittingState) -> None:
    if state.cancelled is not None:
        raise Refusal("R3.9", N_("La séance est annulée."))
    if state.opened_at is not None:
        raise Refusal("R3.9", N_("La séance est ouverte : elle ne se déplace ni ne s’annule plus."))


@CONVENING.evolves(SittingMoved)
def moved(state: SittingState, event: SittingMoved, happened: Happened) -> SittingState:
    return replace(state, at=event.at, mode=event.mode, place=event.place, changed=happened.position)


@CONVENING.decides(CancelSitting)
def cancel(state: SittingState, command: CancelSitting, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state.body, command.office, asked)
    check_not_open(state)
    off = tuple(ItemTakenOff(one, command.words, command.office) for one in state.agenda)
    return (SittingCancelled(command.words, command.office), *off)


@CONVENING.evolves(SittingCancelled)
def cancelled(state: SittingState, event: SittingCancelled, happened: Happened) -> SittingState:
    return replace(state, cancelled=event.words, changed=happened.position)


# Opened


@CONVENING.decides(OpenSitting)
def open_sitting(state: SittingState, _command: OpenSitting, asked: Asked) -> tuple[Any, ...]:
    access.check_president(state, asked.actor)
    check_not_open(state)
    check_day_come(state, asked.now)
    check_presides_today(state, asked)
    check_three(on_whole_sitting(state))
    return (SittingOpened(),)


@rule("R3.9")
def check_day_come(state: SittingState, now: int) -> None:
    if day_of(now) < day_of(state.at):
        raise Refusal("R3.9", N_("La séance s’ouvre le jour pour lequel elle est convoquée, pas avant."))


@rule("R1.3")
def check_presides_today(state: SittingState, asked: Asked) -> None:
    """The office, or the delegation, by which somebody presides runs on the day."""
    office = state.delegates.get(asked.actor, state.president)
    if office is None or not runs(office.since, office.until, day_of(asked.now)):
        raise Refusal("R1.3", N_("La fonction par laquelle vous présidez n’est pas en cours aujourd’hui."))


@CONVENING.evolves(SittingOpened)
def opened(state: SittingState, _event: SittingOpened, happened: Happened) -> SittingState:
    return replace(state, opened_at=happened.at, changed=happened.position)
