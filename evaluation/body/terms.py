"""What commands, events and the state of an awarding body share."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from evaluation.case_rules import CaseRules
from evaluation.framework import Framework
from evaluation.framework_file import framework_to_data
from evaluation.journal import canonical
from evaluation.offices import ProviderId
from evaluation.people import JurorCategory, Paper, PersonId


@dataclass(frozen=True)
class Meeting:
    """When the commission met, and the extract of its minutes."""

    day: date
    extract: Paper


@dataclass(frozen=True)
class Agreement:
    """A provider's accreditation. `until` is the last day, None for an agreement without end."""

    provider: ProviderId
    since: date
    until: date | None
    paper: Paper


@dataclass(frozen=True)
class Certification:
    """One version of a certification, and what the registers need of its framework. `digest` is the SHA-256 of the
    framework's data: which file it was."""

    code: str
    version: str
    title: str
    digest: str
    registered: bool
    blocks: tuple[str, ...]
    bar_years: int
    kept_block_validity_months: int | None
    bar_match_days: int = 5
    """Working days; five of what was put in force before frameworks said it."""
    training_months: int = 36
    """After which a juror's training is old; of what was put in force before frameworks said it, likewise."""
    opinion_months: int = 2
    """How long a medical opinion is kept after its decision; two months of what was put in force before frameworks said
    it."""
    appeal_months: int = 2
    results_months: int = 1
    move_off_holidays: bool = False
    cases: CaseRules = field(default_factory=CaseRules)
    """What was put in force before frameworks spoke of cases has no kinds of case, and no sanction."""
    certificate_months: int = 2
    """After the commission's validation (R8.2)."""
    deposit_months: int = 3
    """After the certificate's delivery (X12)."""
    candidacy_months: int = 12
    """After which a candidacy that nobody has ended is shown; twelve of what was put in force before frameworks said
    it."""


@dataclass(frozen=True)
class Superseding:
    """From a day on, a certification's place is another code's."""

    by: str
    since: date


@dataclass(frozen=True)
class Span:
    """Days on end, the first and the last included."""

    since: date
    until: date


@dataclass(frozen=True)
class Course:
    """A provider's way to a certification."""

    provider: ProviderId
    certification: str


@dataclass(frozen=True)
class Juror:
    """Somebody whom a jury may be made of. `company` is the keyed digest of the employer's name, as candidates'
    employers have one (R1.2). `provider` is where a trainer works, `courses` those in which the trainer teaches or
    accompanies. `trained_on` is the day of the last training to the scale (R1.5). On days `offered` the juror said to
    be free, on days `away` not to be."""

    person: PersonId
    categories: tuple[JurorCategory, ...]
    company: str | None = None
    provider: ProviderId | None = None
    courses: tuple[Course, ...] = ()
    trained_on: date | None = None
    offered: tuple[Span, ...] = ()
    away: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Hours:
    """When a jury sits, in ms since 1970 UTC: from the first welcome to the end of the last deliberation."""

    starts_at: int
    ends_at: int


@dataclass(frozen=True)
class Proposed:
    """Somebody whom an organizer proposes, and in which place of the jury."""

    person: PersonId
    category: JurorCategory


def certification_of(framework: Framework) -> Certification:
    """What the server gives when it puts a framework of its own in force."""
    return Certification(
        framework.code, framework.version, framework.title, framework_digest(framework), framework.registered,
        tuple(block.code for block in framework.blocks), framework.delays.bar_years,
        framework.kept_block_validity_months, framework.delays.bar_match_days, framework.delays.training_months,
        framework.delays.opinion_months, framework.delays.appeal_months, framework.delays.results_months,
        framework.delays.move_off_holidays, framework.case, framework.delays.certificate_months,
        framework.delays.deposit_months, framework.delays.candidacy_months,
    )


def framework_digest(framework: Framework) -> str:
    return digest_of_data(framework_to_data(framework))


def digest_of_data(framework: Mapping[str, object]) -> str:
    """Of a framework as `framework_to_data` has it."""
    return sha256(canonical(dict(framework))).hexdigest()
