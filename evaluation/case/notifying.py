"""The candidate is told in writing: the facts, the evidence, the sanctions that are possible (R6.5, R7.2). The delay to
answer is counted from the day on which that arrived (X6)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.case import access
from evaluation.case.case_parts import CaseNotice, Means
from evaluation.case.facts import check_still_open
from evaluation.case.letter_fates import notice_of, with_notice
from evaluation.case.stages import has_facts
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import CandidacyId
from evaluation.case_rules import Consequence
from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Paper, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

NOTIFYING = Topic()


@NOTIFYING.command
@dataclass(frozen=True)
class GiveCaseNotice:
    """`sanctions` are those that are possible, `evidence` is all that is held against the candidate, `paper` the
    letter."""

    candidacy: CandidacyId
    sanctions: tuple[Consequence, ...]
    evidence: tuple[str, ...]
    words: Words
    office: Quote
    paper: Paper


@NOTIFYING.command
@dataclass(frozen=True)
class RecordDelivery:
    """The notice reached the candidate in another way than by mail, on this day; `paper` is the receipt."""

    candidacy: CandidacyId
    number: int
    on: date
    means: Means
    words: Words
    office: Quote
    paper: Paper


@NOTIFYING.event("case.notice_given")
@dataclass(frozen=True)
class CaseNoticeGiven:
    candidacy: CandidacyId
    number: int
    sanctions: tuple[Consequence, ...]
    evidence: tuple[str, ...]
    words: Words
    office: Quote
    paper: Paper | None


@NOTIFYING.event("case.notice_delivered")
@dataclass(frozen=True)
class CaseNoticeDelivered:
    candidacy: CandidacyId
    number: int
    on: date
    means: Means
    words: Words
    office: Quote
    paper: Paper


@NOTIFYING.decides(GiveCaseNotice)
def give(state: CaseState, command: GiveCaseNotice, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    check_still_open(state, command.candidacy)
    part = state.part(command.candidacy)
    check_told(state, part, command)
    check_evidence(state, part, command.evidence)
    check_not_submitted(part)
    return (CaseNoticeGiven(
        part.candidacy, len(part.notices) + 1, command.sanctions, command.evidence, command.words, command.office,
        command.paper),)


@rule("R7.2")
def check_told(state: CaseState, part: Part, command: GiveCaseNotice) -> None:
    """There are facts, and the sanctions are of those that the kind may lead to."""
    if not has_facts(state, part):
        raise Refusal("R7.2", N_("Écrivez d’abord les faits : on ne notifie pas un dossier vide."))
    if not command.sanctions or not set(command.sanctions) <= set(state.kind.sanctions):
        raise Refusal("R7.2", N_("Dites la sanction possible, de celles que le référentiel prévoit pour ce genre de "
                                 "dossier."))


@rule("R6.5")
def check_evidence(state: CaseState, part: Part, cited: tuple[str, ...]) -> None:
    """Nobody is shown, or accused by, what was taken of another candidate; and all that is in the file is told."""
    known = {one.id for one in state.evidence_of(part.candidacy)}
    if not set(cited) <= known:
        raise Refusal("R6.5", N_("Une pièce citée n’est pas au dossier de ce candidat."))
    if set(cited) != known:
        raise Refusal("R6.5", N_("La lettre cite toutes les pièces du dossier de ce candidat : une pièce vient d’y "
                                 "être ajoutée, rouvrez la page."))


@rule("R7.2")
def check_not_submitted(part: Part) -> None:
    if part.submission is not None:
        raise Refusal("R7.2", N_("Le dossier est devant la commission : elle décide, ou le renvoie."))


@NOTIFYING.evolves(CaseNoticeGiven)
def given(state: CaseState, event: CaseNoticeGiven, happened: Happened) -> CaseState:
    """A candidate who asked to be heard before is to be heard on this notice."""
    part = state.parts[event.candidacy]
    notice = CaseNotice(event.number, happened.position, happened.at, happened.actor, event.sanctions, event.evidence,
                        event.words, event.paper)
    return state.with_part(replace(part, notices=(*part.notices, notice)), happened.position)


# Delivered in another way


@NOTIFYING.decides(RecordDelivery)
def record_delivery(state: CaseState, command: RecordDelivery, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    check_still_open(state, command.candidacy)
    notice = notice_of(state.part(command.candidacy), command.number)
    check_delivery(notice, command.on, day_of(asked.now))
    return (CaseNoticeDelivered(command.candidacy, command.number, command.on, command.means, command.words,
                                command.office, command.paper),)


@rule("R7.2")
def check_delivery(notice: CaseNotice | None, on: date, today: date) -> None:
    """A notice is delivered once, between the day on which it was given and today."""
    if notice is None or not day_of(notice.at) <= on <= today:
        raise Refusal("R7.2", N_("La notification a été remise entre le jour où elle est partie et aujourd’hui."))
    if notice.begins is not None:
        raise Refusal("R7.2", N_("Cette notification est déjà arrivée : le délai court depuis."))


@NOTIFYING.evolves(CaseNoticeDelivered)
def delivered(state: CaseState, event: CaseNoticeDelivered, happened: Happened) -> CaseState:
    part = with_notice(state.parts[event.candidacy], event.number, begins=event.on, means=event.means,
                       receipt=event.paper)
    return state.with_part(part, happened.position)
