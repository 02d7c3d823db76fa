"""What became of a notice to attend (R4.2): the mail server took it, it bounced, it was acknowledged, followed up.

The platform says what became of a letter; what follows from it is for people to decide.
"""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, SeatId, Words
from evaluation.rules import N_, Refusal
from evaluation.session.hearing_parts import FollowUp, Notice
from evaluation.session.notice_rules import changed, check_noticed, is_late, notice_to, standing
from evaluation.session.state import SessionState
from evaluation.session.terms import Bounce, FollowUpMeans

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class NoticeArrived:
    """The mail server took the letter at `at`; `twice`: it may have taken it twice. Written by the server."""

    seat: SeatId
    number: int
    at: int
    twice: bool = False


@TOPIC.command
@dataclass(frozen=True)
class NoticeFailed:
    """The letter did not arrive; `why` is the mail server's code. Written by the server."""

    seat: SeatId
    number: int
    at: int
    bounce: Bounce
    why: str = ""


@TOPIC.command
@dataclass(frozen=True)
class AcknowledgeNotice:
    """The candidate says that they have it."""

    hearing: HearingId


@TOPIC.command
@dataclass(frozen=True)
class FollowUpNotice:
    """The candidate was reached in another way; `words` say what came of it."""

    hearing: HearingId
    means: FollowUpMeans
    words: Words


@TOPIC.command
@dataclass(frozen=True)
class AgreeToLateNotice:
    """The candidate's agreement to a notice that left too late, recorded after it: how they agreed, and why so late."""

    hearing: HearingId
    agreed: Words
    words: Words


@TOPIC.event("session.notice_taken")
@dataclass(frozen=True)
class NoticeTaken:
    seat: SeatId
    number: int
    at: int
    twice: bool


@TOPIC.event("session.notice_bounced")
@dataclass(frozen=True)
class NoticeBounced:
    seat: SeatId
    number: int
    at: int
    bounce: Bounce
    why: str


@TOPIC.event("session.notice_acknowledged")
@dataclass(frozen=True)
class NoticeAcknowledged:
    hearing: HearingId


@TOPIC.event("session.notice_followed_up")
@dataclass(frozen=True)
class NoticeFollowedUp:
    hearing: HearingId
    means: FollowUpMeans
    words: Words


@TOPIC.event("session.late_notice_agreed")
@dataclass(frozen=True)
class LateNoticeAgreed:
    hearing: HearingId
    agreed: Words
    words: Words


def _concerned(state: SessionState, seat: SeatId, number: int) -> Notice | None:
    """The notice that a letter was, unless another came after it."""
    notice = notice_to(state, seat)
    return notice if notice is not None and notice.number == number else None


@TOPIC.decides(NoticeArrived)
def arrived(state: SessionState, command: NoticeArrived, asked: Asked) -> tuple[object, ...]:
    notice = _concerned(state, command.seat, command.number)
    if notice is None or notice.taken_at is not None:
        return ()
    return (NoticeTaken(command.seat, command.number, command.at, command.twice),)


@TOPIC.decides(NoticeFailed)
def failed(state: SessionState, command: NoticeFailed, asked: Asked) -> tuple[object, ...]:
    notice = _concerned(state, command.seat, command.number)
    if notice is None or notice.bounce is not None:
        return ()
    return (NoticeBounced(command.seat, command.number, command.at, command.bounce, command.why),)


@TOPIC.decides(AcknowledgeNotice)
def acknowledge(state: SessionState, command: AcknowledgeNotice, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_noticed(state, hearing)
    notice = standing(state, hearing.candidate.id)
    return () if notice is None or notice.acknowledged_at is not None else (NoticeAcknowledged(hearing.id),)


@TOPIC.decides(FollowUpNotice)
def follow_up(state: SessionState, command: FollowUpNotice, asked: Asked) -> tuple[object, ...]:
    check_noticed(state, state.hearing(command.hearing))
    return (NoticeFollowedUp(command.hearing, command.means, command.words),)


@TOPIC.decides(AgreeToLateNotice)
def agree_to_late(state: SessionState, command: AgreeToLateNotice, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_noticed(state, hearing)
    if hearing.notice is None or not is_late(state.framework, hearing.notice):
        raise Refusal("R4.2", N_("Cette convocation n’est pas partie en retard : il n’y a pas d’accord à enregistrer."))
    return (LateNoticeAgreed(command.hearing, command.agreed, command.words),)


@TOPIC.evolves(NoticeTaken)
def taken(state: SessionState, event: NoticeTaken, happened: Happened) -> SessionState:
    return changed(state, event.seat, taken_at=event.at, twice=event.twice)


@TOPIC.evolves(NoticeBounced)
def bounced(state: SessionState, event: NoticeBounced, happened: Happened) -> SessionState:
    return changed(state, event.seat, bounce=event.bounce, bounced_at=event.at, why=event.why)


@TOPIC.evolves(NoticeAcknowledged)
def acknowledged(state: SessionState, event: NoticeAcknowledged, happened: Happened) -> SessionState:
    return changed(state, state.hearing(event.hearing).candidate.id, acknowledged_at=happened.at)


@TOPIC.evolves(NoticeFollowedUp)
def followed_up(state: SessionState, event: NoticeFollowedUp, happened: Happened) -> SessionState:
    seat = state.hearing(event.hearing).candidate.id
    notice = notice_to(state, seat)
    done = FollowUp(event.means, event.words, happened.actor, happened.at)
    return changed(state, seat, follow_ups=(*(notice.follow_ups if notice else ()), done))


@TOPIC.evolves(LateNoticeAgreed)
def late_agreed(state: SessionState, event: LateNoticeAgreed, happened: Happened) -> SessionState:
    return changed(state, state.hearing(event.hearing).candidate.id, agreed=event.agreed, words=event.words)
