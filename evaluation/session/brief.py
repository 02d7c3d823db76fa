"""The brief (cahier des charges): written by the provider, adopted by the jury, then published to the candidates, who
have their months for the portfolio from then on (R4.1)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from evaluation.deadlines import day_of, due
from evaluation.framework import Framework
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, SeatId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.hearing_parts import BriefAnswer, BriefVersion, Document, ShorterDelay
from evaluation.session.phases import OVER
from evaluation.session.shown_papers import deadline_passed
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()
ADOPTS = 2
"""Of the three who sit: what asks for no consensus, two of them decide, as on who presides (R3.1)."""


@TOPIC.command
@dataclass(frozen=True)
class WriteBrief:
    """A version of the brief was taken in; the file itself lies encrypted outside the journal under `document`."""

    document: str
    digest: str
    pages: int


@TOPIC.command
@dataclass(frozen=True)
class AnswerBrief:
    """A juror adopts the newest version, or says in words what has to change first."""

    document: str
    adopted: bool
    words: Words | None = None


@TOPIC.command
@dataclass(frozen=True)
class PublishBrief:
    """The adopted version goes to the candidates, with the last day for the portfolio. `words`: why it leaves them less
    than the framework's months."""

    document: str
    deadline: date
    words: Words | None = None


@TOPIC.command
@dataclass(frozen=True)
class RecordShorterDelay:
    """The candidate agreed to hand in by this day, though that is sooner than the framework's months: how, in words."""

    hearing: HearingId
    deadline: date
    words: Words


@TOPIC.event("session.brief_written")
@dataclass(frozen=True)
class BriefWritten:
    document: str
    digest: str
    pages: int


@TOPIC.event("session.brief_answered")
@dataclass(frozen=True)
class BriefAnswered:
    document: str
    adopted: bool
    words: Words | None


@TOPIC.event("session.brief_published")
@dataclass(frozen=True)
class BriefPublished:
    document: str
    deadline: date
    words: Words | None


@TOPIC.event("session.shorter_delay_recorded")
@dataclass(frozen=True)
class ShorterDelayRecorded:
    hearing: HearingId
    deadline: date
    words: Words


# Written and adopted -----------------------------------------------------------------------------------------------


@TOPIC.decides(WriteBrief)
def write(state: SessionState, command: WriteBrief, asked: Asked) -> tuple[object, ...]:
    check_still_open(state, asked.now)
    return (BriefWritten(command.document, command.digest, command.pages),)


@rule("R4.1")
def check_still_open(state: SessionState, now: int) -> None:
    """Once the portfolios were due, what they answered to changes no more."""
    if deadline_passed(state, now):
        raise Refusal("R4.1", N_("La date limite des livrets est passée : le cahier des charges ne change plus."))


@TOPIC.evolves(BriefWritten)
def written(state: SessionState, event: BriefWritten, happened: Happened) -> SessionState:
    document = Document(event.document, "brief", event.digest, event.pages, happened.at, happened.actor)
    return replace(state, briefs=(*state.briefs, BriefVersion(document, happened.position)))


@TOPIC.decides(AnswerBrief)
def answer(state: SessionState, command: AnswerBrief, asked: Asked) -> tuple[object, ...]:
    check_newest(state, command.document)
    brief = state.briefs[-1]
    if brief.adopted_at is not None:
        raise Refusal("R4.1", N_("Le jury a déjà adopté ce cahier des charges."))
    check_explained(command)
    return (BriefAnswered(command.document, command.adopted, command.words),)


@rule("R4.1")
def check_newest(state: SessionState, document: str) -> None:
    """Answered and published is the version written last: nobody adopts what has been replaced meanwhile."""
    if not state.briefs or state.briefs[-1].document.id != document:
        raise Refusal("R4.1", N_("Une nouvelle version du cahier des charges a été écrite depuis : ouvrez-la."))


@rule("R4.1")
def check_explained(command: AnswerBrief) -> None:
    """Who does not adopt it says what has to change."""
    if not command.adopted and command.words is None:
        raise Refusal("R4.1", N_("Écrivez ce qui doit changer dans le cahier des charges avant d’être adopté."))


@TOPIC.evolves(BriefAnswered)
def answered(state: SessionState, event: BriefAnswered, happened: Happened) -> SessionState:
    brief = state.briefs[-1]
    given = BriefAnswer(event.adopted, event.words, happened.at)
    brief = replace(brief, answers={**brief.answers, happened.actor: given})
    if adopted(state, brief):
        brief = replace(brief, adopted_at=happened.at)
    return _with(state, brief)


@rule("R4.1", permits=True)
def adopted(state: SessionState, brief: BriefVersion) -> bool:
    """By two of those who sit on the day. A substitute who comes later reopens nothing: it stays adopted."""
    sit = {seat.id for seat in state.jurors_sitting(None)}
    return sum(1 for seat, given in brief.answers.items() if given.adopted and seat in sit) >= ADOPTS


@rule("R4.1", permits=False)
def awaits_answer(state: SessionState, juror: SeatId) -> bool:
    """Whether a juror has still to answer to the newest version of the brief: nobody has, once it is adopted."""
    newest = state.briefs[-1] if state.briefs else None
    if newest is None or newest.adopted_at is not None:
        return False
    return juror not in newest.answers and state.sits(juror, None)


