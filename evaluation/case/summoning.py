"""The candidate is summoned to be heard, and heard; or was expected and did not come (R7.2)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.case import access
from evaluation.case.case_parts import CandidateHeard, Means, Summons
from evaluation.case.facts import check_still_open
from evaluation.case.notifying import check_not_submitted
from evaluation.case.stages import answer_until, number_of
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import CandidacyId
from evaluation.deadlines import day_of, last_day_before
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Paper, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

SUMMONING = Topic()


@SUMMONING.command
@dataclass(frozen=True)
class SummonToBeHeard:
    """On the notice of this number, at an hour and a place; of several summonses the last stands."""

    candidacy: CandidacyId
    number: int
    at: int
    place: Words
    office: Quote
    paper: Paper | None = None


@SUMMONING.command
@dataclass(frozen=True)
class RecordSummonsDelivered:
    """It reached the candidate in another way than by mail, on this day. `number` is the summons's."""

    candidacy: CandidacyId
    number: int
    on: date
    means: Means
    words: Words
    office: Quote


@SUMMONING.command
@dataclass(frozen=True)
class RecordCandidateHeard:
    """What the candidate said on a day, or that they were expected and did not come."""

    candidacy: CandidacyId
    on: date
    attended: bool
    words: Words
    office: Quote
    paper: Paper | None = None


@SUMMONING.event("case.summoned")
@dataclass(frozen=True)
class CandidateSummoned:
    """`number` is the summons's, `notice` that of the notice on which the candidate is heard."""

    candidacy: CandidacyId
    number: int
    notice: int
    at: int
    place: Words
    office: Quote
    paper: Paper | None


@SUMMONING.event("case.summons_delivered")
@dataclass(frozen=True)
class SummonsDelivered:
    candidacy: CandidacyId
    number: int
    on: date
    means: Means
    words: Words
    office: Quote


@SUMMONING.event("case.candidate_heard")
@dataclass(frozen=True)
class CandidateWasHeard:
    candidacy: CandidacyId
    on: date
    attended: bool
    words: Words
    office: Quote
    paper: Paper | None


# Summoned


