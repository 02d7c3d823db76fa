"""What commands, events and the state of a sitting share, and what other streams read of it."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from evaluation.candidacy.terms import HearingEnding
from evaluation.framework import Mark
from evaluation.grading import Result
from evaluation.people import JurorCategory, PersonId, Words

KIND = "sitting"
PUT_ON = "sitting.item_put"
TAKEN_OFF = "sitting.item_taken_off"
ITEM_DECIDED = "sitting.item_decided"
SEALED = "sitting.minutes_sealed"

CandidacyId = str
Place = Literal["employees", "employers", "president"]
PLACES: tuple[Place, ...] = ("employees", "employers", "president")
"""The three who decide (R1.3)."""
Course = Literal["award", "withhold"]
"""What is proposed: what the rules compute, or that nothing is awarded for now."""
Awards = Literal["full", "partial", "none", "withheld"]
SittingMode = Literal["remote", "on_site", "mixed"]
Level = Literal["passkey", "one_time_code", "mailed_code"]
"""What somebody proved who they are with as they signed the minutes."""
BY_HAND = "by_hand"
"""The level of who signed on paper."""


@dataclass(frozen=True)
class Due:
    """The last day to tell a candidate the result, as their candidacy counts it; `on` is None while nothing runs."""

    on: date | None


@dataclass(frozen=True)
class SittingMember:
    """Somebody whom the commission appoints as one of the two representatives, or as a substitute of one."""

    person: PersonId
    category: JurorCategory
    substitute: bool = False


@dataclass(frozen=True)
class Settled:
    """A competency that the certification jury marks itself, and why: one in dispute, or one on which it has questioned
    the evaluation jury (R1.6)."""

    competency: str
    mark: Mark
    words: Words


@dataclass(frozen=True)
class Kept:
    """A block from before, as it was found valid on the day of the decision (X8)."""

    block: str
    candidacy: str
    version: str
    ruled_on: date
    until: date | None


@dataclass(frozen=True)
class Dissent:
    """A member who did not agree; `words` where they asked that their dissent be kept."""

    person: PersonId
    words: Words | None = None


@dataclass(frozen=True)
class Ruling:
    """What the certification jury ruled of one candidate. `blocks` are those that it awarded: no kept ones. `result` is
    what the rules computed of the marks, those it settled among them; `marks` are all of these. `by` are the three.
    `reasons` are what it lets the letter say of competencies that are not acquired. `words` are those of the proposal:
    why the award is withheld, where it is; `held`: by a case or a reservation."""

    person: PersonId
    certification: str
    version: str
    ruled_on: date
    award: Awards
    blocks: tuple[str, ...]
    result: Result
    ending: HearingEnding
    marks: Mapping[str, Mark]
    settled: tuple[Settled, ...]
    dissents: tuple[Dissent, ...]
    by: tuple[PersonId, ...]
    kept: tuple[Kept, ...] = ()
    reasons: Mapping[str, Words] = field(default_factory=dict[str, Words])
    words: Words | None = None
    held: bool = False
