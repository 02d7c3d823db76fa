"""A registration that may be somebody under a bar is examined by the awarding body, within the framework's working days
(R6.6). The server says which bars are possible; people say whether it is the same person."""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.body.quoted_bars import ended_bar, quoted_bar
from evaluation.candidacy import access
from evaluation.candidacy.state import KIND, CandidacyState
from evaluation.candidacy.terms import Admission, Cause, Examination
from evaluation.candidacy.withholding import disqualified
from evaluation.codec import FieldError, decode
from evaluation.deadlines import bar_match_due, day_of, end_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform, over
from evaluation.people import Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

EXAMINING = Topic()
ADMISSION = "candidacy.admission_changed"
"""The event that is quoted for whether a candidate who is planned can be examined."""


@EXAMINING.command
@dataclass(frozen=True)
class OpenExamination:
    """Bars that were set after the registration. Written by the server."""

    bars: tuple[Quote, ...]


@EXAMINING.command
@dataclass(frozen=True)
class DecideMatch:
    """Whether the person under this bar (`bar` quotes that it was set) is the candidate. A later answer stands in the
    place of an earlier one."""

    bar: Quote
    same: bool
    words: Words
    office: Quote


@EXAMINING.command
@dataclass(frozen=True)
class EndExamination:
    """`ended` quotes that a bar was lifted. Written by the server."""

    ended: Quote


@EXAMINING.command
@dataclass(frozen=True)
class CloseExaminations:
    """Of bars whose last day is over. Written by the clockwork."""


@EXAMINING.event("candidacy.examination_opened")
@dataclass(frozen=True)
class ExaminationOpened:
    """`due` is the last day on which it is decided in time."""

    bars: tuple[Quote, ...]
    due: date
    cause: Cause


@EXAMINING.event("candidacy.match_decided")
@dataclass(frozen=True)
class MatchDecided:
    bar: Quote
    same: bool
    words: Words
    office: Quote


@EXAMINING.event("candidacy.examination_ended")
@dataclass(frozen=True)
class ExaminationEnded:
    """The bar was lifted: it keeps nobody from presenting the certification."""

    ended: Quote


@EXAMINING.event("candidacy.examinations_closed")
@dataclass(frozen=True)
class ExaminationsClosed:
    """The last day of these bars is over, likewise."""

    bars: tuple[str, ...]


@EXAMINING.event(ADMISSION)
@dataclass(frozen=True)
class AdmissionChanged:
    """What follows from the others for the registration. It says nothing of a bar: a session's journal quotes it."""

    admission: Admission


# Opened


def opened(body: str, days: int, possible: tuple[Quote, ...], known: Collection[str], cause: Cause, today: date
           ) -> tuple[ExaminationOpened, ...]:
    """What follows from bars that are possible: nothing where there are none that are not `known` yet. Raises Refusal.
    """
    for one in possible:
        access.check_same_body(one, body)
        check_possible(one, today)
    new = tuple(one for one in possible if quoted_bar(one).bar not in known)
    return (ExaminationOpened(new, bar_match_due(days, today), cause),) if new else ()


@rule("R6.6")
def check_possible(quote: Quote, today: date) -> None:
    """A bar that is over is nobody's to be examined for."""
    bar = quoted_bar(quote)
    if not bar.decided_on <= today <= bar.until:
        raise Refusal("R6.6", N_("L’interdiction citée ne court pas aujourd’hui."))


@EXAMINING.decides(OpenExamination)
def open_examination(state: CandidacyState, command: OpenExamination, asked: Asked) -> tuple[Any, ...]:
    """Of a past candidacy, of somebody who withdrew, is disqualified, or whom a jury has ruled on, nothing is examined
    any more."""
    check_by_the_platform(asked.actor)
    if state.registration is None or state.withdrawn is not None or state.standing() or disqualified(state):
        return ()
    days = state.certification.bar_match_days
    return with_admission(
        state, opened(state.body, days, command.bars, state.examinations, "barred", day_of(asked.now)), asked)


@EXAMINING.evolves(ExaminationOpened)
def now_examined(state: CandidacyState, event: ExaminationOpened, happened: Happened) -> CandidacyState:
    new = {quoted_bar(one).bar: Examination(one, happened.position, happened.at, event.due, event.cause)
           for one in event.bars}
    return replace(state, examinations={**state.examinations, **new})


# Decided


@EXAMINING.decides(DecideMatch)
def decide_match(state: CandidacyState, command: DecideMatch, asked: Asked) -> tuple[Any, ...]:
    access.check_records(state, command.office, asked)
    access.check_same_body(command.bar, state.body)
    check_to_decide(state, command)
    return with_admission(
        state, (MatchDecided(command.bar, command.same, command.words, command.office),), asked)


