"""The registration of a candidate: interview, règlement handed over, blocks sought, employer, trainers (R4.1, R4.3,
X8, X12). A mistake is corrected by a later registration, and never erased; a candidate may withdraw."""
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.body.terms import Certification
from evaluation.candidacy import access, examining
from evaluation.candidacy.kept import check_sought, keeping_of, kept_blocks
from evaluation.candidacy.kept import quoted as outcome_of
from evaluation.candidacy.state import KIND, CandidacyState
from evaluation.candidacy.terms import (
    CameBy,
    Enrolment,
    Initiative,
    Interview,
    Registered,
    Registration,
    RulesHanded,
    Withdrawn,
)
from evaluation.codec import FieldError, decode
from evaluation.deadlines import day_of
from evaluation.field_values import written
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import ProviderId
from evaluation.people import SYSTEM, PersonId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

REGISTERING = Topic()
REGISTERED = "candidacy.registered"
CORRECTED = "candidacy.registration_corrected"
SAYS_AN_ENROLMENT = frozenset({REGISTERED, CORRECTED})
"""The events that are quoted for who is registered, with what."""


@REGISTERING.command
@dataclass(frozen=True)
class CorrectRegistration:
    """The registration whole, as it should have been. `civil` is the civil identity. No `outcomes`, and the same blocks
    sought: these are as they were. `possible_bars` as of `OpenCandidacy`."""

    registration: Registration
    civil: Words
    reason: Words
    office: Quote
    outcomes: tuple[Quote, ...] = ()
    possible_bars: tuple[Quote, ...] = ()


@REGISTERING.command
@dataclass(frozen=True)
class WithdrawCandidacy:
    """The candidate gives up, as they told whoever records it."""

    words: Words
    office: Quote


@REGISTERING.event(REGISTERED)
@dataclass(frozen=True)
class CandidacyRegistered:
    enrolment: Enrolment
    came_by: CameBy
    initiative: Initiative
    interview: Interview
    rules_handed: RulesHanded
    civil: Words


@REGISTERING.event(CORRECTED)
@dataclass(frozen=True)
class RegistrationCorrected:
    enrolment: Enrolment
    came_by: CameBy
    initiative: Initiative
    interview: Interview
    rules_handed: RulesHanded
    civil: Words
    reason: Words
    office: Quote
    outcomes: tuple[Quote, ...]
    """Those that the command quoted."""


@REGISTERING.event("candidacy.withdrawn")
@dataclass(frozen=True)
class CandidacyWithdrawn:
    words: Words
    office: Quote


def registered(certification: Certification, person: PersonId, provider: ProviderId, given: Registration,
               outcomes: tuple[Quote, ...], civil: Words, today: date) -> CandidacyRegistered:
    """What is registered of a person, if the rules allow it. Raises Refusal."""
    check_given(person, given, today)
    check_blocks(certification, person, given.sought, outcomes, today)
    return CandidacyRegistered(
        _enrolment(certification, person, provider, given, outcomes), given.came_by, given.initiative,
        given.interview, given.rules_handed, civil)


def _enrolment(certification: Certification, person: PersonId, provider: ProviderId, given: Registration,
               outcomes: tuple[Quote, ...]) -> Enrolment:
    return Enrolment(person, certification.code, certification.version, provider, given.company, given.sought,
                     outcomes, given.trained_by)


def check_given(person: PersonId, given: Registration, today: date) -> None:
    check_interview(person, given.interview, today)
    check_rules_handed(given.rules_handed, today)
    check_trainers(person, given.trained_by)


@rule("R4.3")
def check_interview(person: PersonId, interview: Interview, today: date) -> None:
    """It has taken place, and somebody else than the candidate held it."""
    if interview.on > today:
        raise Refusal("R4.3", N_("L’entretien d’inscription n’a pas encore eu lieu : une inscription le suit."))
    if interview.by in ("", SYSTEM, person):
        raise Refusal("R4.3", N_("Dites qui a mené l’entretien d’inscription : une autre personne que le candidat."))


@rule("R4.1")
def check_rules_handed(handed: RulesHanded, today: date) -> None:
    if not written(handed.version):
        raise Refusal("R4.1", N_("Dites quelle version du règlement a été remise."))
    if handed.on > today:
        raise Refusal("R4.1", N_("Le règlement est remis avant l’inscription : donnez le jour où il l’a été."))


@rule("R1.2")
def check_trainers(person: PersonId, trained_by: tuple[PersonId, ...]) -> None:
    """Each once, and none of them the candidate."""
    if {"", SYSTEM, person} & {*trained_by} or len({*trained_by}) != len(trained_by):
        raise Refusal("R1.2", N_("Nommez une fois chacun des formateurs ; le candidat n’en est pas."))


@rule("X8", "R9.1")
def check_blocks(certification: Certification, person: PersonId, sought: tuple[str, ...], outcomes: Collection[Quote],
                 on: date) -> None:
    """All blocks are sought, or those that earlier juries have not awarded."""
    kept = kept_blocks(keeping_of(certification), person, outcomes, on)
    check_sought(sought, kept)
    missing = left(certification, {one.block for one in kept})
    if sought != missing:
        raise Refusal("X8", N_("Les blocs à présenter sont {blocks} : ceux qui ne sont pas acquis."),
                      blocks=", ".join(missing))
    if not missing:
        raise Refusal("X8", N_("Tous les blocs sont déjà acquis : il ne reste rien à présenter."))


