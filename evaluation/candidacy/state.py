"""A candidacy as its journal has made it."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from evaluation.body.terms import Certification
from evaluation.offices import ProviderId
from evaluation.people import Paper, PersonId

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
    """What was recorded in the event at `position`."""

    position: int
    awarded: Awarded
    paper: Paper


@dataclass(frozen=True)
class Certificate:
    position: int
    number: str
    dated: date
    paper: Paper


@dataclass(frozen=True)
class CandidacyState:
    """`body` is the awarding body's stream, where the offices stand that act here. `provider` is None for a candidacy
    from before the platform. `void` are the positions of what was corrected."""

    id: str
    person: PersonId
    body: str
    certification: Certification
    provider: ProviderId | None
    opened_on: date
    outcomes: Mapping[int, Outcome] = field(default_factory=dict[int, Outcome])
    certificates: Mapping[int, Certificate] = field(default_factory=dict[int, Certificate])
    void: frozenset[int] = frozenset()
    position: int = 0
    last_at: int = 0

    def standing(self) -> tuple[Outcome, ...]:
        """The outcomes that hold, in the order of their juries."""
        found = (one for one in self.outcomes.values() if one.position not in self.void)
        return tuple(sorted(found, key=lambda one: (one.awarded.ruled_on, one.position)))

    def certified(self) -> tuple[Certificate, ...]:
        """The certificates that hold."""
        return tuple(one for one in self.certificates.values() if one.position not in self.void)

    def correcting(self, position: int | None) -> CandidacyState:
        """What stands at this position no longer holds."""
        return self if position is None else replace(self, void=self.void | {position})
