"""Candidacies for tests, with the awarding body that they quote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from evaluation.body.terms import Certification
from evaluation.candidacy.awarding import RecordOutcome
from evaluation.candidacy.hearing_endings import NoteEnding
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.opening import OpenCandidacy
from evaluation.candidacy.state import Award, CandidacyState
from evaluation.candidacy.terms import CameBy, HearingEnding, Initiative, Interview, Registration, RulesHanded
from evaluation.codec import encode
from evaluation.people import SYSTEM, Words
from evaluation.quotes import Quote
from tests.evaluation.body.house import CLERK, ORGANIZER, PAPER, POLISH, TODAY, House, accredited, staffed
from tests.evaluation.streams import Stream, at

Candidacy = Stream[CandidacyState]

CANDIDATE = "p-cand"
OFFICE_POSITIONS = {"o-clerk": 2, "o-member": 5, "o-director": 6, "o-organizer": 7, "o-delegate": 8}
AGREEMENT, FRAMEWORK = 3, 4
CIVIL = Words("civil", "c" * 64)
TRAINER = "p-trainer"
REGISTRATION = Registration(
    ("BC1", "BC2"), CameBy.CONTINUING_TRAINING, Initiative.CANDIDATE, Interview(date(2026, 3, 2), ORGANIZER),
    RulesHanded("2025", date(2026, 3, 2)), (TRAINER,), "e" * 64,
)  # fmt: skip


def office(name: str, house: House | None = None) -> Quote:
    return (house or staffed()).quote(OFFICE_POSITIONS[name])


def opening(name: str = "k1", /, **changes: object) -> OpenCandidacy:
    """A candidate is registered by the provider's organizer."""
    house = staffed()
    command = OpenCandidacy(
        name, CANDIDATE, house.quote(FRAMEWORK), office("o-organizer", house), "of1", house.quote(AGREEMENT),
        None, REGISTRATION, CIVIL)
    return replace(command, **changes)


def registered(name: str = "k1", of: Certification = POLISH, day: str = TODAY, **changes: object) -> Candidacy:
    """For a version of a certification that has been in force for years. Its registration stands at position 2."""
    candidacy = Candidacy(CANDIDACY, name, day)
    candidacy.do(ORGANIZER, opening(name, **{"framework": framework_quote(of), **changes}))
    return candidacy


def examined(candidacy: Candidacy, ending: HearingEnding = HearingEnding.HEARD, on: str = TODAY, session: str = "s1",
             hearing: str = "h1") -> Candidacy:
    """Its hearing is over, on a day."""
    event = {HearingEnding.HEARD: "hearing_closed", HearingEnding.ABSENT: "no_show_recorded",
             HearingEnding.STOPPED: "hearing_stopped"}.get(ending, "session_closed")
    said = Quote("session", session, 9, f"{9:064x}", f"session.{event}",
                 {} if event == "session_closed" else {"hearing": hearing})
    candidacy.do(SYSTEM, NoteEnding(hearing, ending, said, at(on)))
    return candidacy


def opened(name: str = "k1", of: Certification = POLISH, day: str = TODAY, person: str = CANDIDATE) -> Candidacy:
    """A past candidacy through the provider, without anything that its juries ruled."""
    candidacy = Candidacy(CANDIDACY, name, day)
    command = past(date.fromisoformat(day), provider="of1", framework=framework_quote(of), person=person)
    candidacy.do(CLERK, replace(command, candidacy=name))
    return candidacy


def framework_quote(of: Certification = POLISH, since: str = "2020-01-01") -> Quote:
    quote = accredited().quote(FRAMEWORK)
    return replace(quote, data={**quote.data, "certification": encode(of), "since": since})


def past(first_jury: date, **changes: object) -> OpenCandidacy:
    """As the clerk records it, of no provider."""
    command = opening(provider=None, agreement=None, office=office("o-clerk"), first_jury=first_jury,
                      registration=None, civil=None)
    return replace(command, **changes)


def outcome(award: Award = "partial", *blocks: str, **changes: object) -> RecordOutcome:
    """Recorded by the clerk."""
    command = RecordOutcome(date(2026, 3, 10), award, blocks, PAPER, office("o-clerk"))
    return replace(command, **changes)


def awarded(
    award: Award, *blocks: str, name: str = "k1", of: Certification = POLISH, ruled_on: date = date(2026, 3, 10),
    person: str = CANDIDATE,
) -> Quote:
    """The quote of an outcome of a candidacy of its own."""
    candidacy = opened(name, of, person=person)
    candidacy.do(CLERK, outcome(award, *blocks, ruled_on=ruled_on))
    return candidacy.quote()
