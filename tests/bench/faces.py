"""Pairs of photographs on this machine, for the face comparison: none belongs to the project.

A folder with a table (`file_x,file_y,Decision`, "Yes" for one person) gives its pairs; one whose folders hold a
person's pictures each gives every pair within a folder and, of two folders, the pictures of one number.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}


@dataclass(frozen=True)
class Pair:
    one: Path
    other: Path
    same: bool


def pairs(data: Path) -> list[Pair]:
    """Sorted; each at most once. An empty list of a folder without either."""
    found = {tuple(sorted((pair.one, pair.other))): pair for pair in (*_tables(data), *_folders(data))}
    return [found[key] for key in sorted(found)]


def _tables(data: Path) -> Iterator[Pair]:
    for table in sorted(data.rglob("*.csv")):
        with table.open(newline="", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                if not {"file_x", "file_y", "Decision"} <= row.keys():
                    break
                one, other = (table.parent / row[name] for name in ("file_x", "file_y"))
                if one.is_file() and other.is_file():
                    yield Pair(one, other, row["Decision"].strip().lower() == "yes")


def _folders(data: Path) -> Iterator[Pair]:
    parents = sorted({path.parent.parent for path in data.rglob("*") if path.suffix.lower() in SUFFIXES})
    for parent in parents:
        people = [_pictures(folder) for folder in sorted(parent.iterdir()) if folder.is_dir()]
        people = [pictures for pictures in people if pictures]
        if len(people) < 3 or not parent.is_relative_to(data) or any((f.parent / "master.csv").exists()
                                                                     for p in people for f in p[:1]):  # fmt: skip
            continue
        for pictures in people:
            yield from (Pair(a, b, same=True) for a, b in combinations(pictures, 2))
        for mine, theirs in combinations(people, 2):
            yield from (Pair(a, b, same=False) for a, b in zip(mine, theirs, strict=False))


def _pictures(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
