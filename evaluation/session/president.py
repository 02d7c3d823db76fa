"""The president: chosen by two of the three jurors, for the day or for one hearing (R3.1)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, SeatId
from evaluation.session import jury
from evaluation.session.state import SessionState

TOPIC = Topic()


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


@TOPIC.decides(DesignatePresident)
def designate(state: SessionState, command: DesignatePresident, asked: Asked) -> tuple[object, ...]:
    scope = jury.designation_scope(state)
    focus = state.focus.id if state.focus else None
    jury.check_president(state, focus, command.choice)
    votes = {**votes_for(state, scope), asked.actor: command.choice}
    chosen = PresidentChosen(command.choice, scope)
    if jury.designated(votes, state.jurors_sitting(focus)) == command.choice:
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
