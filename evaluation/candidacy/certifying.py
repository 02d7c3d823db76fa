"""The certificate that followed an award: number, date, paper (R8.3). A mistake is corrected by a later note."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.candidacy import access
from evaluation.candidacy.state import CandidacyState, KnownCertificate
from evaluation.candidacy.validated import check_validated
from evaluation.candidacy.withholding import check_not_disqualified, check_not_withheld
from evaluation.deadlines import day_of
from evaluation.field_values import json_object, written
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Paper
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

CERTIFYING = Topic()


@CERTIFYING.command
@dataclass(frozen=True)
class NoteCertificate:
    """`corrects` is the position of the note that this one corrects."""

    number: str
    dated: date
    paper: Paper
    office: Quote
    corrects: int | None = None


@CERTIFYING.event("candidacy.certificate_noted")
@dataclass(frozen=True)
class CertificateNoted:
    """`said` quotes the register that issued it, where its paper is kept: then no clerk noted it."""

    number: str
    dated: date
    paper: Paper | None
    office: Quote | None
    corrects: int | None
    said: Quote | None = None


@CERTIFYING.decides(NoteCertificate)
def note(state: CandidacyState, command: NoteCertificate, asked: Asked) -> tuple[Any, ...]:
    access.check_records(state, command.office, asked)
    check_not_withheld(state)
    check_not_disqualified(state)
    check_certificate(state, command, day_of(asked.now))
    return (
        CertificateNoted(command.number, command.dated, command.paper, command.office, command.corrects),
    )


@rule("R8.3")
def check_certificate(state: CandidacyState, command: NoteCertificate, today: date) -> None:
    """It follows an award, has a number, and is noted once."""
    if not written(command.number):
        raise Refusal("R8.3", N_("Donnez le numéro du certificat."))
    found = [one for one in state.standing() if one.awarded.award != "none"]
    if not found:
        raise Refusal("R8.3", N_("Aucune attribution n’est enregistrée : un certificat la suit."))
    check_validated(state, found[-1])
    awards = [one.awarded.ruled_on for one in found]
    if not min(awards) <= command.dated <= today:
        raise Refusal("R8.3", N_("Un certificat est daté du jour de l’attribution ou d’après, et pas de l’avenir."))
    if command.corrects in {one.position for one in state.certified() if one.in_register is not None}:
        raise Refusal("R8.3", N_("Ce certificat est dans le registre : c’est là qu’il se corrige."))
    others = {one.position: one.number for one in state.certified()}
    if command.corrects is not None and others.pop(command.corrects, None) is None:
        raise Refusal("R8.3", N_("Le certificat à corriger n’est pas connu, ou a déjà été corrigé."))
    if command.number in others.values():
        raise Refusal("R8.3", N_("Ce certificat est déjà enregistré."))


@CERTIFYING.evolves(CertificateNoted)
def noted(state: CandidacyState, event: CertificateNoted, happened: Happened) -> CandidacyState:
    said = event.said
    award = int(str(json_object(said.data["award"])["position"])) if said is not None else None
    place = (said.stream, int(str(said.data["number"]))) if said is not None else None
    one = KnownCertificate(happened.position, event.number, event.dated, event.paper, award, place)
    return replace(state, certificates={**state.certificates, one.position: one}).correcting(event.corrects)
