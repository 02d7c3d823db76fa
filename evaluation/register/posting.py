"""A certificate goes to the company, which passes it on; to the holder where there is no company, or it is gone
(R8.2). A company that is gone is so for everybody whose certificate was to go to it."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Words
from evaluation.quotes import Quote
from evaluation.register import access
from evaluation.register.correcting import check_valid
from evaluation.register.state import Certificate, FateSeen, Posting, RegisterState
from evaluation.register.terms import Addressee, Fate
from evaluation.rules import N_, Refusal, rule

POSTING = Topic()
FateNoted = Literal["received", "passed_on", "undeliverable", "company_gone"]
AFTER: Mapping[FateNoted, frozenset[Fate]] = {
    "received": frozenset({"posted"}), "undeliverable": frozenset({"posted"}),
    "passed_on": frozenset({"posted", "received"}),
    "company_gone": frozenset({"to_print", "to_post", "posted", "received", "undeliverable"}),
}
"""What each can follow."""
POSTED_FROM: frozenset[Fate] = frozenset({"to_post", "undeliverable", "company_gone"})


@POSTING.command
@dataclass(frozen=True)
class PostCertificates:
    """One letter or parcel: to one company, or to one holder. `tracking` is the carrier's number."""

    numbers: tuple[int, ...]
    to: Addressee
    tracking: str
    on: date
    office: Quote


@POSTING.command
@dataclass(frozen=True)
class NoteFate:
    """What became of a certificate that was posted, or of the company that it goes to, on a day."""

    number: int
    fate: FateNoted
    on: date
    office: Quote
    words: Words | None = None


@POSTING.event("register.certificates_posted")
@dataclass(frozen=True)
class CertificatesPosted:
    numbers: tuple[int, ...]
    to: Addressee
    tracking: str
    on: date
    office: Quote


@POSTING.event("register.fate_noted")
@dataclass(frozen=True)
class FateOfCertificate:
    number: int
    fate: FateNoted
    on: date
    office: Quote
    words: Words | None


@POSTING.decides(PostCertificates)
def post(state: RegisterState, command: PostCertificates, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    found = [state.certificate(one) for one in command.numbers]
    for one in found:
        check_valid(one)
        check_ready(one)
    check_parcel(found, command)
    check_posted_on(found, command.on, day_of(asked.now))
    return (CertificatesPosted(command.numbers, command.to, command.tracking, command.on, command.office),)


@rule("R8.2")
def check_ready(one: Certificate) -> None:
    """Its paper is there, and not on its way already."""
    if one.fate not in POSTED_FROM or not one.printed:
        raise Refusal("R8.2", N_("{number} n’est pas à envoyer : son document n’est pas prêt, ou il est déjà parti."),
                      number=one.text)


@rule("R8.2")
def check_parcel(found: Iterable[Certificate], command: PostCertificates) -> None:
    """Tracked, without a double, to one address: nobody gets what is for others."""
    if not command.tracking.strip():
        raise Refusal("R8.2", N_("Donnez le numéro de suivi de l’envoi."))
    if not command.numbers or len(set(command.numbers)) != len(command.numbers):
        raise Refusal("R8.2", N_("Un envoi contient au moins un certificat, et aucun deux fois."))
    if any(one.addressee == "holder" for one in found) and command.to == "company":
        raise Refusal("R8.2", N_("Il n’y a pas d’entreprise pour l’un de ces certificats : envoyez-le à son "
                                 "titulaire."))
    addresses = {one.company if command.to == "company" else one.person for one in found}
    if len(addresses) > 1:
        raise Refusal("R8.2", N_("Un envoi va à une seule adresse : ces certificats vont à plusieurs."))


@rule("R8.2")
def check_posted_on(found: Iterable[Certificate], on: date, today: date) -> None:
    earliest = max((max(day_of(one.at), *(each.on for each in one.postings)) if one.postings else day_of(one.at)
                    for one in found), default=on)
    if not earliest <= on <= today:
        raise Refusal("R8.2", N_("Un certificat part après avoir été établi, et au plus tard aujourd’hui."))


@POSTING.evolves(CertificatesPosted)
def posted(state: RegisterState, event: CertificatesPosted, happened: Happened) -> RegisterState:
    return state.with_certificates((_posted(state.certificates[one], event, happened.position)
                                    for one in event.numbers), happened.position)


def _posted(one: Certificate, event: CertificatesPosted, position: int) -> Certificate:
    posting = Posting(len(one.postings) + 1, event.on, event.to, event.tracking, position)
    return replace(one, postings=(*one.postings, posting), fate="posted", fate_on=event.on)


@POSTING.decides(NoteFate)
def note(state: RegisterState, command: NoteFate, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    one = state.certificate(command.number)
    check_valid(one)
    check_fate(one, command)
    check_fate_on(one, command.on, day_of(asked.now))
    return (FateOfCertificate(command.number, command.fate, command.on, command.office, command.words),)


@rule("R8.2")
def check_fate(one: Certificate, command: NoteFate) -> None:
    """It follows what was known; a company alone passes on, or is gone, while the paper is bound for it."""
    if one.fate not in AFTER[command.fate]:
        raise Refusal("R8.2", N_("Ce qui est noté ne suit pas ce qui est connu de {number} : rouvrez la page."),
                      number=one.text)
    if command.fate in ("passed_on", "company_gone") and one.goes_to != "company":
        raise Refusal("R8.2", N_("{number} va à son titulaire : il n’y a pas d’entreprise."), number=one.text)


@rule("R8.2")
def check_fate_on(one: Certificate, on: date, today: date) -> None:
    if not max(one.fate_on or date.min, day_of(one.at)) <= on <= today:
        raise Refusal("R8.2", N_("Cette date est avant celle du dernier fait connu, ou dans l’avenir."))


@POSTING.evolves(FateOfCertificate)
def noted(state: RegisterState, event: FateOfCertificate, happened: Happened) -> RegisterState:
    """A paper that was never made is made before it is posted anywhere."""
    one = state.certificates[event.number]
    seen = FateSeen(event.fate, event.on, event.words)
    one = replace(one, fate=event.fate, fate_on=event.on, fates=(*one.fates, seen))
    if event.fate != "company_gone":
        return state.with_certificates((one,), happened.position)
    others = (each for each in state.certificates.values() if each.company == one.company and each.number != one.number)
    return state.with_certificates((replace(each, company_gone=True) for each in (one, *others)), happened.position)
