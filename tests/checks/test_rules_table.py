"""The README says where each rule is applied, as the code has it."""
from __future__ import annotations

from tests.checks.rules_table import README, written


def test_the_readme_says_where_each_rule_lives():
    said = README.read_text(encoding="utf-8")
    assert written(said) == said, "make rules"
