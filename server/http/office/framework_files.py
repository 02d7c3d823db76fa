"""The frameworks that this platform has as files: the ones a clerk can put in force. Data never come from a browser
(R1.1)."""
from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from evaluation.body.terms import Certification, framework_digest
from evaluation.framework import Framework
from evaluation.framework_file import parse_framework


@cache
def frameworks() -> Mapping[str, Framework]:
    """By `CODE/VERSION`."""
    found = [parse_framework(one.read_text("utf-8")) for one in (files("evaluation") / "frameworks").iterdir()
             if one.name.endswith(".toml")]
    return {f"{one.code}/{one.version}": one for one in sorted(found, key=lambda one: (one.code, one.version))}


def framework_of(certification: Certification) -> Framework | None:
    """None where the file is another than the one that was put in force, or gone."""
    file = frameworks().get(f"{certification.code}/{certification.version}")
    return file if file is not None and framework_digest(file) == certification.digest else None


def block_titles(certification: Certification) -> Mapping[str, str]:
    """The titles of a version's blocks, as far as its file is here."""
    file = framework_of(certification)
    return {} if file is None else {one.code: one.title for one in file.blocks}
