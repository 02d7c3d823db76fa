"""A juror recused for one candidate (R1.4)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Seat, SeatId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.phases import OVER
from evaluation.session.state import Hearing, SessionState

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


@rule("R1.4", "X7")
def check_may_recuse(hearing: Hearing, juror: SeatId) -> None:
    """A juror may withdraw for a candidate until the first signature."""
    if juror in hearing.recused:
        raise Refusal("R1.4", N_("Votre récusation pour cette épreuve est déjà enregistrée."))
    signed = hearing.deliberation is not None and hearing.deliberation.signatures
    if hearing.phase in OVER or signed:
        raise Refusal(
            "R1.4", N_("La délibération est signée : il est trop tard pour se récuser. Prévenez le certificateur.")
        )


@rule("R1.4")
def check_not_recused(state: SessionState, hearing: Hearing, substitute: Seat) -> None:
    """Who is recused for a candidate does not come back for that candidate in another place."""
    recused = {seat.person for seat in state.jurors if seat.id in hearing.recused}
    if substitute.person in recused:
        raise Refusal("R1.4", N_("Cette personne s’est récusée pour cette épreuve."))


@TOPIC.decides(Recuse)
def recuse(state: SessionState, command: Recuse, asked: Asked) -> tuple[object, ...]:
    check_may_recuse(state.hearing(command.hearing), asked.actor)
    return (JurorRecused(command.hearing, asked.actor, command.words),)


@TOPIC.evolves(JurorRecused)
def juror_recused(state: SessionState, event: JurorRecused, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    recused = {**hearing.recused, event.juror: event.words}
    return state.with_hearing(replace(hearing, recused=recused, impartial=hearing.impartial - {event.juror}))