@SUMMONING.decides(SummonToBeHeard)
def summon(state: CaseState, command: SummonToBeHeard, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    check_still_open(state, command.candidacy)
    part = state.part(command.candidacy)
    check_not_submitted(part)
    check_summoned_on(part, command.number)
    check_ahead(state, command.at, asked.now)
    return (CandidateSummoned(part.candidacy, len(part.summonses) + 1, command.number, command.at, command.place,
                              command.office, command.paper),)


@rule("R7.2")
def check_summoned_on(part: Part, number: int) -> None:
    """On what the candidate was told last, and once they were."""
    if part.notice is None or number != number_of(part):
        raise Refusal("R7.2", N_("On entend le candidat sur la dernière lettre qui lui dit les faits : rouvrez le "
                                 "dossier."))
    if any(one.notice == number for one in part.heard):
        raise Refusal("R7.2", N_("Le candidat a déjà été entendu, ou était attendu, sur cette lettre."))


@rule("R7.2")
def check_ahead(state: CaseState, at: int, now: int) -> None:
    """At least the framework's days between the summons and the hour."""
    days = state.rules.summons_days
    if day_of(now) > last_day_before(day_of(at), days=days):
        raise Refusal("R7.2", N_("Laissez au candidat au moins {days} jours pour se préparer et venir assisté."),
                      days=days)


@SUMMONING.evolves(CandidateSummoned)
def summoned(state: CaseState, event: CandidateSummoned, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    one = Summons(event.number, event.notice, event.at, event.place, event.paper, happened.actor, happened.at)
    return state.with_part(replace(part, summonses=(*part.summonses, one)), happened.position)


@SUMMONING.decides(RecordSummonsDelivered)
def record_summons_delivered(state: CaseState, command: RecordSummonsDelivered, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    check_still_open(state, command.candidacy)
    check_summons_delivered(state.part(command.candidacy), command.number, command.on, asked.now)
    return (SummonsDelivered(command.candidacy, command.number, command.on, command.means, command.words,
                             command.office),)


@rule("R7.2")
def check_summons_delivered(part: Part, number: int, on: date, now: int) -> None:
    summons = part.summons
    if summons is None or summons.number != number or has_arrived(part, summons):
        raise Refusal("R7.2", N_("Cette convocation n’attend pas d’être remise."))
    if not day_of(summons.given_at) <= on <= min(day_of(now), day_of(summons.at)):
        raise Refusal("R7.2", N_("La convocation est remise entre le jour où elle part et celui de l’audition."))


@SUMMONING.evolves(SummonsDelivered)
def summons_delivered(state: CaseState, event: SummonsDelivered, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    found = tuple(replace(one, delivered_on=event.on) if one.number == event.number else one for one in part.summonses)
    return state.with_part(replace(part, summonses=found), happened.position)


@rule("R7.2", permits=True)
def has_arrived(part: Part, summons: Summons) -> bool:
    """By mail, unless it came back; or delivered in another way."""
    fate = part.letter("summons", summons.number)
    return summons.delivered_on is not None or (
        fate is not None and fate.arrived_at is not None and fate.bounced_at is None)


# Heard


@SUMMONING.decides(RecordCandidateHeard)
def record_heard(state: CaseState, command: RecordCandidateHeard, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    check_still_open(state, command.candidacy)
    part = state.part(command.candidacy)
    check_heard_on(part, command.on, asked.now)
    if command.attended:
        check_expected(part)
        check_hour_has_come(part, command.on, asked.now)
    else:
        check_did_not_come(state, part, asked.now)
    return (CandidateWasHeard(command.candidacy, command.on, command.attended, command.words, command.office,
                              command.paper),)


@rule("R7.2")
def check_heard_on(part: Part, on: date, now: int) -> None:
    notice = part.notice
    if notice is None or not day_of(notice.at) <= on <= day_of(now):
        raise Refusal("R7.2", N_("Le candidat est entendu entre le jour de la notification et aujourd’hui."))


@rule("R7.2")
def check_expected(part: Part) -> None:
    if not part.hearing_requests and part.summons is None:
        raise Refusal("R7.2", N_("Le candidat n’a pas demandé à être entendu, et n’a pas été convoqué."))


@rule("R7.2")
def check_hour_has_come(part: Part, on: date, now: int) -> None:
    """A candidate is heard from the hour on at which they are expected, which leaves them the time to prepare."""
    summons = part.summons
    if summons is not None and (now < summons.at or on < day_of(summons.at)):
        raise Refusal("R7.2", N_("Le candidat est entendu à partir de l’heure de sa convocation : notez l’audition une "
                                 "fois qu’elle a eu lieu, à ce jour ou après."))


@rule("R7.2")
def check_did_not_come(state: CaseState, part: Part, now: int) -> None:
    """Nobody fails to come who was not summoned, whom the summons did not reach, before its hour, or while the delay
    runs."""
    summons = part.summons
    if summons is None or not has_arrived(part, summons):
        raise Refusal("R7.2", N_("Le candidat n’a pas reçu de convocation : il n’était pas attendu. Convoquez-le, ou "
                                 "notez la remise de la convocation."))
    if now < summons.at:
        raise Refusal("R7.2", N_("L’heure de la convocation n’est pas passée : jusque-là le candidat peut venir."))
    until = answer_until(state, part.notice) if part.notice is not None else None
    if until is None or now < until:
        raise Refusal("R7.2", N_("Le délai de la notification n’est pas passé : jusque-là le candidat peut encore "
                                 "venir, ou répondre par écrit."))


@SUMMONING.evolves(CandidateWasHeard)
def heard(state: CaseState, event: CandidateWasHeard, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    one = CandidateHeard(happened.position, event.on, event.attended, event.words, event.paper, happened.actor,
                         number_of(part))
    return state.with_part(replace(part, heard=(*part.heard, one)), happened.position)
