"""Every module of the server stands in a room, and a room imports from those below it alone (pyproject.toml)."""
from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


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


def test_a_module_in_no_room_is_refused(tmp_path: Path) -> None:
    text = (ROOT / "pyproject.toml").read_text()
    for name, layers in (("whole", text), ("lacking", text.replace('  "journals",\n', ""))):
        (tmp_path / f"{name}.toml").write_text(layers)
    assert (lint(tmp_path / "whole.toml"), lint(tmp_path / "lacking.toml")) == (0, 1)


def lint(config: Path) -> int:
    command = [Path(sys.executable).with_name("lint-imports"), "--config", config, "--no-cache"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode
