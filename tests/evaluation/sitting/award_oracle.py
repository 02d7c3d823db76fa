"""What a certification jury may award, told by the règlement alone, by brute force. Nothing here is shared with the
rules that are judged by it: a certification is a few numbers, marks are letters."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class PlainBlock:
    """`percent` of its competencies, and each that is named in `mandatory`."""

    code: str
    competencies: tuple[str, ...]
    percent: int
    mandatory: tuple[str, ...]


@dataclass(frozen=True)
class PlainCase:
    """One candidate: what was agreed on, what is settled, which blocks are kept until which day (as a number), which
    were awarded by what is examined again; whether the hearing was held to its end, whether a case is open; how the
    two others answer."""

    blocks: tuple[PlainBlock, ...]
    registered: bool
    sought: tuple[str, ...]
    agreed: Mapping[str, str]
    settled: Mapping[str, str]
    kept: Mapping[str, int]
    again: tuple[str, ...]
    today: int
    heard: bool
    open_case: bool
    answers: tuple[bool, bool]
    unanimous: bool


def enough(block: PlainBlock, marks: Mapping[str, str]) -> bool:
    got = [one for one in block.competencies if marks[one] == "A"]
    return len(got) * 100 >= block.percent * len(block.competencies) and all(one in got for one in block.mandatory)


def awarded(case: PlainCase) -> tuple[str | None, tuple[str, ...]]:
    """The award and its blocks; None where nothing is decided."""
    yes = 1 + sum(case.answers)
    if yes < 3 and case.unanimous:
        return "withheld", ()
    if yes < 2:
        return None, ()
    if case.open_case:
        return "withheld", ()
    old = {code for code, until in case.kept.items() if case.today <= until}
    new: list[str] = []
    for block in case.blocks:
        if block.code in case.again:
            new.append(block.code)
        elif block.code in old or block.code not in case.sought or not case.heard:
            continue
        elif enough(block, {**case.agreed, **case.settled}):
            new.append(block.code)
    if old | set(new) >= {one.code for one in case.blocks} and new:
        return "full", tuple(new)
    if new and case.registered:
        return "partial", tuple(new)
    return "none", ()


def every_marking(codes: Sequence[str]) -> list[dict[str, str]]:
    return [dict(zip(codes, letters, strict=True)) for letters in product(("A", "NA"), repeat=len(codes))]
