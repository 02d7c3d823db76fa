"""The fonts that papers are set in: typst's own and those of two packages, the same on every machine.

Never the system's. Libertinus leads; where it has no letter the next family that has one goes on. The packages are Noto
fonts under the SIL Open Font License 1.1; typst brings Libertinus, New Computer Modern and DejaVu with it.
"""
from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import typst

PACKAGES: Final = ("manimgx_fonts", "manimgx_fonts_cjk")
SCRIPTS: Final = (
    "Arabic", "Hebrew", "Devanagari", "Bengali", "Tamil", "Telugu", "Gujarati", "Gurmukhi", "Kannada", "Malayalam",
    "Oriya", "Sinhala", "Thai", "Lao", "Khmer", "Myanmar", "Georgian", "Armenian", "Ethiopic",
)
FAMILIES: Final = (
    "Libertinus Serif", "Noto Emoji", "Noto Sans", *(f"Noto Sans {script}" for script in SCRIPTS), "Noto Sans CJK SC",
    "Noto Sans Symbols", "New Computer Modern Math", "New Computer Modern", "DejaVu Sans Mono",
)
"""In the order in which they are asked for a letter."""


@cache
def paper_fonts() -> typst.Fonts:
    folders = [str(folder) for package in PACKAGES if (folder := _folder(package)) is not None]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def lacking() -> tuple[str, ...]:
    """Families that are not there: their letters would stand on papers as codes."""
    there = set(paper_fonts().families())
    return tuple(family for family in FAMILIES if family not in there)


def _folder(package: str) -> Path | None:
    found = find_spec(package)
    return Path(found.origin).parent if found is not None and found.origin else None
