"""A candidacy begins: who, for which version of which certification, through which provider (R1.1); with its
registration, unless the clerk records a past one."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from evaluation.body import accrediting, certifications
from evaluation.candidacy import access, examining, registering
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.terms import Registration
from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import OfficeRole, ProviderId
from evaluation.people import SYSTEM, PersonId, Words
from evaluation.quoted_events import CANDIDACY_OPENED
from evaluation.quotes import Quote
from evaluation.rules import N_, Forbidden, Refusal, rule

OPENING = Topic()


@OPENING.command
@dataclass(frozen=True)
class OpenCandidacy:
    """`framework`, `office` and `agreement` quote the awarding body: the version put in force, the grant of the office
    under which the candidacy is opened, the provider's agreement. `first_jury` is the day of the first jury that ruled,
    where the clerk records a past candidacy (X8): under the version that was in force then, without an agreement.
    `registration`, `civil` (the civil identity) and `outcomes` (by which blocks are kept) are those of a candidate who
    is registered; `possible_bars` quote the bars of people who may be this one (R6.6): the server finds them."""

    candidacy: str
    person: PersonId
    framework: Quote
    office: Quote
    provider: ProviderId | None = None
    agreement: Quote | None = None
    first_jury: date | None = None
    registration: Registration | None = None
    civil: Words | None = None
    outcomes: tuple[Quote, ...] = ()
    possible_bars: tuple[Quote, ...] = ()


@OPENING.event(CANDIDACY_OPENED)
@dataclass(frozen=True)
class CandidacyOpened:
    candidacy: str
    person: PersonId
    framework: Quote
    office: Quote
    provider: ProviderId | None
    agreement: Quote | None
    first_jury: date | None
    possible_bars: tuple[Quote, ...] = ()


@OPENING.decides(OpenCandidacy)
def open_candidacy(_state: None, command: OpenCandidacy, asked: Asked) -> tuple[Any, ...]:
    role = access.check_opens(command.office, command.provider, asked)
    if not command.candidacy or command.person in ("", SYSTEM):
        raise Refusal("R1.1", N_("Une candidature est celle d’une personne."))
    access.check_same_body(command.framework, command.office.stream)
    check_past(role, command.first_jury, day_of(asked.now))
    certifications.check_quoted(command.framework, command.first_jury or day_of(asked.now))
    if role is not OfficeRole.CLERK or command.registration is not None or command.agreement is not None:
        check_agreement(command, asked)
    opening = CandidacyOpened(
        command.candidacy, command.person, command.framework, command.office, command.provider, command.agreement,
        command.first_jury, command.possible_bars)
    return (opening, *_registered(command, day_of(asked.now)))


def _registered(command: OpenCandidacy, today: date) -> tuple[Any, ...]:
    """What follows of a candidate who is registered."""
    given, civil, provider = command.registration, command.civil, command.provider
    check_whole(command)
    if given is None or civil is None or provider is None:
        return ()
    of = certifications.quoted(command.framework).certification
    return (
        registering.registered(of, command.person, provider, given, command.outcomes, civil, today),
        *examining.opened(command.office.stream, of.bar_match_days, command.possible_bars, (), "registered", today))


@rule("X12")
def check_whole(command: OpenCandidacy) -> None:
    """A registration has all that belongs to it; a past candidacy has none."""
    given, civil = command.registration is not None, command.civil is not None
    if given != civil or ((command.outcomes or command.possible_bars) and not given):
        raise Refusal("X12", N_("Une inscription et l’état civil du candidat vont ensemble."))
    if given == (command.first_jury is not None):
        raise Refusal("X12", N_("Un candidat s’inscrit avant le jury ; une candidature passée n’a pas d’inscription."))


@rule("X8")
def check_past(role: OfficeRole, first_jury: date | None, today: date) -> None:
    """The clerk alone records what juries have ruled already."""
    if first_jury is None:
        return
    if role is not OfficeRole.CLERK:
        raise Forbidden("X8", N_("C’est au secrétariat de l’organisme certificateur d’enregistrer une candidature "
                                 "passée."))
    if first_jury > today:
        raise Refusal("X8", N_("Le jury qui a statué ne s’est pas encore réuni."))


@rule("R1.7")
def check_agreement(command: OpenCandidacy, asked: Asked) -> None:
    """The agreement quoted is the provider's, and in force today."""
    if command.agreement is None or accrediting.quoted(command.agreement).provider != command.provider:
        raise Refusal("R1.7", N_("La convention citée n’est pas celle de cet organisme de formation."))
    access.check_same_body(command.agreement, command.office.stream)
    accrediting.check_quoted(command.agreement, day_of(asked.now))


@OPENING.evolves(CandidacyOpened)
def opened(_state: None, event: CandidacyOpened, happened: Happened) -> CandidacyState:
    framework = certifications.quoted(event.framework)
    return CandidacyState(
        event.candidacy, event.person, event.office.stream, framework.certification, framework.since, event.provider,
        day_of(happened.at), event.first_jury)
