"""What a session rests on in other streams, quoted: the provider's agreement, the commission's decisions, outcomes."""

from __future__ import annotations

from datetime import date, timedelta

from evaluation.body.accrediting import ENDED, AgreementEnded, AgreementRenewed
from evaluation.body.certifications import PUT_IN_FORCE, FrameworkPutInForce
from evaluation.body.decisions import JURY, SUBSTITUTE, JuryDecided, SubstituteDecided
from evaluation.body.granting import OfficeGranted
from evaluation.body.terms import Agreement, certification_of
from evaluation.candidacy.adjusting import ADJUSTED
from evaluation.candidacy.awarding import OutcomeRecorded
from evaluation.candidacy.examining import ADMISSION, AdmissionChanged
from evaluation.candidacy.registering import REGISTERED
from evaluation.candidacy.state import RECORDED, Awarded
from evaluation.candidacy.terms import Adjustment, Admission, Enrolment
from evaluation.codec import encode
from evaluation.framework import Framework
from evaluation.offices import GRANTED, Office, OfficeRole
from evaluation.people import Paper, Seat, Words
from evaluation.quotes import Quote
from evaluation.session import commands as c
from tests.evaluation.frameworks import POLISHING

PAPER = Paper("paper", "d" * 64)
BODY = "b1"
MEMBER = Office("o-member", "p-member", OfficeRole.COMMISSION_MEMBER, date(2025, 1, 1), None, None, PAPER)


def quote(kind: str, stream: str, position: int, event: str, said: object) -> Quote:
    return Quote(kind, stream, position, f"{position:064x}", event, encode(said))


def agreement(since: date = date(2026, 1, 1), until: date | None = date(2026, 12, 31), provider: str = "of1") -> Quote:
    said = AgreementRenewed(Agreement(provider, since, until, PAPER))
    return quote("body", BODY, 3, "body.agreement_renewed", said)


def agreement_ended(on: date, provider: str = "of1") -> Quote:
    """`on` is the first day without it."""
    last = Agreement(provider, date(2026, 1, 1), on - timedelta(days=1), PAPER)
    said = AgreementEnded(provider, on, Words("w", "d" * 8), None, last)
    return quote("body", BODY, 11, ENDED, said)


def in_force(of: Framework = POLISHING, since: date = date(2020, 1, 1), body: str = BODY) -> Quote:
    """The framework as the awarding body put it in force."""
    said = FrameworkPutInForce(certification_of(of), since)
    return quote("body", body, 4, PUT_IN_FORCE, said)


def office(person: str = "p-org", role: OfficeRole = OfficeRole.ORGANIZER, provider: str = "of1",
           since: date = date(2026, 1, 1), until: date | None = None, body: str = BODY) -> Quote:
    """Somebody's at a provider."""
    said = OfficeGranted(Office("o-org", person, role, since, until, provider), None, "p-clerk", "o-clerk")
    return quote("body", body, 7, GRANTED, said)


def registered(
    person: str = "p-cand1", sought: tuple[str, ...] = ("BC1", "BC2"), outcomes: tuple[Quote, ...] = (),
    trained_by: tuple[str, ...] = (), of: Framework = POLISHING, provider: str = "of1", company: str | None = None,
) -> Quote:
    """A candidate's registration, in a candidacy of its own."""
    enrolment = Enrolment(person, of.code, of.version, provider, company, sought, outcomes, trained_by)
    return Quote("candidacy", f"c-{person}", 2, f"{2:064x}", REGISTERED, {"enrolment": encode(enrolment)})


def adjusted(person: str = "p-cand1", extra_seconds: dict[str, int] | None = None, break_minutes: int = 0) -> Quote:
    """What was decided for a candidate (R10.1)."""
    said = encode(Adjustment(person, extra_seconds or {}, break_minutes))
    return Quote("candidacy", f"c-{person}", 4, f"{4:064x}", ADJUSTED, {"adjustment": said})


def admission(said: Admission, person: str = "p-cand1") -> Quote:
    """What was found of a candidate's registration (R6.6)."""
    return quote("candidacy", f"c-{person}", 5, ADMISSION, AdmissionChanged(said))


def jury_decided(jurors: tuple[Seat, ...], session: str = "s1", body: str = BODY) -> Quote:
    return quote("body", body, 9, JURY, JuryDecided("d1", session, jurors, None, MEMBER.id))


def substitute_decided(replaced: str, seat: Seat, session: str = "s1", body: str = BODY) -> Quote:
    return quote("body", body, 10, SUBSTITUTE, SubstituteDecided("d2", session, replaced, seat, None, MEMBER.id))


def appoint(jurors: tuple[Seat, ...], session: str = "s1") -> c.AppointJury:
    """What the server asks once the commission has decided."""
    return c.AppointJury(jury_decided(jurors, session))


def replace_juror(replaced: str, seat: Seat, session: str = "s1") -> c.ReplaceJuror:
    return c.ReplaceJuror(substitute_decided(replaced, seat, session))


def gained(
    *blocks: str, person: str = "p-cand1", ruled_on: date = date(2025, 6, 1), code: str = "RNCP26850",
    candidacy: str = "k1",
) -> Quote:
    """An earlier candidacy's outcome."""
    said = Awarded(person, code, "1", ruled_on, "partial", blocks)
    office = quote("body", BODY, 2, "body.office_granted", MEMBER)
    return quote("candidacy", candidacy, 2, RECORDED, OutcomeRecorded(said, PAPER, office, (), None))