def _with(state: SessionState, brief: BriefVersion) -> SessionState:
    return replace(state, briefs=(*state.briefs[:-1], brief))


# Published ---------------------------------------------------------------------------------------------------------


@TOPIC.decides(PublishBrief)
def publish(state: SessionState, command: PublishBrief, asked: Asked) -> tuple[object, ...]:
    check_newest(state, command.document)
    brief = state.briefs[-1]
    check_adopted(brief)
    check_still_open(state, asked.now)
    check_later(state, brief, command.deadline)
    check_before_the_day(state, command.deadline, day_of(asked.now))
    given_on = day_of(brief.published_at if brief.published_at is not None else asked.now)
    check_months(state, command, given_on)
    return (BriefPublished(command.document, command.deadline, command.words),)


@rule("R4.1")
def check_adopted(brief: BriefVersion) -> None:
    """The brief is given by the jury: candidates are given what it adopted."""
    if brief.adopted_at is None:
        raise Refusal("R4.1", N_("Deux jurés sur les trois doivent d’abord adopter le cahier des charges."))


@rule("R4.1")
def check_later(state: SessionState, brief: BriefVersion, deadline: date) -> None:
    """A version that is published may get a later day, another version the same; candidates are never left less than
    they were promised."""
    promised, again = state.deadline, brief.published_at is not None
    if promised is not None and (deadline < promised or (again and deadline == promised)):
        raise Refusal(
            "R4.1", N_("Un cahier des charges est déjà publié : la date limite ne peut être que reculée."))


@rule("R4.1")
def check_before_the_day(state: SessionState, deadline: date, today: date) -> None:
    """The portfolio is due after today and before the day, so that the jury has read it."""
    if not today < deadline < date.fromisoformat(state.date):
        raise Refusal(
            "R4.1", N_("La date limite des livrets est après aujourd’hui et avant le jour de la session ({day})."),
            day=state.date)


@rule("R4.1", "X6", permits=date.min)
def earliest_deadline(framework: Framework, published_on: date) -> date:
    """The first day that leaves candidates the framework's months from the publication."""
    delays = framework.delays
    return due(published_on, months=delays.brief_months, move_off_holidays=delays.move_off_holidays)


@rule("R4.1")
def check_months(state: SessionState, command: PublishBrief, published_on: date) -> None:
    """Sooner than that only with a reason and the recorded agreement of each candidate on the list, as a notice (R4.2).
    """
    earliest = earliest_deadline(state.framework, published_on)
    if command.deadline >= earliest:
        return
    lacking = without_agreement(state, command.deadline)
    if lacking or not any(one.phase not in OVER for one in state.hearings.values()):
        raise Refusal(
            "R4.1",
            N_("Les candidats ont {months} mois à partir de la publication : la date limite est au plus tôt le "
               "{earliest}. Plus tôt, il faut l’accord consigné de chacun ; il en manque {lacking}."),
            months=state.framework.delays.brief_months, earliest=earliest.isoformat(), lacking=len(lacking))
    if command.words is None:
        raise Refusal("R4.1", N_("Écrivez pourquoi les candidats ont moins de temps que prévu."))


def without_agreement(state: SessionState, deadline: date) -> tuple[HearingId, ...]:
    """The candidates still to be examined who have not agreed to hand in as soon as this."""
    return tuple(
        one.id for one in state.hearings.values()
        if one.phase not in OVER and (one.shorter_delay is None or one.shorter_delay.deadline > deadline))


@rule("R4.1", "R4.2", permits=False)
def lacks_months(state: SessionState, hearing: Hearing) -> bool:
    """Whether a candidate who was put on the list after the publication has less than the framework's months from then
    on, and has not agreed to that."""
    brief, deadline = state.brief, state.deadline
    if brief is None or brief.published_at is None or deadline is None or hearing.added_at <= brief.published_at:
        return False
    return hearing.shorter_delay is None and deadline < earliest_deadline(state.framework, day_of(hearing.added_at))


def check_has_months(state: SessionState, hearing: Hearing) -> None:
    """Raises Refusal."""
    if lacks_months(state, hearing):
        raise Refusal(
            "R4.1", N_("Ce candidat est inscrit depuis la publication du cahier des charges, et a moins de {months} "
                       "mois pour son livret : consignez d’abord son accord, avec ses documents."),
            months=state.framework.delays.brief_months)


@TOPIC.evolves(BriefPublished)
def published(state: SessionState, event: BriefPublished, happened: Happened) -> SessionState:
    brief = state.briefs[-1]
    first = brief.published_at if brief.published_at is not None else happened.at
    return replace(_with(state, replace(brief, published_at=first)), deadline=event.deadline)


@TOPIC.decides(RecordShorterDelay)
def record_shorter_delay(state: SessionState, command: RecordShorterDelay, asked: Asked) -> tuple[object, ...]:
    state.hearing(command.hearing)
    check_before_the_day(state, command.deadline, day_of(asked.now))
    return (ShorterDelayRecorded(command.hearing, command.deadline, command.words),)


@TOPIC.evolves(ShorterDelayRecorded)
def shorter_delay_recorded(state: SessionState, event: ShorterDelayRecorded, happened: Happened) -> SessionState:
    agreed = ShorterDelay(event.deadline, event.words, happened.at)
    return state.with_hearing(replace(state.hearing(event.hearing), shorter_delay=agreed))
