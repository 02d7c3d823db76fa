"""The evaluation jury is summoned in a dispute, and questioned in the sitting's own room, for so long (R3.9)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.sitting import access
from evaluation.sitting.state import Item, JurySummons, Questions, SittingState
from evaluation.sitting.terms import CandidacyId
from evaluation.sitting.who_sits import holder

QUESTIONING = Topic()


@QUESTIONING.command
@dataclass(frozen=True)
class SummonJury:
    """`at` is the hour. By the president, or by the clerk, who shows their office."""

    candidacy: CandidacyId
    at: int
    words: Words | None = None
    office: Quote | None = None


@QUESTIONING.command
@dataclass(frozen=True)
class OpenQuestions:
    candidacy: CandidacyId


@QUESTIONING.command
@dataclass(frozen=True)
class CloseQuestions:
    candidacy: CandidacyId


@QUESTIONING.event("sitting.jury_summoned")
@dataclass(frozen=True)
class JurySummoned:
    """`jurors` are those of the evaluation jury."""

    candidacy: CandidacyId
    at: int
    words: Words | None
    office: Quote | None
    jurors: tuple[str, ...]


@QUESTIONING.event("sitting.questions_opened")
@dataclass(frozen=True)
class QuestionsOpened:
    candidacy: CandidacyId


@QUESTIONING.event("sitting.questions_closed")
@dataclass(frozen=True)
class QuestionsClosed:
    """`seconds` it lasted, of these `over_seconds` beyond the framework's ceiling."""

    candidacy: CandidacyId
    seconds: int
    over_seconds: int


@QUESTIONING.decides(SummonJury)
def summon(state: SittingState, command: SummonJury, asked: Asked) -> tuple[Any, ...]:
    access.check_president_or_clerk(state, command.office, asked)
    item = state.item(command.candidacy)
    check_to_be_decided(state, item)
    check_there_is_a_jury(item)
    check_to_come(command.at, asked.now)
    return (JurySummoned(item.candidacy, command.at, command.words, command.office, item.recommended.jurors),)


@rule("R3.9")
def check_to_be_decided(state: SittingState, item: Item) -> None:
    if state.cancelled is not None or state.presented is not None or item.decided is not None:
        raise Refusal("R3.9", N_("Il est décidé à son sujet, ou la séance est finie : on n’interroge plus le jury "
                                 "d’évaluation."))


@rule("R3.9")
def check_there_is_a_jury(item: Item) -> None:
    if not item.recommended.jurors:
        raise Refusal("R3.9", N_("Aucun jury d’évaluation n’a entendu ce candidat."))


@rule("R3.9")
def check_to_come(at: int, now: int) -> None:
    if at < now:
        raise Refusal("R3.9", N_("L’heure à laquelle le jury d’évaluation vient est passée."))


@QUESTIONING.evolves(JurySummoned)
def summoned(state: SittingState, event: JurySummoned, happened: Happened) -> SittingState:
    item = state.agenda[event.candidacy]
    one = JurySummons(event.at, event.words, happened.at, happened.actor)
    return state.with_item(replace(item, summonses=(*item.summonses, one)), happened.position)


@QUESTIONING.decides(OpenQuestions)
def open_questions(state: SittingState, command: OpenQuestions, asked: Asked) -> tuple[Any, ...]:
    item = state.item(command.candidacy)
    access.check_presides_on(state, item, asked.actor)
    check_open(state)
    check_to_be_decided(state, item)
    check_summoned(state, item)
    return (QuestionsOpened(item.candidacy),)


@rule("R3.9")
def check_open(state: SittingState) -> None:
    if state.opened_at is None:
        raise Refusal("R3.9", N_("La séance n’est pas encore ouverte."))


@rule("R3.9")
def check_summoned(state: SittingState, item: Item) -> None:
    """The evaluation jury was asked to come, and one session is held at a time."""
    if not item.summonses:
        raise Refusal("R3.9", N_("Convoquez d’abord le jury d’évaluation de ce candidat."))
    if any(one.questioning is not None for one in state.agenda.values()):
        raise Refusal("R3.9", N_("Un échange de questions est en cours : terminez-le d’abord."))


@QUESTIONING.evolves(QuestionsOpened)
def opened(state: SittingState, event: QuestionsOpened, happened: Happened) -> SittingState:
    item = state.agenda[event.candidacy]
    return state.with_item(replace(item, questions=(*item.questions, Questions(happened.at))), happened.position)


@QUESTIONING.decides(CloseQuestions)
def close(state: SittingState, command: CloseQuestions, asked: Asked) -> tuple[Any, ...]:
    item = state.item(command.candidacy)
    check_may_close(state, item, asked)
    seconds = (asked.now - questioned(item).began_at) // 1000
    return (QuestionsClosed(item.candidacy, seconds, over_ceiling(item, seconds)),)


def check_may_close(state: SittingState, item: Item, asked: Asked) -> None:
    """Whoever presides on the candidate, or over the sitting: a place may have become empty meanwhile."""
    if asked.actor != holder(state, "president"):
        access.check_presides_on(state, item, asked.actor)


def questioned(item: Item) -> Questions:
    """The session that lasts. Refusal R3.9 where there is none."""
    if item.questioning is None:
        raise Refusal("R3.9", N_("Aucun échange de questions n’est en cours sur ce candidat."))
    return item.questioning


@rule("R3.9", permits=0)
def over_ceiling(item: Item, seconds: int) -> int:
    """The ceiling ends nothing: an overrun is written down."""
    return max(0, seconds - 60 * item.framework.sitting.questions_minutes)


@QUESTIONING.evolves(QuestionsClosed)
def closed(state: SittingState, event: QuestionsClosed, happened: Happened) -> SittingState:
    item = state.agenda[event.candidacy]
    last = replace(item.questions[-1], ended_at=happened.at, over_seconds=event.over_seconds)
    return state.with_item(replace(item, questions=(*item.questions[:-1], last)), happened.position)
