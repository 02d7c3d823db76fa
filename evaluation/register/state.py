"""A register of certificates as its journal has made it."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from evaluation.people import Paper, PersonId, Words
from evaluation.quotes import Quote
from evaluation.register.terms import (
    Addressee,
    CertificateKind,
    DepositAction,
    Fate,
    Holds,
    WhyCorrected,
    WhyDuplicated,
    number_text,
)
from evaluation.rules import N_, Refusal

AWAY: frozenset[Fate] = frozenset({"posted", "received", "passed_on"})
"""It is no longer with the awarding body."""


@dataclass(frozen=True)
class Posting:
    """It left on a day, to the company or to the holder, under a tracking number."""

    number: int
    on: date
    to: Addressee
    tracking: str
    position: int


@dataclass(frozen=True)
class FateSeen:
    """What became of a certificate on a day."""

    fate: Fate
    on: date
    words: Words | None


@dataclass(frozen=True)
class Duplicated:
    """A duplicate bears the same number; `number` counts the duplicates."""

    number: int
    why: WhyDuplicated
    words: Words | None
    at: int
    paper: Paper | None = None


@dataclass(frozen=True)
class Revocation:
    at: int
    by: PersonId
    words: Words


@dataclass(frozen=True)
class Certificate:
    """One number. `holder` are the names, under the register's own key; `code` is what a stranger shows beside the
    number. `certification` is the code in force when the jury ruled, `under` the one that the jury ruled under.
    `replaces` and `replaced_by` are numbers. `company_gone` says that the company exists no more, whichever certificate
    that was noted of. `changed` is the position of its last change."""

    number: int
    text: str
    position: int
    at: int
    kind: CertificateKind
    candidacy: str
    person: PersonId
    certification: str
    under: str
    version: str
    title: str
    blocks: tuple[str, ...]
    ruled_on: date
    validated_on: date
    due_on: date
    holder: Words
    code: str
    company: str | None
    award: Quote
    deposit_by: date
    superseded: tuple[Quote, ...] = ()
    replaces: int | None = None
    reason: WhyCorrected | None = None
    proof: Paper | None = None
    replaced_by: int | None = None
    paper: Paper | None = None
    postings: tuple[Posting, ...] = ()
    fate: Fate = "to_print"
    fate_on: date | None = None
    fates: tuple[FateSeen, ...] = ()
    duplicates: tuple[Duplicated, ...] = ()
    revoked: Revocation | None = None
    company_gone: bool = False
    changed: int = 0

    @property
    def holds(self) -> Holds:
        if self.revoked is not None:
            return "revoked"
        return "replaced" if self.replaced_by is not None else "valid"

    @property
    def printed(self) -> bool:
        """Whether the paper that goes next is made: the last duplicate, else the certificate."""
        return self.paper is not None and all(copy.paper is not None for copy in self.duplicates)

    @property
    def addressee(self) -> Addressee:
        """Where its paper goes next: to the company, unless there is none, or it is gone, or the holder had it
        already."""
        gone = self.company is None or self.company_gone
        return "holder" if gone or any(one.to == "holder" for one in self.postings) else "company"

    @property
    def goes_to(self) -> Addressee:
        """Where its paper is, or is on its way to; its addressee where it is to leave."""
        return self.postings[-1].to if self.fate in AWAY else self.addressee


@dataclass(frozen=True)
class Answer:
    """What a receipt says of one certificate: `why` it was refused, None where it was taken."""

    why: Words | None
    at: int


@dataclass(frozen=True)
class Deposit:
    """One file that was sent, and what its receipts say, by number."""

    flux: str
    action: DepositAction
    position: int
    at: int
    numbers: tuple[int, ...]
    paper: Paper
    answers: Mapping[int, Answer] = field(default_factory=dict[int, Answer])
    receipts: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class RegisterState:
    """`body` is the awarding body's stream. Certificates are by number, from 1 on, without a gap. `awards` are the
    numbers by the candidacy and the position of the outcome: one each, a corrected one's the last."""

    id: str
    body: str
    year: int
    prefix: str
    certificates: Mapping[int, Certificate] = field(default_factory=dict[int, Certificate])
    awards: Mapping[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])
    deposits: Mapping[str, Deposit] = field(default_factory=dict[str, Deposit])
    position: int = 0
    last_at: int = 0

    def certificate(self, number: int) -> Certificate:
        """Refusal for a number that was not given."""
        found = self.certificates.get(number)
        if found is None:
            raise Refusal("R8.3", N_("Ce numéro n’est pas au registre."))
        return found

    @property
    def next_number(self) -> int:
        return len(self.certificates) + 1

    def text(self, number: int) -> str:
        return number_text(self.prefix, self.year, number)

    def named(self, text: str) -> Certificate | None:
        """By the number as it is printed."""
        return next((one for one in self.certificates.values() if one.text == text), None)

    @property
    def companies_gone(self) -> frozenset[str]:
        """Companies, by their digests, that exist no more."""
        return frozenset(one.company for one in self.certificates.values()
                         if one.company is not None and one.company_gone)

    def with_certificates(self, changed: Iterable[Certificate], position: int) -> RegisterState:
        new = {one.number: replace(one, changed=position) for one in changed}
        return replace(self, certificates={**self.certificates, **new})
