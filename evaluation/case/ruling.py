"""The case is laid before the commission with what diverges, and the commission validates, returns or closes it (R7.2).
"""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.body.terms import Meeting
from evaluation.case import access
from evaluation.case.admissibility import check_admissible
from evaluation.case.case_parts import Decision, Ending, Submission
from evaluation.case.consequences import check_possible, check_sanction
from evaluation.case.dropping import come_to_nothing
from evaluation.case.facts import check_still_open
from evaluation.case.notifying import check_not_submitted
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import CLOSED, DECIDED, Attempt, CandidacyId, Dropped, Party
from evaluation.case_rules import Consequence
from evaluation.deadlines import day_of
from evaluation.field_values import json_object
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, PersonId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

RULING = Topic()


@RULING.command
@dataclass(frozen=True)
class SubmitCase:
    candidacy: CandidacyId
    office: Quote
    words: Words | None = None


@RULING.command
@dataclass(frozen=True)
class ValidateCase:
    """`number` is the submission's; `consequence` the one that was proposed. Of a kind that asks no party, the
    commission may take one that nobody proposed."""

    candidacy: CandidacyId
    number: int
    consequence: Consequence
    office: Quote
    words: Words | None = None
    meeting: Meeting | None = None


@RULING.command
@dataclass(frozen=True)
class ReturnCase:
    candidacy: CandidacyId
    number: int
    words: Words
    office: Quote
    meeting: Meeting | None = None


@RULING.command
@dataclass(frozen=True)
class CloseCase:
    """The part is closed without a consequence, however far it is."""

    candidacy: CandidacyId
    office: Quote
    words: Words | None = None
    meeting: Meeting | None = None


@RULING.event("case.submitted")
@dataclass(frozen=True)
class CaseSubmitted:
    """`divergences` are the parties that disagreed or were silent."""

    candidacy: CandidacyId
    number: int
    divergences: tuple[Party, ...]
    office: Quote
    words: Words | None


