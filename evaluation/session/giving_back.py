"""Time that a failure took, given back by the president: as it was measured, or another figure in words (X9)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.deadlines import PARIS
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.cuts import SECOND, Cut, GivenBack, seconds_begun
from evaluation.session.gates import check_phase
from evaluation.session.phases import TIMED, in_minutes
from evaluation.session.state import Hearing, SessionState
from evaluation.slots import local

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class GiveBackTime:
    """X9: time lost before the pause, given back. `cut` is the journal's position of the cut that it is for; None: what
    no clock measured, which `words` explain, as any other figure than the one measured."""

    hearing: HearingId
    seconds: int
    words: Words | None = None
    cut: int | None = None


@TOPIC.event("session.time_given_back")
@dataclass(frozen=True)
class TimeGivenBack:
    """`measured` is what the cut took of the candidate's time, in seconds."""

    hearing: HearingId
    seconds: int
    words: Words | None
    cut: int | None = None
    measured: int | None = None


@TOPIC.decides(GiveBackTime)
def give_back(state: SessionState, command: GiveBackTime, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TIMED)
    cut = find_cut(hearing, command.cut) if command.cut is not None else None
    measured = cut.measured if cut is not None else None
    check_figure(measured, command)
    check_has_run(hearing, command, measured or 0, asked.now)
    return (TimeGivenBack(command.hearing, command.seconds, command.words, command.cut, measured),)


def find_cut(hearing: Hearing, position: int) -> Cut:
    """The cut of this phase that is over, and for which nothing was given back."""
    cut = next((one for one in hearing.cuts if one.position == position), None)
    if cut is None:
        raise Refusal("X9", N_("Cette coupure n’est pas de cette épreuve."))
    check_of_this_phase(hearing, cut)
    check_over(cut)
    check_once(cut)
    return cut


@rule("X9")
def check_of_this_phase(hearing: Hearing, cut: Cut) -> None:
    """A phase that is over gets no longer."""
    if (cut.phase, cut.attempt) != (hearing.phase, hearing.attempt):
        raise Refusal("X9", N_("L’étape pendant laquelle la ligne a été coupée à {at} est terminée : le temps ne peut "
                               "plus y être rendu. Dites-le dans un incident."), at=_hour(cut.at))


@rule("X9")
def check_over(cut: Cut) -> None:
    if cut.ended is None:
        raise Refusal("X9", N_("La coupure de {at} dure encore : le temps se rend quand elle est finie. En attendant, "
                               "arrêtez l’horloge."), at=_hour(cut.at))


@rule("X9")
def check_once(cut: Cut) -> None:
    """Once for each cut."""
    if cut.given is not None:
        raise Refusal("X9", N_("Du temps a déjà été rendu pour la coupure de {at} : {given}. Une coupure se décide une "
                               "seule fois."), at=_hour(cut.at), given=in_minutes(cut.given.seconds * SECOND))


@rule("X9")
def check_figure(measured: int | None, command: GiveBackTime) -> None:
    """What the clock measured needs no word; another figure, or one that no clock measured, is explained."""
    if command.words is not None:
        return
    if measured is None:
        raise Refusal("X9", N_("Aucune coupure n’a mesuré ce temps : écrivez pourquoi vous le rendez."))
    if command.seconds != measured:
        raise Refusal("X9", N_("La coupure a pris {measured}. Pour rendre une autre durée, écrivez pourquoi."),
                      measured=in_minutes(measured * SECOND))


@rule("X9")
def check_has_run(hearing: Hearing, command: GiveBackTime, measured: int, now: int) -> None:
    """No more than what has run of the phase, or than what was measured: there each second begun counts. Nothing at all
    is an answer to a cut alone."""
    clock = hearing.clock
    ran = clock.elapsed(now) - clock.given_back if clock else 0
    least = 1 if command.cut is None else 0
    if not least <= command.seconds <= max(seconds_begun(ran), measured):
        raise Refusal("X9", N_("On ne peut rendre que du temps déjà écoulé dans cette étape."))


def _hour(at: int) -> str:
    then = local(at, PARIS.key)
    return f"{then.hour} h {then.minute:02d}"


@TOPIC.evolves(TimeGivenBack)
def given_back(state: SessionState, event: TimeGivenBack, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    if hearing.clock is None:
        return state
    clock = replace(hearing.clock, given_back=hearing.clock.given_back + event.seconds * SECOND)
    # The end is further away again: what lies ahead once more is announced once more.
    announced = tuple(mark for mark in clock.announced if clock.remaining(happened.at) <= mark * SECOND)
    given = GivenBack(event.seconds, event.measured or 0, event.words, happened.at)
    cuts = tuple(replace(one, given=given) if one.position == event.cut else one for one in hearing.cuts)
    return state.with_hearing(replace(hearing.with_clock(replace(clock, announced=announced)), cuts=cuts))
