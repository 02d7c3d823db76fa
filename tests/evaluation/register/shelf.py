"""Registers for tests, at 16 March 2026, with the awards that they quote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from evaluation.body.terms import Meeting
from evaluation.candidacy.state import Award, Awarded
from evaluation.codec import encode
from evaluation.people import SYSTEM, Paper, Words
from evaluation.quotes import Quote
from evaluation.register.correcting import CorrectCertificate, IssueDuplicate, RevokeCertificate
from evaluation.register.depositing import ReadReceipt, SendDeposit
from evaluation.register.issuing import IssueCertificate, KeepPaper, OpenRegister
from evaluation.register.kind import REGISTER
from evaluation.register.posting import FateNoted, NoteFate, PostCertificates
from evaluation.register.state import Certificate, RegisterState
from evaluation.register.terms import Addressee, DepositAction, WhyCorrected, register_id
from tests.evaluation.body.house import CLERK, MEMBER, ORGANIZER, TODAY, words
from tests.evaluation.candidacy.house import office
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.streams import Stream

__all__ = ["CLERK", "MEMBER", "ORGANIZER", "TODAY", "office", "words"]

COMPANY = "e" * 64
SCAN, MINUTES = Paper("scan", "e" * 64), Paper("minutes", "f" * 64)


def paper(name: str = "printed") -> Paper:
    return Paper(name, "d" * 64)


def award(candidacy: str = "k1", person: str = "p-cand", kind: Award = "full", *blocks: str, at: int = 9,
          position: int = 11, **data: object) -> Quote:
    """As the candidacy's journal has it, of a jury of 2 March that the commission validated on the 10th."""
    ruled = Awarded(person, POLISHING.code, POLISHING.version, date(2026, 3, 2), kind,
                      blocks or (("BC1", "BC2") if kind == "full" else ("BC1",) if kind == "partial" else ()))
    said = {"ruled": encode(ruled), "outcome": at, "validated_on": "2026-03-10", "title": POLISHING.title,
            "company": COMPANY, "certificate_due": "2026-05-10", "deposit_months": 3, "move_off_holidays": False,
            "body": "b1", "said": {}, **data}
    return Quote("candidacy", candidacy, position, f"{position:064x}", "candidacy.award_validated", said)


def issuing(candidacy: str = "k1", quote: Quote | None = None, **changes: object) -> IssueCertificate:
    command = IssueCertificate(candidacy, quote or award(candidacy, f"p-{candidacy}"), words(f"holder-{candidacy}"),
                               f"{candidacy}-code-of-sixteen", office("o-clerk"))
    return replace(command, **changes)


def superseded(code: str, by: str, since: str) -> Quote:
    return Quote("body", "b1", 30, "3" * 64, "body.certification_superseded",
                 {"code": code, "by": by, "since": since})


class Shelf(Stream[RegisterState]):
    """The register of 2026."""

    def one(self, number: int = 1) -> Certificate:
        return self.state.certificates[number]

    def issued(self, *candidacies: str, **changes: Any) -> Shelf:
        """With their papers made."""
        for candidacy in candidacies or ("k1",):
            self.do(CLERK, issuing(candidacy, award(candidacy, f"p-{candidacy}", **changes)))
            self.printed(len(self.state.certificates))
        return self

    def printed(self, number: int, duplicate: int = 0) -> Shelf:
        self.do(SYSTEM, KeepPaper(number, paper(f"printed-{number}-{duplicate}"), duplicate))
        return self

    def posted(self, *numbers: int, to: Addressee = "company", on: str | None = None) -> Shelf:
        self.do(CLERK, posting(*numbers or (1,), to=to, on=on))
        return self

    def noted(self, fate: FateNoted, number: int = 1, on: str = TODAY) -> Shelf:
        self.do(CLERK, fate_of(fate, number, on))
        return self

    def sent(self, *numbers: int, flux: str = "f1", action: DepositAction = "creation") -> Shelf:
        self.do(CLERK, sending(*numbers, flux=flux, action=action))
        return self


def shelf() -> Shelf:
    one = Shelf(REGISTER, register_id("b1", 2026), TODAY)
    one.do(SYSTEM, OpenRegister(one.id, "b1", 2026, "CQP"))
    return one


def posting(*numbers: int, to: Addressee = "company", on: str | None = None, tracking: str = "1A 204"
            ) -> PostCertificates:
    return PostCertificates(numbers, to, tracking, date.fromisoformat(on or TODAY), office("o-clerk"))


def fate_of(fate: FateNoted, number: int = 1, on: str = TODAY) -> NoteFate:
    return NoteFate(number, fate, date.fromisoformat(on), office("o-clerk"))


def duplicate(number: int = 1) -> IssueDuplicate:
    return IssueDuplicate(number, "lost", office("o-clerk"))


def correction(number: int = 1, holder: Words | None = None, reason: WhyCorrected = "typing_error",
               **changes: object) -> CorrectCertificate:
    """Of a certificate of its own candidacy's, as `issued` makes them in turn."""
    command = CorrectCertificate(number, holder or words("righted"), f"{number}-righted-code-of", reason,
                                 award(f"k{number}", f"p-k{number}"), office("o-clerk"))
    return replace(command, **changes)


def revocation(number: int = 1, **changes: object) -> RevokeCertificate:
    return replace(RevokeCertificate(number, words("fraud"), office("o-member")), **changes)


def meeting(day: str = TODAY) -> Meeting:
    return Meeting(date.fromisoformat(day), MINUTES)


def sending(*numbers: int, flux: str = "f1", action: DepositAction = "creation") -> SendDeposit:
    return SendDeposit(flux, action, numbers, paper(flux), office("o-clerk"))


def receipt(*accepted: str, flux: str = "f1", **refused: str) -> ReadReceipt:
    """`refused` are given as `n2="why"`, for the second number of the register."""
    why = {f"CQP-2026-{int(name[1:]):05d}": words(text) for name, text in refused.items()}
    return ReadReceipt(flux, accepted, why, paper("receipt"), office("o-clerk"))
