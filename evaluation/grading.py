"""From marks to the outcome of each block and of the certification, each with its reasons in words (§5).

The règlement's BC1 and BC2 have a rule of their own (R5.2, R5.3), the same in form: a share of the
competencies, and some that are mandatory. The figures are the framework's; other blocks go the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from evaluation.framework import CompetencyBlock, Framework, Mark
from evaluation.rules import N_, Reason, Refusal, Value, rule

__all__ = ["BlockOutcome", "Mark", "Outcome", "Result", "compile_result"]

Outcome = Literal["full", "partial", "none"]


@dataclass(frozen=True)
class BlockOutcome:
    """`validated` is None while a competency of the block has no mark; a kept block needs none."""

    code: str
    validated: bool | None
    kept: bool
    acquired: int
    total: int
    reasons: tuple[Reason, ...]

    def to_data(self) -> dict[str, Any]:
        reasons = [{"rule": one.rule, "text": one.in_french()} for one in self.reasons]
        return {
            "validated": self.validated,
            "kept": self.kept,
            "acquired": self.acquired,
            "total": self.total,
            "reasons": reasons,
        }


@dataclass(frozen=True)
class Result:
    """What the marks give. `outcome` is None until `complete`: no competency sought lacks its mark.

    `reasons` say why the outcome is not the whole certification.
    """

    blocks: tuple[BlockOutcome, ...]
    outcome: Outcome | None
    complete: bool
    reasons: tuple[Reason, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """What `visiojury grade` prints: {"blocks": {code: ...}, "outcome": ..., "complete": ...}."""
        return {
            "blocks": {block.code: block.to_data() for block in self.blocks},
            "outcome": self.outcome,
            "complete": self.complete,
        }


def compile_result(
    framework: Framework,
    marks: Mapping[str, str],
    kept_blocks: Collection[str] = (),
    sought_blocks: Collection[str] | None = None,
) -> Result:
    """Compile the marks, given by competency code, into the outcome of each block and of the whole.

    `sought_blocks` are those the candidate presents, None for all that are not kept; a block neither kept
    nor sought is not validated. Refusal R1.1 for a competency that is unknown or of a block not sought, R5.1
    for a third mark, X8 for a kept block that is unknown or marked.
    """
    sought = {block.code for block in framework.blocks} if sought_blocks is None else set(sought_blocks)
    check_kept_blocks(framework, marks, kept_blocks)
    check_competencies(framework, marks, sought)
    check_marks(marks)
    blocks = tuple(_compile(block, marks, block.code in kept_blocks, sought) for block in framework.blocks)
    complete = all(block.validated is not None for block in blocks)
    if not complete:
        return Result(blocks, None, complete)
    missing = missing_blocks(blocks)
    if not missing:
        return Result(blocks, "full", complete)
    against = against_partial(framework, blocks)
    return Result(blocks, "none" if against else "partial", complete, missing + against)


# What may not be compiled at all


@rule("R1.1")
def check_competencies(framework: Framework, marks: Mapping[str, str], sought: Collection[str]) -> None:
    """Refuse a mark for a competency that the framework does not have, or of a block not presented."""
    for code in marks:
        block = framework.block_of(code).code
        if block not in sought:
            raise Refusal(
                "R1.1", N_("{code} ne se note pas : {block} n’est pas présenté."), code=code, block=block
            )


@rule("R5.1")
def check_marks(marks: Mapping[str, str]) -> None:
    """Refuse a third mark."""
    for code, mark in marks.items():
        if mark not in (Mark.ACQUIRED, Mark.NOT_ACQUIRED):
            raise Refusal(
                "R5.1", N_("{code} : la note ne peut être que A (acquis) ou NA (non acquis)."), code=code
            )


@rule("X8")
def check_kept_blocks(framework: Framework, marks: Mapping[str, str], kept_blocks: Collection[str]) -> None:
    """Refuse a kept block that the framework does not have, and a mark for a block that is kept."""
    for code in kept_blocks:
        if code not in {block.code for block in framework.blocks}:
            raise Refusal(
                "X8",
                N_("{block} n’est pas un bloc de {framework}, il ne peut pas être conservé."),
                block=code,
                framework=framework.code,
            )
    for block in framework.blocks:
        marked = [one.code for one in block.competencies if one.code in marks]
        if block.code in kept_blocks and marked:
            raise Refusal(
                "X8",
                N_("{block} est déjà obtenu : {code} ne se note plus."),
                block=block.code,
                code=marked[0],
            )


# One block


@rule("R3.7", permits=())
def unmarked(block: CompetencyBlock, marks: Mapping[str, str]) -> tuple[str, ...]:
    """The competencies that have no mark yet: as long as there are any, the block has no result."""
    return tuple(one.code for one in block.competencies if one.code not in marks)


@rule("R5.2", permits=())
def against_first_block(block: CompetencyBlock, acquired: Collection[str]) -> tuple[Reason, ...]:
    """BC1: at least 60 % of its competencies, and C1.1, C1.2, C1.3."""
    return _against_share(block, acquired) + _against_mandatory(block, acquired)


@rule("R5.3", permits=())
def against_second_block(block: CompetencyBlock, acquired: Collection[str]) -> tuple[Reason, ...]:
    """BC2: at least 60 % of its competencies, and C2.1, C2.2, C2.4."""
    return _against_share(block, acquired) + _against_mandatory(block, acquired)


@rule("R3.7", permits=())
def against_block(block: CompetencyBlock, acquired: Collection[str]) -> tuple[Reason, ...]:
    """Any other block, of any certification: the share and the mandatory competencies its framework gives."""
    return _against_share(block, acquired) + _against_mandatory(block, acquired)


AGAINST: dict[str, Callable[[CompetencyBlock, Collection[str]], tuple[Reason, ...]]] = {
    "R5.2": against_first_block,
    "R5.3": against_second_block,
}


def _compile(
    block: CompetencyBlock, marks: Mapping[str, str], kept: bool, sought: Collection[str]
) -> BlockOutcome:
    total = len(block.competencies)
    if kept:
        return BlockOutcome(block.code, True, True, 0, total, (_reason("X8", N_("Bloc déjà obtenu.")),))
    if block.code not in sought:
        return BlockOutcome(block.code, False, False, 0, total, (_reason("R5.4", N_("Bloc non présenté.")),))
    return _marked(block, marks)


def _marked(block: CompetencyBlock, marks: Mapping[str, str]) -> BlockOutcome:
    acquired = [one.code for one in block.competencies if marks.get(one.code) == Mark.ACQUIRED]
    waiting = unmarked(block, marks)
    if waiting:
        reasons = (_reason("R3.7", N_("Reste à noter : {codes}."), codes=", ".join(waiting)),)
        return BlockOutcome(block.code, None, False, len(acquired), len(block.competencies), reasons)
    against = AGAINST.get(block.rule, against_block)(block, acquired)
    return BlockOutcome(
        block.code,
        not against,
        False,
        len(acquired),
        len(block.competencies),
        against or _in_favour(block, acquired),
    )


def _against_share(block: CompetencyBlock, acquired: Collection[str]) -> tuple[Reason, ...]:
    # Exact: 14/25 >= 56/100 holds, which 14 >= 0.56 * 25 does not.
    if len(acquired) >= block.share * len(block.competencies):
        return ()
    return (
        _share_reason(
            block,
            acquired,
            N_("{acquired} sur {total} : il faut au moins {percent} %."),
            N_("{acquired} sur {total} : il faut au moins {share} des compétences."),
        ),
    )


def _against_mandatory(block: CompetencyBlock, acquired: Collection[str]) -> tuple[Reason, ...]:
    return tuple(
        _reason(block.rule, N_("{code} est obligatoire et n’est pas acquise."), code=code)
        for code in block.mandatory
        if code not in acquired
    )


def _in_favour(block: CompetencyBlock, acquired: Collection[str]) -> tuple[Reason, ...]:
    share = _share_reason(
        block,
        acquired,
        N_("{acquired} sur {total} : au moins {percent} %, comme il le faut."),
        N_("{acquired} sur {total} : au moins {share} des compétences, comme il le faut."),
    )
    if not block.mandatory:
        return (share,)
    codes = ", ".join(block.mandatory)
    return (share, _reason(block.rule, N_("Compétences obligatoires acquises : {codes}."), codes=codes))


def _share_reason(
    block: CompetencyBlock, acquired: Collection[str], in_percent: str, as_fraction: str
) -> Reason:
    counts = {"acquired": len(acquired), "total": len(block.competencies)}
    percent = block.share * 100
    if percent.denominator == 1:
        return _reason(block.rule, in_percent, **counts, percent=percent.numerator)
    return _reason(block.rule, as_fraction, **counts, share=str(block.share))


def _reason(rule_id: str, text: str, **values: Value) -> Reason:
    return Reason(rule_id, text, tuple(values.items()))


# The whole


@rule("R5.4", permits=())
def missing_blocks(blocks: Collection[BlockOutcome]) -> tuple[Reason, ...]:
    """The certification needs all its blocks: those that are not validated."""
    return tuple(
        _reason("R5.4", N_("{block} manque : la certification demande tous ses blocs."), block=block.code)
        for block in blocks
        if not block.validated
    )


@rule("R1.6", permits=())
def against_partial(framework: Framework, blocks: Collection[BlockOutcome]) -> tuple[Reason, ...]:
    """Some blocks alone are awarded only by a registered certification, and only when there are some."""
    if not framework.registered:
        return (
            _reason(
                "R1.6",
                N_("{framework} n’est pas inscrite au RNCP : elle ne s’obtient pas par blocs."),
                framework=framework.code,
            ),
        )
    if not any(block.validated for block in blocks):
        return (_reason("R1.6", N_("Aucun bloc n’est validé.")),)
    return ()
