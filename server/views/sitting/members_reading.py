"""One of the things that a member of a sitting takes note of, opened (R1.5)."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.framework import Framework
from evaluation.people import PersonId
from evaluation.session.preparing import FRAMEWORK, GRID
from evaluation.sitting.preparing import to_prepare
from evaluation.sitting.seeing import sees
from evaluation.sitting.state import SittingState
from server.views.sitting.sitting_reader import SittingReader, candidate

TOOLS, RECORDS = "tools", "records"
OPENED = (FRAMEWORK, GRID, TOOLS, RECORDS)
"""Codes that the platform can open; what a framework lists besides is to be had from the awarding body."""


@dataclass(frozen=True)
class ReadingShown:
    """`frameworks` are the agenda's, each once, that list it. `records` are name and address of each candidate whom the
    reader decides on. `elsewhere`: it is not here."""

    code: str
    title: str
    confirmed: bool
    frameworks: Sequence[Framework]
    records: Sequence[tuple[str, str]]
    elsewhere: bool


def reading_of(state: SittingState, person: PersonId, what: str, reader: SittingReader, path: str) -> ReadingShown:
    """KeyError for what no certification of the agenda lists."""
    listed = {(item.framework.code, item.framework.version): item.framework for item in state.agenda.values()
              if what in item.framework.sitting.preparation}
    records = [(candidate(reader, item), f"{path}{candidacy}") for candidacy, item in state.agenda.items()
               if sees(state, item, person)]
    return ReadingShown(
        what, to_prepare(state)[what], what in state.prepared.get(person, frozenset()), tuple(listed.values()),
        records if what == RECORDS else (), what not in OPENED)
