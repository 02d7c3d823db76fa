"""The README's table of rules: where each is applied. `make rules` writes it anew; a test compares it.

A rule that a function applies stands where the function is; what is promised and no function decides, where it is
quoted.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from evaluation.rules import APPLIED, RULES
from tests.permits import load_rules

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BEGINS, ENDS = "<!-- rules: made by `make rules` -->\n", "<!-- end of the rules -->\n"
SHOWN = {
    "X2": ("WCAG 2.2", "Every page by keyboard and by a screen reader: shown in browsers."),
    "X3": ("ours", "French first, English complete: dates, durations and names as each language writes them."),
}
"""What is promised and no function decides: quoted where it is kept or shown."""
NUMBERS = re.compile(r"(\D)(\d+)(?:\.(\d+))?")


def table() -> str:
    """The lines of the table, one for each rule, in the order of their ids."""
    load_rules()
    rows = {one: (rule.clause, rule.says, _places(one)) for one, rule in RULES.items()}
    rows |= {one: (clause, says, _quoting(one)) for one, (clause, says) in SHOWN.items()}
    lines = [f"| {one} | {clause} | {says} | {places} |\n" for one, (clause, says, places) in sorted(
        rows.items(), key=lambda row: _order(row[0]))]
    return "".join(["| rule | from | it says | where |\n", "|---|---|---|---|\n", *lines])


def _order(one: str) -> tuple[str, int, int]:
    letter, first, second = NUMBERS.fullmatch(one).groups()  # type: ignore[union-attr]
    return letter, int(first), int(second or 0)


def _places(rule: str) -> str:
    return _grouped(one.function.__module__.replace(".", "/") for one in APPLIED if one.rule == rule)


def _quoting(rule: str) -> str:
    quoted = re.compile(rf"(?<![\w.]){re.escape(rule)}(?![\w.]*\d)")
    files = (one for top in ("evaluation", "server", "web") for one in sorted((ROOT / top).rglob("*"))
             if one.suffix in (".py", ".js", ".css", ".html") and quoted.search(one.read_text(encoding="utf-8")))
    return _grouped(str(one.relative_to(ROOT).with_suffix("")) for one in files)


def _grouped(modules: Iterable[str]) -> str:
    """Names of modules by folder."""
    found = dict[str, list[str]]()
    for one in sorted(set(modules)):
        folder, _, name = one.rpartition("/")
        found.setdefault(folder, []).append(name)
    return " · ".join(f"`{folder}/` {', '.join(names)}" for folder, names in found.items())


def written(readme: str) -> str:
    """The README with the table as it should be. ValueError where its place is gone."""
    before, _, rest = readme.partition(BEGINS)
    _, mark, after = rest.partition(ENDS)
    if not mark:
        raise ValueError("the README has no place for its table of rules")
    return f"{before}{BEGINS}{table()}{ENDS}{after}"


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
