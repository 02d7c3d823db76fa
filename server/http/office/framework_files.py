"""The frameworks that this platform has as files: the ones a clerk can put in force. Data never come from a browser
(R1.1)."""
from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from evaluation.framework import Framework, parse_framework


@cache
def frameworks() -> Mapping[str, Framework]:
    """By `CODE/VERSION`."""
    found = [parse_framework(one.read_text("utf-8")) for one in (files("evaluation") / "frameworks").iterdir()
             if one.name.endswith(".toml")]
    return {f"{one.code}/{one.version}": one for one in sorted(found, key=lambda one: (one.code, one.version))}
