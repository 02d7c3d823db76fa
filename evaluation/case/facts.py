"""The facts completed by people, the evidence, and the report to the awarding body (R6.5, R7.1)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.case import access
from evaluation.case.case_parts import Evidence, Fact, FromDay, Report
from evaluation.case.state import CaseState
from evaluation.case.terms import CandidacyId
from evaluation.codec import decode
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import Paper, PersonId, Words
from evaluation.quoted_events import CAPTURE_TAKEN
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

FACTS = Topic()
NOTED = "case.day_noted"


@FACTS.command
@dataclass(frozen=True)
class CompleteFacts:
    """`candidacy` is whose part it is of; None: what is common. `said` is what the candidate was told then."""

    candidacy: CandidacyId | None
    words: Words
    office: Quote
    observed_at: int | None = None
    said: Words | None = None


@FACTS.command
@dataclass(frozen=True)
class AddEvidence:
    """A paper, or a picture that was taken in the candidate's hearing."""

    candidacy: CandidacyId | None
    office: Quote
    picture: Quote | None = None
    paper: Paper | None = None


@FACTS.command
@dataclass(frozen=True)
class NameSubject:
    """The facts concern this person, who acts in no office here from then on."""

    person: PersonId
    words: Words
    office: Quote


@FACTS.command
@dataclass(frozen=True)
class HandReport:
    """To the awarding body (R7.1). `candidacy` is the one it is about; None: all that the case is about."""

    paper: Paper
    office: Quote
    candidacy: CandidacyId | None = None


@FACTS.command
@dataclass(frozen=True)
class TakeReport:
    """The awarding body's receipt."""

    number: int
    office: Quote


@FACTS.command
@dataclass(frozen=True)
class NoteDay:
    """`said` quotes what happened later in the same hearing; or that a case which went into this one was told so.
    Written by the server."""

    candidacy: CandidacyId
    said: Quote


@FACTS.event("case.facts_completed")
@dataclass(frozen=True)
class FactsCompleted:
    candidacy: CandidacyId | None
    words: Words
    office: Quote
    observed_at: int | None
    said: Words | None


@FACTS.event("case.evidence_added")
@dataclass(frozen=True)
class EvidenceAdded:
    candidacy: CandidacyId | None
    office: Quote
    picture: Quote | None
    paper: Paper | None


@FACTS.event("case.subject_named")
@dataclass(frozen=True)
class SubjectNamed:
    person: PersonId
    words: Words
    office: Quote


@FACTS.event("case.report_handed")
@dataclass(frozen=True)
class ReportHanded:
    number: int
    paper: Paper
    office: Quote
    candidacy: CandidacyId | None = None


@FACTS.event("case.report_taken")
@dataclass(frozen=True)
class ReportTaken:
    number: int
    office: Quote


@FACTS.event(NOTED)
@dataclass(frozen=True)
class DayNoted:
    candidacy: CandidacyId
    said: Quote


# The facts


@FACTS.decides(CompleteFacts)
def complete(state: CaseState, command: CompleteFacts, asked: Asked) -> tuple[Any, ...]:
    access.check_completes(state, command.office, asked)
    check_still_open(state, command.candidacy)
    if command.observed_at is not None and command.observed_at > asked.now:
        raise Refusal("R7.1", N_("Un fait ne peut pas avoir été observé plus tard que maintenant."))
    return (FactsCompleted(
        command.candidacy, command.words, command.office, command.observed_at, command.said),)


@rule("R7.1")
def check_still_open(state: CaseState, candidacy: CandidacyId | None) -> None:
    """Nothing is added to a part that is over, nor to what is common once every part is, or has gone into another
    case."""
    parts = state.parts.values() if candidacy is None else (state.part(candidacy),)
    if state.joined_into is not None or all(one.over for one in parts):
        raise Refusal("R7.1", N_("Ce dossier est terminé : rien n’y est plus ajouté."))


@FACTS.evolves(FactsCompleted)
def completed(state: CaseState, event: FactsCompleted, happened: Happened) -> CaseState:
    fact = Fact(happened.position, happened.at, happened.actor, event.words, event.candidacy, event.observed_at,
                said=event.said)
    return _touched(replace(state, facts=(*state.facts, fact)), event.candidacy, happened.position)


def _touched(state: CaseState, candidacy: CandidacyId | None, position: int) -> CaseState:
    if candidacy is None:
        return replace(state, changed=position)
    return state.with_part(state.parts[candidacy], position)


# Evidence


