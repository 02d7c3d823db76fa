"""Which notice to attend is whose, when and where somebody is expected, and what the rules say of it (R4.2, R4.4)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from evaluation.body import accrediting
from evaluation.deadlines import day_of, due, end_of, notice_due
from evaluation.framework import Framework
from evaluation.people import Role, Seat, SeatId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.session.answering import declined
from evaluation.session.hearing_parts import Notice
from evaluation.session.phases import TO_CALL, Phase
from evaluation.session.state import BODY_TOLD, Hearing, SessionState
from evaluation.session.terms import Mode, NoticeStatus

NOT_THEN: Final = frozenset({Phase.POSTPONED, Phase.CANCELLED})
"""Phases of a hearing to which nobody is expected on the day as it is now."""


def notice_to(state: SessionState, seat: SeatId) -> Notice | None:
    """The last one given to a seat, whatever hour it says."""
    hearing = examined_at(state, seat)
    return hearing.notice if hearing is not None else state.convened.get(seat)


def standing(state: SessionState, seat: SeatId) -> Notice | None:
    """The notice that a seat has for the day and the hour as they are now."""
    notice = notice_to(state, seat)
    return notice if notice and (notice.date, notice.starts_at) == (state.date, hour_for(state, seat)) else None


def arrives(state: SessionState, seat: SeatId) -> bool:
    """Whether what somebody has is for this hour and is not known to have failed."""
    notice = standing(state, seat)
    return notice is not None and notice.bounce is None


def to_convene(state: SessionState) -> tuple[SeatId, ...]:
    """Everybody who has no notice for the hour as it is now that has arrived as far as is known: candidates who may be
    called in (R6.6), then who attends, then the awarding body."""
    to_come = [one for one in sorted(state.hearings.values(), key=lambda one: one.starts_at)
               if one.phase is Phase.SCHEDULED]
    candidates = [one.candidate.id for one in to_come if one.admission == "admitted"]
    gone = declined(state)
    others = [seat.id for seat in state.seats() if seat.role is not Role.CANDIDATE
              and (seat.id, None) not in state.replaced and seat not in gone]
    wanted = (*candidates, *others, BODY_TOLD) if to_come else ()
    return tuple(one for one in wanted if not arrives(state, one))


# When and where somebody is expected


def examined_at(state: SessionState, seat: SeatId) -> Hearing | None:
    """A candidate's own hearing."""
    return next((one for one in state.hearings.values() if one.candidate.id == seat), None)


def attended(state: SessionState, seat: SeatId) -> Hearing | None:
    """The hearing that a candidate or an aid attends; None for whoever attends the whole day."""
    return next((one for one in state.hearings.values()
                 if seat in (one.candidate.id, *(aid.id for aid in one.aids))), None)


def on_the_day(state: SessionState) -> tuple[Hearing, ...]:
    """What the day is made of: every hearing but those that are cancelled."""
    return tuple(one for one in state.hearings.values() if one.phase is not Phase.CANCELLED)


def hour_for(state: SessionState, seat: SeatId) -> int | None:
    """When somebody is wanted: the candidate and their aid for their hearing, everybody else for the first of the
    day. None where nobody is to be examined."""
    own = attended(state, seat)
    if own is not None:
        return own.starts_at
    return min((one.starts_at for one in on_the_day(state)), default=None)


def expected_at(state: SessionState, seat: Seat) -> tuple[str, int] | None:
    """The day and the hour at which somebody is expected; None where they are not, where their hearing (all hearings,
    for who attends the whole day) waits for another day, or is not held at all."""
    own, hour = attended(state, seat.id), hour_for(state, seat.id)
    gone = seat not in state.seats() or (seat.id, None) in state.replaced
    of_theirs = (own,) if own is not None else on_the_day(state)
    if gone or hour is None or all(one.phase in NOT_THEN for one in of_theirs):
        return None
    return state.date, hour


def mode_of(state: SessionState, own: Hearing | None) -> Mode:
    """X13: how somebody attends: their hearing as it is held; the whole day (`own` is None), as its hearings are."""
    modes = {one.mode for one in ((own,) if own is not None else on_the_day(state))}
    if modes <= {"remote"}:
        return "remote"
    return "on_site" if modes == {"on_site"} else "mixed"


@dataclass(frozen=True)
class Whereabouts:
    """`place` is the keyed digest of what was written of it; None for whoever attends from afar."""

    mode: Mode
    place: str | None


def whereabouts(state: SessionState, seat: SeatId) -> Whereabouts:
    mode = mode_of(state, attended(state, seat))
    return Whereabouts(mode, state.place.digest if state.place is not None and mode != "remote" else None)


@rule("R4.4", permits=())
def to_tell_where(before: SessionState, after: SessionState) -> tuple[SeatId, ...]:
    """Those who know of an hour that stays, and now attend in another way or at another place: what they were told is
    told again. Not of what has begun or is over, nor to those whom a new notice will tell it."""
    return tuple(
        seat.id for seat in after.seats()
        if _knows_its_hour(after, seat.id) and expected_at(before, seat) == expected_at(after, seat) is not None
        and whereabouts(before, seat.id) != whereabouts(after, seat.id))


def _knows_its_hour(state: SessionState, seat: SeatId) -> bool:
    own, examined = attended(state, seat), examined_at(state, seat)
    of_theirs = (own,) if own is not None else on_the_day(state)
    to_come = any(one.phase in TO_CALL and one.admission == "admitted" for one in of_theirs)
    agreed = examined is not None and has_agreed_to_move(state, examined)
    return to_come and (standing(state, seat) is not None or agreed)


def told_where(before: SessionState, after: SessionState, at: int) -> SessionState:
    """`after`, with what is told again noted."""
    for seat in to_tell_where(before, after):
        after = changed(after, seat, changed_at=at)
    return after


# What is kept of a notice


def with_notice(state: SessionState, seat: SeatId, notice: Notice) -> SessionState:
    hearing = examined_at(state, seat)
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
        hearing = examined_at(state, seat)
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


@rule("R4.2", permits=False)
def awaits_acknowledgement(state: SessionState, seat: SeatId) -> bool:
    """Whether a candidate has a notice for the hour as it is now, and has not said so."""
    hearing, notice = examined_at(state, seat), standing(state, seat)
    scheduled = hearing is not None and hearing.phase is Phase.SCHEDULED
    return scheduled and notice is not None and notice.acknowledged_at is None


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
