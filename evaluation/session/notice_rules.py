"""Which notice to attend is whose, and what the rules say of it (R4.2)."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

from evaluation.body import accrediting
from evaluation.deadlines import day_of, due, end_of, notice_due
from evaluation.framework import Framework
from evaluation.people import SeatId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.session.hearing_parts import Notice
from evaluation.session.phases import Phase
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import NoticeStatus


def notice_to(state: SessionState, seat: SeatId) -> Notice | None:
    """The last one given to a seat, whatever hour it says."""
    hearing = _examined_at(state, seat)
    return hearing.notice if hearing is not None else state.convened.get(seat)


def standing(state: SessionState, seat: SeatId) -> Notice | None:
    """The notice that a seat has for the day and the hour as they are now."""
    notice = notice_to(state, seat)
    return notice if notice and (notice.date, notice.starts_at) == (state.date, hour_for(state, seat)) else None


def arrives(state: SessionState, seat: SeatId) -> bool:
    """Whether what somebody has is for this hour and is not known to have failed."""
    notice = standing(state, seat)
    return notice is not None and notice.bounce is None


def hour_for(state: SessionState, seat: SeatId) -> int | None:
    """When somebody is wanted: the candidate and their aid for their hearing, everybody else for the first of the
    day. None where nobody is to be examined."""
    attends = next((one for one in state.hearings.values()
                    if seat in (one.candidate.id, *(aid.id for aid in one.aids))), None)
    if attends is not None:
        return attends.starts_at
    held = (one.starts_at for one in state.hearings.values() if one.phase is not Phase.CANCELLED)
    return min(held, default=None)


def _examined_at(state: SessionState, seat: SeatId) -> Hearing | None:
    return next((one for one in state.hearings.values() if one.candidate.id == seat), None)


def with_notice(state: SessionState, seat: SeatId, notice: Notice) -> SessionState:
    hearing = _examined_at(state, seat)
    if hearing is not None:
        return state.with_hearing(replace(hearing, notice=notice))
    return replace(state, convened={**state.convened, seat: notice})


def changed(state: SessionState, seat: SeatId, **changes: object) -> SessionState:
    notice = notice_to(state, seat)
    return state if notice is None else with_notice(state, seat, replace(notice, **changes))


def status(state: SessionState, seat: SeatId) -> NoticeStatus | None:
    """What is to be known first of somebody's notice; None: they have had none."""
    notice = notice_to(state, seat)
    if notice is None:
        return None
    if standing(state, seat) is None:
        hearing = _examined_at(state, seat)
        return "agreed" if hearing is not None and has_agreed_to_move(state, hearing) else "moved"
    if notice.bounce is not None:
        return notice.bounce
    if is_late(state.framework, notice):
        return "late"
    if notice.acknowledged_at is not None:
        return "acknowledged"
    return "given" if notice.taken_at is None else "taken"


# What the rules say of a notice


@rule("R4.2")
def check_in_time(framework: Framework, day: date, now: int, words: Words | None, agreed: Words | None) -> None:
    """Past the last day the candidate agrees, and it is said why. Raises Refusal."""
    last = notice_due(framework, day)
    if now >= end_of(last) and (words is None or agreed is None):
        raise Refusal(
            "R4.2", N_("La convocation devait partir le {day} avant minuit, heure de Paris. Plus tard, il faut "
                       "enregistrer l’accord du candidat et le motif du retard."), day=last.isoformat())


@rule("R4.4", permits=True)
def has_agreed_to_move(state: SessionState, hearing: Hearing) -> bool:
    """Whether the candidate, who had a notice, agreed to the day as it is now: no new notice is owed."""
    agreed = hearing.move_agreed
    return hearing.notice is not None and agreed is not None and agreed.date == state.date


@rule("R4.2", permits=False)
def is_late(framework: Framework, notice: Notice) -> bool:
    """Whether the mail server took it after the last day without the candidate's agreement. When it was given counts
    for nothing."""
    if notice.taken_at is None or notice.agreed is not None:
        return False
    return notice.taken_at >= end_of(notice_due(framework, date.fromisoformat(notice.date)))


@rule("R4.2", permits=None)
def follow_up_from(framework: Framework, notice: Notice) -> int | None:
    """From when on (ms since the epoch) the candidate is called or written to by registered letter: at once where the
    letter bounced, after the delay where nobody acknowledged it. None where that is not, or no longer, to be done."""
    if notice.acknowledged_at is not None or notice.follow_ups:
        return None
    if notice.bounced_at is not None or notice.taken_at is None:
        return notice.bounced_at
    return end_of(due(day_of(notice.taken_at), days=framework.delays.notice_follow_up_days))


@rule("R1.7")
def check_agreement(state: SessionState, agreement: Quote, now: int) -> None:
    """The provider has an agreement with this awarding body today and on the day. Raises Refusal."""
    accrediting.check_quoted(agreement, day_of(now), date.fromisoformat(state.date))
    if agreement.stream != state.body or accrediting.quoted(agreement).provider != state.provider:
        raise Refusal("R1.7", N_("La convention citée n’est pas celle de l’organisme qui a planifié cette session."))


@rule("R4.2")
def check_not_begun(hearing: Hearing) -> None:
    if hearing.phase is not Phase.SCHEDULED:
        raise Refusal("R4.2", N_("Cette épreuve a commencé ou attend un autre jour : on n’y convoque plus."))


@rule("R4.2")
def check_noticed(state: SessionState, hearing: Hearing) -> None:
    """There is a notice for the hour as it is now. Raises Refusal."""
    if standing(state, hearing.candidate.id) is None:
        raise Refusal("R4.2", N_("Il n’y a pas de convocation pour cette date et cette heure."))
