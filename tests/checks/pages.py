"""The strict Content-Security-Policy, held to before a browser has to: no inline style, code or handler in a
template, nothing from elsewhere, and no string that becomes markup, in a template or a script.

`python -m tests.checks.pages`
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from evaluation.session.phases import Phase

TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.DOTALL)
UNESCAPED = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+false")
ELSEWHERE = re.compile(r"\s*(https?:)?//", re.IGNORECASE)
DATA_TYPES = frozenset({"application/json", "application/ld+json"})
LOADING = frozenset({"script", "link", "img", "iframe", "audio", "video", "source", "object", "embed"})
MARKUP = re.compile(
    r"\.(innerHTML|outerHTML)\s*\+?=|\.insertAdjacentHTML\(|document\.write\(|\beval\(|\bnew Function\("
    r"""|setAttribute\(\s*["'](style|on\w+)["']"""
)


MAP = re.compile(r"""[\w)\]]\[(?!["'\d]|kind\])[^\]]+\]\s*(?:=(?![=>])|\+=|\?\?=|\|\|=)|__proto__|\bsetPrototypeOf\b""")
"""Something set by a name that may be anything, "__proto__" too (`kind` is one of two of our own words)."""


PHASES = "|".join(phase.value for phase in Phase)
COPIED = re.compile(rf"""\[(?:\s*"(?:{PHASES})"\s*,?){{2,}}\s*\]""")
"""A list of a hearing's phases: which they are is told by the server (`PhaseView`)."""


def _blank(tag: re.Match[str]) -> str:
    """As many lines, and a word where a value stood, so that attributes and line numbers stay right."""
    return ("x" if tag[0].startswith("{{") else " ") + "\n" * tag[0].count("\n")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._in_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            if name == "style":
                self._refuse(f"<{tag}> has an inline style")
            if name.startswith("on"):
                self._refuse(f"<{tag}> has an inline handler ({name})")
            if value.strip().lower().startswith("javascript:"):
                self._refuse(f"<{tag}> has code as an address")
            if name in {"src", "href"} and tag in LOADING and ELSEWHERE.match(value):
                self._refuse(f"<{tag}> loads from elsewhere ({value})")
        if tag == "style":
            self._refuse("<style> is inline")
        self._in_code = tag == "script" and values.get("type", "").lower() not in DATA_TYPES

    def handle_endtag(self, tag: str) -> None:
        self._in_code = self._in_code and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_code and data.strip():
            self._refuse("<script> holds code")

    def _refuse(self, reason: str) -> None:
        self.found.append((self.getpos()[0], reason))


def refused_in_template(source: str) -> Iterator[tuple[int, str]]:
    """Line and reason of everything in a Jinja template that the policy blocks, or that is not escaped."""
    for number, line in enumerate(source.splitlines(), 1):
        if UNESCAPED.search(line):
            yield number, "is not escaped"
    page = _Page()
    page.feed(TAG.sub(_blank, source))
    page.close()
    yield from page.found


def refused_in_script(source: str) -> Iterator[tuple[int, str]]:
    """Line and reason of everything in a script that turns a string into markup, style or code, or that could change
    what all objects are."""
    for number, line in enumerate(source.splitlines(), 1):
        if found := MARKUP.search(line):
            yield number, f"a string becomes markup, style or code ({found[0].strip()})"
        if found := MAP.search(line):
            yield number, f"an object serves as a map: use Map ({found[0].strip()})"
        if found := COPIED.search(line):
            yield number, f"a script lists phases: ask the view for what they mean ({found[0]})"


def main() -> int:
    found = [
        f"{path}:{line}: {reason}"
        for pattern, refused in (("*.html", refused_in_template), ("static/**/*.js", refused_in_script))
        for path in sorted(Path("web").rglob(pattern))
        for line, reason in refused(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(found) or "pages hold no inline code")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
