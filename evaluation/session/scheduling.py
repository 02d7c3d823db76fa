"""Hours that change, before anything has begun: hearings moved, put in another order, put off for a late arrival,
cancelled (R4.4).

Before the notice the organizer moves freely. After it a move has a reason, everybody is told, and the candidate has
agreed or still gets a new notice in time. On the day itself hours move with a reason. What has begun is not moved.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from evaluation.deadlines import day_of, notice_due
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.adding import check_hour
from evaluation.session.hearing_parts import MoveAgreed
from evaluation.session.lengths import slot_of
from evaluation.session.notice_rules import told_where
from evaluation.session.phases import TO_CALL, Phase
from evaluation.session.planning import check_not_past, date_of
from evaluation.session.state import Hearing, SessionState
from evaluation.slots import MINUTE

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class AgreeToMove:
    """The candidate agrees to be examined on a day (YYYY-MM-DD) without the whole delay of a notice; `words`: how they
    said so."""

    hearing: HearingId
    date: str
    words: Words


@TOPIC.command
@dataclass(frozen=True)
class MoveHearing:
    """`starts_at` in ms since the epoch. `words` say why, once the notice is given."""

    hearing: HearingId
    starts_at: int
    words: Words | None = None


@TOPIC.command
@dataclass(frozen=True)
class ReorderHearings:
    """These hearings take one another's hours, in this order; each as much later as the one before it lasts longer."""

    hearings: tuple[HearingId, ...]
    words: Words | None = None


@TOPIC.command
@dataclass(frozen=True)
class PutOffHearing:
    """Somebody arrives late: this hearing begins so many minutes later, and those after it that it runs into."""

    hearing: HearingId
    minutes: int
    words: Words | None = None


@TOPIC.command
@dataclass(frozen=True)
class CancelHearing:
    """The hearing is not held, now or later."""

    hearing: HearingId
    words: Words | None = None


@TOPIC.event("session.move_agreed")
@dataclass(frozen=True)
class MoveAgreedTo:
    hearing: HearingId
    date: str
    words: Words


@TOPIC.event("session.hearing_moved")
@dataclass(frozen=True)
class HearingMoved:
    hearing: HearingId
    starts_at: int
    words: Words | None


@TOPIC.event("session.hearing_cancelled")
@dataclass(frozen=True)
class HearingCancelled:
    hearing: HearingId
    words: Words | None


# One hearing


