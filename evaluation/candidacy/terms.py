"""What commands, events and the state of a candidacy share about its registration (R4.3, X12)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from evaluation.offices import ProviderId
from evaluation.people import Paper, PersonId, Words
from evaluation.quotes import Quote

Cause = Literal["registered", "corrected", "barred"]
"""Why a possible match came up: a candidate was registered, a registration corrected, a bar set after it."""
Admission = Literal["admitted", "examined", "not_admitted"]
"""Whether a registration can be relied on: it can, that is looked at, it cannot."""


class CameBy(StrEnum):
    """By which way somebody came to the certification, as the deposit of awards asks for it."""

    INITIAL_TRAINING = "initial_training"
    APPRENTICESHIP = "apprenticeship"
    CONTINUING_TRAINING = "continuing_training"
    PROFESSIONAL_CONTRACT = "professional_contract"
    EXPERIENCE = "experience"
    """Validation des acquis de l’expérience."""
    EQUIVALENCE = "equivalence"
    ON_ONES_OWN = "on_ones_own"


class Initiative(StrEnum):
    """Whose initiative the registration was, likewise."""

    CANDIDATE = "candidate"
    PROVIDER = "provider"
    EMPLOYER = "employer"
    EMPLOYMENT_OFFICE = "employment_office"
    OTHER = "other"


@dataclass(frozen=True)
class Interview:
    """The prerequisites were looked at on a day, by a person (R4.3)."""

    on: date
    by: PersonId


@dataclass(frozen=True)
class RulesHanded:
    """Which version of the règlement was handed to the candidate, on which day (R4.1)."""

    version: str
    on: date


@dataclass(frozen=True)
class Registration:
    """What the organizer gives. `sought` are the blocks to present: those that the candidate does not hold yet.
    `company` is the keyed digest of the employer's name, as jurors' companies have one (R1.2); None without an
    employer. `trained_by` are the trainers who trained the candidate."""

    sought: tuple[str, ...]
    came_by: CameBy
    initiative: Initiative
    interview: Interview
    rules_handed: RulesHanded
    trained_by: tuple[PersonId, ...] = ()
    company: str | None = None


@dataclass(frozen=True)
class Enrolment:
    """What other streams need of a registration. `outcomes` are those of earlier juries by which blocks are kept."""

    person: PersonId
    certification: str
    version: str
    provider: ProviderId
    company: str | None
    sought: tuple[str, ...]
    outcomes: tuple[Quote, ...]
    trained_by: tuple[PersonId, ...]


@dataclass(frozen=True)
class Registered:
    """One registration, or one correction of it (`reason`): in which event, when and by whom. `civil` is the civil
    identity as it was given, sealed with the person's key."""

    position: int
    at: int
    by: PersonId
    enrolment: Enrolment
    came_by: CameBy
    initiative: Initiative
    interview: Interview
    rules_handed: RulesHanded
    civil: Words
    reason: Words | None = None


@dataclass(frozen=True)
class Withdrawn:
    """The candidate no longer presents themself."""

    at: int
    by: PersonId
    words: Words


@dataclass(frozen=True)
class Examination:
    """Whether the candidate is the person under a bar: `bar` quotes that the bar was set; opened in the event at
    `position`. `due` is the last day to decide in time. `same` is None until the awarding body has decided: when, by
    whom, with which words."""

    bar: Quote
    position: int
    at: int
    due: date
    cause: Cause
    same: bool | None = None
    words: Words | None = None
    decided_at: int | None = None
    by: PersonId | None = None


class HearingEnding(StrEnum):
    """How a hearing ended (R4.5). `VOID`: it does not count, and the candidate is examined anew."""

    HEARD = "heard"
    ABSENT = "absent"
    EXCUSED = "excused"
    STOPPED = "stopped"
    NEVER_BEGUN = "never_begun"
    UNFINISHED = "unfinished"
    VOID = "void"


class AppealFlag(StrEnum):
    """What speaks against an appeal, or for it (R9.2)."""

    OUT_OF_TIME = "out_of_time"
    UNREASONED = "unreasoned"
    NOT_REGISTERED = "not_registered"
    TOLD_LATE = "told_late"


class Wish(StrEnum):
    """What a candidate asks for (R10.1): never why."""

    TIME = "time"
    BREAKS = "breaks"
    AID = "aid"
    EQUIPMENT = "equipment"


class AidKind(StrEnum):
    """Who helps a candidate during the hearing, on a seat of their own (R10.1)."""

    READER = "reader"
    SCRIBE = "scribe"
    INTERPRETER = "interpreter"
    HELPER = "helper"


@dataclass(frozen=True)
class Adjustment:
    """What the disability officer decided, as a jury's day needs it: never why. `extra_seconds` lengthens phases by
    name, `break_minutes` are the candidate's own breaks; `aid` is who helps; with `equipment` the candidate uses a
    device or a program of their own."""

    person: PersonId
    extra_seconds: Mapping[str, int] = field(default_factory=dict[str, int])
    break_minutes: int = 0
    aid: AidKind | None = None
    equipment: bool = False

    @property
    def is_nothing(self) -> bool:
        return not (any(self.extra_seconds.values()) or self.break_minutes or self.aid or self.equipment)


@dataclass(frozen=True)
class AdjustmentRequest:
    position: int
    at: int
    by: PersonId
    wishes: tuple[Wish, ...]


@dataclass(frozen=True)
class OpinionGiven:
    """The medical opinion on a request: handed over (`paper`), or shown to the disability officer on a day
    (`seen_on`)."""

    position: int
    at: int
    paper: Paper | None = None
    seen_on: date | None = None


@dataclass(frozen=True)
class AdjustmentDecision:
    position: int
    at: int
    by: PersonId
    adjustment: Adjustment


@dataclass(frozen=True)
class Adjusting:
    """Requests, opinions and decisions, each in their order: the last decision stands."""

    asked: tuple[AdjustmentRequest, ...] = ()
    opinions: tuple[OpinionGiven, ...] = ()
    decided: tuple[AdjustmentDecision, ...] = ()

    @property
    def stands(self) -> AdjustmentDecision | None:
        return self.decided[-1] if self.decided else None

    @property
    def pending(self) -> AdjustmentRequest | None:
        """The request that is still to be decided."""
        last = self.asked[-1] if self.asked else None
        return last if last and (self.stands is None or self.stands.position < last.position) else None

    @property
    def granted(self) -> AdjustmentDecision | None:
        """The decision that stands, if it arranges anything."""
        return self.stands if self.stands and not self.stands.adjustment.is_nothing else None
