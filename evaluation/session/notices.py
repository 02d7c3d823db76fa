"""The notice to attend, given to the candidate (R4.2), and what is written to those who attend without being examined
and to the awarding body (R4.4)."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Role, SeatId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal
from evaluation.session.admitting import check_admitted
from evaluation.session.brief import check_has_months
from evaluation.session.hearing_parts import Notice
from evaluation.session.notice_rules import (
    arrives,
    check_agreement,
    check_in_time,
    check_not_begun,
    hour_for,
    notice_to,
    with_notice,
)
from evaluation.session.state import BODY_TOLD, Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class GiveNotice:
    """R4.2: the candidate's letter goes out. `agreement` quotes that of the provider. Where less time is left than is
    owed, `agreed` says how the candidate agreed and `words` why it is so late."""

    hearing: HearingId
    agreement: Quote
    words: Words | None = None
    agreed: Words | None = None


@TOPIC.command
@dataclass(frozen=True)
class Convene:
    """R4.4: a letter to a juror, an observer, an aid or an organizer."""

    seat: SeatId
    agreement: Quote


@TOPIC.command
@dataclass(frozen=True)
class InformBody:
    """R4.4: the day is told to the awarding body."""


@TOPIC.event("session.notice_given")
@dataclass(frozen=True)
class NoticeGiven:
    hearing: HearingId
    agreement: Quote
    number: int
    date: str
    starts_at: int
    words: Words | None
    agreed: Words | None


@TOPIC.event("session.seat_convened")
@dataclass(frozen=True)
class SeatConvened:
    seat: SeatId
    agreement: Quote
    number: int
    date: str
    starts_at: int


@TOPIC.event("session.body_informed")
@dataclass(frozen=True)
class BodyInformed:
    number: int
    date: str
    starts_at: int


def _next(state: SessionState, seat: SeatId) -> tuple[int, str, int]:
    """The number, the day and the hour of the notice that comes next. Refusal where nobody is to be examined."""
    hour, before = hour_for(state, seat), notice_to(state, seat)
    if hour is None:
        raise Refusal("R4.4", N_("Aucune épreuve n’est inscrite ce jour-là : inscrivez d’abord les candidats."))
    return (before.number if before else 0) + 1, state.date, hour


@TOPIC.decides(GiveNotice)
def give(state: SessionState, command: GiveNotice, asked: Asked) -> tuple[object, ...]:
    """Nothing, where the candidate has one for this hour that did not bounce."""
    hearing = state.hearing(command.hearing)
    check_not_begun(hearing)
    check_admitted(hearing)
    check_agreement(state, command.agreement, asked.now)
    if arrives(state, hearing.candidate.id):
        return ()
    check_has_months(state, hearing)
    words, agreed = _late(state, hearing, command)
    check_in_time(state.framework, date.fromisoformat(state.date), asked.now, words, agreed)
    number, day, hour = _next(state, hearing.candidate.id)
    return (NoticeGiven(hearing.id, command.agreement, number, day, hour, words, agreed),)


def _late(state: SessionState, hearing: Hearing, command: GiveNotice) -> tuple[Words | None, Words | None]:
    """Why the notice is late, and how the candidate agreed. Whoever agreed to be moved to this day has agreed to what
    notice is left (R4.4)."""
    moved = hearing.move_agreed
    if moved is None or moved.date != state.date:
        return command.words, command.agreed
    return command.words or moved.words, command.agreed or moved.words


@TOPIC.decides(Convene)
def convene(state: SessionState, command: Convene, asked: Asked) -> tuple[object, ...]:
    seat = state.seat(command.seat)
    if seat is None or seat.role is Role.CANDIDATE or (seat.id, None) in state.replaced:
        raise Refusal("R4.4", N_("Cette place n’est pas de celles qu’on convoque ainsi."))
    check_agreement(state, command.agreement, asked.now)
    if arrives(state, seat.id):
        return ()
    return (SeatConvened(seat.id, command.agreement, *_next(state, seat.id)),)


@TOPIC.decides(InformBody)
def inform_body(state: SessionState, command: InformBody, asked: Asked) -> tuple[object, ...]:
    return () if arrives(state, BODY_TOLD) else (BodyInformed(*_next(state, BODY_TOLD)),)


@TOPIC.evolves(NoticeGiven)
def given(state: SessionState, event: NoticeGiven, happened: Happened) -> SessionState:
    notice = Notice(event.number, happened.at, event.date, event.starts_at, agreed=event.agreed, words=event.words)
    return with_notice(state, state.hearing(event.hearing).candidate.id, notice)


@TOPIC.evolves(SeatConvened, BodyInformed)
def convened(state: SessionState, event: SeatConvened | BodyInformed, happened: Happened) -> SessionState:
    seat = event.seat if isinstance(event, SeatConvened) else BODY_TOLD
    return with_notice(state, seat, Notice(event.number, happened.at, event.date, event.starts_at))
