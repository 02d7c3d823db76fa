"""The certificate that the register issued, corrected or revoked (R8.3). Told by the server, after the register's own
event; it stands beside what the clerk noted of before the platform."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evaluation.candidacy.certifying import CertificateNoted
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.validated import is_validated
from evaluation.field_values import day, json_object
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.quoted_events import AWARD_VALIDATED, CERTIFICATE_ISSUED, CERTIFICATE_REVOKED
from evaluation.quotes import Quote
from evaluation.register.terms import KIND as REGISTER_KIND
from evaluation.register.terms import register_id
from evaluation.rules import N_, Refusal, rule

ISSUED = Topic()


@ISSUED.command
@dataclass(frozen=True)
class NoteIssued:
    """`said` quotes what the register says of a certificate of this candidacy."""

    said: Quote


@ISSUED.event("candidacy.certificate_revoked")
@dataclass(frozen=True)
class CertificateRevoked:
    """`noted` is where the certificate stands here."""

    said: Quote
    noted: int


@ISSUED.decides(NoteIssued)
def note(state: CandidacyState, command: NoteIssued, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it is known already."""
    check_by_the_platform(asked.actor)
    said = command.said
    check_issued(state, said)
    place = _place(said, said.data["number"])
    standing = {one.in_register: one.position for one in state.certified()}
    if said.event == CERTIFICATE_REVOKED:
        return (CertificateRevoked(said, standing[place]),) if place in standing else ()
    if place in {one.in_register for one in state.certificates.values()}:
        return ()
    replaces = said.data.get("replaces")
    corrects = standing.get(_place(said, replaces)) if replaces is not None else None
    return (CertificateNoted(str(said.data["text"]), day(said.data["dated"]), None, None, corrects, said),)


def _place(said: Quote, number: object) -> tuple[str, int]:
    return said.stream, int(str(number))


@rule("R8.3")
def check_issued(state: CandidacyState, said: Quote) -> None:
    """Of this candidacy; one that is issued follows a validated award, in the register of that year."""
    if said.kind != REGISTER_KIND or said.event not in (CERTIFICATE_ISSUED, CERTIFICATE_REVOKED) or (
            said.data.get("candidacy") != state.id):
        raise Refusal("R8.3", N_("Ce qui est cité n’est pas un certificat de cette candidature."))
    if said.event == CERTIFICATE_REVOKED:
        return
    award = json_object(said.data.get("award", {}))
    found = [one for one in state.validations.values() if one.position == award.get("position")]
    if award.get("event") != AWARD_VALIDATED or not found or not is_validated(state, found[0].outcome):
        raise Refusal("R8.3", N_("Ce certificat ne suit pas une attribution validée."))
    if said.stream != register_id(state.body, found[0].on.year):
        raise Refusal("R8.3", N_("Ce qui est cité n’est pas un certificat de cette candidature."))


@ISSUED.evolves(CertificateRevoked)
def revoked(state: CandidacyState, event: CertificateRevoked, _happened: Happened) -> CandidacyState:
    return state.correcting(event.noted)
