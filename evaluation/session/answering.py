"""A juror's answer to their appointment: they will sit, or they will not (R1.2)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Seat, SeatId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.hearing_parts import SeatAnswer
from evaluation.session.phases import TO_CALL, Phase
from evaluation.session.state import SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class AnswerAppointment:
    """`hearing` is that of a substitute's seat for one hearing. Nobody owes a reason."""

    hearing: HearingId | None
    accepted: bool
    words: Words | None = None


@TOPIC.event("session.appointment_answered")
@dataclass(frozen=True)
class AppointmentAnswered:
    hearing: HearingId | None
    accepted: bool
    words: Words | None


@rule("R1.2")
def check_may_answer(state: SessionState, juror: SeatId) -> None:
    """The answer may change until the first examination with this juror has begun: from then on they are there, or
    absent."""
    if not may_answer(state, juror):
        raise Refusal("R1.2", N_("La session a commencé : votre réponse ne change plus. Si vous ne pouvez pas siéger, "
                                 "prévenez la personne qui organise la session."))


def may_answer(state: SessionState, juror: SeatId) -> bool:
    held = (one for one in state.hearings.values() if one.phase is not Phase.CANCELLED)
    return all(hearing.phase in TO_CALL and not hearing.clocks for hearing in held
               if any(seat.id == juror for seat in state.jurors_appointed(hearing.id)))


def appointed(state: SessionState) -> tuple[Seat, ...]:
    """Whoever sits the whole day, then substitutes for one hearing, by its hour."""
    by_hour = sorted(state.hearings.values(), key=lambda one: (one.starts_at, one.id))
    places = (None, *(one.id for one in by_hour))
    return tuple({seat.id: seat for where in places for seat in state.jurors_appointed(where)}.values())


@rule("R1.2", permits=())
def declined(state: SessionState) -> tuple[Seat, ...]:
    """Those who will not sit and whom nobody has replaced yet."""
    return tuple(seat for seat in appointed(state)
                 if seat.id in state.answers and not state.answers[seat.id].accepted)


@rule("R1.2", permits=())
def unanswered(state: SessionState) -> tuple[Seat, ...]:
    """Those who have not said yet whether they will sit, and still may."""
    return tuple(seat for seat in appointed(state) if seat.id not in state.answers and may_answer(state, seat.id))


@TOPIC.decides(AnswerAppointment)
def answer(state: SessionState, command: AnswerAppointment, asked: Asked) -> tuple[object, ...]:
    check_may_answer(state, asked.actor)
    before = state.answers.get(asked.actor)
    if before is not None and before.accepted == command.accepted and command.words is None:
        return ()
    return (AppointmentAnswered(command.hearing, command.accepted, command.words),)


@TOPIC.evolves(AppointmentAnswered)
def answered(state: SessionState, event: AppointmentAnswered, happened: Happened) -> SessionState:
    given = SeatAnswer(event.accepted, event.words, happened.at)
    return replace(state, answers={**state.answers, happened.actor: given})
