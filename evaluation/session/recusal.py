"""A juror recused for one candidate (R1.4)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, SeatId, Words
from evaluation.session import jury
from evaluation.session.state import SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class Recuse:
    """R1.4, X7: a juror declares that they take no part for this candidate."""

    hearing: HearingId
    words: Words | None = None


@TOPIC.event("session.juror_recused")
@dataclass(frozen=True)
class JurorRecused:
    hearing: HearingId
    juror: SeatId
    words: Words | None


@TOPIC.decides(Recuse)
def recuse(state: SessionState, command: Recuse, asked: Asked) -> tuple[object, ...]:
    jury.check_may_recuse(state.hearing(command.hearing), asked.actor)
    return (JurorRecused(command.hearing, asked.actor, command.words),)


@TOPIC.evolves(JurorRecused)
def juror_recused(state: SessionState, event: JurorRecused, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(replace(hearing, recused={**hearing.recused, event.juror: event.words}))
