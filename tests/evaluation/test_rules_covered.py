"""Every rule has a function that applies it, and a test that notices when that function always permits."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from evaluation.rules import APPLIED, RULES
from tests.checks.rules_table import SHOWN
from tests.pace import patient
from tests.permits import load_rules

ROOT = Path(__file__).parents[2]
MARK = "mark." + "rule("


def tried(folder: Path) -> dict[str, Any]:
    """One run of the marked tests of `tests/evaluation` and `tests/server` for each function that applies a rule."""
    report = folder / "report.json"
    paths = [
        str(path)
        for folder in ("evaluation", "server")
        for path in sorted((ROOT / "tests" / folder).rglob("test_*.py"))
        if MARK in path.read_text(encoding="utf-8")
    ]
    command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*command, "--permit-each", str(report), *paths],
        cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": "0"}, capture_output=True, text=True,
        timeout=patient(300), check=False,
    )  # fmt: skip
    assert report.exists(), run.stdout[-4000:] + run.stderr[-2000:]
    return json.loads(report.read_text(encoding="utf-8"))


QUOTED = re.compile(r"(?<![\w.])(?:R\d{1,2}\.\d{1,2}|X\d{1,2})(?![\w.]*\d)")
READ = (".py", ".js", ".html")
NO_SUCH = {"R9.9"}
"""Quoted by tests of what has no rule."""


def test_what_is_quoted_is_a_rule_or_promised():
    """In code, pages, and tests; nothing is promised that nobody quotes."""
    files = [one for folder in ("evaluation", "server", "web", "tests") for one in sorted((ROOT / folder).rglob("*"))
             if one.suffix in READ and one != Path(__file__)]
    quoted = {found for one in files for found in QUOTED.findall(one.read_text(encoding="utf-8"))}
    assert quoted - NO_SUCH - set(RULES) == set(SHOWN)
    assert set(RULES) <= quoted


def test_every_rule_has_a_function():
    load_rules()
    assert set(RULES) - {applied.rule for applied in APPLIED} == set()


def test_every_function_that_always_permits_is_noticed_by_a_marked_test(tmp_path: Path):
    """One test: its run of all the others takes a while, and is made once."""
    seen = tried(tmp_path)
    assert set(seen["marked"]) == set(RULES)
    unnoticed = [f"{one['rule']} {one['function']}" for one in seen["applied"] if one["noticed"] is None]
    assert "\n".join(unnoticed) == ""
    assert [one["noticed"] for one in seen["applied"] if one["fails_without"]] == [], "failing with the rule applied"
