"""A certificate, or an attestation of blocks, is issued on an award that the commission validated: it takes the next
number of the register (R8.3)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from evaluation.deadlines import day_of, due
from evaluation.field_values import day
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import BODY_KIND, check_by_the_platform
from evaluation.people import Paper, PersonId, Words
from evaluation.quoted_events import CERTIFICATE_ISSUED, CERTIFICATION_SUPERSEDED
from evaluation.quotes import Quote
from evaluation.register import access
from evaluation.register.state import Certificate, RegisterState
from evaluation.register.terms import (
    CertificateKind,
    Validated,
    WhyCorrected,
    register_id,
    validated,
)
from evaluation.rules import N_, Refusal, rule

ISSUING = Topic()
FIRST_YEAR = 2000
SHORTEST_CODE = 16


@ISSUING.command
@dataclass(frozen=True)
class OpenRegister:
    """By the platform, before the year's first certificate. `prefix` is what its numbers begin with."""

    register: str
    body: str
    year: int
    prefix: str


@ISSUING.event("register.opened")
@dataclass(frozen=True)
class RegisterOpened:
    register: str
    body: str
    year: int
    prefix: str


@ISSUING.command
@dataclass(frozen=True)
class IssueCertificate:
    """`award` quotes its validation. `holder` are the names, in words of the register's own; `code` is random, from the
    server. `superseded` quotes, in their order, how another code took the place of the certification's by the day of
    the ruling."""

    candidacy: str
    award: Quote
    holder: Words
    code: str
    office: Quote
    superseded: tuple[Quote, ...] = ()


@ISSUING.command
@dataclass(frozen=True)
class KeepPaper:
    """By the platform, once it is made. `duplicate` counts; 0 is the certificate itself."""

    number: int
    paper: Paper
    duplicate: int = 0


@ISSUING.event(CERTIFICATE_ISSUED)
@dataclass(frozen=True)
class CertificateIssued:
    """`certification` is the code in force on the day of the ruling. `replaces` is the number that this one corrects,
    for a `reason`, which a `paper` shows; `replaces_text` the same as it is printed. None of an award's first."""

    number: int
    text: str
    dated: date
    kind: CertificateKind
    candidacy: str
    person: PersonId
    certification: str
    version: str
    title: str
    blocks: tuple[str, ...]
    ruled_on: date
    validated_on: date
    holder: Words
    code: str
    company: str | None
    award: Quote
    office: Quote
    superseded: tuple[Quote, ...] = ()
    replaces: int | None = None
    replaces_text: str | None = None
    reason: WhyCorrected | None = None
    paper: Paper | None = None


@ISSUING.event("register.paper_kept")
@dataclass(frozen=True)
class PaperKept:
    number: int
    paper: Paper
    duplicate: int


@ISSUING.decides(OpenRegister)
def open_register(_state: None, command: OpenRegister, asked: Asked) -> tuple[Any, ...]:
    check_by_the_platform(asked.actor)
    check_opening(command)
    return (RegisterOpened(command.register, command.body, command.year, command.prefix),)


@rule("R8.3")
def check_opening(command: OpenRegister) -> None:
    """An awarding body has one register a year."""
    if command.register != register_id(command.body, command.year) or command.year < FIRST_YEAR:
        raise Refusal("R8.3", N_("Un organisme certificateur a un registre par an."))
    if not command.prefix.strip():
        raise Refusal("R8.3", N_("Un registre a un préfixe, par lequel ses numéros commencent."))


@ISSUING.evolves(RegisterOpened)
def opened(_state: None, event: RegisterOpened, _happened: Happened) -> RegisterState:
    return RegisterState(event.register, event.body, event.year, event.prefix)


