"""A candidacy as its journal has made it."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from evaluation.body.terms import Certification
from evaluation.candidacy.award_parts import (
    LetterAbout,
    OnAgenda,
    PutOff,
    Recommendation,
    ResultLetter,
    Validation,
)
from evaluation.candidacy.terms import Adjusting, AppealFlag, Examination, HearingEnding, Registered, Withdrawn
from evaluation.case_rules import Consequence, Door
from evaluation.kinds import Happened
from evaluation.offices import ProviderId
from evaluation.people import Paper, PersonId, Words
from evaluation.quotes import Quote

KIND = "candidacy"
RECORDED = "candidacy.outcome_recorded"
"""The event that is quoted for blocks kept."""

Award = Literal["full", "partial", "none"]


@dataclass(frozen=True)
class Awarded:
    """What a certification jury ruled on a day, of whom, for which version of which certification. `blocks` are those
    it awarded."""

    person: PersonId
    certification: str
    version: str
    ruled_on: date
    award: Award
    blocks: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What was recorded in the event at `position`. `sitting` is the one whose minutes say it; None where the clerk
    recorded it with its paper. `reexamines` is the position of the outcome appealed against that a sitting ruled on
    anew: that one stands beside it."""

    position: int
    awarded: Awarded
    paper: Paper
    sitting: str | None = None
    reexamines: int | None = None


@dataclass(frozen=True)
class Planned:
    """The hearing of a session that the candidacy is planned for, and its day."""

    session: str
    hearing: str
    date: date

    @property
    def key(self) -> tuple[str, str]:
        return self.session, self.hearing


@dataclass(frozen=True)
class KnownCertificate:
    """A certificate as its candidacy knows it. `paper` is the clerk's. One that the register issued is kept there,
    under its number (`in_register`: which register, and which), and follows the award that was validated in the event
    at `award`."""

    position: int
    number: str
    dated: date
    paper: Paper | None
    award: int | None = None
    in_register: tuple[str, int] | None = None


@dataclass(frozen=True)
class CaseNoted:
    """A case on this candidacy, by which door, since when (R7.2); and what was decided in it. `lifted`: on an appeal,
    it no longer holds. `instead` are the cases that it took the place of. `annuls` are the positions of the outcomes
    and certificates that do not hold since it was decided."""

    case: str
    door: Door
    at: int
    position: int
    instead: tuple[str, ...] = ()
    open: bool = True
    consequence: Consequence | None = None
    decided_on: date | None = None
    lifted: bool = False
    annuls: tuple[int, ...] = ()
    attempts: tuple[tuple[str, str], ...] = ()
    """The sessions and hearings that do not count since."""


@dataclass(frozen=True)
class Reserved:
    """A gate that was passed with a reservation (R6.3); `settled` are the words that settled it."""

    session: str
    hearing: str
    gate: str
    at: int
    settled: Words | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.session, self.hearing, self.gate


@dataclass(frozen=True)
class Ended:
    """How a hearing ended; `proof` excuses an absence, and `words` say what it was."""

    session: str
    hearing: str
    ending: HearingEnding
    at: int
    proof: Paper | None = None
    words: Words | None = None
    was: HearingEnding | None = None
    """Of one that does not count any more: how it ended."""

    @property
    def key(self) -> tuple[str, str]:
        return self.session, self.hearing


@dataclass(frozen=True)
class AppealNoted:
    """An appeal as it was received. `until` was the last day to post it; `told_on` is when the result had reached the
    candidate, where that is known."""

    appeal: str
    position: int
    against: Quote
    posted_on: date
    received_on: date
    means: str
    number: str
    until: date
    flags: tuple[AppealFlag, ...]
    scan: Paper
    reasons: Words | None = None
    told_on: date | None = None


@dataclass(frozen=True)
class CandidacyState:
    """`body` is the awarding body's stream, where the offices stand that act here. `since` is the first day of the
    certification's version. `provider` is None where it is not known to the platform. `opened_on` is the day on which
    the candidacy was recorded; `first_jury` that of the first jury, where a past candidacy is recorded after it (X8).
    `registrations` are the registration and its corrections, in their order: none of a past candidacy. `examinations`
    are by the bar that each is about (R6.6); `adjusting` is what was asked for and decided of adjustments (R10.1).
    `void` are the positions of what was corrected, or no longer holds."""

    id: str
    person: PersonId
    body: str
    certification: Certification
    since: date
    provider: ProviderId | None
    opened_on: date
    first_jury: date | None = None
    outcomes: Mapping[int, Outcome] = field(default_factory=dict[int, Outcome])
    certificates: Mapping[int, KnownCertificate] = field(default_factory=dict[int, KnownCertificate])
    registrations: tuple[Registered, ...] = ()
    withdrawn: Withdrawn | None = None
    examinations: Mapping[str, Examination] = field(default_factory=dict[str, Examination])
    adjusting: Adjusting = field(default_factory=Adjusting)
    planned: tuple[Planned, ...] = ()
    """The hearings to come: one, unless two sessions took the candidate on at once."""
    cases: Mapping[str, CaseNoted] = field(default_factory=dict[str, CaseNoted])
    reservations: tuple[Reserved, ...] = ()
    endings: tuple[Ended, ...] = ()
    """Of the hearings that are over, in the order in which they ended."""
    uncounted: frozenset[tuple[str, str]] = frozenset()
    """The sessions and hearings that do not count, by a decision: also before they are over."""
    appeals: tuple[AppealNoted, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    agenda: OnAgenda | None = None
    put_off: tuple[PutOff, ...] = ()
    validations: Mapping[int, Validation] = field(default_factory=dict[int, Validation])
    """By the position of the outcome: the last of each."""
    letters: tuple[ResultLetter, ...] = ()
    void: frozenset[int] = frozenset()
    position: int = 0
    last_at: int = 0

    @property
    def registration(self) -> Registered | None:
        """As it was corrected last; None of a past candidacy."""
        return self.registrations[-1] if self.registrations else None

    def standing(self) -> tuple[Outcome, ...]:
        """The outcomes that hold, in the order of their juries."""
        found = (one for one in self.outcomes.values() if one.position not in self.void)
        return tuple(sorted(found, key=lambda one: (one.awarded.ruled_on, one.position)))

    def ruled(self) -> tuple[Outcome, ...]:
        """The outcomes that hold, and those that a case annulled: an appeal may be about either."""
        annulled = {position for one in self.cases.values() for position in one.annuls}
        return tuple(one for one in self.outcomes.values() if one.position not in self.void - annulled)

    def gained(self, before: date, but: int | None) -> frozenset[str]:
        """The blocks that juries before a day awarded here, but for the outcome at a position."""
        return frozenset(block for one in self.standing() if one.position != but and one.awarded.ruled_on < before
                         for block in one.awarded.blocks)

    def certified(self) -> tuple[KnownCertificate, ...]:
        """The certificates that hold."""
        return tuple(one for one in self.certificates.values() if one.position not in self.void)

    def correcting(self, position: int | None) -> CandidacyState:
        """What stands at this position no longer holds."""
        return self if position is None else replace(self, void=self.void | {position})

    def off_agenda(self, sitting: str) -> CandidacyState:
        """This sitting has ruled, or has not: it is done with the candidacy."""
        return replace(self, agenda=None) if self.agenda and self.agenda.sitting == sitting else self

    def told(self, about: LetterAbout, happened: Happened) -> CandidacyState:
        """The candidate is written to at once about what happened."""
        return replace(self, letters=(*self.letters, ResultLetter(happened.position, about, happened.at)))
