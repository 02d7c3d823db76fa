"""Frameworks for tests: those that ship, and any made of a few numbers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from importlib.resources import files

from evaluation.framework import Competency, CompetencyBlock, Framework
from evaluation.framework_file import parse_framework

SHIPPED = ("rncp26849", "rncp26850", "rncp31394")


def shipped_text(name: str) -> str:
    return (files("evaluation") / "frameworks" / f"{name}.toml").read_text(encoding="utf-8")


POLISHING = parse_framework(shipped_text("rncp26850"))


def block_of_size(size: int, share: str = "60/100", rule: str = "R5.2", mandatory: int = 0) -> CompetencyBlock:
    """BC1 with `size` competencies C1.1, C1.2 …, of which the first `mandatory` are mandatory."""
    codes = [f"C1.{number}" for number in range(1, size + 1)]
    competencies = tuple(Competency(code, f"Compétence {code}", ()) for code in codes)
    return CompetencyBlock("BC1", "Bloc 1", rule, Fraction(share), tuple(codes[:mandatory]), "A", competencies)


def with_blocks(*blocks: CompetencyBlock, registered: bool = True) -> Framework:
    return replace(POLISHING, blocks=blocks, registered=registered)
