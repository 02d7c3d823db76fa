"""A decision on a jury that its day refuses for ever is taken back: what comes after it no longer waits for it."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from evaluation.body import access
from evaluation.body.decisions import JURY, SUBSTITUTE
from evaluation.body.state import BodyState, Decided, TakenBack
from evaluation.body.terms import Meeting
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import Act, OfficeId
from evaluation.people import Words
from evaluation.rules import N_, Refusal, rule

TAKING_BACK = Topic()
ACTS: Mapping[str, Act] = {JURY: Act.JURY, SUBSTITUTE: Act.SUBSTITUTE}
"""Whoever may decide may take it back."""


@TAKING_BACK.command
@dataclass(frozen=True)
class TakeBackDecision:
    """As long as it has not taken effect."""

    decision: str
    words: Words
    meeting: Meeting | None = None


@TAKING_BACK.event("body.decision_taken_back")
@dataclass(frozen=True)
class DecisionTakenBack:
    decision: str
    words: Words
    meeting: Meeting | None
    under: OfficeId


@TAKING_BACK.decides(TakeBackDecision)
def take_back(state: BodyState, command: TakeBackDecision, asked: Asked) -> tuple[Any, ...]:
    decided = state.decisions.get(command.decision)
    under = access.as_commission(state, asked, ACTS.get(decided.event) if decided else None, command.meeting)
    check_may_take_back(state, decided)
    return (DecisionTakenBack(command.decision, command.words, command.meeting, under),)


@rule("R1.2")
def check_may_take_back(state: BodyState, decided: Decided | None) -> None:
    """A jury with substitutes that were decided since is taken back after them."""
    if decided is None or decided.event not in ACTS:
        raise Refusal("R1.2", N_("Seule la désignation d’un jury ou d’un remplaçant se retire."))
    if decided.taken_back is not None:
        raise Refusal("R1.2", N_("Cette décision est déjà retirée."))
    jury = state.juries.get(decided.session or "")
    if jury is not None and decided.event == JURY and set(jury.seats) != {decided.id}:
        raise Refusal("R1.2", N_("Un remplaçant a été désigné depuis : retirez d’abord cette décision-là."))


@TAKING_BACK.evolves(DecisionTakenBack)
def taken_back(state: BodyState, event: DecisionTakenBack, happened: Happened) -> BodyState:
    decided = state.decisions[event.decision]
    after = state.with_decision(replace(decided, taken_back=TakenBack(happened.at, event.words)))
    after = after.without(decided.position).answering(decided.session or "", open=True)
    jury = state.juries[decided.session or ""]
    seats = {id: one for id, one in jury.seats.items() if id != decided.id}
    replaced = {id: one for id, one in jury.replaced.items() if id != decided.id}
    return after.with_jury(replace(jury, seats=seats, replaced=replaced)) if seats else after.without_jury(jury.session)
