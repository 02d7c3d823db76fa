"""`tests/asvs.toml` has every requirement of levels 1 and 2 once, and names tests that are there."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

TABLE: dict[str, dict[str, Any]] = tomllib.loads(Path("tests/asvs.toml").read_text(encoding="utf-8"))
VERDICTS = ("met", "partly", "not_met", "not_applicable")
SECTIONS = """
1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4 3.4:1-6 3.5:1-5 3.7:1-2
4.1:1-3 4.2:1 4.3:1-2 4.4:1-4 5.1:1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4
7.1:1-3 7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3 8.3:1 8.4:1 9.1:1-3 9.2:1-4 10.1:1-2 10.2:1-2 10.3:1-4
10.4:1-11 10.5:1-5 10.6:1-2 10.7:1-3 11.1:1-2 11.2:1-3 11.3:1-3 11.4:1-4 11.5:1 11.6:1 12.1:1-3 12.2:1-2 12.3:1-4
13.1:1 13.2:1-5 13.3:1-2 13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7 16.1:1 16.2:1-5 16.3:1-4
16.4:1-3 16.5:1-3 17.1:1 17.2:1-4 17.3:1-2
""".split()
"""The numbers of levels 1 and 2 in each section of ASVS 5.0.0: what is of level 3 always comes last."""
OF_LEVEL = {1: 70, 2: 183}


def numbers(section: str) -> list[str]:
    name, _, span = section.partition(":")
    first, _, last = span.partition("-")
    return [f"{name}.{number}" for number in range(int(first), int(last or first) + 1)]


@cache
def found_in(path: str) -> frozenset[str]:
    """By name, those of a class as CLASS::NAME."""
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    grouped = [("", tree.body), *[(f"{one.name}::", one.body) for one in tree.body if isinstance(one, ast.ClassDef)]]
    return frozenset(f"{prefix}{node.name}" for prefix, body in grouped for node in body
                     if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def is_there(test: str) -> bool:
    path, _, name = test.partition("::")
    return Path(path).is_file() and name.rpartition("::")[2].startswith("test_") and name in found_in(path)


def test_every_requirement_is_there_once_and_in_order():
    assert list(TABLE) == [number for section in SECTIONS for number in numbers(section)]
    levels = [one["level"] for one in TABLE.values()]
    assert {level: levels.count(level) for level in sorted(set(levels))} == OF_LEVEL


def test_a_requirement_has_a_title_of_ours():
    assert {number: one["title"] for number, one in TABLE.items()
            if not one["title"] or len(one["title"].split()) > 12} == {}


@pytest.mark.parametrize("number", TABLE)
def test_a_verdict_has_what_it_rests_on(number: str):
    """Met: tests. Anything else: a reason."""
    one = TABLE[number]
    assert set(one) <= {"level", "title", "verdict", "tests", "reason"}
    assert one["verdict"] in VERDICTS
    assert one.get("tests") if one["verdict"] == "met" else len(one.get("reason", "").split()) > 2
    assert [test for test in one.get("tests", ()) if not is_there(test)] == []


def test_a_test_that_is_not_there_is_noticed():
    here = "tests/checks/test_asvs.py"
    assert [is_there(f"{here}::{name}") for name in ("test_a_requirement_has_a_title_of_ours", "test_none", "numbers")
            ] == [True, False, False]
    assert not is_there("tests/checks/test_gone.py::test_none")
