"""What commands, events and the state of a register of certificates share."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from evaluation.candidacy.state import KIND as CANDIDACY
from evaluation.candidacy.state import Awarded
from evaluation.codec import FieldError, decode
from evaluation.people import PersonId
from evaluation.quoted_events import AWARD_VALIDATED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal

KIND = "register"

CertificateKind = Literal["certificate", "attestation"]
"""Of the whole certification, or of some of its blocks."""
Holds = Literal["valid", "replaced", "revoked"]
"""Whether a certificate can be relied on."""
Fate = Literal["to_print", "to_post", "posted", "received", "passed_on", "undeliverable", "company_gone"]
"""What became of its paper."""
Addressee = Literal["company", "holder"]
WhyCorrected = Literal["typing_error", "civil_status"]
WhyDuplicated = Literal["lost", "stolen", "damaged", "never_arrived"]
DepositAction = Literal["creation", "suppression"]
DepositStatus = Literal["listed", "to_deposit", "sent", "deposited", "refused", "not_to_deposit", "to_take_back",
                        "taking_back", "taking_back_refused", "taken_back"]
"""How far the deposit of a certificate is; an attestation is listed alone."""


def register_id(body: str, year: int) -> str:
    """The register of the awards that were validated in a year: an award has one, whenever its certificate is made."""
    return f"register-{body}-{year}"


def number_text(prefix: str, year: int, number: int) -> str:
    """As it is printed."""
    return f"{prefix}-{year}-{number:05d}"


@dataclass(frozen=True)
class Validated:
    """An award as the commission validated it: what was ruled, and `outcome`, the position in its candidacy at which
    that stands. `company` is the keyed digest of the employer's name, None of who has none. The certificate is due by a
    day (R8.2)."""

    ruled: Awarded
    outcome: int
    validated_on: date
    title: str
    company: str | None
    certificate_due: date
    deposit_months: int
    move_off_holidays: bool
    body: str

    @property
    def person(self) -> PersonId:
        return self.ruled.person


def validated(quote: Quote) -> Validated:
    """The award whose validation is quoted. Refusal for a quote of anything else."""
    if (quote.kind, quote.event) != (CANDIDACY, AWARD_VALIDATED):
        raise Refusal("R8.3", N_("Ce qui est cité n’est pas une attribution validée par la commission."))
    try:
        known = {name: quote.data[name] for name in Validated.__dataclass_fields__ if name in quote.data}
        return decode(Validated, known)
    except FieldError as error:
        raise Refusal("R8.3", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None
