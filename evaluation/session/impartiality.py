"""A juror declares, for each candidate, that nothing keeps them from judging impartially (R1.4). Who cannot say so
withdraws (`recusal`)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, SeatId
from evaluation.rules import N_, Refusal, rule
from evaluation.session.phases import OVER
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class DeclareImpartial:
    """The juror does not know the candidate personally, and has no part in their company or course."""

    hearing: HearingId


@TOPIC.event("session.impartiality_declared")
@dataclass(frozen=True)
class ImpartialityDeclared:
    hearing: HearingId


@rule("R1.4")
def check_may_declare(hearing: Hearing) -> None:
    if hearing.phase in OVER:
        raise Refusal("R1.4", N_("L’épreuve est terminée : cette déclaration ne change plus."))


@rule("R1.4", permits=())
def undeclared(state: SessionState, juror: SeatId) -> tuple[HearingId, ...]:
    """The candidates still to be examined for whom this juror sits and has declared nothing, in the day's order."""
    waiting = [one for one in state.hearings.values()
               if one.phase not in OVER and state.sits(juror, one.id) and juror not in one.impartial]
    return tuple(one.id for one in sorted(waiting, key=lambda one: (one.starts_at, one.id)))


@TOPIC.decides(DeclareImpartial)
def declare(state: SessionState, command: DeclareImpartial, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_may_declare(hearing)
    return () if asked.actor in hearing.impartial else (ImpartialityDeclared(command.hearing),)


@TOPIC.evolves(ImpartialityDeclared)
def declared(state: SessionState, event: ImpartialityDeclared, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(replace(hearing, impartial=hearing.impartial | {happened.actor}))