@ISSUING.decides(IssueCertificate)
def issue(state: RegisterState, command: IssueCertificate, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    award = validated(command.award)
    check_award(state, command, award)
    check_once(state, command.candidacy, award.outcome)
    check_code(state, command.code)
    of, number = award.ruled, state.next_number
    return (CertificateIssued(
        number, state.text(number), day_of(asked.now), kind_of(award), command.candidacy, of.person,
        code_in_force(state, command, award), of.version, award.title, of.blocks, of.ruled_on, award.validated_on,
        command.holder, command.code,
        award.company, command.award, command.office, command.superseded),)


@rule("R8.3", "R8.1")
def check_award(state: RegisterState, command: IssueCertificate, award: Validated) -> None:
    """It is this candidacy's, was validated here and in the register's year, and awards something."""
    if command.award.stream != command.candidacy:
        raise Refusal("R8.3", N_("L’attribution citée est celle d’une autre candidature."))
    if (award.body, award.validated_on.year) != (state.body, state.year):
        raise Refusal("R8.3", N_("Cette attribution va au registre de l’année où la commission l’a validée."))
    if award.ruled.award == "none":
        raise Refusal("R8.3", N_("Le jury n’a rien attribué : il n’y a pas de certificat à établir."))


@rule("R8.3")
def check_once(state: RegisterState, candidacy: str, outcome: int) -> None:
    """An award has one number: another paper of it is a duplicate, or a correction."""
    number = state.awards.get((candidacy, outcome))
    if number is not None:
        raise Refusal("R8.3", N_("Le certificat de cette attribution est établi : {number}. Un autre exemplaire en est "
                                 "un duplicata."), number=state.text(number))


@rule("X10")
def check_code(state: RegisterState, code: str) -> None:
    """Nobody guesses it, and it is no other certificate's."""
    if len(code) < SHORTEST_CODE or any(one.code == code for one in state.certificates.values()):
        raise Refusal("X10", N_("Le code de vérification est trop court, ou déjà pris."))


def kind_of(award: Validated) -> CertificateKind:
    """R1.6, R8.2: a partial award gives an attestation of its blocks."""
    return "certificate" if award.ruled.award == "full" else "attestation"


@rule("R1.1", permits="")
def code_in_force(state: RegisterState, command: IssueCertificate, award: Validated) -> str:
    """The code that stood, on the day of the ruling, in the place of the one that the jury ruled under. Refusal for
    what is quoted and says nothing of it."""
    code = award.ruled.certification
    for quote in command.superseded:
        known = (quote.kind, quote.event, quote.stream) == (BODY_KIND, CERTIFICATION_SUPERSEDED, state.body)
        if not known or quote.data.get("code") != code or day(quote.data.get("since")) > award.ruled.ruled_on:
            raise Refusal("R1.1", N_("Ce qui est cité ne remplace pas {code} au jour du jury."), code=code)
        code = cast("str", quote.data["by"])
    return code


@ISSUING.evolves(CertificateIssued)
def issued(state: RegisterState, event: CertificateIssued, happened: Happened) -> RegisterState:
    award = validated(event.award)
    delivered = event.dated
    one = Certificate(
        event.number, event.text, happened.position, happened.at, event.kind, event.candidacy, event.person,
        event.certification, award.ruled.certification, event.version, event.title, event.blocks, event.ruled_on,
        event.validated_on, award.certificate_due, event.holder, event.code, event.company, event.award,
        due(delivered, months=award.deposit_months, move_off_holidays=award.move_off_holidays),
        event.superseded, event.replaces, event.reason, event.paper,
        company_gone=event.company in state.companies_gone)
    before = state.certificates.get(event.replaces or 0)
    gone = () if before is None else (replace(before, replaced_by=one.number),)
    after = state.with_certificates((*gone, one), happened.position)
    return replace(after, awards={**state.awards, (one.candidacy, award.outcome): one.number})


# Papers


@ISSUING.decides(KeepPaper)
def keep(state: RegisterState, command: KeepPaper, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it is kept already: the paper is made once, and stays as it was made."""
    check_by_the_platform(asked.actor)
    one = state.certificate(command.number)
    check_duplicate(one, command.duplicate)
    there = one.paper if command.duplicate == 0 else one.duplicates[command.duplicate - 1].paper
    return () if there is not None else (PaperKept(command.number, command.paper, command.duplicate),)


@rule("R8.3")
def check_duplicate(one: Certificate, duplicate: int) -> None:
    if not 0 <= duplicate <= len(one.duplicates):
        raise Refusal("R8.3", N_("Ce duplicata n’est pas au registre."))


@ISSUING.evolves(PaperKept)
def kept(state: RegisterState, event: PaperKept, happened: Happened) -> RegisterState:
    one = state.certificates[event.number]
    if event.duplicate == 0:
        return state.with_certificates(
            (replace(one, paper=event.paper, fate="to_post" if one.fate == "to_print" else one.fate),),
            happened.position)
    copies = tuple(replace(copy, paper=event.paper) if copy.number == event.duplicate else copy
                   for copy in one.duplicates)
    return state.with_certificates((replace(one, duplicates=copies, fate="to_post"),), happened.position)
