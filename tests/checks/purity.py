"""`evaluation` decides and does nothing: it imports the standard library alone, and nothing of it that acts.

`python -m tests.checks.purity`
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ALLOWED = frozenset(
    """
    __future__ abc bisect calendar collections contextlib copy dataclasses datetime decimal enum evaluation
    fractions functools hashlib hmac importlib itertools json math operator re string tomllib types typing
    unicodedata zoneinfo
    """.split()
)
"""No clock but `datetime`'s types, no files but the package's own, no async, no logging."""

CLOCKS = frozenset({"now", "utcnow", "today"})


def refused(source: str) -> Iterator[tuple[int, str]]:
    """Line and reason of everything in `source` that makes the rules depend on more than their arguments."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            yield node.lineno, f"reads a clock ({node.func.attr})"
        if isinstance(node, ast.AsyncFunctionDef):
            yield node.lineno, f"is asynchronous ({node.name})"
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        else:
            continue
        for name in names:
            if name.split(".")[0] not in ALLOWED:
                yield node.lineno, f"imports {name}"


def main() -> int:
    found = [
        f"{path}:{line}: {reason}"
        for path in sorted(Path("evaluation").rglob("*.py"))
        for line, reason in refused(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(found) or "evaluation is pure")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
