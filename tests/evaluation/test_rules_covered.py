"""Every rule has a function that applies it, and a test that notices when that function always permits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from evaluation.rules import APPLIED, RULES
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


def test_every_rule_has_a_function():
    load_rules()
    assert set(RULES) - {applied.rule for applied in APPLIED} == set()


def test_every_function_that_always_permits_is_noticed_by_a_marked_test(tmp_path: Path):
    """One test: its run of all the others takes a while, and is made once."""
    seen = tried(tmp_path)
    assert set(seen["marked"]) == set(RULES)
    assert [(one["rule"], one["function"]) for one in seen["applied"] if one["noticed"] is None] == []
    assert [one["noticed"] for one in seen["applied"] if one["fails_without"]] == [], "failing with the rule applied"
