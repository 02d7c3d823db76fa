"""No installation without the lock gets older versions than those that were tried."""
from __future__ import annotations

import re
import tomllib
from typing import Any

from tests.serving import ROOT


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / name).read_text())


def test_every_floor_is_the_version_that_the_lock_holds():
    locked = {package["name"]: package.get("version") for package in read("uv.lock")["package"]}
    project = read("pyproject.toml")
    asked = [re.match(r"([a-z0-9-]+)(?:\[[a-z]+\])?(?:>=|==)([0-9a-z.]+)", one)
             for one in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])]
    floors = {one[1]: one[2] for one in asked if one is not None}
    assert len(floors) == len(asked)
    assert floors == {name: locked[name] for name in floors}
