"""The candidate answers in writing or asks to be heard, assisted by whom they choose; a silence is recorded as such, by
the clockwork and after the delay alone (R7.2)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.case import access
from evaluation.case.facts import check_still_open
from evaluation.case.stages import answer_until, number_of, unanswered_from, waits_to_be_heard
from evaluation.case.state import CandidateAnswer, CandidateHeard, CaseState, Part
from evaluation.case.terms import CandidacyId
from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import SYSTEM, Paper, PersonId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

HEARING_OUT = Topic()


@HEARING_OUT.command
@dataclass(frozen=True)
class NameAssistant:
    """The candidate is assisted by this person, who sees the candidate's part and may answer."""

    candidacy: CandidacyId
    person: PersonId


@HEARING_OUT.command
@dataclass(frozen=True)
class DismissAssistant:
    candidacy: CandidacyId
    person: PersonId


@HEARING_OUT.command
@dataclass(frozen=True)
class AnswerCaseNotice:
    candidacy: CandidacyId
    words: Words
    papers: tuple[Paper, ...] = ()


@HEARING_OUT.command
@dataclass(frozen=True)
class AskToBeHeard:
    candidacy: CandidacyId
    words: Words | None = None


@HEARING_OUT.command
@dataclass(frozen=True)
class RecordCandidateHeard:
    """What the candidate said on a day, or that they were expected and did not come."""

    candidacy: CandidacyId
    on: date
    attended: bool
    words: Words
    office: Quote
    paper: Paper | None = None


@HEARING_OUT.command
@dataclass(frozen=True)
class RecordNoAnswer:
    """Written by the server, once the delay is over."""

    candidacy: CandidacyId
    number: int


@HEARING_OUT.event("case.assistant_named")
@dataclass(frozen=True)
class AssistantNamed:
    candidacy: CandidacyId
    person: PersonId


@HEARING_OUT.event("case.assistant_dismissed")
@dataclass(frozen=True)
class AssistantDismissed:
    candidacy: CandidacyId
    person: PersonId


@HEARING_OUT.event("case.notice_answered")
@dataclass(frozen=True)
class CaseNoticeAnswered:
    """`late`: after the delay."""

    candidacy: CandidacyId
    words: Words
    papers: tuple[Paper, ...]
    late: bool


@HEARING_OUT.event("case.hearing_asked")
@dataclass(frozen=True)
class AskedToBeHeard:
    candidacy: CandidacyId
    words: Words | None


@HEARING_OUT.event("case.candidate_heard")
@dataclass(frozen=True)
class CandidateWasHeard:
    candidacy: CandidacyId
    on: date
    attended: bool
    words: Words
    office: Quote
    paper: Paper | None


@HEARING_OUT.event("case.no_answer_recorded")
@dataclass(frozen=True)
class NoAnswerRecorded:
    candidacy: CandidacyId
    number: int


# Who assists


@HEARING_OUT.decides(NameAssistant)
def name_assistant(state: CaseState, command: NameAssistant, asked: Asked) -> tuple[Any, ...]:
    part = state.part(command.candidacy)
    access.check_candidate(part, asked, alone=True)
    check_still_open(state, part.candidacy)
    check_may_assist(state, part, command.person)
    return () if command.person in part.assistants else (AssistantNamed(part.candidacy, command.person),)


@rule("R7.2")
def check_may_assist(state: CaseState, part: Part, person: PersonId) -> None:
    """Somebody else, who judges nothing here and answers for nobody else."""
    others = {one.person for one in state.parts.values()} | {
        each for one in state.parts.values() for each in one.jurors if one.candidacy == part.candidacy}
    if person in ("", SYSTEM, *others, *state.organizers):
        raise Refusal("R7.2", N_("Cette personne prend part au dossier autrement : elle ne peut vous assister."))


@HEARING_OUT.decides(DismissAssistant)
def dismiss_assistant(state: CaseState, command: DismissAssistant, asked: Asked) -> tuple[Any, ...]:
    part = state.part(command.candidacy)
    access.check_candidate(part, asked, alone=True)
    return (AssistantDismissed(part.candidacy, command.person),) if command.person in part.assistants else ()


