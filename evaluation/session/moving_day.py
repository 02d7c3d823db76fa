"""The whole day moves to another, each hearing at its hour (R4.4): where the version of the framework, the provider's
agreement, the candidates' notices and what they keep still hold."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from evaluation.deadlines import PARIS, day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import runs
from evaluation.people import HearingId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.session.adding import day
from evaluation.session.notice_rules import check_agreement
from evaluation.session.phases import OVER, Phase
from evaluation.session.planning import check_not_past, date_of
from evaluation.session.scheduling import check_may_move
from evaluation.session.state import Hearing, SessionState
from evaluation.slots import local

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class MoveDay:
    """The whole day, each hearing at its hour. `agreement` quotes the provider's, in force on the new day (R1.7)."""

    date: str
    agreement: Quote
    words: Words | None = None


@TOPIC.event("session.day_moved")
@dataclass(frozen=True)
class DayMoved:
    date: str
    agreement: Quote
    words: Words | None
    starts: Mapping[HearingId, int]
    """When each hearing that is still to be held begins."""


@TOPIC.decides(MoveDay)
def move_day(state: SessionState, command: MoveDay, asked: Asked) -> tuple[object, ...]:
    to, today = date_of(command.date), day_of(asked.now)
    check_not_past(to, today)
    check_none_begun(state)
    check_papers_due(state, to)
    check_agreement(replace(state, date=command.date), command.agreement, asked.now)
    check_version_holds(state, to)
    if to == day(state):
        return ()
    coming = [one for one in state.hearings.values() if one.phase not in OVER]
    for one in coming:
        check_may_move(state, one, to, command.words, today)
        check_still_kept(one, to)
    starts = {one.id: _same_hour(one.starts_at, to) for one in coming}
    return (DayMoved(command.date, command.agreement, command.words, starts),)


@rule("R4.4")
def check_none_begun(state: SessionState) -> None:
    """Neither a hearing that was held or interrupted: then the day has begun, and what is left of it is moved alone."""
    if any(one.phase not in (Phase.SCHEDULED, Phase.CANCELLED) for one in state.hearings.values()):
        raise Refusal("R4.4", N_("La journée a commencé : ce qui reste à tenir se déplace épreuve par épreuve."))


@rule("R1.1")
def check_version_holds(state: SessionState, on: date) -> None:
    """The version of the framework that the session keeps is in force by the new day."""
    if on < date_of(state.in_force_since):
        raise Refusal("R1.1", N_("La version du référentiel de cette session n’est pas encore en vigueur ce jour-là."))


@rule("R4.1")
def check_papers_due(state: SessionState, to: date) -> None:
    """The candidates keep the whole time that was published for their portfolios."""
    if state.deadline is not None and to <= state.deadline:
        raise Refusal("R4.1", N_("Les livrets peuvent être fournis jusqu’au {date} : le jury siège après ce jour."),
                      date=state.deadline.isoformat())


@rule("X8")
def check_still_kept(hearing: Hearing, on: date) -> None:
    """What the candidate keeps from earlier juries is kept on the new day."""
    for one in hearing.kept:
        if not runs(one.ruled_on, one.until, on):
            raise Refusal("X8", N_("Le {date} {block} ne sera plus acquis pour l’un des candidats : choisissez un jour "
                                   "plus proche, ou corrigez son inscription."), date=on.isoformat(), block=one.block)


def _same_hour(at: int, to: date) -> int:
    then = datetime.combine(to, local(at, PARIS.key).time(), PARIS)
    return int(then.timestamp()) * 1000


@TOPIC.evolves(DayMoved)
def day_moved(state: SessionState, event: DayMoved, happened: Happened) -> SessionState:
    hearings = {one.id: replace(one, starts_at=event.starts.get(one.id, one.starts_at))
                for one in state.hearings.values()}
    # The jurors said that they would sit on the day before: they are asked anew.
    return replace(state, date=event.date, without_agreement=None, hearings=hearings, answers={})
