"""Scripts and styles as they are laid out: no line longer than ruff lets Python's be; no two scripts of one name, but
for `main.js`, in which each audience's page starts; and one place from which something is sent to the server.

`python -m tests.checks.layout`
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

HELD = ("web/static/js/**/*.js", "web/static/js/**/*.d.ts", "web/static/css/*.css", "tests/**/*.js")
SCRIPTS = Path("web/static/js")
START = "main.js"
POST = '"POST"'
POSTING = {
    "lib/sending/post.js": "acts, and whatever else is a small body of JSON",
    "lib/sending/upload-body.js": "files, of which fetch tells no progress",
    "lib/media/link.js": "WHIP and WHEP",
    "sitting/within-sitting.js": "a form of a page, whose answer is the page anew",
}


def longest(project: Path = Path("pyproject.toml")) -> int:
    """How many columns a line may have."""
    return int(tomllib.loads(project.read_text("utf-8"))["tool"]["ruff"]["line-length"])


def too_long(source: str, most: int) -> Iterator[tuple[int, str]]:
    """Line and reason of everything that has more columns than `most`."""
    for number, line in enumerate(source.splitlines(), 1):
        if len(line) > most:
            yield number, f"{len(line)} columns, at most {most}"


def of_one_name(scripts: Iterable[Path]) -> Iterator[str]:
    """Each name that several scripts have, with where they lie."""
    for name, alike in groupby(sorted(scripts, key=lambda path: (path.name, path)), lambda path: path.name):
        paths = [path.as_posix() for path in alike]
        if len(paths) > 1 and name != START:
            yield f"{name}: {', '.join(paths)} have one name"


def of_its_own(scripts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Each script, by name and source, that sends something another way."""
    for name, source in scripts:
        if POST in source and name not in POSTING:
            yield f"{name}: sends by itself: lib/sending/post.js does, and lib/sending/commands.js for an act"


def main() -> int:
    most = longest()
    found = [
        f"{path}:{line}: {reason}"
        for pattern in HELD
        for path in sorted(Path().glob(pattern))
        for line, reason in too_long(path.read_text("utf-8"), most)
    ]
    scripts = sorted(SCRIPTS.rglob("*.js"))
    found += of_one_name(scripts)
    found += of_its_own((path.relative_to(SCRIPTS).as_posix(), path.read_text("utf-8")) for path in scripts)
    print("\n".join(found) or "scripts and styles keep to their lines")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
