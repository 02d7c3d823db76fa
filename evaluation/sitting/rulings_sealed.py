"""The minutes of a sitting are sealed once all have signed, with an extract for each candidate; what they say of one is
told apart, for the candidacy to quote (R3.9)."""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import Paper
from evaluation.quoted_events import RULING_SEALED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.sitting.minutes import check_all_decided, standing
from evaluation.sitting.state import Minutes, SittingState
from evaluation.sitting.terms import SEALED, CandidacyId, Ruling

SEALING = Topic()


@SEALING.command
@dataclass(frozen=True)
class SealMinutes:
    """`paper` is what was signed, sealed; `extracts` one for each candidate, that names nobody else. Written by the
    server."""

    number: int
    paper: Paper
    extracts: Mapping[CandidacyId, Paper]


@SEALING.event(SEALED)
@dataclass(frozen=True)
class MinutesSealed:
    number: int
    paper: Paper
    extracts: Mapping[CandidacyId, Paper]
    amends: int | None


@SEALING.event(RULING_SEALED)
@dataclass(frozen=True)
class RulingSealed:
    """What the sealed minutes (`minutes`, their number) say of one candidate, and their extract."""

    candidacy: CandidacyId
    ruling: Ruling
    extract: Paper
    minutes: int
    reexamines: Quote | None


@SEALING.decides(SealMinutes)
def seal(state: SittingState, command: SealMinutes, asked: Asked) -> tuple[Any, ...]:
    check_by_the_platform(asked.actor)
    minutes = standing(state, command.number)
    check_signed(minutes)
    check_all_decided(state)
    check_extracts(state, minutes, command.extracts)
    sealed = MinutesSealed(command.number, command.paper, command.extracts, minutes.amends)
    return (sealed, *_rulings(state, command)) if minutes.amends is None else (sealed,)


def _rulings(state: SittingState, command: SealMinutes) -> tuple[RulingSealed, ...]:
    return tuple(RulingSealed(id, one.decided.ruling, command.extracts[id], command.number, one.reexamines)
                 for id, one in state.agenda.items() if one.decided is not None)


@rule("X7")
def check_signed(minutes: Minutes) -> None:
    if minutes.unsigned:
        raise Refusal("X7", N_("Il manque des signatures."))


@rule("R3.9")
def check_extracts(state: SittingState, minutes: Minutes, extracts: Collection[str]) -> None:
    """One for each candidate who is decided on; an addition has none."""
    wanted = set(state.agenda) if minutes.amends is None else set[str]()
    if set(extracts) != wanted:
        raise Refusal("R3.9", N_("Il faut un extrait du procès-verbal par candidat."))


@SEALING.evolves(MinutesSealed)
def sealed(state: SittingState, event: MinutesSealed, happened: Happened) -> SittingState:
    one = replace(state.minutes[-1], sealed=event.paper, sealed_at=happened.at, extracts=event.extracts)
    return state.with_minutes(one, happened.position)


@SEALING.evolves(RulingSealed)
def ruling_sealed(state: SittingState, _event: RulingSealed, _happened: Happened) -> SittingState:
    return state
