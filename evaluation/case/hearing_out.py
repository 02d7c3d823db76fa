"""The candidate answers in writing or asks to be heard. Their delay runs to its end unless they give it up themselves;
that it is over, and a silence, the clockwork writes (R7.2)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.case import access
from evaluation.case.case_parts import CandidateAnswer, HearingRequest
from evaluation.case.facts import check_still_open
from evaluation.case.stages import answer_until, answered_whole, delay_over_from, number_of, waits_to_be_heard
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import CandidacyId
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import Paper, Words
from evaluation.rules import N_, Refusal, rule

HEARING_OUT = Topic()


@HEARING_OUT.command
@dataclass(frozen=True)
class AnswerCaseNotice:
    """`number` is that of the notice its author had before them, 0 before any. `complete`: the candidate says that it
    is all they answer, and that they do not ask to be heard."""

    candidacy: CandidacyId
    number: int
    words: Words
    papers: tuple[Paper, ...] = ()
    complete: bool = False


@HEARING_OUT.command
@dataclass(frozen=True)
class AskToBeHeard:
    """`number` as in `AnswerCaseNotice`."""

    candidacy: CandidacyId
    number: int
    words: Words | None = None


@HEARING_OUT.command
@dataclass(frozen=True)
class RecordDelayOver:
    """The delay of the notice of this number is over. Written by the server."""

    candidacy: CandidacyId
    number: int


@HEARING_OUT.event("case.notice_answered")
@dataclass(frozen=True)
class CaseNoticeAnswered:
    """`late`: after the delay."""

    candidacy: CandidacyId
    words: Words
    papers: tuple[Paper, ...]
    late: bool
    number: int = 0
    complete: bool = False


@HEARING_OUT.event("case.hearing_asked")
@dataclass(frozen=True)
class AskedToBeHeard:
    candidacy: CandidacyId
    words: Words | None
    number: int = 0


@HEARING_OUT.event("case.no_answer_recorded")
@dataclass(frozen=True)
class NoAnswerRecorded:
    """The delay is over, and nobody has answered or asked to be heard."""

    candidacy: CandidacyId
    number: int


@HEARING_OUT.event("case.delay_over")
@dataclass(frozen=True)
class DelayOver:
    """The delay is over, and somebody has."""

    candidacy: CandidacyId
    number: int


# What the candidate says


@HEARING_OUT.decides(AnswerCaseNotice)
def answer(state: CaseState, command: AnswerCaseNotice, asked: Asked) -> tuple[Any, ...]:
    """Also before any notice, and after the delay as long as nothing is decided."""
    part = state.part(command.candidacy)
    access.check_candidate(part, asked)
    check_still_open(state, part.candidacy)
    check_last_notice(part, command.number)
    if command.complete:
        check_complete(part, asked)
    until = answer_until(state, part.notice) if part.notice is not None else None
    late = until is not None and asked.now >= until
    return (CaseNoticeAnswered(part.candidacy, command.words, command.papers, late, command.number, command.complete),)


@rule("R7.2")
def check_last_notice(part: Part, number: int) -> None:
    """What is answered is what was read."""
    if number != number_of(part):
        raise Refusal("R7.2", N_("Une nouvelle notification a été faite depuis : lisez-la, complétez votre réponse si "
                                 "c’est utile, puis envoyez de nouveau."))


@rule("R7.2")
def check_complete(part: Part, asked: Asked) -> None:
    """The candidate alone gives the rest of the delay up, of a notice that they were given, and not while they wait to
    be heard."""
    if asked.actor != part.person or part.notice is None:
        raise Refusal("R7.2", N_("Seul le candidat dit que sa réponse à une notification est complète."))
    if waits_to_be_heard(part):
        raise Refusal("R7.2", N_("Vous avez demandé à être entendu : votre réponse ne peut pas être déclarée complète "
                                 "avant."))


@HEARING_OUT.evolves(CaseNoticeAnswered)
def answered(state: CaseState, event: CaseNoticeAnswered, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    one = CandidateAnswer(happened.position, happened.at, happened.actor, number_of(part), event.words, event.papers,
                          event.late, event.complete)
    return state.with_part(replace(part, answers=(*part.answers, one)), happened.position)


@HEARING_OUT.decides(AskToBeHeard)
def ask_to_be_heard(state: CaseState, command: AskToBeHeard, asked: Asked) -> tuple[Any, ...]:
    part = state.part(command.candidacy)
    access.check_candidate(part, asked)
    check_still_open(state, part.candidacy)
    check_last_notice(part, command.number)
    check_in_time(state, part, asked.now)
    return () if waits_to_be_heard(part) else (AskedToBeHeard(part.candidacy, command.words, command.number),)


@rule("R7.2")
def check_in_time(state: CaseState, part: Part, now: int) -> None:
    """As long as the delay runs; an answer in writing is taken after it too."""
    until = answer_until(state, part.notice) if part.notice is not None else None
    if part.notice is None or (until is not None and now >= until):
        raise Refusal("R7.2", N_("On demande à être entendu dans le délai de la notification. Une réponse écrite est "
                                 "encore reçue jusqu’à la décision."))
    if answered_whole(part):
        raise Refusal("R7.2", N_("Vous avez dit que votre réponse est complète. Une réponse écrite est encore reçue "
                                 "jusqu’à la décision."))
    if any(one.notice == number_of(part) for one in part.heard):
        raise Refusal("R7.2", N_("Vous avez déjà été entendu, ou étiez attendu, sur cette notification."))


@HEARING_OUT.evolves(AskedToBeHeard)
def asked_to_be_heard(state: CaseState, event: AskedToBeHeard, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    one = HearingRequest(happened.position, happened.at, happened.actor, event.words)
    return state.with_part(replace(part, hearing_requests=(*part.hearing_requests, one)), happened.position)


@HEARING_OUT.decides(RecordDelayOver)
def record_delay_over(state: CaseState, command: RecordDelayOver, asked: Asked) -> tuple[Any, ...]:
    check_by_the_platform(asked.actor)
    part = state.part(command.candidacy)
    check_delay_over(state, part, command.number, asked.now)
    answered = any(one.notice == command.number for one in (*part.answers, *part.heard)) or waits_to_be_heard(part)
    return ((DelayOver if answered else NoAnswerRecorded)(part.candidacy, command.number),)


@rule("R7.2")
def check_delay_over(state: CaseState, part: Part, number: int, now: int) -> None:
    since = delay_over_from(state, part)
    if since is None or now < since or number != number_of(part):
        raise Refusal("R7.2", N_("Le délai pour répondre n’est pas passé."))


@HEARING_OUT.evolves(NoAnswerRecorded, DelayOver)
def delay_over(state: CaseState, event: NoAnswerRecorded | DelayOver, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    silent = (event.number,) if isinstance(event, NoAnswerRecorded) else ()
    return state.with_part(replace(
        part, delays_over=(*part.delays_over, event.number), unanswered=(*part.unanswered, *silent)),
        happened.position)