@RULING.event(DECIDED)
@dataclass(frozen=True)
class CaseDecided:
    """`decided_on` is the day from which it counts; `against` the case whose decision the appeal was about; `session`
    and `hearing` where the candidate was examined, `attempts` every hearing that it is about. `dropped` is what accused
    the candidate on a day, and came to nothing. `divergences` are the parties that did not agree in the end."""

    candidacy: CandidacyId
    number: int
    consequence: Consequence
    office: Quote
    words: Words | None
    meeting: Meeting | None
    person: PersonId
    certification: str
    decided_on: date
    against: str | None
    session: str | None
    hearing: HearingId | None
    dropped: tuple[Dropped, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    divergences: tuple[Party, ...] = ()


@RULING.event("case.returned")
@dataclass(frozen=True)
class CaseReturned:
    candidacy: CandidacyId
    number: int
    words: Words
    office: Quote
    meeting: Meeting | None


@RULING.event(CLOSED)
@dataclass(frozen=True)
class CaseClosed:
    """`dropped` as of `CaseDecided`."""

    candidacy: CandidacyId
    office: Quote
    words: Words | None
    meeting: Meeting | None
    dropped: tuple[Dropped, ...] = ()


# Laid before the commission


@RULING.decides(SubmitCase)
def submit(state: CaseState, command: SubmitCase, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    check_still_open(state, command.candidacy)
    part = state.part(command.candidacy)
    check_not_submitted(part)
    check_admissible(state, part)
    check_parties_asked(state, part)
    return (CaseSubmitted(part.candidacy, len(part.submissions) + 1, part.divergences, command.office,
                          command.words),)


@rule("R7.2")
def check_parties_asked(state: CaseState, part: Part) -> None:
    """A consequence is proposed, and each party has answered or was recorded silent. A kind that asks no party needs no
    proposal."""
    if part.proposal is None and state.kind.parties:
        raise Refusal("R7.2", N_("Proposez d’abord une suite : la commission la valide, la renvoie ou clôt le "
                                 "dossier."))
    if part.proposal is not None and part.proposal.waiting:
        raise Refusal("R7.2", N_("Une partie n’a pas encore répondu : sa réponse, ou son silence une fois le délai et "
                                 "les rappels passés, va au dossier."))


@RULING.evolves(CaseSubmitted)
def submitted(state: CaseState, event: CaseSubmitted, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    one = Submission(event.number, happened.position, happened.at, happened.actor, event.divergences, event.words)
    return state.with_part(replace(part, submissions=(*part.submissions, one)), happened.position)


# Decided


@RULING.decides(ValidateCase)
def validate(state: CaseState, command: ValidateCase, asked: Asked) -> tuple[Any, ...]:
    access.check_commission(state, command.office, command.meeting, asked)
    check_still_open(state, command.candidacy)
    part = state.part(command.candidacy)
    check_before_commission(part, command.number, command.meeting)
    check_as_proposed(part, command.consequence)
    check_possible(state, part, command.consequence)
    check_sanction(state, part, command.consequence)
    decided_on = command.meeting.day if command.meeting is not None else day_of(asked.now)
    return (CaseDecided(
        part.candidacy, command.number, command.consequence, command.office, command.words, command.meeting,
        part.person, state.certification, decided_on, against(part), part.session, part.hearing,
        come_to_nothing(state, (part,)) if command.consequence is Consequence.NONE else (),
        tuple(Attempt(*one) for one in sorted(part.examined_at)), part.divergences),)


@rule("R7.2")
def check_before_commission(part: Part, number: int, meeting: Meeting | None) -> None:
    """This submission lies with the commission, and did when it met. Raises Refusal."""
    submission = part.submission
    if submission is None or submission.number != number:
        raise Refusal("R7.2", N_("Le dossier n’est pas devant la commission : rouvrez la page pour voir où il en est."))
    if meeting is not None and meeting.day < day_of(submission.at):
        raise Refusal("R7.2", N_("Le dossier n’était pas encore devant la commission le jour de cette réunion."))


@rule("R7.2")
def check_as_proposed(part: Part, consequence: Consequence) -> None:
    """The commission validates what the parties were asked about, or sends it back: it changes nothing by itself."""
    if part.proposal is not None and consequence is not part.proposal.consequence:
        raise Refusal("R7.2", N_("La commission valide la suite proposée, ou renvoie le dossier : celle-ci est une "
                                 "autre."))


def against(part: Part) -> str | None:
    """The case that an appeal is about, if it is about a case's decision."""
    quoted = json_object(part.sources[0].quote.data.get("against", {}))
    return str(quoted["stream"]) if quoted.get("event") == DECIDED else None


@RULING.evolves(CaseDecided)
def decided(state: CaseState, event: CaseDecided, happened: Happened) -> CaseState:
    decision = Decision(happened.position, happened.at, happened.actor, event.consequence, event.decided_on,
                        event.words, event.meeting, event.divergences)
    return state.with_part(replace(state.parts[event.candidacy], decision=decision), happened.position)


# Returned, or closed


@RULING.decides(ReturnCase)
def return_case(state: CaseState, command: ReturnCase, asked: Asked) -> tuple[Any, ...]:
    access.check_commission(state, command.office, command.meeting, asked)
    check_still_open(state, command.candidacy)
    check_before_commission(state.part(command.candidacy), command.number, command.meeting)
    return (CaseReturned(command.candidacy, command.number, command.words, command.office, command.meeting),)


@RULING.evolves(CaseReturned)
def returned(state: CaseState, event: CaseReturned, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    last = replace(part.submissions[-1], returned=event.words, returned_at=happened.at)
    return state.with_part(replace(part, submissions=(*part.submissions[:-1], last)), happened.position)


@RULING.decides(CloseCase)
def close(state: CaseState, command: CloseCase, asked: Asked) -> tuple[Any, ...]:
    access.check_commission(state, command.office, command.meeting, asked)
    check_still_open(state, command.candidacy)
    return (CaseClosed(command.candidacy, command.office, command.words, command.meeting,
                       come_to_nothing(state, (state.part(command.candidacy),))),)


@RULING.evolves(CaseClosed)
def closed(state: CaseState, event: CaseClosed, happened: Happened) -> CaseState:
    ending = Ending("closed", happened.at, happened.actor, event.words)
    return state.with_part(replace(state.parts[event.candidacy], ended=ending), happened.position)