@HEARING_OUT.evolves(AssistantNamed, AssistantDismissed)
def assisted(state: CaseState, event: AssistantNamed | AssistantDismissed, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    others = tuple(one for one in part.assistants if one != event.person)
    named = (*others, event.person) if isinstance(event, AssistantNamed) else others
    return state.with_part(replace(part, assistants=named), part.changed)


# What the candidate says


@HEARING_OUT.decides(AnswerCaseNotice)
def answer(state: CaseState, command: AnswerCaseNotice, asked: Asked) -> tuple[Any, ...]:
    """Also before any notice, and after the delay as long as nothing is decided."""
    part = state.part(command.candidacy)
    access.check_candidate(part, asked)
    check_still_open(state, part.candidacy)
    until = answer_until(state, part.notice) if part.notice is not None else None
    late = until is not None and asked.now >= until
    return (CaseNoticeAnswered(part.candidacy, command.words, command.papers, late),)


@HEARING_OUT.evolves(CaseNoticeAnswered)
def answered(state: CaseState, event: CaseNoticeAnswered, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    one = CandidateAnswer(happened.position, happened.at, happened.actor, number_of(part), event.words, event.papers,
                          event.late)
    return state.with_part(replace(part, answers=(*part.answers, one)), happened.position)


@HEARING_OUT.decides(AskToBeHeard)
def ask_to_be_heard(state: CaseState, command: AskToBeHeard, asked: Asked) -> tuple[Any, ...]:
    part = state.part(command.candidacy)
    access.check_candidate(part, asked)
    check_still_open(state, part.candidacy)
    check_in_time(state, part, asked.now)
    return () if waits_to_be_heard(part) else (AskedToBeHeard(part.candidacy, command.words),)


@rule("R7.2")
def check_in_time(state: CaseState, part: Part, now: int) -> None:
    """As long as the delay runs; an answer in writing is taken after it too."""
    until = answer_until(state, part.notice) if part.notice is not None else None
    if part.notice is None or (until is not None and now >= until):
        raise Refusal("R7.2", N_("On demande à être entendu dans le délai de la notification. Une réponse écrite est "
                                 "encore reçue jusqu’à la décision."))
    if any(one.notice == number_of(part) for one in part.heard):
        raise Refusal("R7.2", N_("Vous avez déjà été entendu, ou étiez attendu, sur cette notification."))


@HEARING_OUT.evolves(AskedToBeHeard)
def asked_to_be_heard(state: CaseState, event: AskedToBeHeard, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    return state.with_part(replace(part, asked_to_be_heard_at=happened.at), happened.position)


@HEARING_OUT.decides(RecordCandidateHeard)
def record_heard(state: CaseState, command: RecordCandidateHeard, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    check_still_open(state, command.candidacy)
    check_heard_on(state, state.part(command.candidacy), command, asked.now)
    return (CandidateWasHeard(command.candidacy, command.on, command.attended, command.words, command.office,
                              command.paper),)


@rule("R7.2")
def check_heard_on(state: CaseState, part: Part, command: RecordCandidateHeard, now: int) -> None:
    """Between the notice and today. Nobody fails to come who did not ask to be heard, nor before the delay is over."""
    notice = part.notice
    if notice is None or not day_of(notice.at) <= command.on <= day_of(now):
        raise Refusal("R7.2", N_("Le candidat est entendu entre le jour de la notification et aujourd’hui."))
    if not command.attended and not waits_to_be_heard(part):
        raise Refusal("R7.2", N_("Le candidat n’a pas demandé à être entendu : il n’était pas attendu."))
    until = answer_until(state, notice)
    if not command.attended and (until is None or now < until):
        raise Refusal("R7.2", N_("Le délai de la notification n’est pas passé : jusque-là le candidat peut encore "
                                 "venir, ou répondre par écrit."))


@HEARING_OUT.evolves(CandidateWasHeard)
def heard(state: CaseState, event: CandidateWasHeard, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    one = CandidateHeard(happened.position, event.on, event.attended, event.words, event.paper, happened.actor,
                         number_of(part))
    return state.with_part(replace(part, heard=(*part.heard, one)), happened.position)


@HEARING_OUT.decides(RecordNoAnswer)
def record_no_answer(state: CaseState, command: RecordNoAnswer, asked: Asked) -> tuple[Any, ...]:
    check_by_the_platform(asked.actor)
    part = state.part(command.candidacy)
    check_delay_over(state, part, command.number, asked.now)
    return (NoAnswerRecorded(part.candidacy, command.number),)


@rule("R7.2")
def check_delay_over(state: CaseState, part: Part, number: int, now: int) -> None:
    since = unanswered_from(state, part)
    if since is None or now < since or number != number_of(part):
        raise Refusal("R7.2", N_("Le délai pour répondre n’est pas passé, ou le candidat a répondu."))


@HEARING_OUT.evolves(NoAnswerRecorded)
def no_answer_recorded(state: CaseState, event: NoAnswerRecorded, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    return state.with_part(replace(part, unanswered=(*part.unanswered, event.number)), happened.position)
