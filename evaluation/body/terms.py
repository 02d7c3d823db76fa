"""What commands, events and the state of an awarding body share."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from evaluation.framework import Framework, framework_to_data
from evaluation.journal import canonical
from evaluation.offices import ProviderId
from evaluation.people import Paper


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


@dataclass(frozen=True)
class Superseding:
    """From a day on, a certification's place is another code's."""

    by: str
    since: date


def certification_of(framework: Framework) -> Certification:
    """What the server gives when it puts a framework of its own in force."""
    return Certification(
        framework.code, framework.version, framework.title, framework_digest(framework), framework.registered,
        tuple(block.code for block in framework.blocks), framework.delays.bar_years,
        framework.kept_block_validity_months, framework.delays.bar_match_days,
    )


def framework_digest(framework: Framework) -> str:
    return sha256(canonical(framework_to_data(framework))).hexdigest()
