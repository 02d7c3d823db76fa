"""What the members take note of before a sitting, and whether their training to the scale is recent enough (R1.5)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.deadlines import due
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import PersonId
from evaluation.rules import N_, Refusal, rule
from evaluation.sitting.impartiality import check_member
from evaluation.sitting.state import SittingState

PREPARING = Topic()


@PREPARING.command
@dataclass(frozen=True)
class ConfirmPreparation:
    """The member has taken note of something: `what` is its code in the framework."""

    what: str


@PREPARING.event("sitting.preparation_confirmed")
@dataclass(frozen=True)
class PreparationConfirmed:
    what: str


def to_prepare(state: SittingState) -> Mapping[str, str]:
    """What the members take note of, titles by code, of every certification on the agenda."""
    return {code: title for item in state.agenda.values()
            for code, title in item.framework.sitting.preparation.items()}


@rule("R1.5", permits=())
def unprepared(state: SittingState, person: PersonId) -> tuple[str, ...]:
    """What somebody has not taken note of yet."""
    done = state.prepared.get(person, frozenset())
    return tuple(one for one in to_prepare(state) if one not in done)


@rule("R1.5", permits=False)
def to_be_trained(state: SittingState, person: PersonId, on: date) -> bool:
    """Whether somebody's last training to the scale is too old, or not known."""
    last = state.trained.get(person)
    months = min((one.framework.delays.training_months for one in state.agenda.values()), default=None)
    return months is not None and (last is None or due(last, months=months) < on)


@PREPARING.decides(ConfirmPreparation)
def confirm(state: SittingState, command: ConfirmPreparation, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it was confirmed before."""
    check_member(state, asked.actor)
    check_to_prepare(state, command.what)
    done = state.prepared.get(asked.actor, frozenset())
    return () if command.what in done else (PreparationConfirmed(command.what),)


@rule("R1.5")
def check_to_prepare(state: SittingState, what: str) -> None:
    if what not in to_prepare(state):
        raise Refusal("R1.5", N_("Cela ne fait pas partie de ce qui prépare la séance."))


@PREPARING.evolves(PreparationConfirmed)
def confirmed(state: SittingState, event: PreparationConfirmed, happened: Happened) -> SittingState:
    done = state.prepared.get(happened.actor, frozenset()) | {event.what}
    return replace(state, prepared={**state.prepared, happened.actor: done})