def left(certification: Certification, held: Collection[str]) -> tuple[str, ...]:
    """The blocks that are not held, in the framework's order."""
    return tuple(block for block in certification.blocks if block not in held)


def to_seek(certification: Certification, person: PersonId, outcomes: Collection[Quote], on: date
            ) -> tuple[tuple[str, ...], tuple[Quote, ...]]:
    """The blocks that a person presents from a day on, and the outcomes that are quoted for the others."""
    kept = kept_blocks(keeping_of(certification), person, outcomes, on)
    by = {(one.candidacy, one.ruled_on) for one in kept}
    cited = tuple(one for one in outcomes if (one.stream, outcome_of(one).ruled_on) in by)
    return left(certification, {one.block for one in kept}), cited


@REGISTERING.decides(CorrectRegistration)
def correct(state: CandidacyState, command: CorrectRegistration, asked: Asked) -> tuple[Any, ...]:
    access.check_registers(state, command.office, asked)
    before = check_live(state)
    given, today = command.registration, day_of(asked.now)
    check_given(state.person, given, today)
    outcomes = command.outcomes
    if not outcomes and given.sought == before.enrolment.sought:
        outcomes = before.enrolment.outcomes
    else:
        check_blocks(state.certification, state.person, given.sought, outcomes, today)
    check_as_planned(state, _enrolment(
        state.certification, state.person, before.enrolment.provider, given, outcomes))
    corrected = RegistrationCorrected(
        _enrolment(state.certification, state.person, before.enrolment.provider, given, outcomes), given.came_by,
        given.initiative, given.interview, given.rules_handed, command.civil, command.reason, command.office,
        command.outcomes)
    days = state.certification.bar_match_days
    found = examining.opened(state.body, days, command.possible_bars, state.examinations, "corrected", today)
    return (corrected, *examining.with_admission(state, found, asked))


@REGISTERING.decides(WithdrawCandidacy)
def withdraw(state: CandidacyState, command: WithdrawCandidacy, asked: Asked) -> tuple[Any, ...]:
    access.check_registers(state, command.office, asked)
    check_live(state)
    check_not_ruled(state)
    check_not_planned(state)
    return (CandidacyWithdrawn(command.words, command.office),)


@rule("R4.4")
def check_as_planned(state: CandidacyState, enrolment: Enrolment) -> None:
    """A hearing that is planned rests on the blocks, the trainers and the employer as they were registered."""
    if state.planned and check_live(state).enrolment != enrolment:
        raise Refusal("R4.4", N_("L’épreuve est prévue avec ces blocs, ces formateurs et cet employeur : annulez-la "
                                 "d’abord dans sa journée, corrigez, puis inscrivez-la de nouveau."))


@rule("R4.4")
def check_not_planned(state: CandidacyState) -> None:
    if state.planned:
        raise Refusal("R4.4", N_("Une épreuve est prévue : annulez-la d’abord dans sa journée."))


def check_live(state: CandidacyState) -> Registered:
    """The registration as it stands. Raises Refusal."""
    check_not_withdrawn(state)
    if not state.registrations:
        raise Refusal("X12", N_("Cette candidature n’a pas d’inscription : elle est celle d’un jury passé."))
    return state.registrations[-1]


@rule("X12")
def check_not_withdrawn(state: CandidacyState) -> None:
    if state.withdrawn is not None:
        raise Refusal("X12", N_("Le candidat s’est désisté : rien ne change plus. S’il revient, inscrivez-le de "
                                "nouveau."))


@rule("X12")
def check_not_ruled(state: CandidacyState) -> None:
    if state.standing():
        raise Refusal("X12", N_("Un jury a déjà statué : cette candidature ne se retire plus."))


@REGISTERING.evolves(CandidacyRegistered, RegistrationCorrected)
def now_registered(state: CandidacyState, event: CandidacyRegistered | RegistrationCorrected, happened: Happened
                   ) -> CandidacyState:
    reason = event.reason if isinstance(event, RegistrationCorrected) else None
    before = state.registrations[-1].position if state.registrations else None
    one = Registered(happened.position, happened.at, happened.actor, event.enrolment, event.came_by, event.initiative,
                     event.interview, event.rules_handed, event.civil, reason)
    return replace(state, registrations=(*state.registrations, one)).correcting(before)


@REGISTERING.evolves(CandidacyWithdrawn)
def withdrawn(state: CandidacyState, event: CandidacyWithdrawn, happened: Happened) -> CandidacyState:
    gone = Withdrawn(happened.at, happened.actor, event.words)
    return replace(state, withdrawn=gone).correcting(state.registrations[-1].position)


# Registrations shown in another stream


def quoted(quote: Quote) -> Enrolment:
    """Who is registered, with what. Refusal for a quote of anything else."""
    if quote.kind != KIND or quote.event not in SAYS_AN_ENROLMENT:
        raise Refusal("R1.1", N_("Ce qui est cité n’est pas l’inscription d’un candidat."))
    try:
        return decode(Enrolment, quote.data.get("enrolment"))
    except FieldError as error:
        raise Refusal("R1.1", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None
