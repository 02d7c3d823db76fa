"""Every award that three people come to is what the règlement allows, as a count that shares no code tells it."""
from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from evaluation.candidacy.terms import HearingEnding
from evaluation.framework import Competency, CompetencyBlock, Framework, Mark
from evaluation.people import SYSTEM
from evaluation.sitting.deciding_items import ItemDecided
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.sitting import house
from tests.evaluation.sitting.award_oracle import PlainBlock, PlainCase, awarded, every_marking
from tests.evaluation.sitting.house import outcome, recommended, sat_on, words

DAY = date(2026, 3, 30)
VALID = 12
"""Months for which a block is kept; `kept` of a case counts the days left."""


def framework(case: PlainCase) -> Framework:
    blocks = tuple(CompetencyBlock(
        one.code, one.code, ("R5.2", "R5.3", "R3.7")[number % 3], Fraction(one.percent, 100), one.mandatory, "A",
        tuple(Competency(code, code, ()) for code in one.competencies)) for number, one in enumerate(case.blocks))
    rule = "withhold" if case.unanimous else "majority"
    return replace(POLISHING, blocks=blocks, registered=case.registered, kept_block_validity_months=VALID,
                   sitting=replace(POLISHING.sitting, without_agreement=rule))


def decided(case: PlainCase) -> tuple[str | None, tuple[str, ...]]:
    """The same by the platform: put on an agenda, proposed, answered."""
    of = framework(case)
    kept = tuple(outcome(code, candidacy=f"k-{code}", ruled_on=DAY - timedelta(days=365 - left),
                         certification=of.code, version=of.version) for code, left in case.kept.items())
    again = outcome(*case.again, candidacy="k1", ruled_on=date(2026, 3, 5)) if case.again else None
    disputed = tuple(sorted(set(case.settled) - set(case.agreed)))
    given = recommended(
        of, sought=case.sought, marks={code: Mark(one) for code, one in case.agreed.items()}, disputed=disputed,
        kept=tuple(case.kept), contested=True, outcome=None,
        ending=HearingEnding.HEARD if case.heard else HearingEnding.STOPPED)
    sitting = sat_on(given, of=of, kept=kept, reexamines=again)
    if case.open_case:
        sitting.do(SYSTEM, house.withheld())
        sitting.proposed(course="withhold")
    else:
        held = {*case.again, *(code for code, left in case.kept.items() if left >= 0)}
        ruled = {one for block in case.blocks if block.code in case.sought and block.code not in held
                 for one in block.competencies} if case.heard else set[str]()
        marks = {code: Mark(one) for code, one in case.settled.items() if code in ruled}
        sitting.proposed(marks=marks, why=dict.fromkeys(marks, words()))
    sitting.answered(*case.answers)
    last = sitting.events[-1]
    return (last.ruling.award, last.ruling.blocks) if isinstance(last, ItemDecided) else (None, ())


def drawn(random: random.Random) -> PlainCase:
    blocks = tuple(block(random, number) for number in range(1, random.randint(1, 4) + 1))
    registered = random.random() < 0.7
    codes = [one.code for one in blocks]
    kept = {code: random.choice((-40, -1, 0, 1, 200)) for code in codes if random.random() < 0.25}
    sought = tuple(code for code in codes if code not in kept and random.random() < 0.9)
    again = tuple(code for code in sought if random.random() < 0.2) if registered and random.random() < 0.3 else ()
    marks = {one: random.choice(("A", "A", "A", "NA")) for block in blocks if block.code in sought
             for one in block.competencies}
    settled = {code: random.choice(("A", "NA")) for code in marks if random.random() < 0.15}
    agreed = {code: one for code, one in marks.items() if code not in settled or random.random() < 0.5}
    return PlainCase(blocks, registered, sought, agreed, settled, kept, again, 0, random.random() < 0.9,
                     random.random() < 0.1, (random.random() < 0.8, random.random() < 0.8), random.random() < 0.3)


def block(random: random.Random, number: int) -> PlainBlock:
    competencies = tuple(f"C{number}.{one}" for one in range(1, random.randint(1, 6) + 1))
    mandatory = tuple(one for one in competencies if random.random() < 0.3)
    return PlainBlock(f"BC{number}", competencies, random.choice((34, 50, 60, 75, 100)), mandatory)


def agree(count: int) -> None:
    drawing = random.Random(20260330)
    for _ in range(count):
        case = drawn(drawing)
        assert decided(case) == awarded(case), case


@pytest.mark.long
@pytest.mark.rule("R1.6", "R5.4", "X8", "R4.5", "R9.2")
def test_awards_by_another_count(tries: Callable[[int, int], int]):
    agree(tries(60, 6000))


@pytest.mark.further
def test_every_marking_of_the_polishing_certification():
    """1024 gradings of its ten competencies, each with three decisions."""
    blocks = tuple(PlainBlock(one.code, tuple(each.code for each in one.competencies), int(one.share * 100),
                              one.mandatory) for one in POLISHING.blocks)
    codes = [code for one in blocks for code in one.competencies]
    for marks in every_marking(codes):
        case = PlainCase(blocks, True, tuple(one.code for one in blocks), marks, {}, {}, (), 0, True, False,
                         (True, True), False)
        assert decided(case) == awarded(case), marks
