"""`visiojury grade FRAMEWORK.toml GRID.json`: what a grid of marks gives, and why.

The grid is `{"marks": {"C1.1": "A", "C1.2": "NA"}, "kept_blocks": ["BC1"]}`; `kept_blocks` may be left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.codec import FieldError, decode, read_json
from evaluation.framework_file import FrameworkError, parse_framework
from evaluation.grading import Result, compile_result
from evaluation.rules import Refusal

BAD_INPUT = 2


@dataclass(frozen=True)
class Grid:
    """Marks by competency code; a competency that is not there is not yet marked."""

    marks: Mapping[str, str]
    kept_blocks: tuple[str, ...] = ()


class Unusable(Exception):
    """What is wrong with a file, in one line for the person at the terminal."""


def grade(framework_path: str, grid_path: str) -> int:
    """Print the result as JSON and return 0; or say on stderr, in one line, what cannot be used: 2."""
    try:
        result = _graded(framework_path, grid_path)
    except Unusable as problem:
        sys.stderr.write(" ".join(str(problem).split()) + "\n")
        return BAD_INPUT
    sys.stdout.write(json.dumps(result.to_data(), ensure_ascii=False, indent=2) + "\n")
    return 0


def _graded(framework_path: str, grid_path: str) -> Result:
    try:
        framework = parse_framework(_read(framework_path))
    except FrameworkError as error:
        raise Unusable(f"{framework_path} : {error}") from None
    try:
        grid = decode(Grid, read_json(_read(grid_path)))
        return compile_result(framework, grid.marks, grid.kept_blocks)
    except (FieldError, Refusal) as error:
        raise Unusable(f"{grid_path} : {error}") from None


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")  # some editors begin a file with a byte order mark
    except OSError as error:
        raise Unusable(f"{path} : {error.strerror}") from None
    except ValueError:
        raise Unusable(f"{path} : ce n’est pas un texte en UTF-8") from None
