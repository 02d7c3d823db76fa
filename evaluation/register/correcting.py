"""What happens to a certificate after it was issued: a duplicate, a correction under a new number, a revocation (R8.3).
Nothing is erased: the number that was corrected or revoked stays, and says so."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.body.terms import Meeting
from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Paper, PersonId, Words
from evaluation.quoted_events import CERTIFICATE_REVOKED
from evaluation.quotes import Quote
from evaluation.register import access
from evaluation.register.issuing import CertificateIssued, check_code
from evaluation.register.state import Certificate, Duplicated, RegisterState, Revocation
from evaluation.register.terms import WhyCorrected, WhyDuplicated
from evaluation.rules import N_, Refusal, rule

CORRECTING = Topic()


@CORRECTING.command
@dataclass(frozen=True)
class IssueDuplicate:
    """It bears the same number, and says that it is a duplicate."""

    number: int
    reason: WhyDuplicated
    office: Quote
    words: Words | None = None


@CORRECTING.command
@dataclass(frozen=True)
class CorrectCertificate:
    """Another certificate takes its place, with other names (`holder`), a number and a `code` of its own. `award`
    quotes again what the one that is corrected was issued on: a new number follows an award that holds. `paper` shows a
    change of civil status."""

    number: int
    holder: Words
    code: str
    reason: WhyCorrected
    award: Quote
    office: Quote
    paper: Paper | None = None


@CORRECTING.command
@dataclass(frozen=True)
class RevokeCertificate:
    """By the commission, which says why."""

    number: int
    words: Words
    office: Quote
    meeting: Meeting | None = None


@CORRECTING.event("register.duplicate_issued")
@dataclass(frozen=True)
class DuplicateIssued:
    number: int
    reason: WhyDuplicated
    office: Quote
    words: Words | None


@CORRECTING.event(CERTIFICATE_REVOKED)
@dataclass(frozen=True)
class CertificateRevoked:
    number: int
    text: str
    candidacy: str
    person: PersonId
    words: Words
    office: Quote
    meeting: Meeting | None


@CORRECTING.decides(IssueDuplicate)
def duplicate(state: RegisterState, command: IssueDuplicate, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    one = state.certificate(command.number)
    check_valid(one)
    check_printed(one)
    return (DuplicateIssued(command.number, command.reason, command.office, command.words),)


@rule("R8.3")
def check_valid(one: Certificate) -> None:
    """What was replaced or revoked is neither printed, posted, corrected nor revoked any more."""
    if one.holds == "replaced":
        raise Refusal("R8.3", N_("{number} a été remplacé par un autre certificat : agissez sur celui-là."),
                      number=one.text)
    if one.holds == "revoked":
        raise Refusal("R8.3", N_("{number} a été retiré : il ne vaut plus."), number=one.text)


@rule("R8.3")
def check_printed(one: Certificate) -> None:
    """A duplicate is of a paper that there is, and that there is not yet another duplicate of to be made."""
    if not one.printed:
        raise Refusal("R8.3", N_("Le document de {number} est en préparation : attendez qu’il soit prêt."),
                      number=one.text)


@CORRECTING.evolves(DuplicateIssued)
def duplicated(state: RegisterState, event: DuplicateIssued, happened: Happened) -> RegisterState:
    one = state.certificates[event.number]
    copy = Duplicated(len(one.duplicates) + 1, event.reason, event.words, happened.at)
    return state.with_certificates(
        (replace(one, duplicates=(*one.duplicates, copy), fate="to_print"),), happened.position)


@CORRECTING.decides(CorrectCertificate)
def correct(state: RegisterState, command: CorrectCertificate, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    one = state.certificate(command.number)
    check_valid(one)
    check_code(state, command.code)
    check_same_award(one, command.award)
    check_proved(command)
    number = state.next_number
    return (CertificateIssued(
        number, state.text(number), day_of(asked.now), one.kind, one.candidacy, one.person, one.certification,
        one.version, one.title, one.blocks, one.ruled_on, one.validated_on, command.holder, command.code,
        one.company if one.addressee == "company" else None, one.award,
        command.office, one.superseded, one.number, one.text, command.reason, command.paper),)


@rule("R8.3", "R8.1")
def check_same_award(one: Certificate, award: Quote) -> None:
    """What a quote says still holds, or it is refused: what was annulled, returned or withheld gets no new number."""
    if (award.kind, award.stream, award.position) != (one.award.kind, one.award.stream, one.award.position):
        raise Refusal("R8.3", N_("L’attribution citée n’est pas celle de {number}."), number=one.text)


@rule("R8.3")
def check_proved(command: CorrectCertificate) -> None:
    if command.reason == "civil_status" and command.paper is None:
        raise Refusal("R8.3", N_("Joignez l’acte qui montre le changement d’état civil."))


# Revocation


@CORRECTING.decides(RevokeCertificate)
def revoke(state: RegisterState, command: RevokeCertificate, asked: Asked) -> tuple[Any, ...]:
    access.check_commission(state, command.office, command.meeting, asked)
    one = state.certificate(command.number)
    check_valid(one)
    return (CertificateRevoked(one.number, one.text, one.candidacy, one.person, command.words, command.office,
                               command.meeting),)


@CORRECTING.evolves(CertificateRevoked)
def revoked(state: RegisterState, event: CertificateRevoked, happened: Happened) -> RegisterState:
    said = Revocation(happened.at, happened.actor, event.words)
    return state.with_certificates((replace(state.certificates[event.number], revoked=said),), happened.position)
