"""Every module of the server stands in a room, and a room imports from those below it alone (pyproject.toml)."""
from __future__ import annotations

import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ROLES = {"access", "kind", "replay", "state", "terms", "routes"}
"""What each kind of stream, or each part of the pages, has one of."""
SUBJECTS = {
    "appeals", "asking", "bars", "batches", "board", "body", "candidacies", "candidacy", "captures", "case", "cases",
    "closed_devices", "days", "decisions", "deliberation", "demo", "entry_links", "examinations", "findings",
    "follow_ups", "frameworks", "hearing", "identity_check", "identity_copy", "impact", "impartiality", "journal",
    "jurors", "jury", "mailed_codes", "mass", "mass_acts", "notices", "office", "offices", "own_case", "people",
    "preparing", "providers", "reexaminations", "register", "retention_periods", "room", "session", "sitting",
    "sittings", "space", "supplied_documents",
}
"""One thing met in several rooms: as the rules decide it, as it is kept, as a page asks for it, as it is shown."""


def rooms() -> dict[str, Any]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return next(one for one in contracts if one.get("containers") == ["server"])


def named(layers: list[str]) -> list[str]:
    return sorted(one.strip() for layer in layers for one in layer.replace(":", "|").split("|"))


def modules() -> list[str]:
    inside = (ROOT / "server").iterdir()
    return sorted(one.stem for one in inside if one.name != "__init__.py" and (
        one.suffix == ".py" or (one / "__init__.py").exists()))


def test_every_module_of_the_server_stands_in_a_room() -> None:
    assert named(rooms()["layers"]) == modules()
    assert rooms()["exhaustive"] is True


def test_a_name_means_one_thing() -> None:
    """Whoever looks for a module by its name opens one file, or the same thing's part in each room."""
    several = {name for name, count in Counter(names()).items() if count > 1}
    assert several == ROLES | SUBJECTS


def names() -> list[str]:
    inside = [one for part in ("evaluation", "server") for one in (ROOT / part).rglob("*.py")]
    return [one.parent.name if one.name == "__init__.py" else one.stem for one in inside]


def test_a_module_in_no_room_is_refused(tmp_path: Path) -> None:
    text = (ROOT / "pyproject.toml").read_text()
    for name, layers in (("whole", text), ("lacking", text.replace('  "journals",\n', ""))):
        (tmp_path / f"{name}.toml").write_text(layers)
    assert (lint(tmp_path / "whole.toml"), lint(tmp_path / "lacking.toml")) == (0, 1)


def lint(config: Path) -> int:
    command = [Path(sys.executable).with_name("lint-imports"), "--config", config, "--no-cache"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode
