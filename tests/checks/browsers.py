"""Scripts and styles use nothing that came after the oldest browsers of web/browsers.toml, or ask for it first.

The language itself is held to by `tsc` (tsconfig.json: ES2022); this is about what the browser brings. A line that asks
whether the thing is there (`?.`, `in`, `typeof`) may name it.

`python -m tests.checks.browsers`
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

WEB = Path("web")
NEWER = {
    r"AbortSignal\.any\b": "Safari 17.4, Chrome 116, Firefox 124: lib/within.js",
    r"AbortSignal\.timeout\b": "its abort cannot be joined with another's: lib/within.js",
    r"\.checkVisibility\(": "Safari 17.4: drawn() of lib/dom.js",
    r"\bcrypto\.randomUUID\b": "pages over https alone: newKey() of lib/within.js",
    r"\bPromise\.(withResolvers|try)\b": "Safari 17.4, Chrome 119 and later",
    r"\b(Object|Map)\.groupBy\b": "Safari 17.4, Chrome 117, Firefox 119",
    r"\bArray\.fromAsync\b": "Chrome 121",
    r"\.(toSorted|toReversed|toSpliced|findLast|findLastIndex)\(": "Chrome 110 at the earliest, or ES2023",
    r"\.(isWellFormed|toWellFormed)\(": "Chrome 111, Safari 16.4",
    r"\.setHTML(Unsafe)?\(": "none of them",
    r"\.(showPopover|togglePopover|hidePopover|requestClose)\(|\bpopover=": "Chrome 114, Safari 17, Firefox 125",
    r"\brequestIdleCallback\(": "no Safari",
    r"\bscheduler\.": "no Safari",
    r"\bnew (OffscreenCanvas|ImageCapture|WeakRef)\b": "Safari 16.4, or never",
    r"\bURL\.(canParse|parse)\(": "Chrome 120, Safari 17",
    r"\.values\(\)\.(map|filter|find|some|every|reduce|toArray|forEach)\(": "iterator helpers: Safari 18.4",
    r"\(\?<[=!]": "look-behind: Safari 16.4",
}
STYLES = {
    r"^\s*&|[;{]\s*&": "nested rules: Safari 16.5, Chrome 112",
    r"@(scope|starting-style|property|position-try)\b": "Safari 16.4 at the earliest",
    r"\blight-dark\(|\bcolor-mix\(": "Safari 16.2, Chrome 111 at the earliest: give another value first",
    r"@media[^{]*\([\w-]+\s*[<>]": "ranges in media queries: Safari 16.4",
}
ASKED = re.compile(r"\?\.\(|\btypeof\b|\" in | in \w")


def newer(source: str, names: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Line and reason of everything that the oldest browsers lack."""
    lines = source.splitlines()
    for number, line in enumerate(lines, 1):
        code = line.split("//")[0] if "://" not in line else line
        if line.lstrip().startswith(("*", "/*")) or ASKED.search(code):
            continue
        for name, why in names.items():
            if found := re.search(name, code):
                yield number, f"{found[0].strip()}: {why}"


def said(table: Path = WEB / "browsers.toml") -> str:
    """How the README names them."""
    return ", ".join(f"{name} {version}" for name, version in tomllib.loads(table.read_text("utf-8"))["oldest"].items())


def main() -> int:
    found = [
        f"{path}:{line}: {reason}"
        for pattern, names in (("static/js/**/*.js", NEWER), ("static/css/*.css", STYLES))
        for path in sorted(WEB.glob(pattern))
        for line, reason in newer(path.read_text(encoding="utf-8"), names)
    ]
    if said() not in Path("README.md").read_text(encoding="utf-8"):
        found.append(f"README.md: names other browsers than web/browsers.toml ({said()})")
    print("\n".join(found) or "pages keep to the oldest browsers")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
