"""The president: chosen by two of the three jurors, for the day or for one hearing (R3.1)."""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import REPRESENTATIVES, HearingId, Seat, SeatId
from evaluation.rules import N_, Refusal, rule
from evaluation.session.jury import JURY_SIZE
from evaluation.session.state import SessionState

TOPIC = Topic()
MAJORITY = JURY_SIZE // 2 + 1
"""Two of the three designate the president (R3.1)."""


@TOPIC.command
@dataclass(frozen=True)
class DesignatePresident:
    """R3.1: one juror's choice; two of the three make it so."""

    choice: SeatId


@TOPIC.event("session.president_chosen")
@dataclass(frozen=True)
class PresidentChosen:
    """One juror's choice. `hearing` where the choice is for one hearing only (the day's president is recused)."""

    choice: SeatId
    hearing: HearingId | None


@TOPIC.event("session.president_designated")
@dataclass(frozen=True)
class PresidentDesignated:
    president: SeatId
    hearing: HearingId | None


@rule("R3.1")
def check_president(state: SessionState, hearing: HearingId | None, choice: SeatId) -> None:
    """Among the two representatives, and not in the place of a president who is there."""
    check_may_preside(state, hearing, choice)
    sitting = state.president_of(hearing)
    if sitting is not None and (sitting in state.present or sitting == choice):
        raise Refusal("R3.1", N_("La présidence du jury est déjà désignée."))


@rule("R3.1")
def check_may_preside(state: SessionState, hearing: HearingId | None, choice: SeatId) -> None:
    """One of the two representatives, who sits."""
    seat = next((s for s in state.jurors_sitting(hearing) if s.id == choice), None)
    if seat is None:
        raise Refusal("R3.1", N_("La présidence se choisit parmi les membres du jury."))
    if seat.category not in REPRESENTATIVES:
        raise Refusal(
            "R3.1", N_("La présidence se choisit parmi les deux représentants ; la formation ne préside pas.")
        )


def designation_scope(state: SessionState) -> HearingId | None:
    """The hearing a designation is for where the day's president is recused for it, else None: the whole day."""
    focus = state.focus
    if focus is None or focus.id in state.presidents:
        return focus.id if focus else None
    sits_today = any(s.id == state.president for s in state.jurors_appointed(None))
    return focus.id if sits_today and not state.sits(state.president or "", focus.id) else None


@rule("R3.1")
def designated(votes: Mapping[SeatId, SeatId], jury: Collection[Seat]) -> SeatId | None:
    """Whom two of the three chose, or None."""
    choices = [votes[s.id] for s in jury if s.id in votes]
    return next((choice for choice in choices if choices.count(choice) >= MAJORITY), None)


@TOPIC.decides(DesignatePresident)
def designate(state: SessionState, command: DesignatePresident, asked: Asked) -> tuple[object, ...]:
    scope = designation_scope(state)
    focus = state.focus.id if state.focus else None
    check_president(state, focus, command.choice)
    votes = {**votes_for(state, scope), asked.actor: command.choice}
    chosen = PresidentChosen(command.choice, scope)
    if designated(votes, state.jurors_sitting(focus)) == command.choice:
        return (chosen, PresidentDesignated(command.choice, scope))
    return (chosen,)


@TOPIC.evolves(PresidentChosen)
def president_chosen(state: SessionState, event: PresidentChosen, happened: Happened) -> SessionState:
    votes = {**votes_for(state, event.hearing), happened.actor: event.choice}
    return replace(state, votes=votes, votes_for=event.hearing)


def votes_for(state: SessionState, scope: HearingId | None) -> Mapping[SeatId, SeatId]:
    """The choices already made for the same thing: one for a hearing is not one for the day."""
    return state.votes if state.votes_for == scope else {}


@TOPIC.evolves(PresidentDesignated)
def president_designated(state: SessionState, event: PresidentDesignated, happened: Happened) -> SessionState:
    if event.hearing is None:
        return replace(state, president=event.president, votes={})
    return replace(state, presidents={**state.presidents, event.hearing: event.president}, votes={})