@TOPIC.decides(AgreeToMove)
def agree(state: SessionState, command: AgreeToMove, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_not_begun(hearing)
    check_not_past(date_of(command.date), day_of(asked.now))
    return (MoveAgreedTo(command.hearing, command.date, command.words),)


@TOPIC.evolves(MoveAgreedTo)
def agreed(state: SessionState, event: MoveAgreedTo, happened: Happened) -> SessionState:
    found = MoveAgreed(event.date, event.words, happened.at)
    return state.with_hearing(replace(state.hearing(event.hearing), move_agreed=found))


@TOPIC.decides(MoveHearing)
def move(state: SessionState, command: MoveHearing, asked: Asked) -> tuple[object, ...]:
    """Nothing, where the hearing begins then already."""
    hearing = state.hearing(command.hearing)
    return _moved(state, {hearing.id: command.starts_at}, command.words, asked)


def _moved(state: SessionState, starts: Mapping[HearingId, int], words: Words | None, asked: Asked
           ) -> tuple[object, ...]:
    """Each that begins at another hour than before."""
    found = [(state.hearing(one), at) for one, at in starts.items() if state.hearing(one).starts_at != at]
    for hearing, at in found:
        check_not_begun(hearing)
        if hearing.phase is Phase.SCHEDULED:  # what waits for another day takes any
            check_hour(state, at)
        check_not_past(day_of(at), day_of(asked.now))
        check_may_move(state, hearing, day_of(at), words, day_of(asked.now))
    return tuple(HearingMoved(hearing.id, at, words) for hearing, at in found)


@rule("R4.4")
def check_not_begun(hearing: Hearing) -> None:
    """What has begun is stopped by the president, and what is interrupted may be given its hour."""
    if hearing.phase not in TO_CALL:
        raise Refusal("R4.4", N_("Cette épreuve a commencé, ou elle est terminée : elle ne se déplace plus. C’est à la "
                                 "personne qui préside le jury de l’interrompre."))


@rule("R4.4")
def check_may_move(state: SessionState, hearing: Hearing, to: date, words: Words | None, today: date) -> None:
    """Freely before the notice. After it there is a reason, and the candidate has agreed to the day, or a new notice
    still comes in time; on the day itself the reason is enough."""
    if hearing.notice is None:
        return
    check_reason(hearing, words)
    on_the_day = today == to == date_of(hearing.notice.date)
    has_agreed = hearing.move_agreed is not None and date_of(hearing.move_agreed.date) == to
    if not on_the_day and not has_agreed and today > notice_due(state.framework, to):
        raise Refusal(
            "R4.4",
            N_("La convocation est partie, et une nouvelle ne viendrait plus à temps pour le {date}. Choisissez un "
               "jour plus lointain, ou enregistrez d’abord l’accord du candidat."),
            date=to.isoformat())


@rule("R4.4")
def check_reason(hearing: Hearing, words: Words | None) -> None:
    if hearing.notice is not None and words is None:
        raise Refusal("R4.4", N_("La convocation est partie : écrivez pourquoi, chacun sera prévenu."))


@TOPIC.evolves(HearingMoved)
def moved(state: SessionState, event: HearingMoved, happened: Happened) -> SessionState:
    return state.with_hearing(replace(state.hearing(event.hearing), starts_at=event.starts_at))


# Several, on the day


@TOPIC.decides(ReorderHearings)
def reorder(state: SessionState, command: ReorderHearings, asked: Asked) -> tuple[object, ...]:
    if len(set(command.hearings)) != len(command.hearings):
        raise Refusal("R4.4", N_("Une épreuve y est deux fois."))
    found = [state.hearing(one) for one in command.hearings]
    hours = sorted(one.starts_at for one in found)
    starts, free_at = dict[HearingId, int](), 0
    for hearing, hour in zip(found, hours, strict=True):
        starts[hearing.id] = max(hour, free_at)
        free_at = _free_after(state, hearing, starts[hearing.id])
    return _moved(state, starts, command.words, asked)


@TOPIC.decides(PutOffHearing)
def put_off(state: SessionState, command: PutOffHearing, asked: Asked) -> tuple[object, ...]:
    late = state.hearing(command.hearing)
    check_later(command.minutes)
    starts = {late.id: late.starts_at + command.minutes * MINUTE}
    free_at = _free_after(state, late, starts[late.id])
    for one in _to_hold_after(state, late):
        if one.starts_at >= free_at:
            break
        starts[one.id] = free_at
        free_at = _free_after(state, one, free_at)
    return _moved(state, starts, command.words, asked)


@rule("R4.4")
def check_later(minutes: int) -> None:
    if minutes < 1:
        raise Refusal("R4.4", N_("Dites de combien de minutes l’épreuve commence plus tard."))


def _to_hold_after(state: SessionState, hearing: Hearing) -> Iterable[Hearing]:
    coming = (one for one in state.hearings.values() if one.phase is Phase.SCHEDULED
              and (one.starts_at, one.id) > (hearing.starts_at, hearing.id))
    return sorted(coming, key=lambda one: (one.starts_at, one.id))


def _free_after(state: SessionState, hearing: Hearing, starts_at: int) -> int:
    """When the jury is free after the hearing and its break, were it to begin then."""
    ends_at = slot_of(state, replace(hearing, starts_at=starts_at)).ends_at
    return ends_at + state.framework.planning.break_minutes * MINUTE


# Cancelled


@TOPIC.decides(CancelHearing)
def cancel(state: SessionState, command: CancelHearing, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_not_begun(hearing)
    check_never_begun(hearing)
    check_reason(hearing, command.words)
    return (HearingCancelled(command.hearing, command.words),)


@rule("R4.4")
def check_never_begun(hearing: Hearing) -> None:
    if hearing.phase is Phase.ADJOURNED:
        raise Refusal("R4.4", N_("Cette épreuve a commencé et attend d’être reprise : c’est à la personne qui préside "
                                 "le jury de l’arrêter."))


@TOPIC.evolves(HearingCancelled)
def cancelled(state: SessionState, event: HearingCancelled, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return told_where(state, state.with_ended(replace(hearing, phase=Phase.CANCELLED, waiting=False)), happened.at)