@rule("R6.6")
def check_to_decide(state: CandidacyState, command: DecideMatch) -> None:
    """Of a candidate who presents themself, and not twice the same."""
    found = state.examinations.get(quoted_bar(command.bar).bar)
    if found is None or state.withdrawn is not None:
        raise Refusal("R6.6", N_("Cette inscription n’est pas à rapprocher de cette interdiction."))
    if found.same is command.same:
        raise Refusal("R6.6", N_("Cette réponse est déjà enregistrée."))


@EXAMINING.evolves(MatchDecided)
def match_decided(state: CandidacyState, event: MatchDecided, happened: Happened) -> CandidacyState:
    bar = quoted_bar(event.bar).bar
    one = replace(state.examinations[bar], same=event.same, words=event.words, decided_at=happened.at,
                  by=happened.actor)
    return replace(state, examinations={**state.examinations, bar: one})


# Ended with its bar


@EXAMINING.decides(EndExamination)
def end_examination(state: CandidacyState, command: EndExamination, asked: Asked) -> tuple[Any, ...]:
    check_by_the_platform(asked.actor)
    access.check_same_body(command.ended, state.body)
    if ended_bar(command.ended) not in state.examinations:
        return ()
    return with_admission(state, (ExaminationEnded(command.ended),), asked)


@EXAMINING.evolves(ExaminationEnded)
def examination_ended(state: CandidacyState, event: ExaminationEnded, _happened: Happened) -> CandidacyState:
    return _without(state, (ended_bar(event.ended),))


def _without(state: CandidacyState, gone: Collection[str]) -> CandidacyState:
    return replace(state, examinations={bar: one for bar, one in state.examinations.items() if bar not in gone})


@rule("R6.6", permits={})
def last_days(state: CandidacyState) -> Mapping[str, date]:
    """The last day of each bar that is, or may be, this candidate's."""
    return {bar: quoted_bar(one.bar).until for bar, one in state.examinations.items() if one.same is not False}


def next_due(state: CandidacyState, _now: int) -> int | None:
    """When the next of these bars is over (ms since the epoch)."""
    return min(map(end_of, last_days(state).values()), default=None)


def due_commands(state: CandidacyState, now: int) -> tuple[CloseExaminations, ...]:
    due = next_due(state, now)
    return (CloseExaminations(),) if due is not None and due <= now else ()


@EXAMINING.decides(CloseExaminations)
def close_examinations(state: CandidacyState, _command: CloseExaminations, asked: Asked) -> tuple[Any, ...]:
    check_by_the_platform(asked.actor)
    gone = tuple(bar for bar, until in sorted(last_days(state).items()) if over(until, day_of(asked.now)))
    return with_admission(state, (ExaminationsClosed(gone),), asked) if gone else ()


@EXAMINING.evolves(ExaminationsClosed)
def examinations_closed(state: CandidacyState, event: ExaminationsClosed, _happened: Happened) -> CandidacyState:
    return _without(state, event.bars)


# What it means for the registration


def examined(state: CandidacyState) -> bool:
    """Whether some match is still to be decided."""
    return any(one.same is None for one in state.examinations.values())


def found_barred(state: CandidacyState) -> bool:
    """Whether the candidate was found to be under a bar."""
    return any(one.same for one in state.examinations.values())


@rule("R6.6", permits=True)
def admitted(state: CandidacyState) -> bool:
    """Whether the registration can be relied on: nothing is left to decide, and nothing keeps the candidate away."""
    return not examined(state) and not found_barred(state)


def admission(state: CandidacyState) -> Admission:
    if admitted(state):
        return "admitted"
    return "not_admitted" if found_barred(state) else "examined"


def with_admission(state: CandidacyState, events: tuple[Any, ...], asked: Asked) -> tuple[Any, ...]:
    """The events of an act of this topic, and, where the registration can be relied on otherwise after them, that."""
    after = state
    for one in events:
        after = EXAMINING.evolvers[type(one)](after, one, Happened(asked.actor, asked.now, state.position))
    changed = admission(after)
    return events if changed == admission(state) else (*events, AdmissionChanged(changed))


@EXAMINING.evolves(AdmissionChanged)
def told(state: CandidacyState, _event: AdmissionChanged, _happened: Happened) -> CandidacyState:
    """It follows from the examinations."""
    return state


# Shown in another stream


def quoted(quote: Quote) -> Admission:
    """What was found of a registration. Refusal for a quote of anything else."""
    if (quote.kind, quote.event) != (KIND, ADMISSION):
        raise Refusal("R6.6", N_("Ce qui est cité ne dit pas si une inscription est admise."))
    try:
        return decode(AdmissionChanged, dict(quote.data)).admission
    except FieldError as error:
        raise Refusal("R6.6", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None
