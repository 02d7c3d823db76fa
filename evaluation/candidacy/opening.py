"""A candidacy begins: who, for which version of which certification, through which provider (R1.1)."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evaluation.body import accrediting, certifications
from evaluation.candidacy import access
from evaluation.candidacy.state import CandidacyState
from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import OfficeRole, ProviderId
from evaluation.people import SYSTEM, PersonId
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

OPENING = Topic()


@OPENING.command
@dataclass(frozen=True)
class OpenCandidacy:
    """`framework`, `office` and `agreement` quote the awarding body: the version put in force, the grant of the office
    under which the candidacy is opened, the provider's agreement. The clerk records a candidacy from before the
    platform without an agreement."""

    candidacy: str
    person: PersonId
    framework: Quote
    office: Quote
    provider: ProviderId | None = None
    agreement: Quote | None = None


@OPENING.event("candidacy.opened")
@dataclass(frozen=True)
class CandidacyOpened:
    candidacy: str
    person: PersonId
    framework: Quote
    office: Quote
    provider: ProviderId | None
    agreement: Quote | None


@OPENING.decides(OpenCandidacy)
def open_candidacy(_state: None, command: OpenCandidacy, asked: Asked) -> tuple[Any, ...]:
    role = access.check_opens(command.office, command.provider, asked)
    if not command.candidacy or command.person in ("", SYSTEM):
        raise Refusal("R1.1", N_("Une candidature est celle d’une personne."))
    access.check_same_body(command.framework, command.office.stream)
    certifications.check_quoted(command.framework, day_of(asked.now))
    if role is not OfficeRole.CLERK or command.agreement is not None:
        check_agreement(command, asked)
    return (
        CandidacyOpened(
            command.candidacy, command.person, command.framework, command.office, command.provider, command.agreement),
    )


@rule("R1.7")
def check_agreement(command: OpenCandidacy, asked: Asked) -> None:
    """The agreement quoted is the provider's, and in force today."""
    if command.agreement is None or accrediting.quoted(command.agreement).provider != command.provider:
        raise Refusal("R1.7", N_("La convention citée n’est pas celle de cet organisme de formation."))
    access.check_same_body(command.agreement, command.office.stream)
    accrediting.check_quoted(command.agreement, day_of(asked.now))


@OPENING.evolves(CandidacyOpened)
def opened(_state: None, event: CandidacyOpened, happened: Happened) -> CandidacyState:
    certification = certifications.quoted(event.framework).certification
    return CandidacyState(
        event.candidacy, event.person, event.office.stream, certification, event.provider, day_of(happened.at))