@FACTS.decides(AddEvidence)
def add_evidence(state: CaseState, command: AddEvidence, asked: Asked) -> tuple[Any, ...]:
    access.check_completes(state, command.office, asked)
    check_still_open(state, command.candidacy)
    if (command.picture is None) == (command.paper is None):
        raise Refusal("R6.5", N_("Joignez une image de l’épreuve, ou un document."))
    if command.picture is not None:
        check_picture(state, command.candidacy, command.picture)
    return (EvidenceAdded(command.candidacy, command.office, command.picture, command.paper),)


@rule("R6.5")
def check_picture(state: CaseState, candidacy: CandidacyId | None, picture: Quote) -> None:
    """A picture shows one candidate: it is of the part whose hearing it was taken in, and never common."""
    part = state.parts.get(candidacy or "")
    where = picture.stream, picture.data.get("hearing")
    if part is None or picture.event != CAPTURE_TAKEN or where not in part.examined_at:
        raise Refusal("R6.5", N_("Une image citée n’a pas été prise dans l’épreuve de ce candidat."))


@FACTS.evolves(EvidenceAdded)
def evidence_added(state: CaseState, event: EvidenceAdded, happened: Happened) -> CaseState:
    if event.picture is not None:
        data = event.picture.data
        one = Evidence(str(data.get("capture")), event.candidacy, str(data.get("digest")), False, happened.position)
    elif event.paper is not None:
        one = Evidence(event.paper.file, event.candidacy, event.paper.digest, True, happened.position)
    else:
        return state
    return _touched(replace(state, evidence=(*state.evidence, one)), event.candidacy, happened.position)


# Whom it concerns


@FACTS.decides(NameSubject)
def name_subject(state: CaseState, command: NameSubject, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    check_still_open(state, None)
    if command.person in state.subjects or any(one.person == command.person for one in state.parts.values()):
        return ()
    return (SubjectNamed(command.person, command.words, command.office),)


@FACTS.evolves(SubjectNamed)
def subject_named(state: CaseState, event: SubjectNamed, happened: Happened) -> CaseState:
    return replace(state, subjects=state.subjects | {event.person}, changed=happened.position)


# The report to the awarding body


@FACTS.decides(HandReport)
def hand_report(state: CaseState, command: HandReport, asked: Asked) -> tuple[Any, ...]:
    access.check_completes(state, command.office, asked)
    check_still_open(state, command.candidacy)
    check_something_to_report(state, command.candidacy)
    return (ReportHanded(len(state.reports) + 1, command.paper, command.office, command.candidacy),)


@rule("R7.1")
def check_something_to_report(state: CaseState, candidacy: CandidacyId | None) -> None:
    facts = state.facts if candidacy is None else state.facts_of(candidacy)
    if not any(one.words is not None for one in facts):
        raise Refusal("R7.1", N_("Écrivez d’abord les faits : ce qui a été observé, par qui et quand."))


@FACTS.evolves(ReportHanded)
def report_handed(state: CaseState, event: ReportHanded, happened: Happened) -> CaseState:
    report = Report(event.number, event.paper, happened.at, happened.actor,
                    about=tuple(state.parts) if event.candidacy is None else (event.candidacy,))
    return replace(state, reports=(*state.reports, report), changed=happened.position)


@FACTS.decides(TakeReport)
def take_report(state: CaseState, command: TakeReport, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    report = next((one for one in state.reports if one.number == command.number), None)
    if report is None:
        raise Refusal("R7.1", N_("Ce rapport n’est pas dans le dossier."))
    return () if report.taken_at is not None else (ReportTaken(command.number, command.office),)


@FACTS.evolves(ReportTaken)
def report_taken(state: CaseState, event: ReportTaken, happened: Happened) -> CaseState:
    reports = tuple(replace(one, taken_at=happened.at, taken_by=happened.actor) if one.number == event.number else one
                    for one in state.reports)
    return replace(state, reports=reports)


# What the day says later


@FACTS.decides(NoteDay)
def note_day(state: CaseState, command: NoteDay, asked: Asked) -> tuple[Any, ...]:
    """Nothing of another hearing, or that is known."""
    check_by_the_platform(asked.actor)
    part, said = state.parts.get(command.candidacy), _of_day(command.said)
    if part is None or (said.stream, said.data.get("hearing")) not in part.examined_at:
        return ()
    if any((one.said.stream, one.said.position) == (said.stream, said.position) for one in part.from_day):
        return ()
    return (DayNoted(command.candidacy, command.said),)


def _of_day(said: Quote) -> Quote:
    """What happened in the hearing, through whatever cases it was told."""
    while said.event == NOTED:
        said = decode(Quote, said.data["said"])
    return said


@FACTS.evolves(DayNoted)
def day_noted(state: CaseState, event: DayNoted, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    noted = replace(part, from_day=(*part.from_day, FromDay(_of_day(event.said), happened.at)))
    return state.with_part(noted, happened.position)
