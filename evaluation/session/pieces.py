"""The polished piece itself, for part B: received, held by somebody, returned (R4.6)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.hearing_parts import PieceHandled
from evaluation.session.state import Hearing, SessionState
from evaluation.session.supplied_documents import parts_sought
from evaluation.session.terms import PieceStep

TOPIC = Topic()
PIECE_PART = "B"


@TOPIC.command
@dataclass(frozen=True)
class HandlePiece:
    """The piece was received, passed on, or returned, on this day; `words`: who holds it from then on, and where."""

    hearing: HearingId
    step: PieceStep
    on: date
    words: Words


@TOPIC.event("session.piece_handled")
@dataclass(frozen=True)
class PieceWasHandled:
    hearing: HearingId
    step: PieceStep
    on: date
    words: Words


@TOPIC.decides(HandlePiece)
def handle(state: SessionState, command: HandlePiece, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_piece_wanted(state, hearing)
    check_order(hearing, command.step)
    check_day(hearing, command.on, day_of(asked.now))
    return (PieceWasHandled(command.hearing, command.step, command.on, command.words),)


@rule("R4.6")
def check_piece_wanted(state: SessionState, hearing: Hearing) -> None:
    """A piece goes with part B."""
    if PIECE_PART not in parts_sought(state, hearing):
        raise Refusal("R4.6", N_("Les blocs présentés ne demandent pas de pièce : elle va avec la partie B."))


@rule("R4.6")
def check_order(hearing: Hearing, step: PieceStep) -> None:
    """What is passed on or returned was received; what was received is not received again before it went back."""
    here = bool(hearing.piece) and hearing.piece[-1].step != "returned"
    if step == "received" and here:
        raise Refusal("R4.6", N_("La pièce est déjà reçue. Si elle change de mains, notez qui la garde maintenant."))
    if step != "received" and not here:
        raise Refusal("R4.6", N_("La pièce n’est pas ici : notez d’abord sa réception."))


@rule("R4.6")
def check_day(hearing: Hearing, on: date, today: date) -> None:
    """Noted is what has happened, in its order."""
    if on > today or (hearing.piece and on < hearing.piece[-1].on):
        raise Refusal("R4.6", N_("Cette date est dans l’avenir, ou avant l’étape précédente de la pièce."))


@TOPIC.evolves(PieceWasHandled)
def handled(state: SessionState, event: PieceWasHandled, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    step = PieceHandled(event.step, event.on, event.words, happened.actor, happened.at)
    return state.with_hearing(replace(hearing, piece=(*hearing.piece, step)))
