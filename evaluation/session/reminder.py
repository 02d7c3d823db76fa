"""The reminder of the rules, point by point (R3.2)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId
from evaluation.rules import N_, Refusal
from evaluation.session.gates import check_identity_decided, check_phase
from evaluation.session.phases import Phase
from evaluation.session.state import SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class CheckReminder:
    """R3.2: one of the points of the reminder has been said."""

    hearing: HearingId
    point: int
    said: bool


@TOPIC.event("session.reminder_checked")
@dataclass(frozen=True)
class ReminderChecked:
    hearing: HearingId
    point: int
    said: bool


@TOPIC.decides(CheckReminder)
def check_reminder(state: SessionState, command: CheckReminder, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, Phase.WELCOME)
    check_identity_decided(hearing)
    if not 0 <= command.point < len(state.framework.reminder):
        raise Refusal("R3.2", N_("Ce point de rappel n’existe pas."))
    if hearing.sheet == "signed":
        raise Refusal("R3.2", N_("La feuille est signée : le rappel ne change plus."))
    return (ReminderChecked(command.hearing, command.point, command.said),)


@TOPIC.evolves(ReminderChecked)
def reminder_checked(state: SessionState, event: ReminderChecked, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    points = hearing.reminder | {event.point} if event.said else hearing.reminder - {event.point}
    return state.with_hearing(replace(hearing, reminder=frozenset(points)))
