"""What the state of a candidacy is made of from the evaluation jury's recommendation to the certificate (R3.8, R1.6,
R8.1)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from evaluation import grading
from evaluation.candidacy.terms import HearingEnding
from evaluation.framework import Mark
from evaluation.people import HearingId, Paper, PersonId, Words

LetterAbout = Literal["result", "put_off", "returned"]
ValidationStatus = Literal["presented", "validated", "returned"]


@dataclass(frozen=True)
class Recommended:
    """What an evaluation jury hands on of one candidate, as other streams need it. `marks` are those the three agreed
    on; none of a candidate who was not examined to the end (`ending`). `disputed` are the competencies that the
    certification jury settles; `contested`: a juror refused to sign. `kept` are the blocks kept from earlier juries;
    of those that are not kept without end `kept_until` says the last day. `jurors` are all who were appointed,
    `trained_by` who trained the candidate. `body` is the awarding body, `digest` that of the framework's data."""

    person: PersonId
    certification: str
    version: str
    session: str
    hearing: HearingId
    held_on: date
    ending: HearingEnding
    marks: Mapping[str, Mark]
    disputed: tuple[str, ...]
    sought: tuple[str, ...]
    kept: tuple[str, ...]
    jurors: tuple[PersonId, ...]
    outcome: grading.Outcome | None = None
    contested: bool = False
    kept_until: Mapping[str, date] = field(default_factory=dict[str, date])
    body: str = ""
    digest: str = ""
    trained_by: tuple[PersonId, ...] = ()
    company: str | None = None
    """The keyed digest of the employer's name, as jurors' companies have one."""


@dataclass(frozen=True)
class Recommendation:
    """What was handed on, in the event at `position`."""

    position: int
    at: int
    given: Recommended

    @property
    def key(self) -> tuple[str, str]:
        return self.given.session, self.given.hearing


@dataclass(frozen=True)
class OnAgenda:
    """The sitting that is to rule, and when it is held (ms since 1970 UTC). It was given what stands at `recommended`,
    and the outcome at `reexamines` to examine again."""

    sitting: str
    held_at: int
    position: int
    recommended: int | None = None
    reexamines: int | None = None


@dataclass(frozen=True)
class PutOff:
    """A sitting that withheld its ruling (R7.2), on a day; `extract` is that of its minutes."""

    position: int
    sitting: str
    ruled_on: date
    extract: Paper


@dataclass(frozen=True)
class Validation:
    """How far the commission is with the outcome at a position: since which event, in which batch. `on` is the day of
    its presentation, then of the decision; `words` say why it was returned."""

    outcome: int
    status: ValidationStatus
    position: int
    batch: str
    on: date
    words: Words | None = None


@dataclass(frozen=True)
class ResultLetter:
    """One letter to the candidate about what the event at `position` says: it leaves at once. `arrived_at` is when the
    mail server took it, `bounced_at` when it came back (ms); then it is handed over in another way, on a day. `paper`
    is what it carried, sealed; None where nothing is noted of it."""

    position: int
    about: LetterAbout
    at: int
    arrived_at: int | None = None
    bounced_at: int | None = None
    why: str = ""
    handed_on: date | None = None
    paper: Paper | None = None

    @property
    def told(self) -> bool:
        return self.handed_on is not None or (self.arrived_at is not None and self.bounced_at is None)
