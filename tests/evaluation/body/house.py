"""An awarding body for tests, at 16 March 2026: its clerk, the commission, one provider with its people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from evaluation.body.accrediting import AccreditProvider
from evaluation.body.certifications import PutFrameworkInForce
from evaluation.body.founding import FoundBody
from evaluation.body.granting import GrantOffice
from evaluation.body.kind import BODY
from evaluation.body.pool import EnterJuror
from evaluation.body.state import BodyState
from evaluation.body.terms import Agreement, Juror, Meeting, certification_of
from evaluation.offices import Act, Office, OfficeRole
from evaluation.people import SYSTEM, JurorCategory, Paper, Words
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.streams import Stream

House = Stream[BodyState]

TODAY = "2026-03-16"
CLERK, MEMBER, DELEGATE, DIRECTOR, ORGANIZER = "p-clerk", "p-member", "p-delegate", "p-director", "p-organizer"
PAPER = Paper("paper", "d" * 64)
POLISH = certification_of(POLISHING)
YEAR = Agreement("of1", date(2026, 1, 1), date(2026, 12, 31), PAPER)
MEETING = Meeting(date(2026, 3, 2), PAPER)
OFFICES = {
    "o-member": Office(
        "o-member", MEMBER, OfficeRole.COMMISSION_MEMBER, date(2025, 1, 1), date(2028, 12, 31), None, PAPER),
    "o-director": Office("o-director", DIRECTOR, OfficeRole.DIRECTOR, date(2026, 1, 1), None, "of1", PAPER),
    "o-organizer": Office("o-organizer", ORGANIZER, OfficeRole.ORGANIZER, date(2026, 1, 1), None, "of1"),
}
JURY_DELEGATION = Office(
    "o-delegate", DELEGATE, OfficeRole.DELEGATE, date(2026, 1, 1), date(2026, 6, 30), None, PAPER, (Act.JURY,)
)  # fmt: skip
TRAINED = date(2025, 9, 1)
EMPLOYEES = Juror("p-emp", (JurorCategory.EMPLOYEES,), trained_on=TRAINED)
EMPLOYERS = Juror("p-own", (JurorCategory.EMPLOYERS,), trained_on=TRAINED)
TRAINER = Juror("p-tra", (JurorCategory.TRAINER,), trained_on=TRAINED)


def words(ref: str = "w") -> Words:
    return Words(ref, "d" * 8)


def office(like: str = "o-organizer", /, **changes: object) -> Office:
    return replace(OFFICES[like], **changes)


def founded() -> House:
    """The first clerk alone."""
    house = House(BODY, "b1", TODAY)
    house.do(SYSTEM, FoundBody("b1", "CNHBJO", "o-clerk", CLERK))
    return house


def accredited() -> House:
    """With a provider and a certification."""
    house = founded()
    house.do(CLERK, AccreditProvider("Haute École", YEAR), PutFrameworkInForce(POLISH, date(2026, 1, 1)))
    return house


def staffed() -> House:
    """With everybody."""
    house = accredited()
    house.do(CLERK, *(GrantOffice(one) for one in OFFICES.values()))
    house.do(MEMBER, GrantOffice(JURY_DELEGATION))
    return house


def pooled(*jurors: Juror) -> House:
    """With jurors in the pool; of each category one unless others are given."""
    house = staffed()
    house.do(CLERK, *(EnterJuror(one) for one in jurors or (EMPLOYEES, EMPLOYERS, TRAINER)))
    return house
