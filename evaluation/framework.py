"""A certification's framework: everything that differs from one certification to another, as data (R1.1).

`evaluation.framework_file` reads and checks one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from evaluation.case_rules import CaseRules
from evaluation.durations import Planning
from evaluation.rules import N_, Refusal
from evaluation.session.measured import IdentityDocument
from evaluation.sitting_rules import SittingRules

PHASES = ("presentation", "questions")

class Mark(StrEnum):
    """The scale of §5: two marks, and no third (R5.1). "Not yet marked" is the absence of a mark."""

    ACQUIRED = "A"
    NOT_ACQUIRED = "NA"


@dataclass(frozen=True)
class Competency:
    """One line of the grid. `questions` are the example questions a juror may use (R3.4)."""

    code: str
    title: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class CompetencyBlock:
    """A block and what validates it: at least `share` of its competencies, and each of `mandatory`.

    `rule` is the id quoted with the outcome; `part` is the portfolio's part that shows the block ("A").
    """

    code: str
    title: str
    rule: str
    share: Fraction
    mandatory: tuple[str, ...]
    part: str
    competencies: tuple[Competency, ...]


@dataclass(frozen=True)
class PhaseTiming:
    """Seconds. `floor` 0 means none; `default` is what the clock is set to (R3.3, R3.4)."""

    floor: int
    ceiling: int
    default: int


@dataclass(frozen=True)
class Delays:
    """Each delay with its unit in its name; counted by `evaluation.deadlines` (X6)."""

    results_months: int
    appeal_months: int
    certificate_months: int
    notice_days: int
    brief_months: int
    bar_years: int
    bar_match_days: int
    evidence_days: int
    training_months: int
    move_off_holidays: bool
    notice_follow_up_days: int = 3
    papers_reminder_days: int = 7
    preparation_reminder_days: int = 7
    opinion_months: int = 2
    deposit_months: int = 3
    candidacy_months: int = 12


@dataclass(frozen=True)
class IdentityRules:
    """Which identity documents are accepted (R6.2), every how many seconds the candidate's presence is looked at while
    the jury requires visibility (R6.4), and every how many of these looks some last two seconds, to tell a clip that
    goes round; 0: never."""

    documents: tuple[IdentityDocument, ...] = ("new_card", "old_card", "passport", "residence_permit")
    presence_seconds: int = 0
    loop_samples: int = 0


@dataclass(frozen=True)
class GuidePage:
    """What each juror reads of the process and of its tools before they sit (R1.5)."""

    code: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Framework:
    """One version of one certification. Lists of texts are in the order in which they are shown.

    `announce` holds seconds before the end of a phase. More than `lost_share` of the candidate's time lost:
    start again or postpone (X9). `kept_block_validity_months` None means without end (X8). `most_photographs` of the
    piece are taken (R4.6, ours).
    """

    code: str
    version: str
    title: str
    short_title: str
    registered: bool
    wording_provisional: bool
    information_page: str
    portfolio_max_pages: int
    lost_share: Fraction
    announce: tuple[int, ...]
    presentation_points: tuple[str, ...]
    reminder: tuple[str, ...]
    prevention_message: tuple[str, ...]
    sanctions: tuple[str, ...]
    appeal_address: tuple[str, ...]
    definitions: Mapping[str, str]
    phases: Mapping[str, PhaseTiming]
    delays: Delays
    planning: Planning
    blocks: tuple[CompetencyBlock, ...]
    kept_block_validity_months: int | None = None
    most_photographs: int = 10
    jury_guide: tuple[GuidePage, ...] = ()
    identity: IdentityRules = IdentityRules()
    case: CaseRules = field(default_factory=CaseRules)
    sitting: SittingRules = field(default_factory=SittingRules)

    def block(self, code: str) -> CompetencyBlock:
        """Refusal R1.1 when there is no such block."""
        for block in self.blocks:
            if block.code == code:
                return block
        raise Refusal("R1.1", N_("{code} n’est pas un bloc de {framework}."), code=code, framework=self.code)

    def block_of(self, competency: str) -> CompetencyBlock:
        """The block that holds a competency. Refusal R1.1 when none does."""
        for block in self.blocks:
            if any(one.code == competency for one in block.competencies):
                return block
        raise Refusal(
            "R1.1",
            N_("{code} n’est pas une compétence de {framework}."),
            code=competency,
            framework=self.code,
        )

    def competency(self, code: str) -> Competency:
        """Refusal R1.1 when there is no such competency."""
        return next(one for one in self.block_of(code).competencies if one.code == code)

    def competencies(self, sought_blocks: Collection[str]) -> tuple[Competency, ...]:
        """Those of the blocks sought, in the framework's order. Refusal R1.1 for an unknown block."""
        sought = {self.block(code).code for code in sought_blocks}
        return tuple(one for block in self.blocks if block.code in sought for one in block.competencies)

    def scaled(self, divisor: int) -> Framework:
        """The same with hearings and announcements `divisor` times shorter: a session tried out in a minute."""
        if divisor < 1:
            raise ValueError("the divisor is 1 or more")
        phases = {
            name: PhaseTiming(*(-(-seconds // divisor) for seconds in (one.floor, one.ceiling, one.default)))
            for name, one in self.phases.items()
        }
        announce = sorted({seconds // divisor for seconds in self.announce}, reverse=True)
        return replace(self, phases=phases, announce=tuple(announce), planning=self.planning.scaled(divisor))
